"""Queries compiled once: what a page or a call reads each time, without making its SQL each time."""
