"""Following a ticket at the desk: the dialog, the panel beside the conversation, the page of what concerns one."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from farol.tickets import actions
from farol.tickets.models import Ticket
from tests.world import World, at

OPENED = at("2026-11-24 08:00")


def test_the_dialog_lets_oneself_follow_and_the_panel_takes_one_out(world: World, rafael: Client) -> None:
    ticket = world.open(OPENED)
    page = rafael.get(f"/mesa/chamados/{ticket.pk}/acompanhantes").content.decode()
    assert f'<option value="{world.rafael.pk}" selected>Eu</option>' in page
    assert "João Pires" in page
    assert "Bruno Sá" not in page, "of another company"
    answer = rafael.post(f"/mesa/chamados/{ticket.pk}/acompanhantes", {"person": world.joao.pk}, follow=True)
    assert "João Pires acompanha o chamado." in answer.content.decode()
    removal = f"/mesa/chamados/{ticket.pk}/acompanhantes/{world.joao.pk}/remocao"
    assert removal in answer.content.decode()
    assert removal not in rafael.post(removal, follow=True).content.decode()


def test_somebody_who_is_not_offered_is_refused_in_the_dialog(world: World, rafael: Client) -> None:
    ticket = world.open(OPENED)
    for said in ("", "abc", str(world.bruno.pk), "9" * 30):
        assert rafael.post(f"/mesa/chamados/{ticket.pk}/acompanhantes", {"person": said}).status_code == 422


def test_the_page_shows_unread_mentions_and_followed_tickets(world: World, jussara: Client) -> None:
    ticket = world.open(OPENED)
    assert "Nada para acompanhar" in jussara.get("/mesa/acompanho").content.decode()
    note = actions.note(ticket.pk, body="@Jussara, é seu?", by=world.by(world.rafael), now=OPENED)
    page = jussara.get("/mesa/acompanho").content.decode()
    assert "@Jussara, é seu?" in page
    assert f"/mesa/chamados/{ticket.pk}#e{note.pk}" in page
    jussara.get(f"/mesa/chamados/{ticket.pk}/leitura?ate={note.pk}")
    assert "@Jussara, é seu?" not in jussara.get("/mesa/acompanho").content.decode()
    assert "@Jussara, é seu?" in jussara.get("/mesa/acompanho?mencoes=todas").content.decode()
    actions.follow_ticket(ticket.pk, person=world.jussara, by=world.by(world.jussara), now=OPENED)
    assert "Chamados que você acompanha" in jussara.get("/mesa/acompanho").content.decode()


def test_a_ticket_that_nobody_follows_costs_no_question(world: World, rafael: Client) -> None:
    ticket = world.open(OPENED)
    rafael.get(f"/mesa/chamados/{ticket.pk}")
    with CaptureQueriesContext(connection) as asked:
        rafael.get(f"/mesa/chamados/{ticket.pk}")
    assert not [query for query in asked if "tickets_watcher" in query["sql"] or "tickets_mention" in query["sql"]]
    assert not Ticket.objects.get(pk=ticket.pk).has_watchers
