"""What customers owe for services, each thing charged once."""
