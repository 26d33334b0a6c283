"""Contacts of a company let each other follow a ticket."""

from __future__ import annotations

from django.test import Client

from farol.tickets import actions
from farol.tickets.models import Seen
from tests.surfaces.portal.conftest import signed_in
from tests.world import World, at

OPENED = at("2026-11-24 08:00")


def test_a_contact_adds_a_colleague_and_takes_them_out(world: World, marina: Client) -> None:
    ticket = world.open(OPENED)
    actions.follow_ticket(ticket.pk, person=world.teresa, by=world.by(world.teresa), now=OPENED)
    address = f"/chamados/{ticket.pk}/acompanhantes"
    page = marina.get(address).content.decode()
    assert "João Pires" in page
    assert "Teresa" not in page, "who of the staff follows is the staff's affair"
    answer = marina.post(address, {"person": world.joao.pk}, follow=True).content.decode()
    assert "João Pires acompanha o chamado." in answer
    assert "Teresa" not in marina.get(f"/chamados/{ticket.pk}").content.decode()
    assert "João Pires" in marina.get(f"/chamados/{ticket.pk}").content.decode()
    marina.post(f"{address}/{world.joao.pk}/remocao")
    assert "Ninguém além de quem abriu" in marina.get(address).content.decode()


def test_nobody_of_another_company_is_added_or_adds(world: World, marina: Client) -> None:
    ticket = world.open(OPENED)
    address = f"/chamados/{ticket.pk}/acompanhantes"
    for stranger in (world.bruno.pk, world.rafael.pk, 0, "abc", "9" * 30):
        assert marina.post(address, {"person": stranger}).status_code == 422
    bruno = signed_in(world, "bruno")
    assert bruno.get(address).status_code == 404
    assert bruno.post(address, {"person": world.bruno.pk}).status_code == 404
    assert bruno.post(f"{address}/{world.marina.pk}/remocao").status_code == 404


def test_news_that_a_contact_has_not_read_are_marked_in_the_list(world: World, marina: Client) -> None:
    ticket = world.open(OPENED)
    assert "is-unread" not in marina.get("/chamados").content.decode()
    actions.note(ticket.pk, body="Só nós.", by=world.by(world.rafael), now=OPENED)
    assert "is-unread" not in marina.get("/chamados").content.decode(), "a note of the staff is no news"
    said = actions.reply(ticket.pk, body="Recebi.", by=world.by(world.rafael), now=OPENED)
    assert "is-unread" in marina.get("/chamados").content.decode()
    assert "is-unread" in marina.get("/").content.decode()
    assert "is-unread" not in signed_in(world, "joao").get("/chamados").content.decode(), "who never looked at it"
    bruno = signed_in(world, "bruno")
    bruno.get(f"/chamados/{ticket.pk}/leitura?ate={said.pk}")
    assert not Seen.objects.filter(person=world.bruno).exists(), "of another company"
    assert marina.get(f"/chamados/{ticket.pk}/leitura?ate={said.pk}").status_code == 204
    assert "is-unread" not in marina.get("/chamados").content.decode()
    for nonsense in ("", "abc", "9" * 40, "-1"):
        assert marina.get(f"/chamados/{ticket.pk}/leitura?ate={nonsense}").status_code == 204
