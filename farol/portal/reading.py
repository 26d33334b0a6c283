"""One ticket as its customer reads it: whose turn it is, the clock, the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from farol.hours import queries as hours
from farol.journal.models import Entry
from farol.notify import answerable
from farol.notify.answerable import Answerable
from farol.people.models import Person
from farol.portal import rows
from farol.portal.door import Visit
from farol.portal.thread import History
from farol.survey import queries as surveys
from farol.survey.rules import SCORES
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket, Window
from farol.tickets.queries import Clock, Record, Tied
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.severity import WORDS, Reason
from farol.tickets.rules.windows import DAYS_POSTPONED, Asked, day_of, end_of
from farol.ui import charts, ledger, pieces, prices, words
from farol.ui.prose import prose
from farol.ui.talk import File


@dataclass
class Reading:
    """A ticket in one visit; each thing is fetched once, when the page asks for it."""

    visit: Visit
    ticket: Ticket

    @classmethod
    def of(cls, visit: Visit, number: int) -> Reading:
        """Somebody else's ticket does not exist."""
        ticket = tickets.ticket(number, by=visit.by)
        if ticket is None:
            raise Http404
        return cls(visit, ticket)

    @cached_property
    def record(self) -> Record:
        return tickets.record(self.ticket, by=self.visit.by)

    @property
    def windows(self) -> list[Window]:
        return self.record.windows

    @cached_property
    def open_window(self) -> Window | None:
        return next((window for window in self.windows if window.ended_at is None), None)

    @cached_property
    def history(self) -> History:
        schedule = tickets.schedule_of(self.ticket)
        return History(self.ticket, self.record.entries, schedule, self.visit, chapters=self.record.chapters)

    @cached_property
    def clock(self) -> Clock:
        return tickets.clock(
            self.ticket, now=self.visit.now, projected=True, windows=self.windows, schedule=self.history.schedule
        )

    @cached_property
    def thread(self) -> SafeString:
        """Everything said and done, but the words that stand in the panel above."""
        return self.history.shown(beside=self.open_window.entry_id if self.open_window else 0)

    @cached_property
    def turn(self) -> Turn | None:
        """What the customer owes, if anything."""
        window = self.open_window
        return Turn(self, window, self.history.entry(window.entry_id)) if window else None

    @property
    def situation(self) -> SafeString:
        return rows.situation_of(self.ticket, self.visit, self.open_window, pill=True)

    @property
    def about(self) -> str:
        """Horizonte ERP 12.4.2 · Faturamento"""
        version = f" {self.ticket.version.name}" if self.ticket.version else ""
        module = f" · {self.ticket.module.name}" if self.ticket.module else ""
        return f"{self.ticket.product.name}{version}{module}"

    @property
    def opened(self) -> str:
        at = words.stamp(self.ticket.opened_at, now=self.visit.now, language=self.visit.language)
        if self.ticket.contact_id == self.visit.person.pk:
            return _("Aberto por você em {date}").format(date=at)
        return _("Aberto por {name} em {date}").format(name=self.ticket.contact.name, date=at)

    @property
    def reasons(self) -> list[str]:
        """Why it has its severity (R-065)."""
        return [_(WORDS[Reason(reason)]) for reason in self.ticket.reasons]

    @property
    def questions_url(self) -> str:
        """Where the questions are that an opening by mail left open; "" when there are none."""
        if Reason.UNANSWERED not in self.ticket.reasons or self.ticket.is_closed:
            return ""
        return answerable.questions_path(Answerable(self.ticket.pk, self.visit.person.pk))

    @property
    def whys(self) -> list[str]:
        """What a solution most often leaves open; one of them goes before the customer's own words."""
        said = [_("O erro continua igual"), _("Resolveu uma parte"), _("Não consegui aplicar os passos")]
        is_billed = self.turn is not None and self.turn.statement["total"]
        return [*said, _("Não concordo com as horas a faturar")] if is_billed else said

    @property
    def working_day(self) -> int:
        return hours.working_day(self.history.schedule)

    @property
    def is_met(self) -> bool:
        """Answered in time, or ended in time."""
        is_answered = bool(self.ticket.closed_at) or self.ticket.state == State.AWAITING_ACCEPTANCE
        return is_answered and not self.clock.is_overdue

    @cached_property
    def clock_words(self) -> str:
        return charts.clock_words(
            ran=self.clock.consumed_minutes,
            paused=self._paused,
            left=self.clock.remaining_minutes,
            working_day=self.working_day,
            language=self.visit.language,
        )

    @cached_property
    def clock_timeline(self) -> SafeString:
        state = pieces.clock_state(self.clock.remaining_minutes, paused=bool(self.clock.paused_at), met=self.is_met)
        return charts.clock_timeline(
            self.clock.spans,
            now=self._stands_at,
            due=self.clock.due_at,
            state=state,
            text=self.clock_words,
            language=self.visit.language,
        )

    @property
    def ledger(self) -> SafeString:
        """How the deadline was counted, line by line."""
        steps = ledger.steps(self.clock.spans, now=self.visit.now, language=self.visit.language)
        return ledger.listed(steps, language=self.visit.language)

    @property
    def links(self) -> list[Tied]:
        return self.record.links

    @cached_property
    def survey(self) -> dict[str, Any]:
        """What the company said of the solution, or where its contact says it; asked of ended tickets alone."""
        if self.ticket.state not in {State.CLOSED_ACCEPTED, State.CLOSED_SILENT}:
            return {}
        found = surveys.standing_of(self.ticket.pk)
        if found is None:
            return {}
        if found.score is None:
            is_theirs = found.contact_id == self.visit.person.pk and not surveys.has_expired(found, self.visit.now)
            return {"url": reverse("portal:survey", args=[surveys.token_of(found)])} if is_theirs else {}
        return {
            "score": found.score,
            "word": _(SCORES[found.score]),
            "comment": found.comment,
            "name": found.contact.name,
            "answered_at": found.answered_at,
        }

    @cached_property
    def watchers(self) -> list[Person]:
        """Who else of the company hears of it."""
        return tickets.watchers(self.ticket, by=self.visit.by)

    @property
    def merged_into(self) -> Ticket | None:
        """Where the conversation of a merged ticket goes on."""
        return next((tied.ticket for tied in self.links if tied.kind == "merged_into"), None)

    @property
    def ending(self) -> str:
        """How a closed ticket ended."""
        return {
            State.CLOSED_ACCEPTED: _("A solução foi aceita e o chamado está encerrado."),
            State.CLOSED_SILENT: _("Ninguém respondeu no prazo: a solução valeu como aceita."),
            State.CLOSED_ABANDONED: _("A informação pedida não chegou em 15 dias e o chamado foi encerrado."),
            State.CLOSED_REDIRECTED: _("O pedido foi encaminhado a quem atende este assunto."),
            State.CANCELLED: _("O chamado foi cancelado."),
        }[State(self.ticket.state)]

    @property
    def _stands_at(self) -> datetime:
        return tickets.stands_at(self.ticket, self.visit.now) if self.ticket.closed_at else self.visit.now

    @property
    def _paused(self) -> int:
        return tickets.paused_minutes(self.windows, at=self._stands_at, schedule=self.history.schedule)


