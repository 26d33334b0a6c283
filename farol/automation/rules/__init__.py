"""When a rule holds, when it is stopped, and how news leaves the house. Pure."""
