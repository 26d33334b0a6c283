"""What changes the words a ticket is found by.

>>> "ticket.replied" in CHANGES_WORDS, "ticket.assumed" in CHANGES_WORDS
(True, False)
"""

from __future__ import annotations

SAID = (
    "opened", "replied", "noted", "information_asked", "quote_sent", "authorization_asked", "solution_sent",
    "rejected", "postponed", "approved", "declined", "transferred", "reclassified", "redirected", "cancelled",
    "triaged", "responsibility_recorded", "pause_corrected", "work_corrected", "task_raised", "task_done",
    "merged", "unmerged", "absorbed", "released", "split_off",
)  # fmt: skip
ENDED = ("accepted", "closed_silent", "closed_abandoned")
"""No words, but the ticket is no longer among the open ones."""

CHANGES_WORDS = tuple(f"ticket.{name}" for name in (*SAID, *ENDED))
