"""What the house does by itself with tickets, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from farol.tickets import queries
from farol.tickets.actions import acceptance, targets


@dataclass(frozen=True, slots=True)
class Done:
    """How many customers were reminded, tickets closed by silence, and warnings given to the staff."""

    reminded: int = 0
    closed: int = 0
    warned: int = 0


def run_deadlines(now: datetime) -> Done:
    """Whatever was due up to `now` is done: reminders, closing, warnings (R-066, R-070, R-073 to R-075).

    Safe to repeat and to run late; another run at the same time does no harm.
    """
    reminded = sum(
        acceptance.remind(pk, now=now) for pk in list(queries.windows_to_remind(now).values_list("pk", flat=True))
    )
    closed = sum(
        acceptance.close_if_silent(pk, now=now) for pk in list(queries.lapsed_windows(now).values_list("pk", flat=True))
    )
    warned = sum(targets.warn(pk, now=now) for pk in list(queries.targets_to_warn(now).values_list("pk", flat=True)))
    return Done(reminded, closed, warned)
