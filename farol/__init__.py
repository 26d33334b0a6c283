"""Farol: the support centre of a software vendor."""
