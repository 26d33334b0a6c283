"""Which tickets exist for whom, one ticket with all that hangs from it, and what is forecast before there is one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from farol.access import queries as access
from farol.catalog.models import Module, Product, Version
from farol.contracts.models import Item
from farol.files import queries as files
from farol.files.models import Attachment
from farol.hours import queries as hours
from farol.journal import queries as journal
from farol.journal.models import Entry
from farol.kernel.actor import Actor, Channel, Side
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.people.models import Area
from farol.statements.compiled import Statement
from farol.tickets.models import Draft, Target, Ticket, Timer, Unsent, Window, WorkEntry
from farol.tickets.queries import ties
from farol.tickets.queries.seeing import is_visible, refuse_onlookers
from farol.tickets.queries.seeing import visible_to as visible_to
from farol.tickets.rules import severity
from farol.tickets.rules.lifecycle import CLOSED
from farol.tickets.rules.severity import Corruption, Impact, Reason, Severity, Usability, Workaround
from farol.tickets.rules.ties import Tie, word
from farol.tickets.rules.windows import day_of
from farol.worktime.errors import OutsideYears

CLOSED_STATES = frozenset(state.value for state in CLOSED)
SHOWN_WITH = ("organization", "contact", "product", "module", "version", "plan", "area", "assignee")


def shown(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """With everything a page or answer names, in the same query."""
    return tickets.select_related(*SHOWN_WITH)


def _whole(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """With what a page asks first about the rest: the almanac its clock is reckoned by, whether there are files."""
    has_files = files.exist_of(Concat(Value("ticket:"), Cast(OuterRef("pk"), CharField())))
    tickets = tickets.select_related(*SHOWN_WITH, "calendar_version__calendar")
    return tickets.annotate(almanac_mark=hours.mark(), has_files=has_files)


def _held(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    return tickets.select_for_update(of=("self",)).annotate(area_kind=F("area__kind"))


def _one(seen: Callable[[QuerySet[Ticket]], QuerySet[Ticket]]) -> Statement[Ticket]:
    return Statement(lambda number: seen(Ticket.objects.filter(pk=number)), number=int)


def _one_of_customer(seen: Callable[[QuerySet[Ticket]], QuerySet[Ticket]]) -> Statement[Ticket]:
    """As visible_to says, with the customer as a value."""
    return Statement(
        lambda number, organization_id: seen(Ticket.objects.filter(pk=number, organization_id=organization_id)),
        number=int,
        organization_id=int,
    )


TICKET, TICKET_OF_CUSTOMER = _one(_whole), _one_of_customer(_whole)
HELD, HELD_OF_CUSTOMER = _one(_held), _one_of_customer(_held)


def ticket(number: int, *, by: Actor) -> Ticket | None:
    if by.side is Side.CUSTOMER and not by.behind:
        return TICKET_OF_CUSTOMER.first(number=number, organization_id=by.organization_id)
    found = TICKET.first(number=number)
    return found if found and is_visible(found, found.area.kind, by=by) else None


def held_ticket(number: int, *, by: Actor) -> Ticket | None:
    """The ticket, if it exists for `by`; nobody else changes it until the transaction ends. Raises NotYourRole."""
    if by.side is Side.CUSTOMER and not by.behind:
        return HELD_OF_CUSTOMER.first(number=number, organization_id=by.organization_id)
    found = HELD.first(number=number)
    if found is None or not is_visible(found, found.area_kind, by=by):  # type: ignore[attr-defined]
        return None
    refuse_onlookers(by)
    return found


def timeline(ticket: Ticket, *, by: Actor) -> QuerySet[Entry]:
    """What happened to the ticket and to what was merged into it, oldest first; a customer gets nothing internal."""
    others = merged(ticket, by=by)
    entries = journal.about(*(f"ticket:{one.pk}" for one in (ticket, *others)))
    return entries if by.reads_inner else entries.filter(is_internal=False)


def history(ticket: Ticket, *, by: Actor) -> list[Entry]:
    """The whole timeline of the ticket itself, for a page that shows all of it."""
    return journal.history(f"ticket:{ticket.pk}", is_internal=by.reads_inner)


def merged(ticket: Ticket, *, by: Actor) -> list[Ticket]:
    """The tickets that were merged into this one and exist for `by`, by number."""
    numbers = ties.merged_into(ticket.pk) if ticket.has_ties else []
    return list(shown(visible_to(by).filter(pk__in=numbers)).order_by("pk")) if numbers else []


def attachments(ticket: Ticket, *, by: Actor) -> list[Attachment]:
    """The files of the ticket and of what was merged into it; a customer never gets an internal one."""
    return [file for one in (ticket, *merged(ticket, by=by)) for file in own_attachments(one, by=by)]


def own_attachments(ticket: Ticket, *, by: Actor) -> list[Attachment]:
    if not getattr(ticket, "has_files", True):
        return []
    attached = files.all_attached_to(f"ticket:{ticket.pk}")
    return attached if by.reads_inner else [file for file in attached if not file.is_internal]


def attachment(attachment_id: int, *, by: Actor) -> Attachment | None:
    """One file, if it hangs on a ticket that `by` may see, or is still in their own tray."""
    found = files.attachment(attachment_id)
    if found is None or found.subject == by.subject:
        return found
    kind, _, number = found.subject.partition(":")
    if kind != "ticket" or (found.is_internal and not by.reads_inner):
        return None
    return found if visible_to(by).filter(pk=int(number)).exists() else None


WINDOWS = Statement(lambda number: Window.objects.filter(ticket=number).order_by("sent_at"), number=int)


def windows(ticket: Ticket) -> list[Window]:
    """Every stretch in which the customer owed something, oldest first."""
    return WINDOWS.all(number=ticket.pk)


def open_window(ticket: Ticket) -> Window | None:
    return ticket.windows.filter(ended_at=None).first()


def owed_by(by: Actor) -> QuerySet[Window]:
    """What the tickets that `by` may see wait for, the first to lapse first."""
    owed = Window.objects.select_related("ticket", *(f"ticket__{name}" for name in SHOWN_WITH))
    owed = owed.filter(ended_at=None, ticket__closed_at=None)
    if by.side is Side.CUSTOMER:  # said of the ticket that is read along: asked of another, every window is looked at
        owed = owed.filter(ticket__organization=by.organization_id)
    return owed.order_by("last_day", "id")


def open_windows_of(organization_id: int) -> QuerySet[Window, int]:
    """The keys of what this customer owes an answer to."""
    owed = Window.objects.filter(ended_at=None, ticket__closed_at=None, ticket__organization=organization_id)
    return owed.order_by("id").values_list("pk", flat=True)


WORK = Statement(
    lambda number: (
        WorkEntry.objects.select_related("analyst")
        .filter(ticket=number, is_corrected=False, minutes__gt=0)
        .order_by("started_at", "id")
    ),
    number=int,
)


def work(ticket: Ticket) -> list[WorkEntry]:
    """The time that counts on the ticket and on what was merged into it, oldest first; a correction instead of what
    it corrects (R-054).
    """
    logged = WORK.all(number=ticket.pk)
    for number in ties.merged_into(ticket.pk) if ticket.has_ties else ():
        logged += WORK.all(number=number)
    return sorted(logged, key=lambda entry: (entry.started_at, entry.pk))


def work_log(ticket: Ticket) -> QuerySet[WorkEntry]:
    """All that was ever logged on the ticket, corrected or not, oldest first."""
    return WorkEntry.objects.select_related("analyst").filter(ticket=ticket).order_by("id")


def timer_of(ticket: Ticket, *, by: Actor) -> int:
    """Seconds counted since the person last logged time on the ticket."""
    return Timer.objects.filter(person=by.person_id, ticket=ticket).values_list("seconds", flat=True).first() or 0


LINKED = Statement(
    lambda number, older: Ticket.objects.filter(Q(continues=number) | Q(pk=older)).order_by("id"), number=int, older=int
)


def links(ticket: Ticket, *, by: Actor) -> list[Tied]:
    """Tickets tied to this one that `by` may see: `continues` the older, `continued_by` the newer, and as linked."""
    tied = LINKED.all(number=ticket.pk, older=ticket.continues_id or 0)
    if by.side is Side.CUSTOMER:
        tied = [other for other in tied if other.organization_id == by.organization_id]
    found = [Tied("continues" if other.pk == ticket.continues_id else "continued_by", other) for other in tied]
    return found + (linked([ticket.pk], by=by)[ticket.pk] if ticket.has_ties else [])


@dataclass(frozen=True, slots=True)
class Tied:
    """Another ticket and what it is to this one; `link` is what an undo names."""

    kind: str
    ticket: Ticket
    link: int | None = None


def linked(numbers: Collection[int], *, by: Actor) -> dict[int, list[Tied]]:
    """What each of these tickets is linked to, as far as it exists for `by`."""
    found: dict[int, list[Tied]] = {number: [] for number in numbers}
    rows = list(ties.links_of(numbers))
    ends = {end for row in rows for end in (row.source_id, row.target_id)}
    others = visible_to(by).in_bulk(ends)
    for row in rows:
        for here, there in ((row.source_id, row.target_id), (row.target_id, row.source_id)):
            if here in found and there in others:
                kind = word(Tie(row.kind), is_source=here == row.source_id)
                found[here].append(Tied(kind, others[there], row.pk))
    return found


def impact_of(ticket: Ticket) -> Impact:
    """The four answers given at opening."""
    answers = ticket.impact
    return Impact(
        Usability(answers["usability"]),
        Workaround(answers["workaround"]),
        answers["critical_operation"],
        Corruption(answers["data_corruption"]),
        is_unanswered=answers.get("is_unanswered", False),
    )


@dataclass(frozen=True, slots=True)
class Subject:
    """What a ticket is about: one product, perhaps a module of it and a version (R-052)."""

    product: Product
    module: Module | None = None
    version: Version | None = None

    @classmethod
    def of(cls, ticket: Ticket) -> Subject:
        return cls(ticket.product, ticket.module, ticket.version)

    @property
    def area(self) -> Area:
        """The queue it goes to: the module's, or else the product's."""
        return (self.module.area if self.module else None) or self.product.area


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is announced at opening, the same on every channel (R-051)."""

    severity: Severity
    reasons: tuple[Reason, ...]
    allowance_minutes: int
    due_at: datetime
    calendar_version_id: int
    item: Item
    book: hours.Book  # the schedules it was reckoned with


