"""What a rule does to a ticket: the verbs that people use, in the name of the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from farol.kernel.actor import HOUSE
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.people import queries as people
from farol.tickets import actions
from farol.tickets.models import Ticket
from farol.tickets.rules.severity import Severity
from farol.tickets.rules.tasks import TaskKind

GONE = gettext_noop("A pessoa ou a área da regra não existe mais.")


def carry_out(effects: Mapping[str, str], ticket: Ticket, *, reason: str, source: str, now: datetime) -> None:
    """Severity, area, person, note, task, in this order; what is so already is left alone.

    Raises whatever the tickets refuse, and FieldsRefused for a person or area that is gone.
    """
    number = ticket.pk
    severity, area, person = effects.get("severity"), effects.get("area"), effects.get("assignee")
    if severity and severity != ticket.severity:
        actions.reclassify_ticket(number, severity=Severity(severity), reason=reason, by=HOUSE, now=now)
    if area and int(area) != ticket.area_id:
        found = people.areas().filter(pk=int(area)).first()
        if found is None:
            raise FieldsRefused({"area": [GONE]})
        actions.transfer_ticket(number, area=found, reason=reason, by=HOUSE, now=now)
    if person:
        owner = people.staff().filter(pk=int(person), is_active=True).first()
        if owner is None:
            raise FieldsRefused({"assignee": [GONE]})
        actions.assign_ticket(number, to=owner, by=HOUSE, now=now)
    if note := effects.get("note"):
        actions.note(number, body=note, by=HOUSE, now=now)
    if task := effects.get("task"):
        actions.raise_task(number, kind=TaskKind.RULE, source=source, words=task, now=now)
