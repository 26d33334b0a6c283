"""The life of one ticket as rows that agree with each other: journal, windows, dates, state (sections 5 to 7).

Written as rows because it is for hundreds of thousands; that they are what the
services would have written is kept by the audit and by the tests.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from farol.house.bulk.rows import facts, instant, row
from farol.house.bulk.scenery import CANCELLED, NUMBER, Customer, Scenery, Terms, Topic
from farol.search.rules import asking
from farol.search.rules.blocks import blocks_of
from farol.tickets.rules import windows
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.severity import Impact
from farol.tickets.rules.windows import Asked, Outcome
from farol.worktime.spans import minute_of


class End(StrEnum):
    """Where a ticket stands."""

    ACCEPTED = "accepted"
    SILENT = "silent"
    ABANDONED = "abandoned"
    CANCELLED = "cancelled"
    QUEUED = "queued"
    ANALYSIS = "analysis"
    QUESTION = "question"
    SOLUTION = "solution"


STATES = {
    End.ACCEPTED: State.CLOSED_ACCEPTED,
    End.SILENT: State.CLOSED_SILENT,
    End.ABANDONED: State.CLOSED_ABANDONED,
    End.CANCELLED: State.CANCELLED,
    End.QUEUED: State.OPEN,
    End.ANALYSIS: State.IN_ANALYSIS,
    End.QUESTION: State.AWAITING_CUSTOMER,
    End.SOLUTION: State.AWAITING_ACCEPTANCE,
}
ASKED = {
    End.ACCEPTED: Asked.ACCEPTANCE,
    End.SILENT: Asked.ACCEPTANCE,
    End.SOLUTION: Asked.ACCEPTANCE,
    End.ABANDONED: Asked.INFORMATION,
    End.QUESTION: Asked.INFORMATION,
}
OUTCOMES = {End.ACCEPTED: Outcome.ACCEPTED, End.SILENT: Outcome.EXPIRED, End.ABANDONED: Outcome.EXPIRED}
ENDS = (End.ACCEPTED,) * 14 + (End.SILENT,) * 4 + (End.ABANDONED, End.CANCELLED)
OPEN = (End.QUEUED,) * 3 + (End.ANALYSIS,) * 7 + (End.QUESTION,) * 4 + (End.SOLUTION,) * 6
RUNNING = frozenset({End.QUEUED, End.ANALYSIS})
DAY = timedelta(days=1)
DAY_MINUTES = 1440
LONGEST = 60 * DAY_MINUTES  # from an opening to an end by silence, with room to spare
ADDRESS = "198.51.100.24"


@dataclass(frozen=True, slots=True)
class Plot:
    """A ticket before it is written; `until` is the minute of the vendor's last word, or 0 to draw it."""

    opened: int
    end: End
    customer: Customer
    topic: Topic
    until: int = 0


@dataclass(slots=True)
class Pages:
    """Rows by table, ready to be copied."""

    tickets: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    windows: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)


class Author:
    """Writes tickets, one after another, from one random source."""

    def __init__(self, scenery: Scenery, now: int, rng: random.Random) -> None:
        self.scenery, self.now, self.rng = scenery, now, rng
        self.pages = Pages()
        self.entry_ids: Iterator[int] = iter(())

    def closed(self, first: int, last: int) -> Plot:
        """A ticket opened between those minutes that came to an end."""
        rng = self.rng
        end, until, opened = rng.choice(ENDS), 0, rng.randrange(first, last)
        if opened > self.now - LONGEST:  # silence would take longer than that
            end, until = rng.choice((End.ACCEPTED, End.CANCELLED)), opened + 4 * DAY_MINUTES
        return Plot(opened, end, rng.choice(self.scenery.customers), rng.choice(self.scenery.topics), until)

    def open(self) -> Plot:
        """A ticket of the last days that somebody still works on or waits for."""
        rng = self.rng
        end, customer, topic = rng.choice(OPEN), rng.choice(self.scenery.customers), rng.choice(self.scenery.topics)
        share = rng.uniform(0.02, 1.02 if end is End.ANALYSIS else 0.9)
        until = self.now if end in RUNNING else self.now - rng.randrange(30, 4 * DAY_MINUTES)
        terms = customer.level.solution
        used = int(terms.minutes[topic.severity] * share)
        opened = terms.table.reached(terms.table.passed(until) - used + 1) - 1
        return Plot(opened, end, customer, topic, until)

    def write(self, number: int, plot: Plot) -> None:
        Life(self, number, plot).write()


