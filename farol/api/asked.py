"""What a request may say: every field typed, none beside them, no text that cannot be kept."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from farol.billing.rules.debt import TitleState
from farol.contracts.rules.prices import Sold
from farol.kernel.errors import gettext_noop
from farol.tickets.queries import Order
from farol.tickets.rules import severity as grading
from farol.tickets.rules.charges import Responsibility, Service
from farol.tickets.rules.environment import Asker
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.severity import Severity

BIGGEST = 2**63 - 1
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([Zz]|[+-]\d\d:?\d\d)")
UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
NAIVE = gettext_noop("Dê data e hora com o fuso, como em 2026-11-24T15:20:00-03:00.")
OWN_ERRORS = frozenset({"instant", "instant_far", "unstorable", "assignee"})


def _iso(value: object) -> object:
    if not isinstance(value, str) or not INSTANT.fullmatch(value):
        raise PydanticCustomError("instant", NAIVE)
    return value


def _near(value: datetime) -> datetime:
    if not EARLIEST <= value < LATEST:
        raise PydanticCustomError("instant_far", gettext_noop("A data precisa estar entre os anos 2000 e 2099."))
    return value


def _storable(value: str) -> str:
    if UNSTORABLE.search(value):
        raise PydanticCustomError("unstorable", gettext_noop("O texto contém caracteres que não podem ser guardados."))
    return value


Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_iso),
    AfterValidator(_near),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-24T15:20:00-03:00"]}),
]


def _me_or_id(value: object) -> object:
    is_id = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= BIGGEST
    if value is not None and value != "me" and not is_id:
        raise PydanticCustomError("assignee", gettext_noop("Informe me, o id de alguém da equipe, ou null."))
    return value


Id = Annotated[int, Field(strict=True, ge=1, le=BIGGEST)]
Text = Annotated[str, AfterValidator(_storable)]
Assignee = Annotated[
    int | str | None,
    BeforeValidator(_me_or_id),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"const": "me"}, {"type": "null"}]}),
]
Yes = Annotated[bool, Field(strict=True)]
Files = Annotated[list[Id], Field(max_length=50, description="Ids given by POST /attachments.")]

Seen = Annotated[
    int,
    Field(
        strict=True,
        ge=0,
        le=BIGGEST,
        description="`last_entry` of the ticket as you have read it. If somebody else has written since, the call"
        " answers 409 with the code `ticket.changed` and does nothing.",
    ),
]


class ImportChannel(StrEnum):
    PORTAL = "portal"
    PHONE = "phone"
    EMAIL = "email"
    API = "api"


class Body(Schema):
    model_config = ConfigDict(extra="forbid")


class Imported(Body):
    """When and how it happened; only for tokens with the scope `import`."""

    at: Instant | None = None
    channel: ImportChannel | None = None


class Change(Imported):
    """A change of a ticket that its sender has read as far as the entry `seen`."""

    seen: Seen | None = None


class Impact(Body):
    usability: grading.Usability
    workaround: grading.Workaround
    critical_operation: Yes
    data_corruption: grading.Corruption


class ForecastQuestion(Imported):
    product: Id
    module: Id | None = None
    kind: grading.Kind
    impact: Impact
    organization: Id | None = None


class Opening(Imported):
    product: Id
    module: Id | None = None
    version: Id | None = None
    kind: grading.Kind
    service: Service = Service.SUPPORT
    subject: Text
    description: Text
    impact: Impact
    attachments: Files | None = None
    organization: Id | None = None
    contact: Id | None = None


class Message(Change):
    body: Text
    internal: Yes | None = None
    attachments: Files | None = None


class Words(Change):
    body: Text
    attachments: Files | None = None


class Charge(Words):
    """`service` is priced by the table in force; on condition it is charged unless the cause was the vendor's."""

    service: Sold = Sold.CONSULTING
    conditional: Yes = False


class Cause(Change):
    responsibility: Responsibility
    reason: Text


class Triage(Change):
    right_area: Yes
    question: Yes


class Attempt(Change):
    steps: Text
    reproduced: Yes


class DatabaseRequest(Words):
    scope: Text
    valid_until: date


class Access(Change):
    purpose: Text


