"""What reaches every room at once: terms that are over, a person's data gathered, a person erased."""
