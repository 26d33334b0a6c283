"""Filling a database fast, and measuring the house beside a plain Django view in the same run."""
