"""From the letter's link to the answer, and what a contact chooses about being asked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.people import actions as people
from farol.survey import actions, queries
from farol.survey.models import Survey
from farol.tickets import actions as tickets
from tests.surfaces.portal.conftest import NOW, signed_in
from tests.world import World


@pytest.fixture
def survey(world: World, now: datetime) -> Survey:
    actions.prefer(world.marina, is_wanted=True, severities=[])
    world.solved(NOW)
    deliver(Entry.objects.get(name="ticket.solution_sent"))
    return Survey.objects.get()


@pytest.fixture
def link(survey: Survey) -> str:
    return f"/pesquisas/{queries.token_of(survey)}"


@pytest.mark.rule("R-160")
def test_following_the_link_chooses_a_score_and_records_nothing(survey: Survey, link: str) -> None:
    visitor = Client()
    for method in (visitor.get, visitor.head):
        for score in range(1, 6):
            assert method(f"{link}?nota={score}").status_code == 200
    page = visitor.get(f"{link}?nota=4").content.decode()
    assert 'value="4" checked' in page
    assert page.count("checked") == 1
    survey.refresh_from_db()
    assert survey.answered_at is None


def test_one_button_records_it_without_signing_in(survey: Survey, link: str) -> None:
    visitor = Client(enforce_csrf_checks=True)
    visitor.get(f"{link}?nota=4")
    token = visitor.cookies["csrftoken"].value
    answer = visitor.post(link, {"score": "4", "comment": "Rápido.", "csrfmiddlewaretoken": token})
    assert (answer.status_code, answer["Location"]) == (302, link)
    survey.refresh_from_db()
    assert (survey.score, survey.comment) == (4, "Rápido.")
    page = visitor.get(f"{link}?nota=1")
    assert "4 de 5 · Boa" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    again = visitor.post(link, {"score": "1", "csrfmiddlewaretoken": token})
    assert (again.status_code, "já foi respondida com a nota 4" in again.content.decode()) == (409, True)


@pytest.mark.parametrize("score", ["", "9", "4.5", "nota", "٤"])
def test_an_answer_without_a_score_comes_back_with_its_comment(survey: Survey, link: str, score: str) -> None:
    page = Client().post(link, {"score": score, "comment": "Sem nota\x00."})
    assert page.status_code == 422
    for words in ("Escolha uma nota de 1 a 5.", "Sem nota."):
        assert words in page.content.decode()


@pytest.mark.parametrize("nota", ["", "6", "x", "٤", "1" * 5_000])
def test_a_score_that_is_none_is_not_chosen(link: str, nota: str) -> None:
    page = Client().get(link, {"nota": nota})
    assert (page.status_code, "checked" in page.content.decode()) == (200, False)


def test_a_link_cut_on_its_way_is_not_found(link: str) -> None:
    for address in (link[:-1], "/pesquisas/1", "/pesquisas/x:y"):
        answer = Client().get(address)
        assert (answer.status_code, "Não encontramos esta pesquisa" in answer.content.decode()) == (404, True)


@pytest.mark.rule("R-161")
def test_the_link_of_a_replaced_question_says_so(world: World, survey: Survey, link: str) -> None:
    Survey.objects.filter(pk=survey.pk).update(replaced_at=NOW)
    for answer in (Client().get(link), Client().post(link, {"score": "5"})):
        assert (answer.status_code, "substituída" in answer.content.decode()) == (409, True)


def test_the_question_is_asked_in_the_contacts_language(world: World, link: str) -> None:
    people.choose_language(world.marina, "en")
    assert "How was the solution?" in Client().get(link).content.decode()


@pytest.mark.rule("R-160")
def test_a_contact_chooses_to_be_asked_and_after_what(world: World, marina: Client) -> None:
    assert "Quero dizer como foi" in marina.get("/preferencias").content.decode()
    chosen = {"is_wanted": "1", "severities": ["high", "critical", "nonsense"], "language": "es"}
    assert marina.post("/preferencias", chosen).status_code == 302
    preference = queries.preference_of(world.marina.pk)
    assert (preference.is_wanted, preference.severities) == (True, ["critical", "high"])
    page = marina.get("/preferencias").content.decode()
    assert page.count("checked") == 3
    assert 'lang="es"' in page
    marina.post("/preferencias", {})
    assert not queries.preference_of(world.marina.pk).is_wanted


def test_what_waits_for_an_answer_stands_beside_the_choice(marina: Client, bruno: Client, link: str) -> None:
    assert link in marina.get("/preferencias").content.decode()
    assert link not in bruno.get("/preferencias").content.decode()


def test_a_link_of_long_ago_takes_no_answer(survey: Survey, link: str, marina: Client) -> None:
    Survey.objects.update(asked_at=NOW - timedelta(days=60))
    visitor = Client()
    for answer in (visitor.get(f"{link}?nota=4"), visitor.post(link, {"score": "4"})):
        assert answer.status_code == 410
        assert "O prazo para responder a esta pesquisa terminou" in answer.content.decode()
    assert link not in marina.get("/preferencias").content.decode()
    Survey.objects.update(asked_at=NOW - timedelta(days=60) + timedelta(minutes=1))
    assert visitor.get(f"{link}?nota=4").status_code == 200


def test_the_ended_ticket_shows_what_was_said_of_its_solution(
    world: World, survey: Survey, link: str, marina: Client
) -> None:
    address = f"/chamados/{survey.ticket_id}"
    tickets.accept_solution(survey.ticket_id, by=world.by(world.marina), now=NOW)
    assert link in marina.get(address).content.decode()
    assert link not in signed_in(world, "joao").get(address).content.decode(), "whoever was asked answers"
    marina.post(link, {"score": "4", "comment": "Rápido <b>mesmo</b>."})
    for name in ("marina", "joao"):
        page = signed_in(world, name).get(address).content.decode()
        assert "<strong>4</strong> · Boa" in page
        assert "Rápido &lt;b&gt;mesmo&lt;/b&gt;." in page
