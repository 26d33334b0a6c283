"""Questions about calls, menus and who is to be called back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from farol.kernel.actor import HOUSE
from farol.people.models import Person
from farol.people.queries import presence as persons
from farol.phone.models import Answer, Call, CallBack, Hop, MenuVersion, Recording, Step, Tape
from farol.phone.queries.book import Book as Book
from farol.phone.queries.book import book as book
from farol.phone.queries.book import book_of_draft as book_of_draft
from farol.phone.queries.book import book_without_database as book_without_database
from farol.phone.queries.on_call import hop_after as hop_after
from farol.phone.queries.on_call import on_call_chain as on_call_chain
from farol.phone.script.menus import SEED
from farol.statements.compiled import Statement
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket

MOST_CALL_BACKS = 50
MOST_TO_PLAY = 100
NAMED = ("organization", "person", "area", "ticket", "agent")
JOINABLE = Statement(
    lambda person_id, area, service, since: (
        tickets.visible_to(HOUSE)
        .filter(contact=person_id, channel="phone", assignee=None, closed_at=None)
        .filter(area__code=area, service=service, opened_at__gt=since)
        .order_by("-id")[:1]
    ),
    person_id=int,
    area=str,
    service=str,
    since=datetime,
)
GOING_ON = Statement(lambda door, key: Call.objects.filter(door=door, key=key).order_by("-id")[:1], door=str, key=str)


def calls() -> QuerySet[Call]:
    """With everything a page names."""
    return Call.objects.select_related(*NAMED)


def calls_going_on() -> QuerySet[Call]:
    """In the menus, waiting or talking; the longest first."""
    return calls().filter(ended_at=None).order_by("started_at")


def calls_of(ticket_id: int) -> QuerySet[Call]:
    return calls().filter(ticket=ticket_id).order_by("-started_at")


def call(call_id: int) -> Call | None:
    return calls().filter(pk=call_id).first()


def call_known_as(door: str, key: str) -> Call | None:
    """The newest call that the switchboard or the carrier calls so."""
    return GOING_ON.first(door=door, key=key)


def steps_of(call: Call) -> QuerySet[Step]:
    return Step.objects.filter(call=call).order_by("number")


def hops_of(call: Call) -> list[Hop]:
    """The on-call telephones that it went to, in their order; asked only of a call that was led to one (R-121)."""
    return list(call.hops.select_related("person").order_by("number")) if call.route_kind == "telefone" else []


def tape_of(call_id: int) -> Tape | None:
    """The recording of a call: here, to come, or gone."""
    return Tape.objects.filter(call=call_id).first()


def answer_given(call: Call, number: int) -> Answer | None:
    return Answer.objects.filter(call=call, number=number).first()


def call_backs_waiting() -> QuerySet[CallBack]:
    """The oldest first (R-237)."""
    waiting = CallBack.objects.select_related("call__organization", "call__person", "ticket", "area").filter(
        done_at=None
    )
    return waiting.order_by("raised_at")


def call_backs_of(areas: Sequence[int]) -> list[CallBack]:
    """Those of these areas, and of no area at all; of all when none is named (R-237)."""
    waiting = call_backs_waiting().select_related("call__area", "call__ticket", "call__agent")
    return list((waiting.filter(Q(area__in=areas) | Q(area=None)) if areas else waiting)[:MOST_CALL_BACKS])


def joinable(person: Person, *, area: str, service: str, since: datetime) -> Ticket | None:
    """The contact's ticket that another call of theirs goes on with: nobody has taken it in hand yet."""
    return JOINABLE.first(person_id=person.pk, area=area, service=service, since=since)


def menu_versions() -> QuerySet[MenuVersion]:
    """The published ones, the newest first."""
    return MenuVersion.objects.exclude(published_at=None).order_by("-valid_from", "-id")


def menus_in_force(now: datetime) -> MenuVersion:
    """The version that holds, or the one a vendor starts with, which is not stored."""
    return menu_versions().filter(valid_from__lte=now).first() or MenuVersion(data=SEED)


def contacts_to_play() -> list[Person]:
    """Contacts with a telephone PIN, for whoever tries a call out."""
    return list(persons.contacts_with_pin()[:MOST_TO_PLAY])


def draft_of_menus() -> MenuVersion | None:
    return MenuVersion.objects.filter(published_at=None).first()


def recordings(language: str) -> dict[str, Recording]:
    """By prompt."""
    return {each.prompt: each for each in Recording.objects.filter(language=language)}
