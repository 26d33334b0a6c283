"""The workspace of a ticket: what it shows, what can be said in it, and what is refused."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from farol.journal.models import Entry
from farol.tickets import actions, queries
from farol.tickets.models import Ticket
from tests.surfaces.desk.conftest import NOW
from tests.world import CRITICAL, PASSWORD, World, at

NOUNS = ("transferencias", "severidade", "solucoes", "orcamentos", "autorizacoes", "apontamentos", "responsavel",
         "direcionamento", "cancelamento")  # fmt: skip


@pytest.fixture
def ticket(world: World) -> Ticket:
    """Rafael's, opened Monday 9:00, critical, due Monday 19:00 in business hours."""
    opened = world.open(at("2026-11-24 07:30"), impact=CRITICAL)
    return actions.assign_ticket(opened.pk, to=world.rafael, by=world.by(world.rafael), now=at("2026-11-24 07:40"))


def page(client: Client, ticket: Ticket) -> str:
    return client.get(f"/mesa/chamados/{ticket.pk}").content.decode()


def post(client: Client, ticket: Ticket, noun: str, **facts: object) -> str:
    answer = client.post(f"/mesa/chamados/{ticket.pk}/{noun}", facts, follow=True)
    assert answer.redirect_chain == [(f"/mesa/chamados/{ticket.pk}", 302)], answer.content.decode()[-3000:]
    ticket.refresh_from_db()
    return answer.content.decode()


def test_a_contact_finds_no_workspace_and_no_noun_of_it(world: World, ticket: Ticket, marina: Client) -> None:
    assert marina.get(f"/mesa/chamados/{ticket.pk}").status_code == 404
    for noun in (*NOUNS, "interacoes", "notas", "pedidos"):
        assert marina.post(f"/mesa/chamados/{ticket.pk}/{noun}", {"body": "Oi"}).status_code == 404
    assert Entry.objects.filter(subject=f"ticket:{ticket.pk}").count() == 2


def test_a_sign_that_no_database_keeps_is_left_out(ticket: Ticket, rafael: Client) -> None:
    for noun in ("interacoes", "notas", "pedidos"):
        post(rafael, ticket, noun, body="Veja\x00 isto")
    said = Entry.objects.filter(subject=f"ticket:{ticket.pk}").values_list("body", flat=True)
    assert list(said).count("Veja isto") == 3


def test_a_ticket_that_is_not_there_is_404(world: World, rafael: Client) -> None:
    assert rafael.get("/mesa/chamados/1").status_code == 404
    assert rafael.post("/mesa/chamados/1/interacoes", {"body": "Oi"}).status_code == 404
    assert rafael.get(f"/mesa/chamados/{world.open(NOW).pk}/inexistente").status_code == 404


def test_the_page_says_what_when_and_whose(ticket: Ticket, rafael: Client) -> None:
    html = page(rafael, ticket)
    for part in (
        "Rejeição 778", "Crítica", "Em análise", "Horizonte ERP · Faturamento · NF-e", "12.ABC.345/01DE-35",
        "Marina Prado", "Suporte padrão", "8h30", "vence hoje, às 17h30",
        "Aberto pelo portal · severidade crítica · retorno previsto para hoje, 17h30",
        "Rafael Tanaka assumiu o chamado",
    ):  # fmt: skip
        assert part in html, part


def test_the_clock_is_explained_line_by_line(world: World, ticket: Ticket, rafael: Client, now: object) -> None:
    actions.ask_customer(ticket.pk, body="E o XML?", by=world.by(world.rafael), now=at("2026-11-24 08:00"))
    actions.reply(ticket.pk, body="Segue.", by=world.by(world.marina), now=at("2026-11-24 08:45"))
    html = page(rafael, ticket)
    ledger = re.findall(r"<span>([^<]+)</span><span class=\"why\">([^<]+)</span><span class=\"number\">([^<]+)<", html)
    assert ledger == [
        ("hoje, 7h30 a 8h00", "correu", "0h30"),
        ("hoje, 8h00 a 8h45", "pausado: aguardando uma informação do cliente", "0h45"),
        ("hoje, 8h45 a 18h15", "correu", "9h30"),
    ]
    assert "Prazo pausado por 0h45 úteis · retorno passou para hoje, 18h15" in html
    assert "O prazo correu 0h45. Ficou pausado 0h45. Restam 9h15." in html


