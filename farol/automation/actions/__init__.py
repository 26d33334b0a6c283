"""Writing rules and hooks, doing what rules say, telling whom hooks name. Nothing else writes this room's tables."""

from farol.automation.actions.hooking import (
    deliver,
    forget_deliveries,
    go_on_later,
    queue_messages,
    send_again,
    try_hook,
    wake_hooks,
    write_hook,
)
from farol.automation.actions.ruling import forget_runs, hear, write_rule

__all__ = [
    "deliver",
    "forget_deliveries",
    "forget_runs",
    "go_on_later",
    "hear",
    "queue_messages",
    "send_again",
    "try_hook",
    "wake_hooks",
    "write_hook",
    "write_rule",
]
