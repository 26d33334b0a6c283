"""What a team says and does often: ready answers with blanks, and macros that do several things at once."""
