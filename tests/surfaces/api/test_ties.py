"""Links, merges and splits by API."""

from __future__ import annotations

import pytest
from django.utils import timezone

from farol.tickets.models import Link
from tests.calling import Program
from tests.world import World


def test_a_merge_and_its_undo(world: World, analyst: Program, contact: Program) -> None:
    leaving, staying = world.open(timezone.now()), world.open(timezone.now())
    contact.post(f"/tickets/{leaving.pk}/messages", {"body": "Mais um dado."})
    made = analyst.post(f"/tickets/{leaving.pk}/merges", {"into": staying.pk, "reason": "Mesmo erro"})
    assert made["state"] == "cancelled"
    [link] = made["links"]
    assert (link["kind"], link["number"]) == ("merged_into", staying.pk)
    told = contact.get(f"/tickets/{staying.pk}/timeline")["items"]
    assert leaving.pk in {entry["ticket"] for entry in told if entry["body"] == "Mais um dado."}
    undone = analyst.call("DELETE", f"/tickets/{staying.pk}/merges/{link['id']}", expect=200)
    assert undone["links"] == []
    assert contact.get(f"/tickets/{leaving.pk}")["state"] == "open"


@pytest.mark.rule("R-052")
def test_a_split_answers_the_new_ticket(world: World, analyst: Program, contact: Program) -> None:
    parent = world.open(timezone.now())
    said = contact.post(f"/tickets/{parent.pk}/messages", {"body": "Outro assunto: o relatório."})["id"]
    child = analyst.post(
        f"/tickets/{parent.pk}/splits",
        {"subject": "Relatório", "description": "O relatório de vendas sai sem colunas.", "entries": [said]},
    )
    assert [(link["kind"], link["number"]) for link in child["links"]] == [("split_from", parent.pk)]
    undone = analyst.call("DELETE", f"/tickets/{child['number']}/splits/{child['links'][0]['id']}", expect=200)
    assert undone["state"] == "cancelled"


def test_wrong_ties_are_refused_by_name(world: World, analyst: Program, contact: Program) -> None:
    one, two = world.open(timezone.now()), world.open(timezone.now())
    theirs = world.open(timezone.now(), by=world.bruno)
    analyst.post(f"/tickets/{one.pk}/links", {"ticket": two.pk, "kind": "child_of"})
    cases = [
        (analyst, one.pk, "merges", {"into": one.pk}, 409, "ticket.tied_to_itself"),
        (analyst, two.pk, "merges", {"into": one.pk}, 409, "ticket.tied_in_circle"),
        (analyst, one.pk, "links", {"ticket": theirs.pk}, 409, "ticket.of_another_customer"),
        (analyst, one.pk, "links", {"ticket": two.pk, "kind": "child_of"}, 409, "ticket.already_tied"),
        (analyst, one.pk, "links", {"ticket": 999_999}, 422, "fields.refused"),
        (analyst, one.pk, "links", {"ticket": two.pk, "kind": "cousin"}, 422, "fields.refused"),
        (analyst, 999_999, "merges", {"into": one.pk}, 404, "ticket.not_found"),
        (contact, one.pk, "merges", {"into": two.pk}, 403, "ticket.not_yours_to_do"),
        (contact, theirs.pk, "merges", {"into": two.pk}, 404, "ticket.not_found"),
    ]
    for caller, number, noun, body, status, code in cases:
        assert caller.post(f"/tickets/{number}/{noun}", body, expect=status)["code"] == code, (noun, body)
    assert Link.objects.count() == 1


def test_a_link_that_is_not_there_is_not_undone(world: World, analyst: Program, contact: Program) -> None:
    one, two, three = (world.open(timezone.now()) for _ in range(3))
    analyst.post(f"/tickets/{one.pk}/links", {"ticket": two.pk})
    link = Link.objects.get().pk
    for caller, number, id, status, code in (
        (analyst, three.pk, link, 409, "ticket.not_tied"),
        (analyst, one.pk, 2**62, 409, "ticket.not_tied"),
        (contact, one.pk, link, 403, "ticket.not_yours_to_do"),
        (Program.of(world.bruno), one.pk, link, 404, "ticket.not_found"),
        (Program.of(world.bruno), one.pk, 2**62, 404, "ticket.not_found"),
    ):
        assert caller.call("DELETE", f"/tickets/{number}/links/{id}", expect=status)["code"] == code
    analyst.call("DELETE", f"/tickets/{one.pk}/links/{link}", expect=200)
