"""Writing rules, and doing what they say. Nothing else writes this room's tables."""

from farol.automation.actions.ruling import forget_runs, hear, write_rule

__all__ = ["forget_runs", "hear", "write_rule"]
