"""From rows to the bodies of the contract, as far as the reader may know them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from farol.api import answers
from farol.api.asked import ImportChannel
from farol.api.callers import Caller
from farol.files.models import Attachment
from farol.journal.models import Entry
from farol.kernel.actor import Actor
from farol.people import queries as people
from farol.people.models import Person
from farol.survey.models import Survey
from farol.tickets import queries
from farol.tickets.models import Ticket, Window, WorkEntry
from farol.tickets.queries import Hanging
from farol.tickets.rules.charges import Responsibility, Service
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.severity import WORDS, Kind, Reason, Severity
from farol.ui.prose import prose


class Named(Protocol):
    pk: int
    name: str


def ref(thing: Named) -> answers.Ref:
    return answers.Ref(id=thing.pk, name=thing.name)


def maybe(thing: Named | None) -> answers.Ref | None:
    return ref(thing) if thing is not None else None


def ticket(row: Ticket, caller: Caller) -> answers.Ticket:
    return tickets([row], caller)[0]


def new_ticket(row: Ticket, caller: Caller) -> answers.Ticket:
    """One from which nothing hangs yet."""
    return _ticket(row, Hanging(), caller)


def tickets(rows: Sequence[Ticket], caller: Caller) -> list[answers.Ticket]:
    hung = queries.hanging(rows, by=caller.by)
    return [_ticket(row, hung[row.pk], caller) for row in rows]


def _ticket(row: Ticket, hung: Hanging, caller: Caller) -> answers.Ticket:
    return answers.Ticket(
        number=row.pk,
        subject=row.subject,
        description=row.description,
        kind=Kind(row.kind),
        state=State(row.state),
        severity=answers.Graded(value=Severity(row.severity), reasons=reasons(row.reasons), codes=row.reasons),
        organization=ref(row.organization),
        contact=ref(row.contact),
        product=ref(row.product),
        module=maybe(row.module),
        version=maybe(row.version),
        channel=ImportChannel(row.channel),
        area=ref(row.area),
        assignee=maybe(row.assignee),
        opened_at=row.opened_at.replace(second=0, microsecond=0),  # where the clock's first span begins
        due_at=row.due_at,
        overdue=queries.is_overdue(row, caller.now),
        paused=row.is_paused,
        waiting_on=row.waiting_on,
        acceptance=_acceptance(hung.acceptance),
        billable_minutes=hung.billable_minutes,
        service=Service(row.service),
        right_area=row.is_right_area if caller.is_staff else None,
        question=row.is_question if caller.is_staff else None,
        responsibility=Responsibility(row.responsibility) if row.responsibility else None,
        url=page_of(row, caller),
        links=[
            answers.Link(
                id=tied.link,
                kind=tied.kind,
                number=tied.ticket.pk,
                state=State(tied.ticket.state),
                url=page_of(tied.ticket, caller),
            )
            for tied in hung.links
        ],
        closed_at=row.closed_at,
        updated_at=row.updated_at,
        last_entry=row.last_entry_id,
    )


def reasons(codes: Iterable[str]) -> list[str]:
    return [_(WORDS[Reason(code)]) for code in codes]


def page_of(row: Ticket, caller: Caller) -> str:
    door = "/mesa" if caller.is_staff else ""
    return f"{settings.PUBLIC_URL}{door}/chamados/{row.pk}"


def _acceptance(window: Window | None) -> answers.Acceptance | None:
    if window is None:
        return None
    return answers.Acceptance(
        sent_at=window.sent_at,
        reminder_on=window.reminder_on,
        last_day=window.last_day,
        postponed=window.is_postponed,
    )


INNER = {"rules", "rule", "mentions"}
"""Of an entry's facts, what is the staff's own affair: which rule did it, whom the words call."""


def entries(rows: Sequence[Entry], files: Iterable[Attachment], *, by: Actor) -> list[answers.Entry]:
    authors = people.people_by_id(row.actor_id for row in rows)
    attached: dict[int | None, list[Attachment]] = {}
    for file in files:
        attached.setdefault(file.entry_id, []).append(file)
    told = [entry(row, authors.get(row.actor_id or 0), attached.get(row.pk, [])) for row in rows]
    for one in () if by.is_staff else told:
        one.facts = {key: fact for key, fact in one.facts.items() if key not in INNER}
    return told


def entry(row: Entry, author: Person | None, files: Iterable[Attachment] = ()) -> answers.Entry:
    return answers.Entry(
        id=row.pk,
        ticket=int(row.subject.partition(":")[2]),
        name=row.name,
        at=row.happened_at,
        actor=answers.Author(
            id=author.pk if author else None,
            name=author.name if author else "Farol",
            kind=author.kind if author else "house",
        ),
        channel=row.channel,
        internal=row.is_internal,
        body=row.body,
        html=prose(row.body) if row.body else "",
        facts=row.facts,
        attachments=[attachment(file) for file in files],
    )


def attachment(file: Attachment) -> answers.Attachment:
    return answers.Attachment(
        id=file.pk,
        name=file.name,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        url=f"{settings.PUBLIC_URL}/api/v1/attachments/{file.pk}",
    )


def work(row: WorkEntry, analyst: Person) -> answers.WorkEntry:
    return answers.WorkEntry(
        id=row.pk,
        analyst=ref(analyst),
        started_at=row.started_at,
        ended_at=row.ended_at,
        minutes=row.minutes,
        activity=row.activity,
        billable=row.is_billable,
        reason=row.reason,
        corrects=row.corrects_id,
        corrected=row.is_corrected,
    )


def survey(row: Survey) -> answers.Survey:
    return answers.Survey(
        contact=ref(row.contact),
        severity=Severity(row.severity),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        score=row.score,
        comment=row.comment,
    )
