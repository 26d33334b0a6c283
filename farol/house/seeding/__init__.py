"""The first furniture of an empty house: hours, catalogue and plans, then a demonstration."""