class Copy(Change):
    name: Text
    expires_on: date


class Proof(Imported):
    proof: Text


class Notice(Change):
    tool: Id


class Session(Change):
    tool: Id
    asked_by: Asker
    started_at: Instant
    ended_at: Instant
    preparation_minutes: Annotated[int, Field(strict=True, ge=0, le=1440)] = 0


class Guidance(Change):
    """`regional` adds the contact of whoever serves the customer's region; `body` may then be left out."""

    body: Text = ""
    regional: Yes = False


class Reason(Change):
    reason: Text


class OptionalReason(Change):
    reason: Text | None = None


class Assignment(Change):
    assignee: Assignee


class Merge(Change):
    into: Id
    reason: Text | None = None


class LinkKind(StrEnum):
    RELATED = "related"
    CHILD_OF = "child_of"


class Link(Change):
    ticket: Id
    kind: LinkKind = LinkKind.RELATED


class Split(Change):
    """`entries` are the ids of the messages that belong to the other subject."""

    subject: Text
    description: Text
    entries: Annotated[list[Id], Field(min_length=1, max_length=200)]


class Transfer(Change):
    area: Id
    reason: Text
    expected_on: date | None = None


class Reclassification(Change):
    severity: Severity
    reason: Text


class Work(Change):
    started_at: Instant
    ended_at: Instant
    activity: Text
    billable: Yes
    reason: Text | None = None


class WorkCorrection(Work):
    why: Text


class WorkWithdrawal(Change):
    why: Text


class Opinion(Imported):
    score: Annotated[int, Field(strict=True, ge=1, le=5, description="From 1, very poor, to 5, very good.")]
    comment: Annotated[Text, Field(max_length=2_000)] | None = None


class Continuation(Change):
    subject: Text | None = None
    description: Text | None = None


class Page(Schema):
    """Which part of a list."""

    model_config = ConfigDict(extra="forbid")
    cursor: Text | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Timeline(Page):
    limit: Annotated[int, Field(ge=1, le=200)] = 200


class Search(Page):
    """Which tickets, in which order."""

    state: list[State] = []
    area: list[Annotated[int, Field(ge=1, le=BIGGEST)]] = []
    severity: list[Severity] = []
    organization: Annotated[int, Field(ge=1, le=BIGGEST)] | None = None
    assignee: Annotated[str, Field(pattern=r"^(me|[1-9]\d{0,17})$")] | None = None
    q: Annotated[Text, Field(max_length=400)] = ""
    order: Order = Order.NEWEST


class TitleTold(Schema):
    """One title. What is wrong with a line is said of that line; the others are kept."""

    model_config = ConfigDict(extra="forbid")
    cnpj: Annotated[Text, Field(max_length=40)]
    number: Annotated[Text, Field(max_length=200)]
    due_on: Annotated[Text, Field(max_length=20, description="As in 2026-11-10.")]
    amount_cents: Annotated[int, Field(strict=True, ge=-BIGGEST, le=BIGGEST)]
    state: Annotated[Text, Field(max_length=20, description="open, paid or cancelled.")] = "open"

    def words(self) -> dict[str, str]:
        """As a line of a file says it."""
        amount = f"{self.amount_cents // 100}.{self.amount_cents % 100:02d}" if self.amount_cents > 0 else ""
        return {"cnpj": self.cnpj, "number": self.number, "due_on": self.due_on, "amount": amount, "state": self.state}


class Titles(Schema):
    model_config = ConfigDict(extra="forbid")
    titles: Annotated[list[TitleTold], Field(min_length=1, max_length=1000)]
    preview: Yes = False


class TitleSearch(Page):
    """Which titles."""

    organization: Annotated[int | None, Field(ge=1, le=BIGGEST)] = None
    state: TitleState | None = None


class Agreement(Schema):
    model_config = ConfigDict(extra="forbid")
    organization: Id
    titles: Annotated[list[Id], Field(min_length=1, max_length=1000)]
    valid_until: date
    terms: Annotated[Text, Field(max_length=500)]


class Breach(Schema):
    model_config = ConfigDict(extra="forbid")
    reason: Annotated[Text, Field(max_length=500)]
