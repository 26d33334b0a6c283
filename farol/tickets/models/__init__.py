from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from farol.contracts.rules import Promise
from farol.kernel.actor import Channel
from farol.tickets.models.following import Mention, Watcher
from farol.tickets.models.lists import Batch, BatchItem, View
from farol.tickets.rules import windows
from farol.tickets.rules.charges import Responsibility, Service
from farol.tickets.rules.environment import Asker
from farol.tickets.rules.lifecycle import CLOSED, PAUSED, State, WaitingOn, waiting_on
from farol.tickets.rules.quotes import QuoteState
from farol.tickets.rules.severity import Kind, Severity
from farol.tickets.rules.tasks import TITLES, TaskKind
from farol.tickets.rules.ties import Tie

__all__ = [
    "Batch",
    "BatchItem",
    "DatabaseCopy",
    "Draft",
    "Link",
    "Mention",
    "Quote",
    "QuoteOpening",
    "RemoteSession",
    "Seen",
    "Target",
    "Task",
    "Ticket",
    "Timer",
    "Unsent",
    "View",
    "Watcher",
    "Window",
    "WorkEntry",
]


def _choices(
    values: type[StrEnum],
) -> list[tuple[str, str]]:
    return [(v.value, v.value) for v in values]


RUNNING = Q(closed_at=None, paused_at=None)
WAITING = Q(closed_at=None, paused_at__isnull=False)
UNWARNED = Q(ended_at=None, warn_at__isnull=False)
UNREMINDED = Q(ended_at=None, reminded_at=None)


class Ticket(models.Model):
    """A subject reported by a contact. Its number is its key; its row is the lock of all that hangs from it."""

    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+", db_index=False)
    module = models.ForeignKey("catalog.Module", models.PROTECT, null=True, related_name="+", db_index=False)
    version = models.ForeignKey("catalog.Version", models.PROTECT, null=True, related_name="+", db_index=False)
    plan = models.ForeignKey("contracts.Plan", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=_choices(Kind))
    subject = models.CharField(max_length=160)
    description = models.TextField()
    impact = models.JSONField()
    severity = models.CharField(max_length=8, choices=_choices(Severity))
    reasons = models.JSONField()
    channel = models.CharField(max_length=10, choices=_choices(Channel))
    rank = models.PositiveSmallIntegerField()  # order of service
    state = models.CharField(max_length=24, choices=_choices(State), default=State.OPEN)
    area = models.ForeignKey("people.Area", models.PROTECT, related_name="+", db_index=False)
    assignee = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    service = models.CharField(max_length=10, choices=_choices(Service), db_default=Service.SUPPORT.value)
    is_right_area = models.BooleanField(null=True)  # the two questions of the flow; nobody answered yet: none
    is_question = models.BooleanField(null=True)
    responsibility = models.CharField(max_length=11, choices=_choices(Responsibility), null=True)
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="continuations", db_index=False)
    opened_at = models.DateTimeField()
    calendar_version = models.ForeignKey("hours.CalendarVersion", models.PROTECT, related_name="+", db_index=False)
    allowance_minutes = models.PositiveIntegerField()
    due_at = models.DateTimeField()  # a cache: opening, allowance, calendar and ended pauses give it
    paused_at = models.DateTimeField(null=True)  # since when the customer owes an answer; kept by an end in that state
    answered_at = models.DateTimeField(null=True)  # when the last solution was sent
    closed_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    last_entry_id = models.BigIntegerField(default=0)  # of the journal; what a reader has seen
    last_public_id = models.BigIntegerField(default=0, db_default=0)  # the last entry after the opening for all to read
    has_ties = models.BooleanField(default=False, db_default=False)  # whether there are links to look for
    has_watchers = models.BooleanField(default=False, db_default=False)  # whether there are watchers to look for

    class Meta:
        indexes = [
            models.Index(fields=["area", "due_at", "id"], condition=RUNNING, name="running_by_area"),
            models.Index(fields=["assignee", "due_at", "id"], condition=RUNNING, name="running_by_assignee"),
            models.Index(fields=["area", "due_at", "id"], condition=WAITING, name="paused_by_area"),
            models.Index(fields=["assignee", "due_at", "id"], condition=WAITING, name="paused_by_assignee"),
            models.Index(fields=["area", "rank", "due_at", "id"], condition=RUNNING, name="running_by_service"),
            models.Index(fields=["area", "rank", "due_at", "id"], condition=WAITING, name="paused_by_service"),
            models.Index(fields=["organization", "due_at", "id"], condition=Q(closed_at=None), name="open_by_customer"),
            models.Index(fields=["due_at", "id"], condition=Q(closed_at=None), name="open_by_due"),
            models.Index(fields=["due_at", "id"], name="ticket_by_due"),
            models.Index(fields=["organization", "-opened_at", "-id"], name="ticket_by_organization"),
            models.Index(fields=["-opened_at", "-id"], name="ticket_by_opening"),
            models.Index(fields=["contact", "-id"], name="ticket_by_contact"),
            models.Index(fields=["continues"], condition=Q(continues__isnull=False), name="ticket_by_continued"),
        ]

    @property
    def number(self) -> int:
        return self.pk

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED

    @property
    def is_paused(self) -> bool:
        return self.state in PAUSED

    @property
    def waiting_on(self) -> WaitingOn:
        return waiting_on(State(self.state))