def forecast(
    organization_id: int, about: Subject, impact: Impact, *, now: datetime, item: Item | None = None
) -> Forecast:
    """Severity with its reasons and the due date, without opening anything (R-051, R-065, R-066).

    `item` is what entitles to it, where the gate has said so already. Raises NoActiveContract or ProductNotInContract.
    """
    item = item or access.cover(organization_id, about.product, on=day_of(now))
    plan = item.contract.plan
    grade = severity.severity_of(impact)
    book = hours.book_read_with(item)
    version_id, schedule = book.in_force(plan.calendar_code, day_of(now))
    allowance = plan.allowances[grade.severity]
    try:
        due_at = schedule.due(now, allowance)
    except OutsideYears:
        raise FieldsRefused({"at": [gettext_noop("O calendário não cobre este ano.")]}) from None
    return Forecast(grade.severity, grade.reasons, allowance, due_at, version_id, item, book)


def lapsed_windows(now: datetime) -> QuerySet[Window]:
    """Open windows whose last day is over, oldest first (R-073, R-074)."""
    lapsed = Window.objects.filter(ended_at=None, unreached_at=None, last_day__lt=day_of(now))
    return lapsed.order_by("last_day", "id")


def windows_to_remind(now: datetime) -> QuerySet[Window]:
    """Open windows with two days to go and no reminder yet (R-070)."""
    return Window.objects.filter(ended_at=None, reminded_at=None, reminder_on__lte=day_of(now)).order_by(
        "reminder_on", "id"
    )


