"""What happened; told once, heard upstairs."""
