"""The dates kept on a ticket beside its solution's: a line each on the workspace, all of it on a page of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from farol.contracts.rules import Promise
from farol.desk.door import Visit
from farol.hours import queries as hours
from farol.hours.queries import Book
from farol.tickets import queries as tickets
from farol.tickets.models import Target, Ticket, Window
from farol.ui import charts, ledger, pieces, words
from farol.worktime.schedule import Schedule

NAMES = {
    Promise.SOLUTION: gettext_noop("Solução"),
    Promise.FIRST_REPLY: gettext_noop("Primeira resposta"),
    Promise.NEXT_REPLY: gettext_noop("Próxima resposta"),
    Promise.AREA: gettext_noop("Resposta da área"),
}
LINE = "<li><span>{name}</span>{chip}<small>{about}</small></li>"


@dataclass(frozen=True, slots=True)
class Panel:
    """One date: what is left, why, as a picture and line by line."""

    name: str
    about: str
    state: str
    clock: tickets.Clock
    working_day: int
    paused_minutes: int
    text: str
    timeline: SafeString
    steps: SafeString


def lines(ticket: Ticket, book: Book, visit: Visit) -> SafeString:
    """The newest date of each kind: what is left of it, and which warnings were given (R-066)."""
    newest = {(target.promise, target.area_id): target for target in tickets.targets(ticket)}
    return mark_safe("".join(
        LINE.format(name=escaped(_name(target)), chip=_chip(target, ticket, book, visit),
                    about=escaped(_about(target, ticket, visit)))
        for target in newest.values()
    ))  # fmt: skip


def panels(ticket: Ticket, windows: Sequence[Window], book: Book, visit: Visit) -> list[Panel]:
    """Every date that was ever kept on the ticket; those that still run first, then the newest."""
    found = sorted(tickets.targets(ticket), key=lambda target: (target.ended_at is not None, -target.pk))
    return [_panel(place, target, ticket, windows, book, visit) for place, target in enumerate(found)]


def _panel(
    place: int, target: Target, ticket: Ticket, windows: Sequence[Window], book: Book, visit: Visit
) -> Panel:  # fmt: skip
    schedule = book.kept(target.calendar_version_id)
    clock = tickets.target_clock(target, ticket, now=visit.now, windows=windows, book=book)
    has_stopped = target.ended_at is not None or ticket.closed_at is not None
    at = tickets.target_stands_at(target, ticket, visit.now) if has_stopped else visit.now
    paused = _paused(target, windows, at, schedule)
    state = pieces.clock_state(
        clock.remaining_minutes, paused=clock.paused_at is not None, met=has_stopped and not clock.is_overdue
    )
    day = hours.working_day(schedule)
    text = charts.clock_words(
        ran=clock.consumed_minutes, paused=paused, left=clock.remaining_minutes, working_day=day,
        language=visit.language,
    )  # fmt: skip
    timeline = charts.clock_timeline(
        clock.spans, now=at, said_at=visit.now if has_stopped else None, due=clock.due_at, state=state, text=text,
        hatch_id=f"clock-hatch-{place}" if place else "clock-hatch", language=visit.language,
    )  # fmt: skip
    steps = ledger.listed(ledger.steps(clock.spans, now=visit.now, language=visit.language), language=visit.language)
    about = _about(target, ticket, visit)
    return Panel(_name(target), about, state, clock, day, paused, text, timeline, steps)


def _paused(target: Target, windows: Sequence[Window], at: datetime, schedule: Schedule) -> int:
    """Business minutes that the customer took since this date began to run."""
    since = [window for window in windows if (window.ended_at or at) > target.started_at]
    return tickets.paused_minutes(since, at=at, schedule=schedule)


def _name(target: Target) -> str:
    name = _(NAMES[Promise(target.promise)])
    return f"{name}: {target.area.name}" if target.area else name


def _chip(target: Target, ticket: Ticket, book: Book, visit: Visit) -> SafeString:
    """What is left; how late it was, if it ended late; nothing for the solution, whose clock stands above."""
    if target.promise == Promise.SOLUTION:
        return SafeString()
    left = tickets.target_left(target, ticket, now=visit.now, book=book)
    day = hours.working_day(book.kept(target.calendar_version_id))
    if target.ended_at and left < 0:
        late = words.business(-left, working_day=day, language=visit.language)
        return pieces.badge(_("atraso de {time}").format(time=late), "red")
    return pieces.clock_chip(
        left,
        due=target.due_at,
        paused=ticket.is_paused and not target.ended_at,
        met=target.ended_at is not None,
        working_day=day,
        now=visit.now,
        language=visit.language,
    )


def _about(target: Target, ticket: Ticket, visit: Visit) -> str:
    """50% avisado · 80% hoje 12h30 · 100%"""
    if target.ended_at:
        return _("terminou: {when}").format(when=words.stamp(target.ended_at, now=visit.now, language=visit.language))
    said, is_next = [], True
    for share in ticket.plan.warn_shares:
        if share <= target.warned_share:
            said.append(_("{share}% avisado").format(share=share))
        elif is_next and target.warn_at:
            when = words.stamp(target.warn_at, now=visit.now, language=visit.language)
            said.append(f"{share}%: {when}")
            is_next = False
        else:
            said.append(f"{share}%")
    return " · ".join(said)
