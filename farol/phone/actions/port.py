"""What a call looks up, with the one thing of it that leaves a trace: who identified themselves, or guessed."""

from __future__ import annotations

from datetime import datetime

from farol.access import actions as access
from farol.access.rules import CustomerInDebt
from farol.kernel.actor import Channel
from farol.people import actions as people
from farol.people import queries as persons
from farol.people.models import Person
from farol.phone.queries.book import Book
from farol.phone.queries.lookups import Openings, admission, own_queue, team_found
from farol.phone.script.hours import Holiday
from farol.phone.script.machine import Admission, Identity, TeamFound


class Lookups(Openings):
    """The port of one turn. `number` is who calls, empty when hidden."""

    def __init__(self, book: Book, *, number: str, now: datetime, holiday: Holiday = Holiday.NONE) -> None:
        super().__init__(book, now=now, holiday=holiday)
        self.number = number
        self.person: Person | None = None

    def identify(self, document: str, pin: str) -> Identity:
        found = people.identify_caller(document, pin, number=self.number, now=self.now)
        self.person = found.person
        if found.person is None:
            return Identity(is_ambiguous=found.is_ambiguous)
        return Identity(found.person.pk, found.person.organization_id or 0)

    def admit(self, person: int, needs: str) -> Admission:
        """Whom debt turns away stands in the count that the CST sees (R-101)."""
        caller = self._person(person)
        admitted = admission(caller, needs, now=self.now)
        if admitted is Admission.DEBT and caller:
            refusal = CustomerInDebt(organization=caller.organization_id, action=needs)
            access.note_refusal(refusal, by=persons.actor_of(caller, Channel.PHONE, self.number), now=self.now)
        return admitted

    def own_queue(self, organization: int) -> str:
        return own_queue(organization, now=self.now)

    def team(self, organization: int, code: str) -> TeamFound:
        return team_found(organization, code, now=self.now)

    def _person(self, person_id: int) -> Person | None:
        if self.person is None or self.person.pk != person_id:
            self.person = persons.person_signed_in(person_id)
        return self.person
