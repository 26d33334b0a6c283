"""What a call looks up: people, the gate, access codes and hours, as the script asks for them."""

from __future__ import annotations

from datetime import datetime

from farol.access import queries as access
from farol.access.rules import Action, Allowed, Why
from farol.catalog.rules.code_routes import Finding
from farol.contracts import queries as contracts
from farol.people.models import Person
from farol.phone.queries.book import Book
from farol.phone.script.hours import Holiday, Standing, standing
from farol.phone.script.machine import Admission, TeamFound
from farol.tickets.rules.windows import day_of

ADMISSIONS = {Why.DEBT: Admission.DEBT, Why.UNKNOWN: Admission.UNKNOWN}


class Openings:
    """The half of the port that needs no database."""

    def __init__(self, book: Book, *, now: datetime, holiday: Holiday = Holiday.NONE) -> None:
        self.book, self.now, self.holiday = book, now, holiday

    def standing(self, service: str) -> Standing:
        return standing(self.book.openings[service], self.now, self.holiday)


def admission(person: Person | None, needs: str, *, now: datetime) -> Admission:
    """The one decision of every channel, in the words of the script (R-016, R-021, R-023, R-024, R-026)."""
    decided = access.decision(person, Action(needs), on=day_of(now))
    return Admission.ALLOWED if isinstance(decided, Allowed) else ADMISSIONS.get(decided.why, Admission.NOT_SOLD)


def team_found(organization_id: int, code: str, *, now: datetime) -> TeamFound:
    """Where the code leads (R-040 to R-044)."""
    verdict = contracts.team_by_code(organization_id, code, on=day_of(now))
    return TeamFound(verdict.area, is_wrong=verdict.finding is Finding.UNREADABLE)


def own_queue(organization_id: int, *, now: datetime) -> str:
    return contracts.own_queue(organization_id, on=day_of(now))
