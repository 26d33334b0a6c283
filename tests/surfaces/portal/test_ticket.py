"""The customer's page of a ticket: what it shows, and each thing that can be done or is refused there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from farol.journal.models import Entry
from farol.tickets import actions, queries
from farol.tickets.models import Ticket, Window
from farol.tickets.rules.windows import Asked
from tests.world import World

LOGIN_COST = 1  # the session with its person


def soon() -> datetime:
    return timezone.now() - timedelta(minutes=5)


@pytest.fixture
def marina(client: Client, world: World) -> Client:
    client.force_login(world.marina)
    return client


@pytest.fixture
def proposed(world: World) -> Ticket:
    return world.solved(soon())


def state_of(ticket: Ticket) -> str:
    return Ticket.objects.values_list("state", flat=True).get(pk=ticket.pk)


def test_a_solution_is_shown_with_its_three_ways_and_the_consequence(marina: Client, proposed: Ticket) -> None:
    text = marina.get(f"/chamados/{proposed.pk}").content.decode()
    for words in (
        "Agora é com você", "Rafael propôs uma solução", "Atualize a tabela NCM.", "Aceite automático em 15 dias",
        "Aceitar solução", "Não aceitar…", "Adiar 30 dias", "não pode ser reaberto",
    ):  # fmt: skip
        assert words in text


@pytest.mark.rule("R-071")
def test_accepting_twice_closes_once_and_says_so(marina: Client, proposed: Ticket) -> None:
    address = f"/chamados/{proposed.pk}/aceite"
    assert marina.post(address).status_code == 302
    assert state_of(proposed) == "closed_accepted"
    again = marina.post(address)
    assert (again.status_code, "encerrado" in again.content.decode()) == (409, True)
    assert Entry.objects.filter(name="ticket.accepted").count() == 1


@pytest.mark.rule("R-071")
def test_a_page_left_open_accepts_no_newer_solution(marina: Client, world: World, proposed: Ticket) -> None:
    seen = marina.get(f"/chamados/{proposed.pk}").context["ticket"].last_entry_id
    actions.reject_solution(proposed.pk, reason="Não abre.", by=world.by(world.marina), now=timezone.now())
    actions.send_solution(proposed.pk, body="Reinstale.", by=world.by(world.rafael), now=timezone.now())
    stale = marina.post(f"/chamados/{proposed.pk}/aceite", {"seen": seen})
    assert (stale.status_code, state_of(proposed)) == (409, "awaiting_acceptance")
    fresh = marina.get(f"/chamados/{proposed.pk}").context["ticket"].last_entry_id
    assert marina.post(f"/chamados/{proposed.pk}/aceite", {"seen": fresh}).status_code == 302


@pytest.mark.rule("R-071")
def test_a_rejection_asks_for_its_reason(marina: Client, proposed: Ticket) -> None:
    address = f"/chamados/{proposed.pk}/recusa"
    assert marina.get(address).status_code == 200
    assert marina.post(address, {"reason": " "}).status_code == 422
    assert marina.post(address, {"why": "2", "reason": ""}).status_code == 422, "a mark alone is no reason"
    assert marina.post(address, {"why": "2", "reason": "Só a filial 3 transmite."}).status_code == 302
    assert state_of(proposed) == "in_analysis"
    assert Entry.objects.get(name="ticket.rejected").body == "Resolveu uma parte.\n\nSó a filial 3 transmite."


def test_a_mark_that_nobody_offered_is_no_word(marina: Client, proposed: Ticket) -> None:
    marina.post(f"/chamados/{proposed.pk}/recusa", {"why": "99", "reason": "Continua."})
    assert Entry.objects.get(name="ticket.rejected").body == "Continua."


@pytest.mark.rule("R-072")
def test_a_postponement_is_given_once(marina: Client, proposed: Ticket) -> None:
    address = f"/chamados/{proposed.pk}/adiamento"
    assert marina.post(address).status_code == 302
    text = marina.get(f"/chamados/{proposed.pk}").content.decode()
    assert "Adiar 30 dias" not in text
    assert marina.post(address).status_code == 409
    assert Window.objects.get(ticket=proposed).is_postponed


@pytest.mark.rule("R-074")
def test_the_information_asked_is_answered_in_its_panel_with_files(marina: Client, world: World) -> None:
    ticket = world.open(soon())
    actions.ask_customer(ticket.pk, body="Envie o **XML**.", by=world.by(world.rafael), now=timezone.now())
    assert "<strong>XML</strong>" in marina.get(f"/chamados/{ticket.pk}").content.decode()
    file = SimpleUploadedFile("nfe.xml", b"<nfe/>")
    marina.post(f"/chamados/{ticket.pk}/interacoes", {"body": "Segue.", "attachments": file})
    assert state_of(ticket) == "in_analysis"
    [kept] = queries.attachments(ticket, by=world.by(world.marina))
    download = marina.get(f"/arquivos/{kept.pk}")
    assert download["Content-Disposition"] == 'attachment; filename="nfe.xml"'
    assert b"".join(download.streaming_content) == b"<nfe/>"  # type: ignore[attr-defined]


def test_a_forbidden_file_keeps_the_text_and_the_good_files(marina: Client, world: World) -> None:
    ticket = world.open(soon())
    files = [SimpleUploadedFile("nfe.xml", b"<nfe/>"), SimpleUploadedFile("x.exe", b"MZ")]
    page = marina.post(f"/chamados/{ticket.pk}/interacoes", {"body": "Segue tudo.", "attachments": files})
    assert page.status_code == 415
    assert "Segue tudo." in page.content.decode()
    assert not Entry.objects.filter(name="ticket.replied").exists()


def test_whoever_was_faster_is_named_and_the_text_kept(marina: Client, world: World) -> None:
    ticket = world.open(soon())
    actions.reply(ticket.pk, body="Vi aqui.", by=world.by(world.jussara), now=timezone.now())
    page = marina.post(f"/chamados/{ticket.pk}/interacoes", {"body": "Mais um dado.", "seen": ticket.last_entry_id})
    assert page.status_code == 409
    for words in ("Jussara Lima", "Mais um dado.", "Vi aqui."):
        assert words in page.content.decode()


@pytest.mark.parametrize("noun", ["recusa", "cancelamento"])
def test_a_reason_written_on_an_older_page_comes_back_and_decides_nothing(
    marina: Client, world: World, proposed: Ticket, noun: str
) -> None:
    seen = marina.get(f"/chamados/{proposed.pk}/{noun}").context["ticket"].last_entry_id
    actions.reply(proposed.pk, body="Já corrigimos.", by=world.by(world.jussara), now=timezone.now())
    page = marina.post(f"/chamados/{proposed.pk}/{noun}", {"reason": "Só a filial 3.", "why": "2", "seen": seen})
    text = page.content.decode()
    assert (page.status_code, state_of(proposed)) == (409, "awaiting_acceptance")
    assert "atualizado por Jussara Lima enquanto você escrevia" in text
    assert "Só a filial 3." in text
    fresh = Ticket.objects.get(pk=proposed.pk).last_entry_id
    assert f'name="seen" value="{fresh}"' in text


@pytest.mark.parametrize("noun", ["adiamento", "aceite"])
def test_a_button_on_an_older_page_does_nothing(marina: Client, world: World, proposed: Ticket, noun: str) -> None:
    text = marina.get(f"/chamados/{proposed.pk}").content.decode()
    assert text.count(f'name="seen" value="{proposed.last_entry_id}"') == 4, "the dialog, the composer, two buttons"
    actions.reply(proposed.pk, body="Já corrigimos.", by=world.by(world.jussara), now=timezone.now())
    page = marina.post(f"/chamados/{proposed.pk}/{noun}", {"seen": proposed.last_entry_id})
    assert (page.status_code, state_of(proposed)) == (409, "awaiting_acceptance")
    assert "Jussara Lima" in page.content.decode()


@pytest.mark.rule("R-053")
def test_a_closed_ticket_refuses_words_and_offers_to_go_on(marina: Client, proposed: Ticket) -> None:
    marina.post(f"/chamados/{proposed.pk}/aceite")
    assert "Continuar em um chamado novo" in marina.get(f"/chamados/{proposed.pk}").content.decode()
    refused = marina.post(f"/chamados/{proposed.pk}/interacoes", {"body": "Obrigado pela ajuda."})
    assert (refused.status_code, "Obrigado pela ajuda." in refused.content.decode()) == (409, True)
    new = marina.post(f"/chamados/{proposed.pk}/continuacao")
    assert Ticket.objects.get(continues=proposed).pk == int(new["Location"].rpartition("/")[2])


@pytest.mark.rule("R-090")
@pytest.mark.parametrize(("noun", "state"), [("aprovacao", "in_analysis"), ("desaprovacao", "cancelled")])
def test_a_charge_is_authorized_or_ends_at_no_cost(marina: Client, world: World, noun: str, state: str) -> None:
    ticket = world.open(soon())
    actions.ask_customer(
        ticket.pk, body="R$ 4,40 por minuto.", asked=Asked.AUTHORIZATION, by=world.by(world.rafael), now=timezone.now()
    )
    page = marina.get(f"/chamados/{ticket.pk}")
    assert "Autorizar cobrança" in page.content.decode()
    seen = page.context["ticket"].last_entry_id
    actions.reply(ticket.pk, body="São 30 min.", by=world.by(world.rafael), now=timezone.now())
    assert marina.post(f"/chamados/{ticket.pk}/{noun}", {"seen": seen}).status_code == 409
    assert marina.post(f"/chamados/{ticket.pk}/{noun}").status_code == 302
    assert state_of(ticket) == state


@pytest.mark.rule("R-090")
def test_a_page_left_open_authorizes_no_newer_charge(marina: Client, world: World) -> None:
    ticket, rafael = world.open(soon()), world.by(world.rafael)
    seen = marina.get(f"/chamados/{ticket.pk}").context["ticket"].last_entry_id
    actions.ask_customer(ticket.pk, body="R$ 900,00.", asked=Asked.AUTHORIZATION, by=rafael, now=timezone.now())
    assert marina.post(f"/chamados/{ticket.pk}/aprovacao", {"seen": seen}).status_code == 409
    address = f"/chamados/{ticket.pk}/desaprovacao"
    assert marina.post(address, {"reason": "Caro\x00 demais."}).status_code == 302
    assert state_of(ticket) == "cancelled"


def test_a_ticket_is_cancelled_with_a_reason(marina: Client, world: World) -> None:
    ticket = world.open(soon())
    address = f"/chamados/{ticket.pk}/cancelamento"
    assert marina.post(address, {"reason": ""}).status_code == 422
    assert marina.post(address, {"reason": "Resolvemos aqui."}).status_code == 302
    assert state_of(ticket) == "cancelled"


def test_somebody_elses_ticket_and_file_do_not_exist(client: Client, world: World, proposed: Ticket) -> None:
    client.force_login(world.bruno)
    assert client.get(f"/chamados/{proposed.pk}").status_code == 404
    for noun in ("interacoes", "aceite", "recusa", "adiamento", "cancelamento", "continuacao"):
        assert client.post(f"/chamados/{proposed.pk}/{noun}", {"body": "Oi", "reason": "Oi"}).status_code == 404
    assert client.get("/arquivos/999").status_code == 404


def test_an_internal_note_is_on_no_page_of_the_customer(marina: Client, world: World) -> None:
    ticket = world.open(soon())
    actions.note(ticket.pk, body="Parece o caso 117986.", by=world.by(world.rafael), now=timezone.now())
    assert "117986" not in marina.get(f"/chamados/{ticket.pk}").content.decode()


def test_the_page_costs_the_same_however_long_the_history(
    marina: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ticket = world.open(soon())
    for count in (1, 6):
        for _ in range(count):
            actions.reply(ticket.pk, body="Vi.", by=world.by(world.rafael), now=timezone.now())
        with django_assert_num_queries(LOGIN_COST + 3):
            marina.get(f"/chamados/{ticket.pk}")


def test_a_file_kept_earlier_that_is_no_number_is_none(marina: Client, world: World) -> None:
    address = f"/chamados/{world.open(soon()).pk}/interacoes"
    assert marina.post(address, {"body": "Vi.", "kept": ["9" * 5000, "9" * 30, "-1"]}).status_code == 302
