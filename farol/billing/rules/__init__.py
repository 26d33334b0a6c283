"""What the bills are decided by. Pure."""
