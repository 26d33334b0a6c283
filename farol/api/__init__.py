"""The machine's door: everything the pages do, as HTTP and JSON."""
