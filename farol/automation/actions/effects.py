"""What a rule does to a ticket: the verbs that people use, in the name of the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from farol.kernel.actor import HOUSE
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.people import queries as people
from farol.playbook import actions as playbook_actions
from farol.playbook import queries as playbook
from farol.playbook.rules import filled
from farol.tickets import actions
from farol.tickets.models import Ticket
from farol.tickets.rules.severity import Severity
from farol.tickets.rules.tasks import TaskKind

GONE = gettext_noop("A pessoa, a área ou o modelo da regra não existe mais.")


REASON = gettext_noop("Encaminhamento automático da central.")
"""What the customer reads of a change; which rule made it is the staff's affair."""


def carry_out(effects: Mapping[str, str], ticket: Ticket, *, source: str, now: datetime) -> None:
    """Severity, area, person, note, task, ready answer, macro, in this order; what is so already is left alone.

    Raises whatever the tickets refuse, and FieldsRefused for a person, area, answer or macro that is gone.
    """
    number = ticket.pk
    severity, area, person = effects.get("severity"), effects.get("area"), effects.get("assignee")
    if severity and severity != ticket.severity:
        actions.reclassify_ticket(number, severity=Severity(severity), reason=REASON, by=HOUSE, now=now)
    if area and int(area) != ticket.area_id:
        found = people.areas().filter(pk=int(area)).first()
        if found is None:
            raise FieldsRefused({"area": [GONE]})
        actions.transfer_ticket(number, area=found, reason=REASON, by=HOUSE, now=now)
    if person:
        owner = people.staff().filter(pk=int(person), is_active=True).first()
        if owner is None:
            raise FieldsRefused({"assignee": [GONE]})
        actions.assign_ticket(number, to=owner, by=HOUSE, now=now)
    if note := effects.get("note"):
        actions.note(number, body=note, by=HOUSE, now=now)
    if task := effects.get("task"):
        actions.raise_task(number, kind=TaskKind.RULE, source=source, words=task, now=now)
    if answer := effects.get("answer"):
        _reply(int(answer), ticket, now=now)
    if macro := effects.get("macro"):
        playbook_actions.run_macro(int(macro), number, facts=playbook.plain_blanks(ticket), by=HOUSE, now=now)


def _reply(answer_id: int, ticket: Ticket, *, now: datetime) -> None:
    """The ready answer as it reads today, filled in for this ticket."""
    answer = playbook.answer(answer_id)
    if answer is None:
        raise FieldsRefused({"answer": [GONE]})
    actions.reply(ticket.pk, body=filled(answer.text, playbook.plain_blanks(ticket)), by=HOUSE, now=now)
