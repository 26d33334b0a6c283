"""The machine's door: HTTP and JSON, by the same verbs as the pages."""
