"""The call as a machine: what was keyed in, what is said next out. Pure: data and decisions come from outside."""
