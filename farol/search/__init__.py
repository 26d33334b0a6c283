"""What can be found: documents by name, in canonical Portuguese."""
