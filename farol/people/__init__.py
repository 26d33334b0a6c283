"""Customers, contacts, staff, areas and their credentials."""
