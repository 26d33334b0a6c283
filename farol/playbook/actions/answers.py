"""Writing down what a team says often."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from farol.kernel.actor import Actor
from farol.people.models import Area
from farol.playbook import queries, rules
from farol.playbook.models import ReadyAnswer
from farol.playbook.rules import EntryNotFound, NotYourTeam, TitleTaken


@transaction.atomic
def write_answer(answer_id: int | None, *, area: Area, title: str, text: str, by: Actor, now: datetime) -> ReadyAnswer:
    """The team has this ready answer, new or in the place of the one it was.

    Raises FieldsRefused, UnknownBlank, TitleTaken, NotYourTeam, EntryNotFound.
    """
    title, text = rules.checked(title, text)
    answer = _held(answer_id, by) if answer_id else ReadyAnswer()
    if not queries.may_write(by, [area.pk]):
        raise NotYourTeam
    answer.area, answer.title, answer.text = area, title, text
    answer.changed_by_id, answer.changed_at = by.person_id, now
    try:
        with transaction.atomic():
            answer.save()
    except IntegrityError:
        raise TitleTaken from None
    return answer


@transaction.atomic
def remove_answer(answer_id: int, *, by: Actor, now: datetime) -> None:
    """The ready answer is offered to nobody any more. Raises NotYourTeam, EntryNotFound."""
    answer = _held(answer_id, by)
    answer.removed_at, answer.changed_by_id, answer.changed_at = now, by.person_id, now
    answer.save(update_fields=["removed_at", "changed_by", "changed_at"])


def _held(answer_id: int, by: Actor) -> ReadyAnswer:
    answer = ReadyAnswer.objects.select_for_update().filter(pk=answer_id, removed_at=None).first()
    if answer is None:
        raise EntryNotFound
    if not queries.may_write(by, [answer.area_id]):
        raise NotYourTeam
    return answer