class Window(models.Model):
    """A stretch in which the customer owes an answer: the pauses of the clock, and nothing else, are these rows."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="windows")
    asked = models.CharField(max_length=16, choices=_choices(windows.Asked))
    entry_id = models.BigIntegerField()  # the journal's entry with the words that were sent
    sent_at = models.DateTimeField()
    last_day = models.DateField()
    reminder_on = models.DateField()
    is_postponed = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=_choices(windows.Outcome), default="")
    statement = models.JSONField(null=True)  # hours frozen with a solution
    given_back = models.PositiveSmallIntegerField(default=0, db_default=0)  # days that debt took, in `last_day` already
    unreached_at = models.DateTimeField(null=True)  # the reminder never arrived: silence says nothing
    evidence = models.JSONField(null=True)  # who answered, from where, to which text

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(ended_at=None), name="one_open_window_a_ticket"),
        ]
        indexes = [
            models.Index(fields=["last_day", "id"], condition=Q(ended_at=None), name="window_by_last_day"),
            models.Index(fields=["reminder_on", "id"], condition=UNREMINDED, name="window_to_remind"),
        ]

    @property
    def span(self) -> windows.Window:
        return windows.Window(windows.day_of(self.sent_at), self.is_postponed, self.given_back)

    @property
    def access_until(self) -> date | None:
        """Of a request for the customer's database, the last day of it (R-080)."""
        access = (self.statement or {}).get("access")
        return date.fromisoformat(access["valid_until"]) if access else None


class Quote(models.Model):
    """One version of the price asked for some work: the documents that came with a window, and what became of it."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="quotes", db_index=False)
    window = models.OneToOneField(Window, models.PROTECT, related_name="quote")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=_choices(QuoteState), default=QuoteState.SENT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "version"], name="one_quote_a_version")]


class QuoteOpening(models.Model):
    """That a contact opened one document of a quote (R-193)."""

    quote = models.ForeignKey(Quote, models.PROTECT, related_name="openings", db_index=False)
    attachment_id = models.BigIntegerField()
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quote", "attachment_id", "person"], name="opened_once_a_contact")
        ]


class Target(models.Model):
    """A date that the staff keeps on a ticket: the solution's, a reply's, an area's (R-066)."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="targets")
    promise = models.CharField(max_length=12, choices=_choices(Promise))
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    calendar_version = models.ForeignKey("hours.CalendarVersion", models.PROTECT, related_name="+", db_index=False)
    minutes = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # kept at this instant, or not needed any more
    warned_share = models.PositiveSmallIntegerField(default=0)
    warn_at = models.DateTimeField(null=True)  # none while paused, or after the last share

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "promise"], condition=Q(ended_at=None), name="one_open_target_a_promise"
            ),
        ]
        indexes = [
            models.Index(fields=["warn_at", "id"], condition=UNWARNED, name="target_to_warn"),
        ]


