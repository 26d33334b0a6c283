"""What a mail says and what becomes of it. Nothing here opens a table or looks at the clock."""
