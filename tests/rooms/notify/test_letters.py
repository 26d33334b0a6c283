"""Every letter in every language: whole, readable, and saying number and date."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from farol.journal.hearing import has_listener
from farol.notify import access
from farol.notify.models import Letter
from farol.notify.rules import LETTERS, NEWS, TITLES, Kind
from farol.people.models import Person
from farol.tickets import actions
from farol.tickets.jobs import run_deadlines
from farol.tickets.models import Link, Ticket
from farol.tickets.rules.severity import Severity
from farol.tickets.rules.windows import Asked
from farol.ui import words
from tests.rooms.notify.letters import last, posted, told
from tests.world import CRITICAL, World, at

OPENED = at("2026-11-23 09:00")
SOON = at("2026-11-23 10:00")
LATER = at("2026-11-23 16:00")
LANGUAGES = ("pt-br", "en", "es")


def parsed() -> list[EmailMessage]:
    return [message_from_bytes(mail.message().as_bytes(), policy=default) for mail in posted()]  # type: ignore[misc]


def part(mail: EmailMessage, subtype: str) -> str:
    body = mail.get_body(preferencelist=(subtype,))
    assert body is not None, f"no {subtype} part"
    return str(body.get_content())


def every_letter(world: World, language: str) -> None:
    """A few tickets between them cause every kind of letter."""
    Person.objects.update(language=language)
    rafael, marina = world.by(world.rafael), world.by(world.marina)
    first = world.open(OPENED)
    actions.assign_ticket(first.pk, to=world.rafael, by=world.by(world.teresa), now=SOON)
    actions.ask_customer(first.pk, body="Qual o XML?", by=rafael, now=SOON)
    actions.reply(first.pk, body="Segue.", by=marina, now=LATER)
    actions.reply(first.pk, body="Recebi.", by=rafael, now=LATER)
    actions.reclassify_ticket(first.pk, severity=Severity.CRITICAL, reason="Parou.", by=rafael, now=LATER)
    actions.send_solution(first.pk, body="Atualize.", by=rafael, now=LATER)
    actions.reject_solution(first.pk, reason="Ainda falha.", by=marina, now=LATER)
    actions.send_solution(first.pk, body="Atualize de novo.", by=rafael, now=LATER)
    actions.accept_solution(first.pk, by=marina, now=LATER)
    second = world.open(OPENED)
    actions.ask_customer(second.pk, body="R$ 264,00", asked=Asked.QUOTE, by=rafael, now=SOON)
    actions.approve(second.pk, by=marina, now=LATER)
    actions.ask_customer(second.pk, body="R$ 4,40", asked=Asked.AUTHORIZATION, by=rafael, now=LATER)
    actions.decline(second.pk, by=marina, now=LATER)
    third = world.open(OPENED)
    actions.assign_ticket(third.pk, to=world.rafael, by=rafael, now=SOON)
    actions.follow_ticket(third.pk, person=world.joao, by=marina, now=LATER)
    actions.note(third.pk, body="@Jussara, veja.", by=rafael, now=LATER)
    fourth, fifth = world.open(OPENED), world.open(OPENED)
    actions.merge_ticket(fourth.pk, into=fifth.pk, by=rafael, now=SOON)
    actions.undo_link(fifth.pk, Link.objects.get().pk, by=rafael, now=LATER)
    actions.cancel_ticket(third.pk, reason="Resolvido aqui.", by=marina, now=LATER)
    world.solved(OPENED)
    told()
    run_deadlines(at("2026-12-06 10:00"))
    told()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_letter_is_whole_in_both_parts(world: World, language: str) -> None:
    every_letter(world, language)
    assert {letter.kind for letter in Letter.objects.all()} == set(Kind) - {Kind.RETURNED} - access.KINDS
    for mail, letter in zip(parsed(), Letter.objects.order_by("id"), strict=True):
        number = str(letter.ticket_number)
        with translation.override(language):
            is_watched = letter.kind == Kind.WATCHED
            title = translation.gettext(NEWS[letter.entry.name] if is_watched else TITLES[Kind(letter.kind)])
        assert number in mail["Subject"]
        assert title in mail["Subject"]
        for text in (part(mail, "plain"), part(mail, "html")):
            assert number in text
            assert "Rejeição 778 ao transmitir NF-e de devolução" in text
            assert not re.search(r"{[{%]|[%}]}|None|\bnan\b", text)
        html = part(mail, "html")
        assert f'lang="{language}"' in html
        assert f"/chamados/{number}" in html
        assert not re.search(r"\n{3}|[ \t]\n", part(mail, "plain"))


def test_every_name_in_the_table_is_told_by_tickets() -> None:
    assert all(has_listener(name) for name in LETTERS)
    assert LETTERS["ticket.noted"] == (), "only for whoever is called or follows"
    assert not has_listener("ticket.work_logged")


@pytest.mark.rule("R-051")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_confirmation_names_number_severity_reasons_and_date(world: World, language: str) -> None:
    Person.objects.update(language=language)
    ticket = world.open(OPENED, impact=CRITICAL)
    told()
    with translation.override(language):
        facts = [str(ticket.pk), words.when(ticket.due_at, language=language), translation.gettext("Crítica")]
        facts.append(translation.gettext("Operação crítica parada, sem jeito de contornar."))
    for fact in facts:
        assert fact in last().body
        assert fact in last().alternatives[0].content


@pytest.mark.rule("R-076")
def test_hours_to_bill_stand_in_the_letter_that_asks_for_acceptance(world: World) -> None:
    billed, free = world.open(OPENED), world.open(OPENED)
    rafael = world.by(world.rafael)
    actions.log_work(
        billed.pk, started_at=at("2026-11-23 11:00"), ended_at=at("2026-11-23 13:30"), activity="Análise",
        is_billable=True, by=rafael, now=LATER,
    )  # fmt: skip
    for ticket in (billed, free):
        actions.send_solution(ticket.pk, body="Atualize.", by=rafael, now=LATER)
    told()
    with_hours, without = posted()[-2:]
    assert "Horas a faturar se você aceitar: 2h30" in with_hours.body
    assert "faturar" not in without.body
    for mail in (with_hours, without):
        assert "terça, 8 dez." in mail.body


@pytest.mark.rule("R-064")
def test_a_moved_date_is_told_with_old_new_and_why(world: World) -> None:
    ticket = world.open(OPENED)
    rafael = world.by(world.rafael)
    actions.ask_customer(ticket.pk, body="Qual?", by=rafael, now=SOON)
    actions.reply(ticket.pk, body="Este.", by=world.by(world.marina), now=at("2026-11-23 15:00"))
    actions.reclassify_ticket(ticket.pk, severity=Severity.CRITICAL, reason="Parou tudo.", by=rafael, now=LATER)
    told()
    answered, reclassified = (mail for mail in posted() if "Mudança no retorno previsto" in mail.subject)
    assert "Antes: terça, 24 nov., às 17h00" in answered.body
    assert "Agora: quarta, 25 nov., às 10h00" in answered.body
    assert "pausado" in answered.body
    assert "de Alta para Crítica" in reclassified.body
    assert "Parou tudo." in reclassified.body
    assert "Antes: quarta, 25 nov., às 10h00" in reclassified.body


@pytest.mark.rule("R-073", "R-074")
def test_an_ending_by_silence_says_which_silence(world: World) -> None:
    silent, abandoned = world.solved(OPENED), world.open(OPENED)
    actions.ask_customer(abandoned.pk, body="Qual?", by=world.by(world.rafael), now=OPENED)
    told()
    run_deadlines(at("2026-12-09 00:00"))
    told()
    first, second = posted()[-2:]
    assert f"Aceite automático: chamado {silent.pk} encerrado" in first.body
    assert f"Chamado {abandoned.pk} encerrado sem retorno" in second.body


def test_letters_of_one_ticket_hang_together_and_answer_no_robot(world: World) -> None:
    ticket: Ticket = world.solved(OPENED)
    told()
    opened, solution = parsed()
    assert opened["References"] == solution["References"] == f"<{ticket.pk}@127.0.0.1>"
    assert opened["Message-ID"] != solution["Message-ID"]
    assert solution["Auto-Submitted"] == "auto-generated"
    assert solution["List-Id"] == "<chamados.127.0.0.1>"


def test_markup_in_somebodys_words_stays_words(world: World) -> None:
    ticket = world.open(OPENED, subject="<b>NF-e</b> & <script>alert(1)</script>")
    actions.reply(ticket.pk, body="Veja <img src=x>\n& responda", by=world.by(world.rafael), now=SOON)
    told()
    mail = parsed()[-1]
    assert "<script>" not in part(mail, "html")
    assert "<img src=x>" not in part(mail, "html")
    assert "Veja <img src=x>\n& responda" in part(mail, "plain")


@pytest.mark.rule("R-051")
@pytest.mark.parametrize(
    ("language", "sentence", "severity"),
    [
        ("pt-br", "Chamado {number} aberto. Retorno até terça, 24 nov., às 17h00.", "Severidade: Alta"),
        ("en", "Ticket {number} opened. Expected response by Tuesday, 24 Nov, at 17:00.", "Severity: High"),
        ("es", "Ticket {number} abierto. Respuesta hasta martes, 24 nov., a las 17:00.", "Severidad: Alta"),
    ],
)
def test_the_letter_speaks_the_readers_language(world: World, language: str, sentence: str, severity: str) -> None:
    Person.objects.update(language=language)
    ticket = world.open(OPENED)
    told()
    assert last().body.splitlines()[0] == sentence.format(number=ticket.pk)
    assert severity in last().body


def test_a_reply_repeats_the_date_only_while_it_still_holds(world: World) -> None:
    early, late = world.open(OPENED), world.open(OPENED)
    rafael = world.by(world.rafael)
    actions.reply(early.pk, body="Estou vendo.", by=rafael, now=SOON)
    actions.reply(late.pk, body="Desculpe a demora.", by=rafael, now=at("2026-11-26 09:00"))
    told()
    in_time, overdue = posted()[-2:]
    assert "Retorno previsto: terça, 24 nov., às 17h00" in in_time.body
    assert "Retorno previsto" not in overdue.body


def test_a_letter_leads_to_the_ticket_behind_the_readers_own_door(world: World) -> None:
    ticket = world.open(OPENED)
    actions.assign_ticket(ticket.pk, to=world.rafael, by=world.by(world.teresa), now=SOON)
    told()
    for mail, name in zip(posted(), ("portal:ticket", "desk:ticket"), strict=True):
        assert f"{settings.PUBLIC_URL}{reverse(name, args=[ticket.pk])}\n" in mail.body


@pytest.mark.rule("R-060", "R-064")
def test_a_promised_date_comes_with_its_count(world: World) -> None:
    world.open(at("2026-11-19 16:00"))
    told()
    for line in (
        "correu · 3h00",
        "feriado: Dia Nacional de Zumbi e da Consciência Negra",
        "correu · 12h00",
        "correu · 5h00",
    ):
        assert line in last().body, last().body
