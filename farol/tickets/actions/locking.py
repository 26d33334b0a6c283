"""What every verb of a ticket begins and ends with: the lock, the step, the journal's line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from farol.billing import queries as billing
from farol.files import actions as files
from farol.journal import queries as journal
from farol.journal.actions import NOTHING, tell
from farol.journal.models import Entry
from farol.kernel.actor import HOUSE, Actor, Side
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.people import queries as people
from farol.tickets import queries
from farol.tickets.actions import targets
from farol.tickets.models import Mention, Ticket, Window
from farol.tickets.rules import windows
from farol.tickets.rules.following import Nameable, called_in
from farol.tickets.rules.lifecycle import CLOSED, PAUSED, State, Step, TicketClosed, after
from farol.tickets.rules.opening import TicketChanged, TicketNotFound

SKEW = timedelta(minutes=1)
SAID = ("last_entry_id", "last_public_id", "updated_at")


def locked(number: int, *, by: Actor, now: datetime, seen: int | None = None) -> Ticket:
    """The ticket, if `by` may see it, held until the transaction ends.

    Raises TicketNotFound; TicketChanged when the journal has gone on since the
    entry `seen`; TicketClosed when silence has already spoken, whether or not
    the job has come round to write it down (R-075); FieldsRefused when `now`
    is an imported instant before the ticket's last change.
    """
    ticket = queries.held_ticket(number, by=by)
    if ticket is None:
        raise TicketNotFound
    if seen is not None and ticket.last_entry_id > seen and not ticket.is_closed:
        _refuse_if_changed(ticket, seen, by)
    if ticket.updated_at - now > SKEW and not ticket.is_closed:
        raise FieldsRefused({"at": [gettext_noop("A data é anterior à última mudança do chamado.")]})
    return ticket


def _refuse_if_changed(ticket: Ticket, seen: int, by: Actor) -> None:
    others = (
        journal.about(f"ticket:{ticket.pk}").filter(pk__gt=seen).exclude(actor_id=None).exclude(actor_id=by.person_id)
    )
    if not by.is_staff:
        others = others.filter(is_internal=False)
    if newest := others.last():
        name = people.people_by_id([newest.actor_id]).get(newest.actor_id or 0)
        raise TicketChanged(name=name.name if name else "Farol")


def open_window(ticket: Ticket, *, now: datetime) -> Window | None:
    """What the customer owes. Raises TicketClosed when its last day has passed (R-073, R-074).

    Days on which debt shut the customer out are no such days: they are given back first.
    """
    window = ticket.windows.filter(ended_at=None).first()
    if window and has_lapsed(window, now) and not give_back(window, ticket, now=now):
        raise TicketClosed
    return window


def has_lapsed(window: Window, now: datetime) -> bool:
    return not window.unreached_at and now >= windows.end_of(window.last_day)


def give_back(window: Window, ticket: Ticket, *, now: datetime) -> bool:
    """The days on which debt shut the customer out are added to the window, and the history says so (section 7).

    Answers whether that left the customer time. Safe to repeat: a day is given back once.
    """
    sent = windows.day_of(window.sent_at)
    shut = billing.shut_out(ticket.organization_id, since=sent, on=windows.day_of(now))
    plain = window.last_day - timedelta(days=window.given_back)
    days = windows.days_given_back(sent, plain, shut)
    if days <= window.given_back:
        return False
    more = timedelta(days=days - window.given_back)
    window.given_back, window.last_day, window.reminder_on = days, window.last_day + more, window.reminder_on + more
    window.reminded_at = None
    window.save(update_fields=["given_back", "last_day", "reminder_on", "reminded_at"])
    facts = {"window": window.pk, "days": days, "last_day": window.last_day.isoformat()}
    facts["shut"] = [[first.isoformat(), last.isoformat()] for first, last in shut]
    put_down(ticket, "window_extended", by=HOUSE, at=now, facts=facts)
    return not has_lapsed(window, now)


def move(ticket: Ticket, step: Step, *, by: Actor, at: datetime) -> dict[str, object]:
    """The ticket takes `step`; answers the facts for the journal's line.

    Leaving a pause moves the due date by the business time paused (R-062).
    """
    before, paused_at = State(ticket.state), ticket.paused_at
    state = after(before, step, by.side)
    facts: dict[str, object] = {} if state is before else {"state": [before, state]}
    ticket.state = state
    if state in PAUSED:
        ticket.paused_at = ticket.paused_at or at
        targets.stand_still(ticket)
    elif state in CLOSED:
        ticket.closed_at = at
        targets.end_all(ticket, at=at)
    elif paused_at:
        ticket.paused_at = None
        facts |= reckon(ticket)
    return facts


def reckon(ticket: Ticket) -> dict[str, object]:
    """Opening, allowance, calendar and ended pauses give the due date (R-060 to R-063); answers what changed."""
    old = ticket.due_at
    ticket.due_at = queries.due_of(ticket)
    if not ticket.is_paused:
        targets.run_again(ticket)
    return {"due": [old.isoformat(), ticket.due_at.isoformat()]} if ticket.due_at != old else {}


def put_down(
    ticket: Ticket,
    name: str,
    *,
    by: Actor,
    at: datetime,
    body: str = "",
    is_internal: bool = False,
    attachments: Sequence[int] = (),
    facts: Mapping[str, object] = NOTHING,
    is_only_said: bool = False,
) -> Entry:
    """The journal has its line, with the files that came along, and the ticket is saved.

    When something was only said, nothing of the ticket has changed but when that was.
    Whom the staff calls by name in its words is told.
    """
    called = called_by(body, by) if by.is_staff and "@" in body else ()
    if called:
        facts = {**facts, "mentions": called}
    entry = tell(
        f"ticket.{name}", about=f"ticket:{ticket.pk}", by=by, at=at, body=body, is_internal=is_internal, facts=facts
    )
    if attachments:
        give_files(ticket, attachments, by=by, entry_id=entry.pk, is_internal=is_internal)
    if called:
        Mention.objects.bulk_create(Mention(ticket=ticket, person_id=pk, entry_id=entry.pk) for pk in called)
    ticket.last_entry_id = entry.pk
    if not is_internal:
        ticket.last_public_id = entry.pk
    if by.side is not Side.HOUSE or ticket.is_closed:  # a reminder, perhaps of a day ahead, is nobody's turn
        ticket.updated_at = max(at, ticket.updated_at)
    ticket.save(update_fields=SAID if is_only_said else None)
    return entry


def called_by(body: str, by: Actor) -> tuple[int, ...]:
    """The colleagues that these words call by name."""
    staff = people.staff().exclude(pk=by.person_id).values_list("pk", "name", "email")
    return called_in(body, [Nameable(pk, name, email.partition("@")[0]) for pk, name, email in staff])


def give_files(ticket: Ticket, ids: Sequence[int], *, by: Actor, entry_id: int, is_internal: bool = False) -> None:
    """The files that `by` had uploaded belong to the ticket. Raises FieldsRefused if one is not theirs."""
    wanted = list(dict.fromkeys(ids))
    given = files.hand_over(wanted, of=by.subject, to=f"ticket:{ticket.pk}", entry_id=entry_id, is_internal=is_internal)
    if given != len(wanted):
        raise FieldsRefused({"attachments": [gettext_noop("Um dos anexos não existe mais. Envie o arquivo de novo.")]})
