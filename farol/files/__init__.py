"""What was attached: type, size, storage (disk or S3)."""