def test_a_reply_is_sent_and_the_customer_reads_it(world: World, ticket: Ticket, rafael: Client) -> None:
    html = post(rafael, ticket, "interacoes", body="Reproduzi **aqui**.", seen=ticket.last_entry_id)
    assert "Mensagem enviada." in html
    assert "Reproduzi <strong>aqui</strong>." in html
    assert queries.timeline(ticket, by=world.by(world.marina)).last().body == "Reproduzi **aqui**."  # type: ignore[union-attr]


@pytest.mark.parametrize("noun", ["notas", "interacoes", "pedidos"])
def test_a_note_stays_inside_whichever_button_sent_it(world: World, ticket: Ticket, rafael: Client, noun: str) -> None:
    html = post(rafael, ticket, noun, body="Cliente difícil.", internal="1")
    assert "Nota guardada." in html
    assert "Nota interna: o cliente não vê" in html
    assert "difícil" not in " ".join(entry.body for entry in queries.timeline(ticket, by=world.by(world.marina)))
    assert ticket.state == "in_analysis"


@pytest.mark.rule("R-062", "R-074")
def test_asking_pauses_the_clock_and_says_until_when(ticket: Ticket, rafael: Client) -> None:
    html = post(rafael, ticket, "pedidos", body="Envie o XML.", seen=ticket.last_entry_id)
    assert ticket.state == "awaiting_customer"
    assert "Prazo pausado: aguardando uma informação do cliente, até quarta, 9 dez." in html
    assert "Com o cliente até quarta, 9 dez." in html
    assert "/transferencias" not in html


def test_an_empty_message_is_refused_where_it_was_written(ticket: Ticket, rafael: Client) -> None:
    answer = rafael.post(f"/mesa/chamados/{ticket.pk}/interacoes", {"body": "  "})
    assert answer.status_code == 422
    assert "Escreva a mensagem." in answer.content.decode()


def test_two_agents_answer_at_once_and_the_second_loses_nothing(
    world: World, ticket: Ticket, rafael: Client, jussara: Client
) -> None:
    seen = ticket.last_entry_id
    post(jussara, ticket, "interacoes", body="Estou vendo isto.", seen=seen)
    answer = rafael.post(f"/mesa/chamados/{ticket.pk}/interacoes", {"body": "Texto de Rafael", "seen": seen})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Este chamado foi atualizado por Jussara Lima enquanto você escrevia." in html
    assert "Leia o que mudou e envie de novo." in html
    assert ">Texto de Rafael</textarea>" in html
    assert html.count(" is-new") == 1
    assert "Estou vendo isto." in html[html.index(" is-new") :]
    again = re.search(r'name="seen" value="(\d+)"', html[html.index('id="composer"') :])
    assert again is not None
    post(rafael, ticket, "interacoes", body="Texto de Rafael", seen=again[1])


def test_files_come_along_and_are_handed_out_only_to_the_staff_here(
    world: World, ticket: Ticket, rafael: Client, marina: Client
) -> None:
    html = post(rafael, ticket, "notas", body="Veja.", attachments=SimpleUploadedFile("log.txt", b"erro 778"))
    found = re.search(r'href="(/mesa/arquivos/\d+)"', html)
    assert found is not None
    answer = rafael.get(found[1])
    assert b"".join(answer.streaming_content) == b"erro 778"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="log.txt"'
    assert marina.get(found[1]).status_code == 404
    assert rafael.get("/mesa/arquivos/999999").status_code == 404


@pytest.mark.parametrize(("name", "content", "status", "words"), [
    ("virus.exe", b"MZ", 415, "Arquivos .exe não são aceitos."),
    ("vazio.txt", b"", 422, "O arquivo vazio.txt está vazio."),
])  # fmt: skip
def test_a_refused_file_keeps_the_text_and_the_good_files(
    ticket: Ticket, rafael: Client, name: str, content: bytes, status: int, words: str
) -> None:
    good, bad = SimpleUploadedFile("nota.xml", b"<nfe/>"), SimpleUploadedFile(name, content)
    facts = {"body": "Segue.", "attachments": [good, bad]}
    answer = rafael.post(f"/mesa/chamados/{ticket.pk}/interacoes", facts)
    html = answer.content.decode()
    assert answer.status_code == status
    assert words in html
    assert ">Segue.</textarea>" in html


