"""What customers say of the solutions, as the desk shows it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.kernel.actor import Channel
from farol.survey import actions
from farol.survey.models import Survey
from farol.tickets.models import Ticket
from tests.world import World


@pytest.fixture
def answered(world: World) -> Ticket:
    actions.prefer(world.marina, is_wanted=True, severities=[])
    ticket = world.solved(timezone.now())
    deliver(Entry.objects.get(name="ticket.solution_sent"))
    survey = Survey.objects.get()
    by = world.by(world.marina, Channel.EMAIL)
    actions.answer(survey.pk, score=2, comment="Demorou <b>dias</b>.", by=by, now=timezone.now())
    return ticket


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(getattr(world, name))
    return client


@pytest.mark.rule("R-163")
def test_the_staff_reads_the_answer_in_the_ticket_and_the_customer_does_not(world: World, answered: Ticket) -> None:
    desk = signed_in(world, "rafael").get(f"/mesa/chamados/{answered.pk}").content.decode()
    assert "Marina Prado deu nota 2 de 5 à solução: Demorou &lt;b&gt;dias&lt;/b&gt;." in desk
    portal = signed_in(world, "marina").get(f"/chamados/{answered.pk}").content.decode()
    assert "deu nota" not in portal
    assert "Demorou" not in portal


def test_managers_see_the_figures_with_their_base_and_the_words(world: World, answered: Ticket) -> None:
    html = signed_in(world, "teresa").get("/mesa/pesquisas").content.decode()
    for words in ("2,0 de 5", "1 resposta de 1", "1 de 1", "Fiscal", "Demorou &lt;b&gt;dias&lt;/b&gt;.", "share-bar"):
        assert words in html
    assert "100%" not in html.replace('width="100%"', ""), "no share of fewer than 30 answers"


@pytest.mark.parametrize("query", ["", "?dias=30", "?dias=365", "?dias=x", "?dias=-1", "?dias=٣٠"])
def test_any_period_has_a_page(world: World, query: str) -> None:
    page = signed_in(world, "teresa").get(f"/mesa/pesquisas{query}")
    assert (page.status_code, "Nenhuma pesquisa no período" in page.content.decode()) == (200, True)


def test_analysts_and_customers_have_no_such_page(world: World) -> None:
    for name in ("rafael", "marina"):
        assert signed_in(world, name).get("/mesa/pesquisas").status_code == 404


def test_a_low_score_waits_in_the_list_of_tasks(world: World, answered: Ticket) -> None:
    html = signed_in(world, "rafael").get("/mesa/pendencias").content.decode()
    assert "Avaliação ruim: falar com o cliente" in html
    assert "2/5 · Demorou" in html
