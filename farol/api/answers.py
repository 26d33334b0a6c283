"""What the API answers: the bodies of the contract, typed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, PlainSerializer

from farol.api.asked import ImportChannel
from farol.billing.rules.debt import TitleState
from farol.contracts.rules.prices import Sold, Unit
from farol.tickets.rules.charges import Responsibility
from farol.tickets.rules.charges import Service as Flow
from farol.tickets.rules.environment import Asker
from farol.tickets.rules.lifecycle import State, WaitingOn
from farol.tickets.rules.quotes import QuoteState
from farol.tickets.rules.severity import Kind, Severity

SAO_PAULO = ZoneInfo("America/Sao_Paulo")

Instant = Annotated[datetime, PlainSerializer(lambda at: at.astimezone(SAO_PAULO).isoformat(), return_type=str)]
Item = TypeVar("Item")


class Answer(BaseModel):
    """The base of all of them."""


class Ref(Answer):
    """Something referred to."""

    id: int
    name: str


class Listed(Answer, Generic[Item]):
    """A part of a list, and where the next begins."""

    items: list[Item]
    next: str | None


class Graded(Answer):
    value: Severity
    reasons: list[str]
    codes: list[str]


class Acceptance(Answer):
    """How long the customer has to judge the solution."""

    sent_at: Instant
    reminder_on: date
    last_day: date
    postponed: bool


class Link(Answer):
    """Another ticket and what it is to this one; `id` names the link where it can be undone."""

    id: int | None
    kind: str
    number: int
    state: State
    url: str


class Ticket(Answer):
    number: int
    subject: str
    description: str
    kind: Kind
    state: State
    severity: Graded
    organization: Ref
    contact: Ref
    product: Ref
    module: Ref | None
    version: Ref | None
    channel: ImportChannel
    area: Ref
    assignee: Ref | None
    opened_at: Instant
    due_at: Instant
    overdue: bool
    paused: bool
    waiting_on: WaitingOn
    acceptance: Acceptance | None
    billable_minutes: int
    service: Flow
    right_area: bool | None
    question: bool | None
    responsibility: Responsibility | None
    url: str
    links: list[Link]
    closed_at: Instant | None
    updated_at: Instant
    last_entry: int = Field(description="The newest entry of its history; given back as `seen` with a change.")


class Attachment(Answer):
    id: int
    name: str
    content_type: str
    size: int
    sha256: str
    url: str


class Author(Answer):
    id: int | None
    name: str
    kind: str


class Entry(Answer):
    """One line of the history: what happened, by whom, with the words and files that came along.

    `body` is as it was written, `html` as pages show it.

    `ticket` is another number where this ticket shows what was merged into it.
    """

    id: int
    ticket: int
    name: str
    at: Instant
    actor: Author
    channel: str
    internal: bool
    body: str
    html: str
    facts: dict[str, Any]
    attachments: list[Attachment]


class Survey(Answer):
    """The question that went with a solution; without an answer `score` is null."""

    contact: Ref
    severity: Severity
    asked_at: Instant
    answered_at: Instant | None
    score: int | None
    comment: str


class WorkEntry(Answer):
    id: int
    analyst: Ref
    started_at: Instant
    ended_at: Instant
    minutes: int
    activity: str
    billable: bool
    reason: str
    corrects: int | None
    corrected: bool


class Quote(Answer):
    """One version; `unopened` are its documents that the caller has not opened yet."""

    version: int
    state: QuoteState
    sent_at: Instant
    last_day: date
    documents: list[Attachment]
    unopened: list[int]


class Tool(Ref):
    url: str
    approved: bool


class Copy(Answer):
    """A copy of a customer's database, to be gone by `expires_on`."""

    id: int
    name: str
    expires_on: date
    deleted_at: Instant | None
    proof: str


class Session(Answer):
    id: int
    tool: Ref
    approved: bool
    asked_by: Asker
    started_at: Instant
    ended_at: Instant
    preparation_minutes: int
    preparation_billed: bool


class Price(Answer):
    """What a service costs: `rate_cents` by the `unit`, of at least `minimum_minutes`, in steps of `round_up_to`."""

    service: Sold
    unit: Unit
    rate_cents: int
    minimum_minutes: int
    round_up_to: int


class Billed(Answer):
    """One ticket that is ready to be invoiced. Without a price in force there is no `total_cents` yet."""

    id: int
    ticket: int
    organization: Ref
    title: str
    minutes: int
    total_cents: int | None
    prices: list[Price]
    ready_at: Instant


class SpanKind(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"


class Span(Answer):
    since: Instant = Field(serialization_alias="from")
    to: Instant
    kind: SpanKind
    minutes: int
    why: str


class Pause(Answer):
    since: Instant
    due_at_if_answered_now: Instant | None


class Clock(Answer):
    calendar: str
    allowance_minutes: int
    consumed_minutes: int
    remaining_minutes: int
    due_at: Instant
    spans: list[Span]
    overdue: bool
    pause: Pause | None


class Forecast(Answer):
    severity: Severity
    allowance_minutes: int
    due_at: Instant
    reasons: list[str]
    codes: list[str]


class Offered(Answer):
    id: str
    name: str


class Person(Answer):
    id: int
    name: str
    email: str
    language: str


class Me(Answer):
    person: Person
    kind: str
    organization: Ref | None
    services: list[Offered]
    areas: list[Ref]
    scopes: list[str]


class Version(Ref):
    released_on: date


class Product(Ref):
    """`contracted`: my contract covers it, in the version `installed`."""

    code: str
    contracted: bool
    installed: Ref | None
    modules: list[Ref]
    versions: list[Version]


class Line(Ref):
    code: str
    products: list[Product]


class Catalog(Answer):
    lines: list[Line]


class Problem(Answer):
    """RFC 9457. `code` is stable; the texts follow Accept-Language."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    rule: str | None
    remedy: str | None
    errors: dict[str, list[str]]


class Title(Answer):
    """A bill of a customer's. An `agreement` may hold its doors open."""

    id: int
    organization: Ref
    number: str
    due_on: date
    amount_cents: int
    state: TitleState
    settled_at: Instant | None
    agreement: int | None


class RefusedLine(Answer):
    line: int
    reasons: list[str]


class Brought(Answer):
    """What became of the lines: `good` could be kept; without `preview` the rest says what that changed."""

    preview: bool
    good: int
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    settled: int = 0
    refused: list[RefusedLine]


class Agreement(Answer):
    id: int
    organization: Ref
    valid_until: date
    terms: str
    signed_at: Instant
    broken_at: Instant | None


class Debtor(Answer):
    """A customer that debt shuts out since `blocked_from`."""

    organization: Ref
    blocked_from: date
    owed_cents: int
    titles: int
    turned_away: int