def test_a_file_sent_with_a_refused_text_waits_in_the_tray(world: World, ticket: Ticket, rafael: Client) -> None:
    upload = SimpleUploadedFile("nota.xml", b"<nfe/>")
    html = rafael.post(f"/mesa/chamados/{ticket.pk}/interacoes", {"body": "", "attachments": upload}).content.decode()
    kept = re.search(r'name="kept" value="(\d+)" checked', html)
    assert kept is not None
    html = post(rafael, ticket, "interacoes", body="Segue.", kept=kept[1])
    assert f"/mesa/arquivos/{kept[1]}" in html


def test_taking_and_giving_back(world: World, rafael: Client, jussara: Client) -> None:
    ticket = world.open(NOW)
    assert "O chamado agora é de Rafael Tanaka." in post(rafael, ticket, "responsavel", assignee="me")
    assert ticket.state == "in_analysis"
    assert "O chamado agora é de Jussara Lima." in post(rafael, ticket, "responsavel", assignee=world.jussara.pk)
    assert "O chamado voltou para a fila." in post(jussara, ticket, "responsavel", assignee="nobody")
    assert (ticket.state, ticket.assignee) == ("open", None)


@pytest.mark.rule("R-004", "R-067")
def test_a_transfer_moves_the_ticket_and_not_its_date(world: World, ticket: Ticket, rafael: Client) -> None:
    due = ticket.due_at
    html = post(rafael, ticket, "transferencias", area=world.factory.pk, reason="Corrigir o fonte.")
    assert (ticket.area, ticket.assignee, ticket.due_at) == (world.factory, None, due)
    assert "Rafael Tanaka transferiu de Fiscal para Fábrica: Corrigir o fonte." in html
    assert "Com a Fábrica" in html


@pytest.mark.rule("R-063", "R-065")
def test_reclassifying_shows_each_date_before_and_moves_to_the_chosen(ticket: Ticket, rafael: Client) -> None:
    html = rafael.get(f"/mesa/chamados/{ticket.pk}/severidade").content.decode()
    assert "O retorno passa para quarta, 25 nov., às 15h30." in html
    html = post(rafael, ticket, "severidade", severity="high", reason="O contorno funciona.")
    assert ticket.due_at == at("2026-11-25 15:30")
    assert (
        "Rafael Tanaka mudou a severidade de crítica para alta: O contorno funciona. "
        "· retorno passou para qua., 25 nov., 15h30"
    ) in html


@pytest.mark.rule("R-063")
def test_a_severity_that_makes_it_late_says_so_before(world: World, rafael: Client) -> None:
    ticket = world.open(at("2026-11-23 07:00"))
    html = rafael.get(f"/mesa/chamados/{ticket.pk}/severidade").content.decode()
    assert "O retorno passa para ontem, às 17h00: o chamado já fica vencido." in html


@pytest.mark.rule("R-054", "R-076")
def test_hours_are_logged_and_stand_on_the_statement(world: World, ticket: Ticket, rafael: Client) -> None:
    html = post(
        rafael, ticket, "apontamentos", started_at="2026-11-24T08:00", ended_at="2026-11-24T08:45",
        activity="Reprodução do erro", is_billable="on", reason="Fora do contrato",
    )  # fmt: skip
    assert "Rafael Tanaka apontou 0h45: Reprodução do erro" in html
    assert "0h45 · faturável" in html
    html = rafael.get(f"/mesa/chamados/{ticket.pk}/solucoes").content.decode()
    assert "Horas a faturar se o cliente aceitar" in html
    html = post(rafael, ticket, "solucoes", body="1. Atualize a tabela NCM.", seen=ticket.last_entry_id)
    assert ticket.state == "awaiting_acceptance"
    assert "horas a faturar no aceite: 0h45" in html
    window = queries.open_window(ticket)
    assert window is not None
    assert window.statement is not None
    assert window.statement["billable_minutes"] == 45


