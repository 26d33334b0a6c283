"""Macros: several things at once, all or none, taken back where that is honest."""

from __future__ import annotations

from typing import Any

import pytest

from farol.kernel.actor import HOUSE
from farol.kernel.errors import FieldsRefused, Refusal
from farol.playbook import actions, queries
from farol.playbook.models import Macro, MacroRun
from farol.playbook.rules import NotYourTeam, TitleTaken, UnknownBlank
from farol.playbook.rules.macros import MacroNeedsAPerson, MacroSpoke
from farol.tickets import actions as tickets
from farol.tickets import queries as reading
from farol.tickets.models import Ticket, WorkEntry
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.opening import TicketChanged
from tests.world import World, at

NOW = at("2026-11-24 09:00")
LATER = at("2026-11-24 10:00")
FACTS = {"contato": "Marina"}


def write(world: World, title: str = "Pedir XML", **steps: str) -> Macro:
    return actions.write_macro(None, area=world.fiscal, title=title, steps=steps, by=world.by(world.rafael), now=NOW)


def run(world: World, macro: Macro, ticket: Ticket, **facts: Any) -> MacroRun:
    told = {"facts": FACTS, "by": world.by(world.rafael), "now": LATER, **facts}
    return actions.run_macro(macro.pk, ticket.pk, **told)


def bodies(world: World, ticket: Ticket) -> list[str]:
    return [entry.body for entry in reading.history(ticket, by=world.by(world.rafael)) if entry.body]


def test_everything_is_done_at_once(world: World) -> None:
    ticket = world.open(NOW)
    macro = write(
        world, assignee="me", minutes="10", activity="Triagem", note="Ver o NCM de {{contato}}.", say="ask",
        text="Olá {{contato}}, envie o XML.",
    )  # fmt: skip
    run(world, macro, ticket)
    ticket.refresh_from_db()
    assert (ticket.assignee_id, ticket.state) == (world.rafael.pk, State.AWAITING_CUSTOMER)
    assert bodies(world, ticket) == ["Ver o NCM de Marina.", "Olá Marina, envie o XML."]
    assert WorkEntry.objects.get().minutes == 10


def test_the_words_that_were_read_over_are_the_ones_that_are_sent(world: World) -> None:
    ticket = world.open(NOW)
    run(world, write(world, say="reply", text="Olá."), ticket, text="Olá, Marina, bom dia.")
    assert bodies(world, ticket) == ["Olá, Marina, bom dia."]


def test_one_refused_step_leaves_nothing_behind(world: World) -> None:
    ticket = world.open(NOW)
    macro = write(world, note="Anotado.", area=str(world.fiscal.pk), reason="Outra equipe.", say="reply", text="Olá.")
    tickets.cancel_ticket(ticket.pk, reason="Resolvido.", by=world.by(world.marina), now=NOW)
    with pytest.raises(Refusal):
        run(world, macro, ticket)
    assert bodies(world, ticket) == ["Resolvido."]
    assert not MacroRun.objects.exists()


def test_somebody_was_faster_and_nothing_is_done(world: World) -> None:
    ticket = world.open(NOW)
    seen = ticket.last_entry_id
    tickets.note(ticket.pk, body="Estou olhando.", by=world.by(world.jussara), now=NOW)
    with pytest.raises(TicketChanged):
        run(world, write(world, note="Anotado.", assignee="me"), ticket, seen=seen)
    assert bodies(world, ticket) == ["Estou olhando."]


def test_two_clicks_of_one_button_are_one_run(world: World) -> None:
    ticket = world.open(NOW)
    macro = write(world, note="Anotado.", area=str(world.factory.pk), reason="Defeito.")
    first = run(world, macro, ticket, seen=ticket.last_entry_id)
    assert run(world, macro, ticket, seen=ticket.last_entry_id) == first
    assert bodies(world, ticket) == ["Anotado.", "Defeito."]


def test_what_stayed_in_the_house_is_taken_back(world: World) -> None:
    ticket = world.open(NOW)
    steps = {
        "assignee": "me",
        "minutes": "15",
        "activity": "Análise",
        "area": str(world.factory.pk),
        "reason": "Defeito.",
    }
    done = run(world, write(world, **steps), ticket)
    actions.undo_run(done.pk, by=world.by(world.rafael), now=LATER)
    actions.undo_run(done.pk, by=world.by(world.rafael), now=LATER)
    ticket.refresh_from_db()
    assert (ticket.area_id, ticket.assignee_id) == (world.fiscal.pk, None)
    assert reading.work(ticket) == []


def test_what_the_customer_read_is_not_taken_back(world: World) -> None:
    ticket = world.open(NOW)
    done = run(world, write(world, say="reply", text="Olá."), ticket)
    with pytest.raises(MacroSpoke):
        actions.undo_run(done.pk, by=world.by(world.rafael), now=LATER)


def test_nothing_is_taken_back_after_somebody_went_on_or_by_another(world: World) -> None:
    ticket = world.open(NOW)
    done = run(world, write(world, area=str(world.factory.pk), reason="Defeito."), ticket)
    with pytest.raises(Refusal):
        actions.undo_run(done.pk, by=world.by(world.jussara), now=LATER)
    tickets.assign_ticket(ticket.pk, to=world.jussara, by=world.by(world.jussara), now=LATER)
    with pytest.raises(TicketChanged):
        actions.undo_run(done.pk, by=world.by(world.rafael), now=LATER)
    ticket.refresh_from_db()
    assert (ticket.area_id, ticket.assignee_id) == (world.factory.pk, world.jussara.pk)


def test_a_rule_runs_a_macro_that_needs_nobody(world: World) -> None:
    ticket = world.open(NOW)
    run(world, write(world, say="reply", text="Recebemos."), ticket, by=HOUSE)
    with pytest.raises(MacroNeedsAPerson):
        run(world, write(world, "Outra", assignee="me"), ticket, by=HOUSE)


@pytest.mark.parametrize(("steps", "field"), [
    ({}, "title"), ({"say": "reply"}, "text"), ({"text": "Olá."}, "say"), ({"area": "1"}, "reason"),
    ({"severity": "low"}, "reason"), ({"minutes": "0", "activity": "x"}, "minutes"), ({"minutes": "5"}, "activity"),
    ({"minutes": "9" * 9, "activity": "x"}, "minutes"),
    ({"say": "ask", "text": "x", "area": "1", "reason": "y"}, "area"),
    ({"note": "x" * 4001}, "note"), ({"say": "reply", "text": "x" * 20001}, "text"),
])  # fmt: skip
def test_a_macro_that_makes_no_sense_is_refused_when_it_is_written(
    world: World, steps: dict[str, str], field: str
) -> None:
    with pytest.raises(FieldsRefused) as refused:
        write(world, **steps)
    assert field in refused.value.errors


def test_a_team_writes_its_own_macros(world: World) -> None:
    macro = write(world, note="Anotado.")
    with pytest.raises(TitleTaken):
        write(world, "PEDIR XML", note="Outra.")
    with pytest.raises(UnknownBlank):
        write(world, "Terceira", note="{{cliente}}")
    with pytest.raises(NotYourTeam):
        actions.write_macro(
            None, area=world.factory, title="X", steps={"note": "x"}, by=world.by(world.rafael), now=NOW
        )
    actions.remove_macro(macro.pk, by=world.by(world.rafael), now=NOW)
    assert not queries.macros()
