"""One process that starts what Farol is made of, watches it, and takes all of it along when it ends."""
