"""Business time and the pausing clock, exact to the minute. Pure."""
