"""Decisions of the finding room: what a word is, what a search asks, where a text answers it. Pure."""
