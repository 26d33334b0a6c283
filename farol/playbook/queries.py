"""Which ready answers there are, and for whom."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, IntegerField, QuerySet, Value, When

from farol.kernel.actor import Actor
from farol.people import queries as people
from farol.people.models import Area
from farol.playbook.models import ReadyAnswer


def answers() -> QuerySet[ReadyAnswer]:
    """All that are in use, by area and title."""
    return (
        ReadyAnswer.objects.select_related("area").filter(removed_at=None).order_by("area__position", "area", "title")
    )


def answers_for(area_id: int) -> QuerySet[ReadyAnswer]:
    """All in use, those of the area that has the ticket first."""
    first = Case(When(area=area_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    return answers().order_by(first, "area__position", "area", "title")


def answer(answer_id: int) -> ReadyAnswer | None:
    return answers().filter(pk=answer_id).first()


def areas_written_by(by: Actor) -> list[Area]:
    """The teams whose entries this person may write: their own, all for a manager."""
    if by.is_manager:
        return list(people.areas())
    person = people.people_by_id([by.person_id]).get(by.person_id)
    return people.areas_of(person) if person else []


def may_write(by: Actor, area_ids: Iterable[int]) -> bool:
    mine = {area.pk for area in areas_written_by(by)}
    return set(area_ids) <= mine