class WorkEntry(models.Model):
    """Time that an analyst worked on a ticket (R-054). Never changed; corrected by another, which counts instead.

    A correction of no minutes withdraws what it corrects. The database refuses
    two entries of one analyst that overlap, corrected ones aside.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="work_entries")
    analyst = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    activity = models.CharField(max_length=200)
    is_billable = models.BooleanField()
    reason = models.CharField(max_length=200, default="")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    is_corrected = models.BooleanField(default=False, db_default=False)  # another row corrects this one

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corrects"], name="corrected_once"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, ended_at__gt=F("started_at")) | Q(minutes=0, corrects__isnull=False),
                name="only_a_correction_is_empty",
            ),
        ]
        indexes = [models.Index(fields=["analyst", "started_at"], name="work_by_analyst")]


class Task(models.Model):
    """What a person must do about a ticket because the house cannot. Raised once for each `source`."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=12, choices=_choices(TaskKind))
    source = models.CharField(max_length=60, unique=True)  # what it is about, as in "window:77"
    area = models.ForeignKey("people.Area", models.PROTECT, related_name="+", db_index=False)
    words = models.CharField(max_length=500, default="")
    raised_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    outcome = models.CharField(max_length=500, default="")

    class Meta:
        indexes = [models.Index(fields=["area", "id"], condition=Q(done_at=None), name="task_by_area")]

    @property
    def title(self) -> str:
        """Marked for translation; whoever shows it translates."""
        return TITLES[TaskKind(self.kind)]


class Timer(models.Model):
    """Seconds a person had a ticket open and in front since they last logged time on it."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    seconds = models.PositiveIntegerField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "ticket"], name="one_timer_a_ticket")]


class Seen(models.Model):
    """How far a person has read a ticket; what came later is unread in the lists."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_index=False)
    entry_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "person"], name="seen_once_a_person")]


class Link(models.Model):
    """That two tickets of one customer belong together. Undone, it ends; what was merged is read through it."""

    kind = models.CharField(max_length=12, choices=_choices(Tie))
    source = models.ForeignKey(Ticket, models.PROTECT, related_name="+", db_index=False)
    target = models.ForeignKey(Ticket, models.PROTECT, related_name="+", db_index=False)
    entry_id = models.BigIntegerField()  # the target's line in the journal
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    before = models.JSONField(null=True)  # of a merged ticket: what an undo restores
    entries = models.JSONField(null=True)  # of a split: the parent's entries that the child quotes

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="two_ends_of_a_link"),
            models.UniqueConstraint(
                fields=["source"], condition=Q(ended_at=None, kind=Tie.DUPLICATE), name="merged_once"
            ),
            models.UniqueConstraint(
                fields=["source"], condition=Q(ended_at=None, kind__in=(Tie.PARENT, Tie.SPLIT)), name="one_parent"
            ),
            models.UniqueConstraint(
                fields=["source", "target", "kind"], condition=Q(ended_at=None), name="linked_once_a_kind"
            ),
        ]
        indexes = [models.Index(fields=["target"], condition=Q(ended_at=None), name="link_by_target")]


class DatabaseCopy(models.Model):
    """A copy of a customer's data: when it must be gone, and how it was made sure that it is (R-083)."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    reported_at = models.DateTimeField(null=True)  # somebody was given the task
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    proof = models.CharField(max_length=300, default="")

    class Meta:
        indexes = [models.Index(fields=["expires_on", "id"], condition=Q(deleted_at=None), name="copy_to_delete")]


class RemoteSession(models.Model):
    """A look at the customer's screen or server, with which tool, at whose wish (R-082)."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="+")
    tool = models.ForeignKey("catalog.Tool", models.PROTECT, related_name="+", db_index=False)
    is_approved = models.BooleanField()  # as the tool was then
    asked_by = models.CharField(max_length=8, choices=_choices(Asker))
    analyst = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    preparation_minutes = models.PositiveSmallIntegerField(default=0)
    is_billed = models.BooleanField(default=False)  # the preparation: the customer was told before


class Draft(models.Model):
    """A ticket half written; it survives a closed browser and an ended session. Once sent it knows its ticket."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="+", db_index=False)
    updated_at = models.DateTimeField(db_default=Now())


class Unsent(models.Model):
    """A message half written: one for each person and ticket, gone with the message that is sent."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    body = models.TextField()
    is_internal = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "ticket"], name="one_unsent_a_ticket")]
