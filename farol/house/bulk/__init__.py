"""Filling a database by the hundred thousand tickets."""