@dataclass(frozen=True)
class Turn:
    """What the customer is asked, until when, and what follows from silence."""

    reading: Reading
    window: Window
    entry: Entry | None

    @property
    def asked(self) -> str:
        return self.window.asked

    @property
    def title(self) -> str:
        sender = self.reading.history.people.get(self.entry.actor_id or 0) if self.entry else None
        said = {
            Asked.ACCEPTANCE: _("{name} propôs uma solução"),
            Asked.INFORMATION: _("{name} precisa de uma informação sua"),
            Asked.QUOTE: _("{name} enviou um orçamento"),
            Asked.AUTHORIZATION: _("{name} pede a sua autorização de cobrança"),
        }[Asked(self.window.asked)]
        return said.format(name=sender.first_name if sender else "Farol")

    @property
    def sent_on(self) -> date:
        return day_of(self.window.sent_at)

    @property
    def today(self) -> date:
        return day_of(self.reading.visit.now)

    @property
    def body(self) -> SafeString:
        return prose(self.entry.body) if self.entry else SafeString("")

    @property
    def files(self) -> list[File]:
        return self.reading.history.files[self.window.entry_id]

    @cached_property
    def unopened(self) -> list[str]:
        """The documents of a quote that the reader has still to open (R-193)."""
        if self.window.asked != Asked.QUOTE or not self.files:
            return []
        return [file.name for file in tickets.unopened(self.window, person_id=self.reading.visit.person.pk)]

    @property
    def statement(self) -> dict[str, Any]:
        """The frozen hours: only the lines that are billed concern the customer (R-076)."""
        statement = self.window.statement or {}
        lines = [
            {**line, "day": datetime.fromisoformat(line["day"]).date()}
            for line in statement.get("lines", ())
            if line["is_billable"]
        ]
        cents = statement.get("total_cents")
        return {
            "lines": lines,
            "total": statement.get("billable_minutes", 0),
            "money": prices.money(cents, language=self.reading.visit.language) if cents else "",
            "waived": statement.get("waived_minutes", 0),
        }

    @property
    def terms(self) -> list[str]:
        """Of a charge, the price and its conditions as they were announced, frozen (R-090)."""
        statement = self.window.statement or {}
        if "price" not in statement:
            return []
        told = [prices.terms(statement["price"], language=self.reading.visit.language)]
        if statement["is_conditional"]:
            told.append(_("Só será cobrado se a causa não for nossa."))
        if until := self.window.access_until:
            day, scope = words.day(until, language=self.reading.visit.language), statement["access"]["scope"]
            told.append(_("Acesso à sua base de dados até {day}: {scope}").format(day=day, scope=scope))
        return told

    @property
    def countdown(self) -> str:
        left = rows.days_left(self.window, self.reading.visit)
        if self.window.asked == Asked.ACCEPTANCE:
            return _("Aceite automático em {time}").format(time=left)
        return _("Encerra sem resposta em {time}").format(time=left)

    @property
    def until(self) -> str:
        last_minute = end_of(self.window.last_day) - timedelta(minutes=1)
        return words.when(last_minute, now=self.reading.visit.now, language=self.reading.visit.language)

    @property
    def can_postpone(self) -> bool:
        return self.window.asked == Asked.ACCEPTANCE and not self.window.is_postponed

    @property
    def consequence(self) -> str:
        said = _("Depois do aceite, o chamado é encerrado e não pode ser reaberto.")
        if self.can_postpone:
            last = day_of(self.window.sent_at) + timedelta(days=DAYS_POSTPONED)
            day = words.bare_day(last, language=self.reading.visit.language)
            said += " " + _("Adiando, o novo limite é {day}.").format(day=day.rstrip("."))
        return said
