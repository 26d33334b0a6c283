"""A demonstration: companies, people and half a year of tickets, lived through the same services as the pages."""
