"""Live updates: one process that hears what the database tells and passes it on to the pages that are open."""
