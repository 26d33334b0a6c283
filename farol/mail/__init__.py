"""The letter box: mail that comes in, kept first and then sorted."""
