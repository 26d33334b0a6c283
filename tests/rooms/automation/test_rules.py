"""Rules that managers write: when they hold, what they do, what they leave alone, and what stops them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from django.utils import timezone

from farol.automation import actions, queries
from farol.automation.models import Rule, Run
from farol.automation.rules.matching import MOST_A_DAY, Event, ManagersOnly, Mode, WrittenMeanwhile
from farol.journal.actions import untold
from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.kernel.errors import FieldsRefused
from farol.playbook import actions as playbook
from farol.tickets import actions as tickets
from farol.tickets.models import Task, Ticket
from farol.tickets.rules.severity import Severity
from tests.world import CRITICAL, HIGH, World


def write(
    world: World,
    event: Event = Event.OPENED,
    *,
    conditions: Mapping[str, Sequence[str]] | None = None,
    mode: Mode = Mode.ON,
    name: str = "Regra",
    **effects: str,
) -> Rule:
    by = world.by(world.teresa)
    return actions.write_rule(
        None, name=name, event=event, mode=mode, conditions=conditions or {}, effects=effects, by=by, now=timezone.now()
    )


def told() -> None:
    """Whatever was told is heard, and whatever that told, until nothing is told any more."""
    heard: set[int] = set()
    while fresh := [entry for entry in Entry.objects.order_by("id") if entry.pk not in heard]:
        for entry in fresh:
            assert deliver(entry) == {}
            heard.add(entry.pk)
        assert len(heard) < 300, "a circle that nobody stops"


def outcomes(rule: Rule) -> list[str]:
    return list(Run.objects.filter(rule=rule).order_by("id").values_list("outcome", flat=True))


def test_a_rule_does_all_it_says_in_the_name_of_the_house(world: World) -> None:
    rule = write(
        world, conditions={"severity": ["critical"]}, name="Crítico vai para a Fábrica",
        area=str(world.factory.pk), assignee=str(world.jussara.pk), note="Ligue para o cliente.",
        task="Avisar a gerência.",
    )  # fmt: skip
    ticket = world.open(timezone.now(), impact=CRITICAL)
    told()
    ticket.refresh_from_db()
    assert (ticket.area, ticket.assignee) == (world.factory, world.jussara)
    assert outcomes(rule) == ["done"]
    done = Entry.objects.filter(facts__rules=[rule.pk]).order_by("id")
    assert [entry.name for entry in done] == [
        "ticket.transferred", "ticket.assigned", "ticket.noted", "ticket.task_raised",
    ]  # fmt: skip
    assert {entry.actor_id for entry in done} == {None}
    assert done[0].body == "Encaminhamento automático da central.", "the customer reads no name of a rule"
    assert done[0].facts["rule"] == "Crítico vai para a Fábrica"
    assert Task.objects.get().words == "Avisar a gerência."


@pytest.mark.parametrize(
    ("conditions", "is_met"),
    [({}, True), ({"severity": ["high", "low"]}, True), ({"severity": ["low"]}, False),
     ({"text": ["rejeicoes"]}, True), ({"text": ["boleto", "NF-e"]}, True), ({"text": ["boleto"]}, False),
     ({"customer": ["serra azul"]}, True), ({"customer": ["boa vista"]}, False), ({"assigned": ["no"]}, True),
     ({"by": ["customer"]}, True), ({"by": ["staff"]}, False), ({"channel": ["portal"], "kind": ["question"]}, False)],
)  # fmt: skip
def test_a_rule_holds_when_every_condition_does(world: World, conditions: dict[str, list[str]], is_met: bool) -> None:
    rule = write(world, conditions=conditions, note="Oi")
    world.open(timezone.now(), impact=HIGH)
    told()
    assert outcomes(rule) == (["done"] if is_met else [])


def test_a_rule_in_rehearsal_says_what_it_would_do_and_does_nothing(world: World) -> None:
    rule = write(world, mode=Mode.REHEARSAL, note="Oi")
    off = write(world, mode=Mode.OFF, note="Nunca")
    world.open(timezone.now())
    told()
    assert (outcomes(rule), outcomes(off)) == (["rehearsed"], [])
    assert not Entry.objects.filter(name="ticket.noted").exists()
    assert Run.objects.get().effects == {"note": "Oi"}


def test_a_rule_that_triggers_itself_is_stopped_and_logged(world: World) -> None:
    rule = write(world, Event.RECLASSIFIED, severity="critical", task="De novo")
    other = write(world, Event.RECLASSIFIED, conditions={"severity": ["critical"]}, severity="low")
    ticket = world.open(timezone.now(), impact=HIGH)
    tickets.reclassify_ticket(
        ticket.pk, severity=Severity.MEDIUM, reason="Menor.", by=world.by(world.rafael), now=timezone.now()
    )
    told()
    assert outcomes(rule).count("done") <= 2
    assert "stopped" in outcomes(rule) + outcomes(other)
    assert "ela mesma" in Run.objects.filter(outcome="stopped").first().words  # type: ignore[union-attr]
    assert Run.objects.count() < 10


def test_a_chain_of_many_rules_ends(world: World) -> None:
    areas = [world.factory, world.fiscal]
    for number in range(8):
        write(world, Event.TRANSFERRED, name=f"Passo {number}", area=str(areas[number % 2].pk))
    ticket = world.open(timezone.now())
    tickets.transfer_ticket(
        ticket.pk, area=world.factory, reason="É do produto.", by=world.by(world.rafael), now=timezone.now()
    )
    told()
    assert Run.objects.filter(outcome="stopped").exists()


def test_a_circle_through_another_program_ends_for_the_day(world: World) -> None:
    rule = write(world, Event.REPLIED, note="Recebido.")
    ticket = world.open(timezone.now())
    for number in range(MOST_A_DAY + 3):
        tickets.reply(ticket.pk, body=f"Oi {number}", by=world.by(world.marina), now=timezone.now())
    told()
    assert (outcomes(rule).count("done"), outcomes(rule).count("stopped")) == (MOST_A_DAY, 3)


def test_what_is_refused_takes_back_what_was_done_and_says_why(world: World) -> None:
    rule = write(world, Event.ACCEPTED, task="Agradecer.", note="Fim.")
    person = write(world, Event.ACCEPTED, assignee="999999")
    ticket = world.solved(timezone.now())
    tickets.accept_solution(ticket.pk, by=world.by(world.marina), now=timezone.now())
    told()
    assert (outcomes(rule), outcomes(person)) == (["refused"], ["refused"])
    assert "encerrado" in Run.objects.get(rule=rule).words
    assert not Task.objects.exists()


def test_one_rule_gone_wrong_does_not_hold_up_the_others(world: World) -> None:
    broken, good = write(world, severity="high"), write(world, note="Oi")
    Rule.objects.filter(pk=broken.pk).update(effects={"severity": "purple"})
    world.open(timezone.now())
    told()
    assert (outcomes(broken), outcomes(good)) == (["failed"], ["done"])


def test_a_rule_hears_an_entry_once(world: World) -> None:
    rule = write(world, note="Oi")
    world.open(timezone.now())
    entry = Entry.objects.get(name="ticket.opened")
    for _twice in range(2):
        actions.hear(entry, now=timezone.now())
    assert outcomes(rule) == ["done"]


def test_the_past_is_replayed_without_doing_anything(world: World) -> None:
    rule = write(world, conditions={"severity": ["critical"]}, note="Oi")
    with untold():
        world.open(timezone.now(), impact=HIGH)
        critical = world.open(timezone.now(), impact=CRITICAL)
    assert [hit.ticket for hit in queries.replay(rule)] == [critical]
    assert not Run.objects.exists()
    assert not Entry.objects.filter(name="ticket.noted").exists()


def test_a_rule_is_written_by_managers_and_says_something(world: World) -> None:
    facts = {"event": Event.OPENED, "mode": Mode.ON, "conditions": {}, "now": timezone.now()}
    with pytest.raises(ManagersOnly):
        actions.write_rule(None, name="R", effects={"note": "Oi"}, by=world.by(world.rafael), **facts)  # type: ignore[arg-type]
    with pytest.raises(FieldsRefused) as refused:
        actions.write_rule(None, name=" ", effects={"note": "\x00 "}, by=world.by(world.teresa), **facts)  # type: ignore[arg-type]
    assert sorted(refused.value.errors) == ["effects", "name"]


def test_old_runs_are_forgotten(world: World) -> None:
    write(world, note="Oi")
    world.open(timezone.now())
    told()
    assert actions.forget_runs(timezone.now() + timedelta(days=89)) == 0
    assert actions.forget_runs(timezone.now() + timedelta(days=91)) == 1
    assert Ticket.objects.count() == 1


def test_a_rule_answers_with_the_team_s_words_and_runs_a_macro(world: World) -> None:
    by, now = world.by(world.rafael), timezone.now()
    answer = playbook.write_answer(
        None, area=world.fiscal, title="Recebido", text="Olá {{contato}}, recebemos o {{numero}}.", by=by, now=now
    )
    steps = {"note": "Conferir o NCM.", "area": str(world.factory.pk), "reason": "Defeito conhecido."}
    macro = playbook.write_macro(None, area=world.fiscal, title="Para a Fábrica", steps=steps, by=by, now=now)
    rule = write(world, answer=str(answer.pk), macro=str(macro.pk))
    ticket = world.open(timezone.now())
    told()
    assert outcomes(rule) == ["done"]
    said = Entry.objects.filter(facts__rules=[rule.pk]).order_by("id")
    assert [entry.body for entry in said] == [
        f"Olá Marina, recebemos o {ticket.pk}.", "Conferir o NCM.", "Defeito conhecido.",
    ]  # fmt: skip
    playbook.remove_answer(answer.pk, by=by, now=now)
    world.open(timezone.now())
    told()
    assert outcomes(rule) == ["done", "refused"]


def test_two_managers_who_write_one_rule_do_not_overwrite_each_other(world: World) -> None:
    rule = write(world, note="Uma.")
    facts = {"name": "Regra", "event": Event.OPENED, "mode": Mode.ON, "conditions": {}, "by": world.by(world.teresa)}
    seen = rule.changed_at.isoformat()
    actions.write_rule(rule.pk, effects={"note": "Duas."}, seen=seen, now=timezone.now(), **facts)  # type: ignore[arg-type]
    with pytest.raises(WrittenMeanwhile, match="Teresa Nunes"):
        actions.write_rule(rule.pk, effects={"note": "Três."}, seen=seen, now=timezone.now(), **facts)  # type: ignore[arg-type]
    rule.refresh_from_db()
    assert rule.effects == {"note": "Duas."}
