"""Ready answers: of a team, with blanks that are known, removed but never lost."""

from __future__ import annotations

from typing import Any

import pytest

from farol.kernel.errors import FieldsRefused, Refusal
from farol.people import actions as people
from farol.people.models import Person
from farol.playbook import actions, queries
from farol.playbook.models import ReadyAnswer
from farol.playbook.rules import EntryNotFound, NotYourTeam, TitleTaken, UnknownBlank
from tests.world import World, at

NOW = at("2026-11-24 09:00")


def write(world: World, answer_id: int | None = None, *, by: Person | None = None, **facts: Any) -> ReadyAnswer:
    told = {"area": world.fiscal, "title": "Pedir XML", "text": "Olá {{contato}}, envie o XML.", **facts}
    return actions.write_answer(answer_id, **told, by=world.by(by or world.rafael), now=NOW)


def test_an_answer_is_written_changed_and_removed(world: World) -> None:
    answer = write(world)
    assert write(world, answer.pk, title="Pedir  o XML").title == "Pedir o XML"
    assert [row.pk for row in queries.answers()] == [answer.pk]
    actions.remove_answer(answer.pk, by=world.by(world.rafael), now=NOW)
    assert not queries.answers()
    assert ReadyAnswer.objects.get().removed_at == NOW
    assert write(world, title="Pedir o XML").pk != answer.pk


def test_those_of_the_tickets_area_come_first(world: World) -> None:
    people.register_area(code="fabrica", name="Fábrica", with_name="a Fábrica", kind="factory", position=5)
    own = write(world)
    other = write(world, area=world.factory, by=world.teresa, title="Abrir correção")
    assert [row.pk for row in queries.answers_for(world.factory.pk)] == [other.pk, own.pk]
    assert [row.pk for row in queries.answers_for(world.fiscal.pk)] == [own.pk, other.pk]


@pytest.mark.parametrize(("facts", "refusal"), [
    ({"text": "Olá {{cliente}}"}, UnknownBlank),
    ({"text": "Olá {{}}"}, UnknownBlank),
    ({"text": " \x00 "}, FieldsRefused),
    ({"title": ""}, FieldsRefused),
    ({"title": "x" * 81}, FieldsRefused),
    ({"text": "x" * 20_001}, FieldsRefused),
    ({"title": "pedir xml"}, TitleTaken),
])  # fmt: skip
def test_what_is_wrong_is_refused_at_saving(world: World, facts: dict[str, str], refusal: type[Refusal]) -> None:
    write(world)
    with pytest.raises(refusal):
        write(world, **{"title": "Outro", **facts})
    assert ReadyAnswer.objects.count() == 1


def test_a_team_writes_its_own_and_a_manager_everyones(world: World) -> None:
    with pytest.raises(NotYourTeam):
        write(world, area=world.factory)
    answer = write(world, area=world.factory, by=world.teresa)
    with pytest.raises(NotYourTeam):
        actions.remove_answer(answer.pk, by=world.by(world.rafael), now=NOW)
    with pytest.raises(NotYourTeam):
        write(world, answer.pk)


def test_one_that_is_gone_is_not_found(world: World) -> None:
    with pytest.raises(EntryNotFound):
        write(world, 999)
    with pytest.raises(EntryNotFound):
        actions.remove_answer(999, by=world.by(world.rafael), now=NOW)