def targets_to_warn(now: datetime) -> QuerySet[Target]:
    """Dates of which another share is used up by now."""
    return Target.objects.filter(ended_at=None, warn_at__isnull=False, warn_at__lte=now).order_by("warn_at", "id")


def drafts_of(person_id: int) -> QuerySet[Draft]:
    return Draft.objects.filter(person_id=person_id, ticket=None).order_by("-updated_at")


def draft(draft_id: int, *, by: Actor) -> Draft | None:
    return Draft.objects.select_related("ticket").filter(pk=draft_id, person_id=by.person_id).first()


def unsent(number: int, *, by: Actor) -> Unsent | None:
    """The person's own message half written for this ticket."""
    return Unsent.objects.filter(person=by.person_id, ticket=number).first()


def worked_between(analyst_id: int, start: datetime, end: datetime) -> QuerySet[WorkEntry]:
    """The analyst's entries that count and touch the stretch from `start` to `end`."""
    counted = WorkEntry.objects.filter(is_corrected=False, minutes__gt=0)
    return counted.filter(analyst_id=analyst_id, started_at__lt=end, ended_at__gt=start)


def next_number() -> int:
    """A number no other ticket has or will have; gaps are allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('tickets_ticket', 'id'))")
        return int(cursor.fetchone()[0])


def numbers() -> Iterator[int]:
    """Of all tickets, the oldest first."""
    return Ticket.objects.order_by("pk").values_list("pk", flat=True).iterator()


def numbers_of_company(organization_id: int, *, after: int = 0) -> list[int]:
    """Of all its tickets behind that number, the oldest first."""
    own = Ticket.objects.filter(organization=organization_id, pk__gt=after)
    return list(own.order_by("pk").values_list("pk", flat=True))


def channel_of(ticket: Ticket) -> Channel:
    return Channel(ticket.channel)
