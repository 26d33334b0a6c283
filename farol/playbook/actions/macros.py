"""Macros: written by a team, done to a ticket in one go, taken back where that is honest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from farol.kernel.actor import HOUSE, Actor
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.people import queries as people
from farol.people.models import Area, Person
from farol.playbook import queries
from farol.playbook.models import Macro, MacroRun
from farol.playbook.rules import EntryNotFound, NotYourTeam, TitleTaken, filled, macros
from farol.playbook.rules.macros import ME, NOBODY, MacroNeedsAPerson, MacroSpoke, Saying, Steps
from farol.tickets import actions as tickets
from farol.tickets import queries as reading
from farol.tickets.models import Ticket
from farol.tickets.rules.opening import TicketNotFound
from farol.tickets.rules.severity import Severity

GONE = gettext_noop("A pessoa ou a área da macro não existe mais.")
SAYINGS: dict[str, Callable[..., object]] = {
    Saying.REPLY: tickets.reply,
    Saying.ASK: tickets.ask_customer,
    Saying.SOLUTION: tickets.send_solution,
}


@transaction.atomic
def write_macro(
    macro_id: int | None, *, area: Area, title: str, steps: Mapping[str, str], by: Actor, now: datetime
) -> Macro:
    """The team has this macro, new or in the place of the one it was.

    Raises FieldsRefused, UnknownBlank, TitleTaken, NotYourTeam, EntryNotFound.
    """
    title, kept = macros.checked(title, steps)
    macro = _held(macro_id, by) if macro_id else Macro()
    if not queries.may_write(by, [area.pk]):
        raise NotYourTeam
    macro.area, macro.title, macro.steps = area, title, kept
    macro.changed_by_id, macro.changed_at = by.person_id, now
    try:
        with transaction.atomic():
            macro.save()
    except IntegrityError:
        raise TitleTaken from None
    return macro


@transaction.atomic
def remove_macro(macro_id: int, *, by: Actor, now: datetime) -> None:
    """The macro is offered to nobody any more. Raises NotYourTeam, EntryNotFound."""
    macro = _held(macro_id, by)
    macro.removed_at, macro.changed_by_id, macro.changed_at = now, by.person_id, now
    macro.save(update_fields=["removed_at", "changed_by", "changed_at"])


@transaction.atomic
def run_macro(
    macro_id: int,
    number: int,
    *,
    facts: Mapping[str, str],
    by: Actor,
    now: datetime,
    seen: int | None = None,
    text: str = "",
) -> MacroRun:
    """Every step is done, or none; `text` stands in the place of the macro's words, `facts` fill the blanks.

    Asked twice from one page it is done once. Raises EntryNotFound, MacroNeedsAPerson, and what the steps raise.
    """
    macro = queries.macro(macro_id)
    ticket = reading.held_ticket(number, by=by)
    if macro is None or ticket is None:
        raise EntryNotFound if macro is None else TicketNotFound
    if seen is not None and (earlier := _run_from(ticket, macro, seen, by)):
        return earlier
    if by.side is HOUSE.side and macros.needs_a_person(macro.steps):
        raise MacroNeedsAPerson
    before: dict[str, Any] = {"assignee": ticket.assignee_id, "area": ticket.area_id}
    before["work"] = _done(macro.steps, ticket, facts=facts, text=text, frame={"by": by, "now": now, "seen": seen})
    after = reading.held_ticket(number, by=by) or ticket
    return MacroRun.objects.create(
        macro=macro,
        ticket=ticket,
        person_id=by.person_id or None,
        steps=macro.steps,
        before=before,
        seen=seen,
        entry_id=after.last_entry_id,
        ran_at=now,
    )


@transaction.atomic
def undo_run(run_id: int, *, by: Actor, now: datetime) -> MacroRun:
    """The ticket has area, person and hours as before the macro; a note that it wrote stays on record.

    Asked twice, it is undone once. Raises EntryNotFound for a run of somebody else, MacroSpoke, and what the
    ticket refuses when others went on since.
    """
    run = MacroRun.objects.select_for_update().filter(pk=run_id, person_id=by.person_id).first()
    if run is None:
        raise EntryNotFound
    if run.undone_at:
        return run
    if macros.speaks(run.steps):
        raise MacroSpoke
    ticket, seen = reading.held_ticket(run.ticket_id, by=by), run.entry_id
    if ticket is None:
        raise TicketNotFound
    frame: dict[str, Any] = {"by": by, "now": now, "seen": seen}
    if ticket.area_id != run.before["area"]:
        area = next(area for area in people.areas() if area.pk == run.before["area"])
        tickets.transfer_ticket(ticket.pk, area=area, reason=macros.TAKEN_BACK, **frame)
    tickets.assign_ticket(ticket.pk, to=_person(run.before["assignee"]), **frame)
    if work := run.before.get("work"):
        tickets.withdraw_work(ticket.pk, work, why=macros.TAKEN_BACK, by=by, now=now)
    run.undone_at = now
    run.save(update_fields=["undone_at"])
    return run


def _done(steps: Steps, ticket: Ticket, *, facts: Mapping[str, str], text: str, frame: dict[str, Any]) -> int | None:
    """In the order that the rules tell; answers the work entry, if hours were logged."""
    number, by, now, work = ticket.pk, frame["by"], frame["now"], None
    if "assignee" in steps:
        tickets.assign_ticket(number, to=_owner(steps["assignee"], by), **frame)
    if (severity := steps.get("severity")) and severity != ticket.severity:
        tickets.reclassify_ticket(number, severity=Severity(severity), reason=steps["reason"], **frame)
    if minutes := steps.get("minutes"):
        begun = now - timedelta(minutes=int(minutes))
        work = tickets.log_work(
            number,
            started_at=begun,
            ended_at=now,
            activity=steps["activity"],
            is_billable=bool(steps.get("billable")),
            by=by,
            now=now,
        ).pk
    if note := steps.get("note"):
        tickets.note(number, body=filled(note, facts), **frame)
    if say := steps.get("say"):
        SAYINGS[say](number, body=text.strip() or filled(steps["text"], facts), **frame)
    if (area := steps.get("area")) and int(area) != ticket.area_id:
        found = people.areas().filter(pk=int(area)).first()
        if found is None:
            raise FieldsRefused({"area": [GONE]})
        tickets.transfer_ticket(number, area=found, reason=steps["reason"], **frame)
    return work


def _owner(who: str, by: Actor) -> Person | None:
    if who == NOBODY:
        return None
    owner = _person(by.person_id if who == ME else int(who))
    if owner is None or not owner.is_active:
        raise FieldsRefused({"assignee": [GONE]})
    return owner


def _person(pk: int | None) -> Person | None:
    return people.people_by_id([pk]).get(pk or 0)


def _run_from(ticket: Ticket, macro: Macro, seen: int, by: Actor) -> MacroRun | None:
    runs = MacroRun.objects.filter(ticket=ticket, macro=macro, person_id=by.person_id or None, seen=seen)
    return runs.filter(undone_at=None).first()


def _held(macro_id: int, by: Actor) -> Macro:
    macro = Macro.objects.select_for_update().filter(pk=macro_id, removed_at=None).first()
    if macro is None:
        raise EntryNotFound
    if not queries.may_write(by, [macro.area_id]):
        raise NotYourTeam
    return macro
