"""A first mail of a known contact opens a ticket by the same admission as every door, or is answered."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from farol.contracts import actions as contracts
from farol.files.queries import attached_to
from farol.journal.queries import about
from farol.mail.models import Received
from farol.mail.rules.decisions import Decision, Why
from farol.people import actions as people
from farol.people.models import Person
from farol.tickets import actions, queries
from farol.tickets.models import Draft, Ticket
from farol.tickets.rules.severity import ImpactAnswered, Reason, Severity
from farol.tickets.rules.windows import Asked
from tests.rooms.mail.post import NOW, mail, reply_to, taken
from tests.rooms.notify.letters import posted, told
from tests.world import CRITICAL, PASSWORD, World, at

SUBJECT = "NF-e não transmite"


def opened(world: World, text: str = "A SEFAZ devolve 778 em toda nota da filial 2.") -> Ticket:
    kept = taken(mail(world.marina, text, Subject=SUBJECT))
    assert (kept.decision, kept.why) == (Decision.OPENED, Why.NEW)
    ticket = queries.ticket(kept.ticket_id or 0, by=world.by(world.marina))
    assert ticket
    return ticket


def questions(world: World) -> str:
    told()
    confirmation = next(letter for letter in posted() if "Aberto" in letter.subject)
    return next(line for line in confirmation.body.splitlines() if "/impacto/" in line).partition("127.0.0.1:8000")[2]


@pytest.mark.rule("R-050", "R-065")
def test_a_first_mail_opens_a_ticket_of_medium_severity_until_the_questions_are_answered(world: World) -> None:
    ticket = opened(world)
    assert (ticket.subject, ticket.channel, ticket.contact) == (SUBJECT, "email", world.marina)
    assert (ticket.severity, ticket.reasons) == (Severity.MEDIUM, [Reason.UNANSWERED])
    assert (ticket.product, ticket.area) == (world.product, world.fiscal)
    assert queries.impact_of(ticket).is_unanswered
    told()
    assert "As perguntas sobre o impacto ainda não foram respondidas." in posted()[-1].body


@pytest.mark.rule("R-063", "R-065")
def test_the_link_in_the_confirmation_takes_the_answers_and_the_date_follows_from_the_opening(
    world: World, client: Client
) -> None:
    ticket = opened(world)
    path = questions(world)
    answers = {"usability": "unusable", "critical_operation": "yes", "workaround": "no", "data_corruption": "no"}
    assert SUBJECT in client.get(path).content.decode()
    assert client.post(path, {**answers, "critical_operation": ""}).status_code == 422
    done = client.post(path, answers)
    assert done.status_code == 200
    assert "As perguntas estão respondidas" in done.content.decode()
    ticket.refresh_from_db()
    assert ticket.severity == Severity.CRITICAL
    assert ticket.due_at == queries.forecast(world.serra_azul.pk, queries.Subject.of(ticket), CRITICAL, now=NOW).due_at
    assert about(f"ticket:{ticket.pk}").last().name == "ticket.impact_answered"  # type: ignore[union-attr]
    assert client.post(path, {**answers, "usability": "cosmetic"}).status_code == 409
    told()
    assert "a severidade passou de Média para Crítica" in posted()[-1].body


def test_the_portal_leads_to_the_questions_until_they_are_answered(world: World, client: Client) -> None:
    ticket = opened(world)
    client.login(email=world.joao.email, password=PASSWORD)
    shown = client.get(f"/chamados/{ticket.pk}").content.decode()
    assert f"/chamados/{ticket.pk}/impacto/" in shown
    actions.answer_impact(ticket.pk, impact=CRITICAL, by=world.by(world.marina), now=NOW)
    assert f"/chamados/{ticket.pk}/impacto/" not in client.get(f"/chamados/{ticket.pk}").content.decode()


def test_the_link_serves_its_ticket_and_its_person_alone(world: World, client: Client) -> None:
    ticket = opened(world)
    path = questions(world)
    other = world.open(at("2026-11-23 09:00"))
    assert client.get(path.replace(str(ticket.pk), str(other.pk))).status_code == 404
    assert client.get(path[:-1] + ("a" if path[-1] != "a" else "b")).status_code == 404
    Person.objects.filter(pk=world.marina.pk).update(is_active=False)
    assert client.get(path).status_code == 404


@pytest.mark.rule("R-065")
def test_an_analysts_word_is_not_undone_by_answers_that_come_later(world: World) -> None:
    ticket = opened(world)
    actions.reclassify_ticket(ticket.pk, severity=Severity.LOW, reason="É layout.", by=world.by(world.rafael), now=NOW)
    with pytest.raises(ImpactAnswered):
        actions.answer_impact(ticket.pk, impact=CRITICAL, by=world.by(world.marina), now=NOW)


def test_short_words_no_subject_and_quoted_words_open_a_ticket_all_the_same(world: World) -> None:
    short = opened(world, "Parou.")
    assert short.description == "Recebido por e-mail, sem mais detalhes: Parou."
    message = mail(world.marina, "> veja abaixo o erro do cliente\n> 778")
    del message["Subject"]
    kept = taken(message)
    assert kept.ticket
    assert (kept.ticket.subject, kept.ticket.description) == (
        "(sem assunto)", "> veja abaixo o erro do cliente\n> 778",
    )  # fmt: skip


def test_files_of_a_first_mail_hang_on_its_ticket(world: World) -> None:
    message = mail(world.marina, "A SEFAZ devolve 778 em toda nota.")
    message.add_attachment(b"<nfe/>", maintype="application", subtype="xml", filename="nota.xml")
    assert [file.name for file in attached_to(f"ticket:{taken(message).ticket_id}")] == ["nota.xml"]


@pytest.mark.rule("R-016")
def test_a_customer_without_a_contract_is_told_so_with_the_remedy(world: World) -> None:
    lonely = people.register_organization(name="Sem Contrato", legal_name="Sem Contrato Ltda.", cnpj="11444777000161")
    ana = people.register_contact(name="Ana Reis", email="ana@sem.example", organization=lonely, password="x" * 12)
    kept = taken(mail(ana, "Preciso de ajuda com a nota."))
    assert (kept.decision, kept.why) == (Decision.ANSWERED, Why.NOT_ADMITTED)
    told()
    letter = posted()[-1]
    assert letter.to == ["ana@sem.example"]
    assert "Não há contrato ativo para abrir chamados." in letter.body
    assert "executivo de relacionamento" in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-replied"
    assert letter.extra_headers["In-Reply-To"] == kept.message_id
    assert not Ticket.objects.exists()


def test_with_several_products_the_words_wait_in_a_draft_for_one_to_be_chosen(world: World) -> None:
    contracts.sign(
        organization=world.serra_azul, number="C-3", plan=world.plan, products={world.other_product: None},
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    message = mail(world.marina, "A SEFAZ devolve 778 em toda nota.", Subject=SUBJECT)
    message.add_attachment(b"<nfe/>", maintype="application", subtype="xml", filename="nota.xml")
    kept = taken(message)
    draft = Draft.objects.get()
    assert (kept.decision, kept.why) == (Decision.ANSWERED, Why.CHOOSE_PRODUCT)
    assert draft.person_id == world.marina.pk
    assert (draft.answers["subject"], len(draft.answers["attachments"])) == (SUBJECT, 1)
    told()
    assert f"/chamados/novo/{draft.pk}" in posted()[-1].body


@pytest.mark.rule("R-053")
def test_thanks_after_the_end_reopens_nothing_and_are_shown_the_way_on(world: World) -> None:
    ticket = world.solved(at("2026-11-23 10:00"))
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=at("2026-11-23 10:30"))
    kept = taken(mail(world.marina, "Obrigado!", to=reply_to(ticket.pk, world.marina)))
    assert (kept.decision, kept.why, kept.ticket_id) == (Decision.ANSWERED, Why.CLOSED, ticket.pk)
    ticket.refresh_from_db()
    assert ticket.is_closed
    told()
    answer = next(letter for letter in posted() if "Sobre o seu e-mail" in letter.subject)
    assert "Este chamado está encerrado e não pode ser reaberto." in answer.body
    assert f"/chamados/{ticket.pk}" in answer.body


def test_nobody_gets_two_automatic_answers_within_a_day(world: World) -> None:
    ticket = world.solved(at("2026-11-23 10:00"))
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=at("2026-11-23 10:30"))
    address = reply_to(ticket.pk, world.marina)
    decisions = [taken(mail(world.marina, f"Obrigado! {n}", to=address)).decision for n in range(3)]
    assert decisions == [Decision.ANSWERED, Decision.SET_ASIDE, Decision.SET_ASIDE]


def test_the_staff_and_strangers_open_nothing_by_mail(world: World) -> None:
    assert taken(mail(world.rafael, "Abram um chamado, por favor.")).why == Why.STAFF_OPENS
    assert taken(mail("quem@outro.example", "Abram um chamado, por favor.")).why == Why.UNKNOWN_SENDER
    assert not Ticket.objects.exists()
    told()
    assert posted() == []


def test_silence_has_spoken_before_the_job_came_round(world: World) -> None:
    ticket = world.open(at("2026-11-02 09:00"))
    actions.ask_customer(
        ticket.pk, body="Qual?", asked=Asked.INFORMATION, by=world.by(world.rafael), now=at("2026-11-02 10:00")
    )
    kept = taken(mail(world.marina, "Segue.", to=reply_to(ticket.pk, world.marina)))
    assert (kept.decision, kept.why) == (Decision.ANSWERED, Why.CLOSED)
    assert Received.objects.get() == kept
