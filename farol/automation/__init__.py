"""Rules that managers write, "when this happens and that holds, do this", and news for other programs."""
