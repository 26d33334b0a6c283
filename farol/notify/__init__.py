"""Who is told what, in which language, and whether the letter left."""
