"""What was decided about a mail, on its way to the mail's row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from farol.mail.models import Received
from farol.mail.rules.decisions import Decision, Why


@dataclass(frozen=True, slots=True)
class Verdict:
    decision: Decision
    why: Why
    words: str = ""
    ticket: int | None = None
    entry: int | None = None


def note(mail: Received, verdict: Verdict, now: datetime, *, by: int | None = None) -> None:
    """The mail has its decision."""
    mail.decision, mail.why, mail.words = verdict.decision, verdict.why, verdict.words[:500]
    mail.ticket_id, mail.entry_id, mail.decided_at, mail.error = verdict.ticket, verdict.entry, now, ""
    mail.decided_by_id = by
    mail.save()
