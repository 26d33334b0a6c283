"""Promised dates that change on purpose: hours corrected, a pause corrected (R-064).

Each runs in one transaction with the change that causes it, so that a calendar
and the dates reckoned by it are never seen apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from farol.kernel.actor import Actor
from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop
from farol.tickets.actions.locking import locked, put_down, reckon
from farol.tickets.models import Ticket, Window
from farol.tickets.rules import opening
from farol.tickets.rules.lifecycle import State, refuse_closed
from farol.tickets.rules.windows import ZONE

NO_REASON = gettext_noop("Diga por que as datas prometidas mudam.")


class ManagersOnly(Refusal):
    code = "ticket.managers_only"
    status = 403
    message = gettext_noop("Só a gestão muda datas já prometidas.")
    remedy = gettext_noop("Peça a uma pessoa da gestão que faça a mudança.")


class PausesOverlap(Refusal):
    """A customer owes one answer at a time: two pauses of a ticket never share a minute."""

    code = "ticket.pauses_overlap"
    rule = "R-062"
    message = gettext_noop("A pausa {pause} se sobrepõe à pausa {other}.")
    remedy = gettext_noop("Escolha horários que não se sobreponham, ou corrija primeiro a outra pausa.")


@transaction.atomic
def recalculate(versions: Mapping[int, int], *, reason: str, by: Actor, now: datetime) -> list[int]:
    """The open tickets of these calendar versions follow from the hours as they are now.

    `versions` maps the version a ticket keeps to the one it shall keep: the same
    one after a holiday was entered late, a newer one when old tickets are moved on
    purpose. Answers the numbers of the tickets whose date changed. Raises FieldsRefused
    or ManagersOnly.
    """
    reason = _reason(reason, by)
    numbers = Ticket.objects.filter(closed_at=None, calendar_version__in=versions).order_by("pk")
    return [
        number
        for number in numbers.values_list("pk", flat=True)
        if _recalculate(number, versions, reason=reason, by=by, now=now)
    ]


@transaction.atomic
def correct_pause(
    window_id: int, *, sent_at: datetime, ended_at: datetime, reason: str, by: Actor, now: datetime
) -> Ticket:
    """The pause was from `sent_at` to `ended_at`; the date follows, and the history keeps what stood there before.

    Raises FieldsRefused when it ends before it starts, lies in the future or before
    the opening; PausesOverlap; TicketClosed; TicketNotFound; ManagersOnly.
    """
    reason = _reason(reason, by)
    number = Window.objects.values_list("ticket_id", flat=True).get(pk=window_id)
    ticket = locked(number, by=by, now=now)
    refuse_closed(State(ticket.state))
    window = Window.objects.get(pk=window_id)
    _refuse_times(ticket, window, sent_at, ended_at, now)
    _refuse_overlap(ticket, window, sent_at, ended_at)
    old = [window.sent_at.isoformat(), window.ended_at.isoformat() if window.ended_at else None]
    window.sent_at, window.ended_at = sent_at, ended_at
    window.save(update_fields=["sent_at", "ended_at"])
    facts = {"pause": [old, [sent_at.isoformat(), ended_at.isoformat()]], **reckon(ticket)}
    put_down(ticket, "pause_corrected", by=by, at=now, body=reason, facts=facts)
    return ticket


def _reason(reason: str, by: Actor) -> str:
    if not by.is_manager:
        raise ManagersOnly
    return opening.text(reason, field="reason", missing=NO_REASON)


def _recalculate(number: int, versions: Mapping[int, int], *, reason: str, by: Actor, now: datetime) -> bool:
    ticket = locked(number, by=by, now=now)
    if ticket.is_closed or ticket.calendar_version_id not in versions:
        return False
    kept = ticket.calendar_version_id
    ticket.calendar_version_id = versions[kept]
    changed = reckon(ticket)
    if changed:
        put_down(
            ticket, "recalculated", by=by, at=now, body=reason, facts={"version": [kept, versions[kept]], **changed}
        )
    elif kept != versions[kept]:
        ticket.save(update_fields=["calendar_version"])
    return bool(changed)


def _refuse_times(ticket: Ticket, window: Window, sent_at: datetime, ended_at: datetime, now: datetime) -> None:
    errors = {}
    if window.ended_at is None:
        errors["ended_at"] = [gettext_noop("Esta pausa ainda não terminou.")]
    elif ended_at < sent_at:
        errors["ended_at"] = [gettext_noop("O fim precisa vir depois do início.")]
    elif ended_at > now:
        errors["ended_at"] = [gettext_noop("O fim está no futuro.")]
    if sent_at < ticket.opened_at:
        errors["sent_at"] = [gettext_noop("O início vem antes da abertura do chamado.")]
    if errors:
        raise FieldsRefused(errors)


def _refuse_overlap(ticket: Ticket, window: Window, sent_at: datetime, ended_at: datetime) -> None:
    """As the clock counts: in whole minutes; one that has not ended reaches without end."""
    start, end = _minute(sent_at), _minute(ended_at)
    for other in ticket.windows.exclude(pk=window.pk).order_by("sent_at"):
        if _minute(other.sent_at) < end and (other.ended_at is None or start < _minute(other.ended_at)):
            raise PausesOverlap(pause=_said(sent_at, ended_at), other=_said(other.sent_at, other.ended_at))


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _said(start: datetime, end: datetime | None) -> str:
    """23/11/2026 09:00 – 24/11/2026 10:00; without an end while it lasts."""
    return " – ".join(f"{at.astimezone(ZONE):%d/%m/%Y %H:%M}" if at else "…" for at in (start, end))