REFUSED = [
    ("transferencias", {"area": "", "reason": "x"}, 422, "Escolha a área."),
    ("transferencias", {"area": "FACTORY", "reason": " "}, 422, "Diga por que o chamado muda de área."),
    ("severidade", {"severity": "", "reason": "x"}, 422, "Escolha a severidade."),
    ("severidade", {"severity": "low", "reason": ""}, 422, "Diga por que a severidade muda."),
    ("solucoes", {"body": ""}, 422, "Descreva a solução."),
    ("orcamentos", {"body": ""}, 422, "Diga o que você precisa do cliente."),
    ("responsavel", {"assignee": "77777"}, 422, "77777"),
    ("cancelamento", {"reason": ""}, 422, "Diga por que o chamado não é mais necessário."),
    ("direcionamento", {"body": ""}, 422, "Diga a quem o cliente deve se dirigir."),
    ("apontamentos", {"started_at": "x", "ended_at": "", "activity": "y"}, 422, "Diga quando terminou."),
    ("apontamentos", {"started_at": "2026-11-24T08:30", "ended_at": "2026-11-24T08:00", "activity": "y"}, 422,
     "O fim precisa vir depois do início."),
    ("apontamentos", {"started_at": "2026-11-24T08:00", "ended_at": "2026-11-24T08:30"}, 422, "Diga o que foi feito."),
]  # fmt: skip


@pytest.mark.parametrize(("noun", "facts", "status", "words"), REFUSED)
def test_a_wrong_form_comes_back_with_what_was_typed(
    world: World, ticket: Ticket, rafael: Client, noun: str, facts: dict[str, str], status: int, words: str
) -> None:
    facts = {name: str(world.factory.pk) if value == "FACTORY" else value for name, value in facts.items()}
    answer = rafael.post(f"/mesa/chamados/{ticket.pk}/{noun}", facts)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert Entry.objects.filter(subject=f"ticket:{ticket.pk}").count() == 2


@pytest.mark.rule("R-054")
def test_the_same_time_is_not_logged_twice(world: World, ticket: Ticket, rafael: Client) -> None:
    facts = {"started_at": "2026-11-24T08:00", "ended_at": "2026-11-24T08:45", "activity": "Análise"}
    post(rafael, ticket, "apontamentos", **facts)
    answer = rafael.post(f"/mesa/chamados/{ticket.pk}/apontamentos", facts)
    assert answer.status_code == 409
    assert f"Já há horas suas apontadas neste período, no chamado {ticket.pk}." in answer.content.decode()
    assert 'value="Análise"' in answer.content.decode()


@pytest.mark.parametrize("noun", ["transferencias", "severidade", "solucoes", "orcamentos", "cancelamento"])
def test_a_dialog_sees_that_somebody_was_faster(
    world: World, ticket: Ticket, rafael: Client, jussara: Client, noun: str
) -> None:
    seen = ticket.last_entry_id
    post(jussara, ticket, "notas", body="Espere.", seen=seen)
    facts = {"area": world.factory.pk, "severity": "low", "reason": "Motivo meu", "body": "Texto meu", "seen": seen}
    answer = rafael.post(f"/mesa/chamados/{ticket.pk}/{noun}", facts)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Este chamado foi atualizado por Jussara Lima enquanto você escrevia." in html
    assert "Motivo meu" in html or "Texto meu" in html
    assert f'name="seen" value="{Ticket.objects.get(pk=ticket.pk).last_entry_id}"' in html


@pytest.mark.parametrize(
    ("noun", "state"), [("orcamentos", "awaiting_quote"), ("autorizacoes", "awaiting_authorization")]
)
def test_quotes_and_authorizations_wait_for_the_customer(ticket: Ticket, rafael: Client, noun: str, state: str) -> None:
    html = post(rafael, ticket, noun, body="São 4 horas, R$ 800,00.")
    assert ticket.state == state
    assert "Prazo pausado: aguardando a" in html


@pytest.mark.parametrize(("noun", "facts", "state"), [
    ("direcionamento", {"body": "Fale com a Consultoria: 4003-0000."}, "closed_redirected"),
    ("cancelamento", {"reason": "Aberto em dobro."}, "cancelled"),
])  # fmt: skip
@pytest.mark.rule("R-053")
def test_a_closed_ticket_offers_nothing_more(
    ticket: Ticket, rafael: Client, noun: str, facts: dict[str, str], state: str
) -> None:
    html = post(rafael, ticket, noun, **facts)
    assert ticket.state == state
    assert 'id="composer"' not in html
    for late in ("interacoes", "notas"):
        answer = rafael.post(f"/mesa/chamados/{ticket.pk}/{late}", {"body": "Mais uma coisa"})
        assert answer.status_code == 409
        assert "Este chamado está encerrado e não pode ser reaberto." in answer.content.decode()


