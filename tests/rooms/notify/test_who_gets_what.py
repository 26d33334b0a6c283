"""The post room writes to whoever the table names, and to nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from farol.hours.rules import Level
from farol.journal.actions import untold
from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.notify.actions import post_letter
from farol.notify.models import Letter
from farol.people.models import Person
from farol.tickets import actions
from farol.tickets.jobs import run_deadlines
from farol.tickets.models import Ticket, Window
from farol.tickets.rules.severity import Severity
from farol.tickets.rules.windows import Asked
from tests.rooms.notify.letters import kinds, last, posted, told
from tests.world import LOW, World, at

OPENED = at("2026-11-23 09:00")
SOON = at("2026-11-23 10:00")
LATER = at("2026-11-23 15:00")


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.open(OPENED)


@pytest.mark.rule("R-051", "R-070", "R-073")
def test_the_contact_is_written_to_at_every_turn_of_a_ticket(world: World, ticket: Ticket) -> None:
    rafael, marina = world.by(world.rafael), world.by(world.marina)
    actions.ask_customer(ticket.pk, body="Qual o XML?", by=rafael, now=SOON)
    actions.reply(ticket.pk, body="Segue.", by=marina, now=LATER)
    actions.reply(ticket.pk, body="Obrigado, recebi.", by=rafael, now=LATER)
    actions.reclassify_ticket(ticket.pk, severity=Severity.CRITICAL, reason="Parou.", by=rafael, now=LATER)
    actions.send_solution(ticket.pk, body="Atualize.", by=rafael, now=LATER)
    told()
    run_deadlines(at("2026-12-06 10:00"))
    told()
    run_deadlines(at("2026-12-09 00:00"))
    told()
    assert kinds() == [
        ("Marina", "opened"),
        ("Marina", "information"),
        ("Marina", "forecast"),
        ("Rafael", "customer_replied"),
        ("Marina", "answered"),
        ("Marina", "forecast"),
        ("Marina", "solution"),
        ("Marina", "reminder"),
        ("Marina", "closed"),
    ]
    assert len(posted()) == 9


def test_the_analyst_hears_what_the_customer_decided(world: World, ticket: Ticket) -> None:
    rafael, joao = world.by(world.rafael), world.by(world.joao)
    actions.ask_customer(ticket.pk, body="R$ 264,00.", asked=Asked.QUOTE, by=rafael, now=SOON)
    actions.approve(ticket.pk, by=joao, now=LATER)
    actions.send_solution(ticket.pk, body="Atualize.", by=rafael, now=LATER)
    actions.reject_solution(ticket.pk, reason="Continua.", by=joao, now=at("2026-11-24 09:00"))
    actions.send_solution(ticket.pk, body="Agora sim.", by=rafael, now=at("2026-11-24 10:00"))
    actions.accept_solution(ticket.pk, by=joao, now=at("2026-11-24 11:00"))
    told()
    assert [kind for name, kind in kinds() if name == "Rafael"] == [
        "customer_approved",
        "customer_rejected",
        "customer_accepted",
    ]
    assert {name for name, _ in kinds()} == {"Marina", "Rafael"}, "the contact and the analyst, no colleague"


@pytest.mark.rule("R-090")
def test_a_refused_charge_is_told_as_an_ending(world: World, ticket: Ticket) -> None:
    actions.ask_customer(
        ticket.pk, body="R$ 4,40 por minuto.", asked=Asked.AUTHORIZATION, by=world.by(world.rafael), now=SOON
    )
    actions.decline(ticket.pk, by=world.by(world.marina), now=LATER)
    told()
    assert kinds()[1:] == [("Marina", "authorization"), ("Marina", "closed"), ("Rafael", "customer_declined")]
    assert "sem custo" in posted()[2].body


def test_nobody_on_the_staff_is_told_what_they_did_themselves(world: World, ticket: Ticket) -> None:
    actions.assign_ticket(ticket.pk, to=world.rafael, by=world.by(world.rafael), now=SOON)
    told()
    assert kinds() == [("Marina", "opened")]
    actions.assign_ticket(ticket.pk, to=world.jussara, by=world.by(world.teresa), now=SOON)
    actions.cancel_ticket(ticket.pk, reason="Duplicado.", by=world.by(world.jussara), now=LATER)
    told()
    assert kinds()[1:] == [("Jussara", "assigned"), ("Marina", "closed")]


def test_an_internal_note_reaches_no_letter(world: World, ticket: Ticket) -> None:
    rafael = world.by(world.rafael)
    actions.note(ticket.pk, body="Parece o caso 117986.", by=rafael, now=SOON)
    actions.log_work(
        ticket.pk,
        started_at=OPENED,
        ended_at=SOON,
        activity="Análise do 117986",
        is_billable=False,
        by=rafael,
        now=SOON,
    )
    actions.send_solution(ticket.pk, body="Atualize.", by=rafael, now=LATER)
    told()
    assert kinds() == [("Marina", "opened"), ("Marina", "solution")]
    assert not [mail for mail in posted() if "117986" in mail.message().as_string()]


@pytest.mark.rule("R-064")
def test_a_severity_that_changes_no_date_is_told_too(world: World) -> None:
    ticket = world.open(OPENED, impact=LOW)
    ticket.plan.allowances = dict.fromkeys(ticket.plan.allowances, ticket.allowance_minutes)
    ticket.plan.save()
    actions.reclassify_ticket(
        ticket.pk, severity=Severity.MEDIUM, reason="Atrapalha.", by=world.by(world.rafael), now=SOON
    )
    told()
    assert kinds()[-1] == ("Marina", "forecast")
    assert "a severidade passou para Média" in last().body


@pytest.mark.rule("R-075")
def test_a_run_so_late_that_it_closes_sends_no_reminder(world: World) -> None:
    world.solved(OPENED)
    run_deadlines(at("2026-12-30 10:00"))
    told()
    assert [kind for _, kind in kinds()] == ["opened", "solution", "closed"]


@pytest.mark.rule("R-070")
def test_a_reminder_overtaken_by_an_answer_is_withdrawn(world: World) -> None:
    ticket = world.solved(OPENED)
    told()
    run_deadlines(at("2026-12-06 10:00"))
    deliver(Entry.objects.get(name="ticket.reminded"))
    letter = Letter.objects.get(kind="reminder")
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=at("2026-12-06 10:01"))
    assert post_letter(letter.pk, now=SOON) is False
    letter.refresh_from_db()
    assert letter.state == "withdrawn"
    assert len(posted()) == 2


def test_a_person_who_left_gets_no_letter(world: World, ticket: Ticket) -> None:
    Person.objects.filter(pk=world.marina.pk).update(is_active=False)
    told()
    assert kinds() == []


def test_history_brought_in_is_told_to_nobody(world: World) -> None:
    with untold():
        world.solved(OPENED)
    news = ProcrastinateJob.objects.filter(queue_name="journal").exclude(args__contains={"is_history": True})
    assert not news.exists()
    world.open(SOON)
    assert news.count() == 1


@pytest.mark.rule("R-066")
def test_a_date_that_comes_near_is_told_to_whoever_has_the_ticket_or_to_the_managers(
    world: World, ticket: Ticket
) -> None:
    other = world.open(OPENED)
    actions.assign_ticket(other.pk, to=world.rafael, by=world.by(world.rafael), now=SOON)
    told()
    run_deadlines(at("2026-11-23 19:30"))
    told()
    assert kinds()[2:] == [("Teresa", "warning"), ("Rafael", "warning")]
    assert f"Chamado {ticket.pk}: 50% do prazo da solução já passaram" in posted()[2].body
    assert "Sem responsável" in posted()[2].body
    assert "seg., 23 nov., 9h00 a 19h00: correu · 10h00" in posted()[2].body


@pytest.mark.rule("R-066")
def test_the_last_warning_reaches_the_manager_too(world: World, ticket: Ticket) -> None:
    actions.assign_ticket(ticket.pk, to=world.rafael, by=world.by(world.rafael), now=SOON)
    run_deadlines(at("2026-11-23 19:00"))
    told()
    assert ("Teresa", "warning") not in kinds()
    run_deadlines(at("2026-11-24 17:00"))
    told()
    assert sorted(kinds()[-2:]) == [("Rafael", "warning"), ("Teresa", "warning")]


@pytest.mark.rule("R-066")
def test_a_warning_of_a_date_that_was_kept_is_not_sent(world: World, ticket: Ticket) -> None:
    run_deadlines(at("2026-11-23 19:30"))
    actions.cancel_ticket(ticket.pk, reason="Duplicado.", by=world.by(world.rafael), now=at("2026-11-23 19:31"))
    told()
    assert [kind for _, kind in kinds()] == ["opened", "closed"]


@pytest.mark.rule("R-064")
def test_a_corrected_pause_is_told_with_the_reason(world: World, ticket: Ticket) -> None:
    actions.ask_customer(ticket.pk, body="Qual?", by=world.by(world.rafael), now=SOON)
    actions.reply(ticket.pk, body="Este.", by=world.by(world.marina), now=LATER)
    window = Window.objects.get()
    actions.correct_pause(
        window.pk, sent_at=SOON, ended_at=at("2026-11-23 12:00"), reason="A resposta veio por telefone às 12h.",
        by=world.by(world.teresa), now=at("2026-11-23 16:00"),
    )  # fmt: skip
    told()
    assert kinds()[-1] == ("Marina", "forecast")
    assert "A resposta veio por telefone às 12h." in last().body
    assert "Teresa Nunes corrigiu o tempo em que o prazo ficou pausado." in last().body


@pytest.mark.rule("R-064")
def test_a_date_recalculated_by_a_forgotten_holiday_is_told_with_the_reason(world: World, ticket: Ticket) -> None:
    moved = actions.enter_holiday_and_recalculate(
        day=date(2026, 11, 24), name="Dia do Farol", level=Level.VENDOR, place="", recalculates=True,
        reason="Esquecemos de carregar este feriado.", by=world.by(world.teresa), now=SOON,
    )  # fmt: skip
    told()
    assert moved == [ticket.pk]
    assert kinds()[-1] == ("Marina", "forecast")
    assert "Esquecemos de carregar este feriado." in last().body


@pytest.mark.rule("R-064")
def test_a_holiday_that_recalculates_nothing_writes_to_nobody(world: World, ticket: Ticket) -> None:
    actions.enter_holiday_and_recalculate(
        day=date(2026, 11, 24), name="Dia do Farol", level=Level.VENDOR, place="", recalculates=False,
        reason="", by=world.by(world.teresa), now=SOON,
    )  # fmt: skip
    told()
    assert kinds() == [("Marina", "opened")]


def test_whoever_reported_a_merged_ticket_is_told_where_it_goes_on(world: World, ticket: Ticket) -> None:
    staying = world.open(OPENED)
    actions.merge_ticket(ticket.pk, into=staying.pk, by=world.by(world.rafael), now=SOON)
    told()
    assert kinds()[-1] == ("Marina", "closed")
    words = str(last().body)
    assert f"Chamado {ticket.pk} unido ao chamado {staying.pk}" in words
    assert f"A conversa continua no chamado {staying.pk}" in words
