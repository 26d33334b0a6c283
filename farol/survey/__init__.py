"""One question after the solution, if the contact wants it (section 16)."""