@pytest.mark.parametrize("noun", NOUNS)
def test_each_dialog_is_also_a_page_of_its_own(ticket: Ticket, rafael: Client, noun: str) -> None:
    html = rafael.get(f"/mesa/chamados/{ticket.pk}/{noun}").content.decode()
    assert f'action="/mesa/chamados/{ticket.pk}/{noun}"' in html
    assert 'name="seen"' in html


def test_in_a_dialog_success_leads_back_to_the_ticket(ticket: Ticket, rafael: Client) -> None:
    address = f"/mesa/chamados/{ticket.pk}"
    answer = rafael.post(f"{address}/cancelamento", {"reason": "Em dobro."}, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == address


def test_other_tickets_and_ties_stand_beside(world: World, ticket: Ticket, rafael: Client) -> None:
    other = world.open(NOW, subject="Boleto sem multa")
    actions.cancel_ticket(ticket.pk, reason="Em dobro.", by=world.by(world.rafael), now=NOW)
    new = actions.continue_ticket(ticket.pk, by=world.by(world.marina), now=NOW)
    html = page(rafael, ticket)
    assert "Boleto sem multa" in html
    assert f'/mesa/chamados/{other.pk}"' in html
    assert "Continua no chamado" in html
    assert f">{new.pk}</a>" in html


def test_a_workspace_asks_the_database_little(
    world: World, ticket: Ticket, rafael: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        actions.note(ticket.pk, body="Nota.", by=world.by(world.rafael), now=NOW)
    page(rafael, ticket)
    with django_assert_num_queries(4):  # session, ticket, history, dates
        page(rafael, ticket)


def test_what_was_written_when_the_session_ended_waits_in_the_composer(
    world: World, ticket: Ticket, client: Client
) -> None:
    address = f"/mesa/chamados/{ticket.pk}"
    facts = {"body": "Um texto longo de Rafael", "internal": "1", "seen": ticket.last_entry_id}
    answer = client.post(f"{address}/notas", facts, headers={"Referer": f"http://testserver{address}"})
    assert answer.status_code == 401
    sign_in = {"email": world.rafael.email, "password": PASSWORD, "next": address}
    kept = re.search(r'name="kept" value="([^"]+)"', answer.content.decode())
    assert kept is not None
    html = client.post("/entrar", {**sign_in, "kept": unescape(kept[1])}, follow=True).content.decode()
    assert ">Um texto longo de Rafael</textarea>" in html
    assert re.search(r'name="internal" value="1"[^>]* checked', html)


def test_a_reason_written_when_the_session_ended_can_be_read_on_the_ticket(
    world: World, ticket: Ticket, client: Client
) -> None:
    address = f"/mesa/chamados/{ticket.pk}"
    answer = client.post(
        f"{address}/cancelamento", {"reason": "Aberto em dobro."}, headers={"Referer": f"http://testserver{address}"}
    )
    kept = re.search(r'name="kept" value="([^"]+)"', answer.content.decode())
    assert kept is not None
    sign_in = {"email": world.rafael.email, "password": PASSWORD, "next": address, "kept": unescape(kept[1])}
    assert "Aberto em dobro.</textarea>" in client.post("/entrar", sign_in, follow=True).content.decode()


def test_the_customer_never_sees_a_note_or_its_file(
    world: World, ticket: Ticket, rafael: Client, marina: Client
) -> None:
    log = SimpleUploadedFile("segredo.txt", b"so para nos")
    html = post(rafael, ticket, "notas", body="Cliente difícil.", attachments=log)
    found = re.search(r"/mesa/arquivos/(\d+)", html)
    assert found is not None
    page_of_customer = marina.get(f"/chamados/{ticket.pk}").content.decode()
    assert "Rejeição 778" in page_of_customer
    for hidden in ("difícil", "segredo", "Nota interna"):
        assert hidden not in page_of_customer
    assert marina.get(f"/arquivos/{found[1]}").status_code == 404
