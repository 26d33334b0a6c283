"""The staff's door: queues and the workspace of the analyst."""