class Life:
    """One ticket while it is written."""

    def __init__(self, author: Author, number: int, plot: Plot) -> None:
        self.author, self.rng, self.pages = author, author.rng, author.pages
        self.number, self.opened, self.end, self.until = number, plot.opened, plot.end, plot.until
        customer, topic = self.customer, self.topic = plot.customer, plot.topic
        opened = plot.opened
        self.subject = f"ticket:{number}"
        self.terms: Terms = customer.level.solution
        self.allowance = self.terms.minutes[topic.severity]
        self.contact = self.rng.choice(customer.contacts)
        self.agent, self.agent_name = self.rng.choice(author.scenery.teams[topic.area])
        self.last_entry = self.updated = 0
        self.said = [topic.case.subjects[0]]
        self.asked_at = self.answered_at = self.closed = 0
        self.due = self.terms.table.reached(self.terms.table.passed(opened) + self.allowance)

    def write(self) -> None:
        first_reply = self._begin()
        self._finish()
        self._write_targets(first_reply)
        self._write_ticket()

    def _begin(self) -> int:
        """From the opening to the last pause that is over; answers when the staff first replied."""
        topic, case = self.topic, self.topic.case
        said: dict[str, object] = {"due_at": instant(self.due), "reasons": topic.reasons, "severity": topic.severity}
        self._tell("opened", self.opened, self.contact, said=said | {"allowance_minutes": self.allowance})
        if self.end is End.QUEUED:
            return 0
        table, passed = self.terms.table, self.terms.table.passed(self.opened)
        room = self._room()
        assumed = table.reached(passed + max(1, int(room * 0.08)))
        said = {"state": ["open", "in_analysis"], "assignee": self.agent, "assignee_name": self.agent_name}
        self._tell("assumed", assumed, self.agent, said=said)
        replied = max(assumed, table.reached(passed + max(2, int(room * 0.15))))
        self._tell("replied", replied, self.agent, body=case.finding, said={"side": "staff"})
        asked, waited = passed + max(3, int(room * 0.3)), 0
        if self._has_a_pause():
            waited = self._pause(asked)
        self.ready = table.reached(passed + room + waited)
        return replied

    def _room(self) -> int:
        """Business minutes from opening to the last thing the vendor did, pauses aside."""
        if self.until:
            return max(4, self.terms.table.passed(self.until) - self.terms.table.passed(self.opened))
        return max(10, int(self.allowance * self.rng.uniform(0.15, 0.97 if self.rng.random() < 0.95 else 1.4)))

    def _has_a_pause(self) -> bool:
        return not self.until and self.end is not End.ABANDONED and self.rng.random() < 0.35

    def _pause(self, asked: int) -> int:
        """The customer is asked and answers; answers the business minutes in between."""
        table, case = self.terms.table, self.topic.case
        sent = table.reached(asked)
        answered = sent + self.rng.randrange(30, 3 * DAY_MINUTES)
        entry = self._ask(Asked.INFORMATION, sent, case.ask)
        waited = table.passed(answered) - table.passed(sent)
        goal = table.passed(self.opened) + self.allowance
        due = table.reached(goal + waited) if table.passed(sent) < goal else self.due
        said: dict[str, object] = {"side": "customer", "state": ["awaiting_customer", "in_analysis"]}
        if due != self.due:
            said["due"] = [instant(self.due), instant(due)]
        self.due = due
        self._tell("replied", answered, self.contact, body=case.answer, said=said)
        self._window(Asked.INFORMATION, entry, sent, ended=answered, outcome=Outcome.ANSWERED)
        return waited

    def _finish(self) -> None:
        """The last word of the vendor, and what came of it."""
        case, end = self.topic.case, self.end
        if end in {End.QUEUED, End.ANALYSIS}:
            return
        if end is End.CANCELLED:
            self.closed = self.ready
            said = {"state": ["in_analysis", "cancelled"]}
            self._tell("cancelled", self.closed, self.contact, body=CANCELLED, said=said)
            return
        asked = ASKED[end]
        body = case.solution if asked is Asked.ACCEPTANCE else case.ask
        self.asked_at = self.ready
        self.answered_at = self.ready if asked is Asked.ACCEPTANCE else 0
        entry = self._ask(asked, self.ready, body)
        last_day = windows.Window(_day(self.ready)).last_day
        reminded = 0
        if end in {End.SILENT, End.ABANDONED}:
            reminded = _midnight(last_day - 2 * DAY)
            self._tell("reminded", reminded, None, said={"asked": asked, "last_day": last_day.isoformat()})
            self.closed = _midnight(last_day + DAY)
            self._tell(STATES[end], self.closed, None, said={"asked": asked, "state": [_waiting(asked), STATES[end]]})
        elif end is End.ACCEPTED:
            self.closed = self.ready + self.rng.randrange(30, 5 * DAY_MINUTES)
            accepted = {"asked": asked, "state": [_waiting(asked), STATES[end]], "billable_minutes": 0}
            self._tell("accepted", self.closed, self.contact, said=accepted)
        self._window(asked, entry, self.ready, ended=self.closed, outcome=OUTCOMES.get(end), reminded=reminded)

    def _ask(self, asked: Asked, at: int, body: str) -> int:
        """The customer owes something; answers the entry with the words."""
        name = "solution_sent" if asked is Asked.ACCEPTANCE else "information_asked"
        said: dict[str, object] = {
            "state": ["in_analysis", _waiting(asked)],
            "last_day": windows.Window(_day(at)).last_day.isoformat(),
        }
        if asked is Asked.ACCEPTANCE:
            said["billable_minutes"] = 0
        return self._tell(name, at, self.agent, body=body, said=said)

    def _tell(self, name: str, at: int, actor: int | None, *, said: Mapping[str, object], body: str = "") -> int:
        if body:
            self.said.append(body)
        self.last_entry, self.updated = next(self.author.entry_ids), max(at, self.updated)
        channel = "portal" if actor else "house"
        self.pages.entries.append(
            row(self.last_entry, f"ticket.{name}", self.subject, actor, channel, False, body, facts(said), instant(at))
        )
        return self.last_entry

    def _window(
        self, asked: Asked, entry: int, sent: int, *, ended: int, outcome: Outcome | None, reminded: int = 0
    ) -> None:
        span = windows.Window(_day(sent))
        is_solution = asked is Asked.ACCEPTANCE
        signature = self._signature(ended) if is_solution and ended else None
        self.pages.windows.append(
            row(
                self.number,
                asked,
                entry,
                instant(sent),
                span.last_day,
                span.reminder_on,
                False,
                instant(reminded) if reminded else None,
                instant(ended) if ended else None,
                outcome or "",
                '{"lines": [], "billable_minutes": 0}' if is_solution else None,
                signature,
            )
        )

    def _signature(self, at: int) -> str:
        by = {"person": self.contact, "channel": "portal", "address": ADDRESS}
        if self.end is End.SILENT:
            by = {"person": 0, "channel": "house", "address": ""}
        return facts(by | {"name": "", "at": instant(at), "text_sha256": _hash(self.topic.case.solution)})

    def _write_targets(self, first_reply: int) -> None:
        level, closed = self.customer.level, self.closed
        self._target("solution", self.terms, self.allowance, self.due, ended=closed, still=bool(self.asked_at))
        if level.first_reply:
            minutes = level.first_reply.minutes[self.topic.severity]
            table = level.first_reply.table
            due = table.reached(table.passed(self.opened) + minutes)
            self._target("first_reply", level.first_reply, minutes, due, ended=first_reply or closed, still=False)

    def _target(self, promise: str, terms: Terms, minutes: int, due: int, *, ended: int, still: bool) -> None:
        """A date, with the share of it that the staff was last warned of, and the next warning."""
        warned, warn_at = 0, None
        if not ended:
            passed = terms.table.passed(self.opened)
            for share in self.customer.level.shares:
                at = terms.table.reached(passed + -(-minutes * share // 100))
                if at > self.author.now:
                    warn_at = None if still else instant(at)
                    break
                warned = share
        end = instant(ended) if ended else None
        started = instant(self.opened)
        self.pages.targets.append(
            row(self.number, promise, started, terms.version, minutes, instant(due), end, warned, warn_at)
        )

    def _write_ticket(self) -> None:
        topic, case, customer = self.topic, self.topic.case, self.customer
        invoice = f"{self.rng.randrange(10_000, 99_999)}"
        self.pages.tickets.append(
            row(
                self.number, customer.organization, self.contact, topic.product, topic.module, topic.version,
                customer.level.plan, case.kind, case.subjects[0], case.description.replace(NUMBER, invoice),
                _impact(case.impact), topic.severity, facts(topic.reasons), "portal", topic.rank, STATES[self.end],
                topic.area, None if self.end is End.QUEUED else self.agent, instant(self.opened), self.terms.version,
                self.allowance, instant(self.due), instant(self.asked_at) if self.asked_at else None,
                instant(self.answered_at) if self.answered_at else None,
                instant(self.closed) if self.closed else None, instant(self.updated), self.last_entry,
            )
        )  # fmt: skip
        self._write_document(invoice)

    def _write_document(self, invoice: str) -> None:
        """What it is found by, as the listeners of its journal would have written it."""
        who = self.customer.contacts.index(self.contact) + 1  # as in "Contato 2"
        words = [self.topic.words[text] for text in dict.fromkeys(self.said)]
        marks = [
            f"'{mark}'" for mark in (*blocks_of(self.number), *([] if self.closed else [asking.OPEN]), invoice, who)
        ]
        found_by = " ".join([self.customer.marks, *words, *marks])
        self.pages.documents.append(f"{self.subject}\t{self.number}\t{self.customer.organization}\t{found_by}\n")


def _waiting(asked: Asked) -> State:
    return State.AWAITING_ACCEPTANCE if asked is Asked.ACCEPTANCE else State.AWAITING_CUSTOMER


def _day(minute: int) -> date:
    return windows.day_of(datetime.fromtimestamp(minute * 60, UTC))


@lru_cache(10_000)
def _midnight(day: date) -> int:
    return minute_of(windows.start_of(day), "day")


@lru_cache(1_000)
def _hash(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


@lru_cache(100)
def _impact(impact: Impact) -> str:
    return facts(asdict(impact))
