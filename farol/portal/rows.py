"""Tickets as the customer's lists show them: whose turn, by when, what next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from farol.hours import queries as hours
from farol.journal.models import Entry
from farol.people.models import Area, Person
from farol.portal.door import Visit
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket, Window
from farol.tickets.queries import Answer
from farol.tickets.rules.windows import Asked, day_of, end_of
from farol.ui import pieces, words
from farol.ui.marked import marked
from farol.worktime.schedule import Schedule


@dataclass(frozen=True)
class Row:
    """One ticket in a list."""

    ticket: Ticket
    visit: Visit
    postponed: Window | None = None
    schedule: Schedule | None = None
    answer: Answer | None = None
    is_unread: bool = False

    @property
    def number(self) -> int:
        return self.ticket.pk

    @property
    def subject(self) -> str:
        return marked(self.answer.subject) if self.answer else self.ticket.subject

    @property
    def excerpt(self) -> str:
        """The words around what was searched for."""
        return marked(self.answer.said) if self.answer else ""

    @property
    def url(self) -> str:
        return reverse("portal:ticket", args=[self.ticket.pk])

    @property
    def situation(self) -> SafeString:
        return situation_of(self.ticket, self.visit, self.postponed)

    @property
    def tower(self) -> SafeString:
        return pieces.tower(self.ticket.severity)

    @property
    def forecast_label(self) -> str:
        if self.ticket.closed_at:
            return _("Encerrado em")
        if self.ticket.is_paused:
            return _("Prazo pausado")
        if self.ticket.due_at < self.visit.now:
            return _("Retorno era para")
        return _("Nova previsão") if self._is_moved else _("Retorno previsto")

    @property
    def forecast(self) -> str:
        at = self.ticket.closed_at or self.ticket.due_at
        if self.ticket.is_paused and not self.ticket.closed_at:
            return _("esperando você")
        return words.short(at, now=self.visit.now, language=self.visit.language)

    @property
    def _is_moved(self) -> bool:
        """The date is not the one that was announced at opening."""
        if self.schedule is None:
            return False
        return self.schedule.due(self.ticket.opened_at, self.ticket.allowance_minutes) != self.ticket.due_at


@dataclass(frozen=True)
class Turn(Row):
    """A ticket that waits for the customer."""

    window: Window | None = None
    sender: str = ""
    entry: Entry | None = None

    @property
    def is_solution(self) -> bool:
        return self.window is not None and self.window.asked == Asked.ACCEPTANCE

    @property
    def action(self) -> str:
        return {
            Asked.ACCEPTANCE: _("Avaliar solução"),
            Asked.INFORMATION: _("Responder"),
            Asked.QUOTE: _("Ver orçamento"),
            Asked.AUTHORIZATION: _("Ver cobrança"),
        }[self._asked]

    @property
    def about(self) -> str:
        said = {
            Asked.ACCEPTANCE: _("{name} propôs uma solução em {day}"),
            Asked.INFORMATION: _("{name} pediu uma informação em {day}"),
            Asked.QUOTE: _("{name} enviou um orçamento em {day}"),
            Asked.AUTHORIZATION: _("{name} pediu autorização de cobrança em {day}"),
        }[self._asked].format(name=self.sender, day=words.bare_day(self._sent, language=self.visit.language))
        minutes = (self.window.statement or {}).get("billable_minutes") if self.window else None
        if minutes:
            said += " · " + _("{time} a faturar").format(time=words.duration(minutes, language=self.visit.language))
        return said

    @property
    def deadline(self) -> str:
        return _("Aceite automático em") if self.is_solution else _("Encerra sem resposta em")

    @cached_property
    def time_left(self) -> str:
        return days_left(self.window, self.visit) if self.window else ""

    @property
    def _asked(self) -> Asked:
        return Asked(self.window.asked) if self.window else Asked.INFORMATION

    @property
    def _sent(self) -> date:
        return day_of(self.window.sent_at) if self.window else day_of(self.visit.now)


def situation_of(ticket: Ticket, visit: Visit, postponed: Window | None = None, *, pill: bool = False) -> SafeString:
    """The situation in the customer's words."""
    away = ticket.area.kind != Area.Kind.SUPPORT
    return pieces.situation(
        ticket.state,
        area=ticket.area.with_name if away else "",
        until=postponed.last_day if postponed and postponed.is_postponed else None,
        for_customer=True,
        pill=pill,
        language=visit.language,
    )


def days_left(window: Window, visit: Visit) -> str:
    """9 dias · hoje, at the last day."""
    count = (window.last_day - day_of(visit.now)).days
    if count <= 0:
        left = max(end_of(window.last_day) - visit.now, timedelta())
        return words.duration(int(left.total_seconds() // 60), language=visit.language)
    return ngettext("{count} dia", "{count} dias", count).format(count=count)


def turns(windows: Iterable[Window], entries: dict[int, Entry], staff: dict[int, Person], visit: Visit) -> list[Turn]:
    cards = []
    for window in windows:
        entry = entries.get(window.entry_id)
        sender = staff.get(entry.actor_id or 0) if entry else None
        name = sender.first_name if sender else "Farol"
        cards.append(Turn(window.ticket, visit, postponed=window, window=window, sender=name, entry=entry))
    return cards


def rows(found: Iterable[Ticket], visit: Visit, answers: Mapping[int, Answer]) -> list[Row]:
    """The schedule of each calendar is asked for once, however many tickets keep it."""
    schedules: dict[int, Schedule] = {}
    made, found = [], list(found)
    unread = tickets.unread(visit.by, found)
    for ticket in found:
        version = ticket.calendar_version_id
        if version not in schedules:
            schedules[version] = hours.schedule_kept(version)
        made.append(
            Row(
                ticket, visit, schedule=schedules[version], answer=answers.get(ticket.pk), is_unread=ticket.pk in unread
            )
        )
    return made
