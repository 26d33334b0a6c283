"""Opening a ticket on the portal: four steps, kept at each of them, sent once."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from farol.contracts.models import Contract
from farol.files.models import Attachment
from farol.tickets import actions
from farol.tickets.models import Draft, Ticket
from tests.surfaces.portal.conftest import NOW
from tests.world import World

CRITICAL = {"usability": "unusable", "critical_operation": "yes", "workaround": "no", "data_corruption": "no"}
WORDS = {"subject": "Rejeição 778 na NF-e", "description": "A SEFAZ devolve 778 e o NCM está vigente na tabela."}


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def begun(world: World, marina: Client) -> str:
    """A draft with product and module chosen; the address of its third step."""
    first = marina.post("/chamados/novo", {"product": world.product.pk}).headers["Location"]
    about = {"module": world.module.pk, "version": world.version.pk, "kind": "nonconformity"}
    return str(marina.post(first, about).headers["Location"])


@pytest.mark.rule("R-050", "R-051", "R-065")
def test_four_steps_open_a_ticket_and_announce_severity_why_and_date(marina: Client, begun: str) -> None:
    review = marina.post(begun, {**CRITICAL, **WORDS}).headers["Location"]
    page = text_of(marina.get(review))
    assert "Crítica" in page
    assert "Operação crítica parada, sem jeito de contornar." in page
    assert "hoje, às 19h00" in page
    assert "Contamos de segunda a sexta, das 7h às 19h." in page
    opened = marina.post(review)
    ticket = Ticket.objects.get()
    assert opened.headers["Location"] == f"/chamados/{ticket.pk}"
    announced = text_of(marina.get(opened.headers["Location"]))
    assert f"Chamado {ticket.pk} aberto. Retorno até hoje, às 19h00." in announced
    assert "Operação crítica parada, sem jeito de contornar." in announced


def test_sending_twice_opens_one_ticket(marina: Client, begun: str) -> None:
    review = marina.post(begun, {**CRITICAL, **WORDS}).headers["Location"]
    first, second = marina.post(review), marina.post(review)
    assert first.headers["Location"] == second.headers["Location"]
    assert Ticket.objects.count() == 1


@pytest.mark.rule("R-050")
def test_what_is_missing_is_named_in_the_summary_and_at_its_field(marina: Client, begun: str) -> None:
    answer = marina.post(begun, {"usability": "severe", "data_corruption": "no", "description": WORDS["description"]})
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Faltam 2 respostas para abrir o chamado" in page
    assert page.count("Diga se existe um jeito de contornar.") == 2
    assert page.count("Escreva o assunto em uma frase.") == 2
    assert WORDS["description"] in page


def test_whether_an_operation_stopped_matters_only_when_nothing_works(marina: Client, begun: str) -> None:
    answer = marina.post(begun, {**CRITICAL, **WORDS, "critical_operation": ""})
    assert "Diga se a parada atinge uma operação crítica." in text_of(answer)
    assert marina.post(begun, {**CRITICAL, **WORDS, "usability": "minor", "critical_operation": ""}).status_code == 302


def test_a_draft_survives_a_closed_browser(marina: Client, world: World, begun: str) -> None:
    marina.post(begun, {"subject": "Ainda sem texto", "salvar": "1"})
    again = Client()
    again.force_login(world.marina)
    home = again.get("/").content.decode()
    assert "Ainda sem texto" in home
    there = re.search(r'href="(/chamados/novo/\d+)"', home)
    step = again.get(there.group(1) if there else "").headers["Location"]
    assert 'value="Ainda sem texto"' in again.get(step).content.decode()


def test_typing_is_kept_and_answered_with_the_forecast(marina: Client, begun: str) -> None:
    card = marina.post(begun.replace("detalhes", "previsao"), {"usability": "severe", "subject": "No meio da frase"})
    assert "Ainda não dá para dizer" in text_of(card)
    assert "Rascunho salvo às 9h00" in text_of(card)
    card = marina.post(begun.replace("detalhes", "previsao"), {**CRITICAL})
    assert "Crítica" in text_of(card)
    assert Draft.objects.get().answers["subject"] == "No meio da frase"


@pytest.mark.rule("R-016", "R-052")
def test_only_products_of_the_contract_can_be_chosen(marina: Client, world: World) -> None:
    assert "Âncora RH" not in text_of(marina.get("/chamados/novo"))
    for product in (world.other_product.pk, 999_999, "x", ""):
        answer = marina.post("/chamados/novo", {"product": product})
        assert answer.status_code == 422
        assert "Escolha um produto do seu contrato." in text_of(answer)


def test_a_module_of_another_product_is_refused(marina: Client, world: World, begun: str) -> None:
    module = begun.replace("detalhes", "modulo")
    for wrong in ({"module": 999_999}, {"version": "x"}, {"kind": "complaint"}):
        about = {"module": world.module.pk, "version": world.version.pk, "kind": "question", **wrong}
        assert marina.post(module, about).status_code == 422


def test_a_later_step_waits_for_the_earlier_ones(marina: Client, world: World) -> None:
    first = marina.post("/chamados/novo", {"product": world.product.pk}).headers["Location"]
    assert marina.get(first.replace("modulo", "revisao")).headers["Location"] == first


def test_files_go_up_one_by_one_and_along_with_the_ticket(marina: Client, world: World, begun: str) -> None:
    place = begun.replace("detalhes", "anexos")
    row = marina.post(place, {"attachments": SimpleUploadedFile("nota.xml", b"<nfe/>")})
    assert "nota.xml" in text_of(row)
    review = marina.post(begun, {**CRITICAL, **WORDS}).headers["Location"]
    ticket = Ticket.objects.get(pk=marina.post(review).headers["Location"].rpartition("/")[2])
    file = Attachment.objects.get()
    assert file.subject == f"ticket:{ticket.pk}"
    download = marina.get(f"/arquivos/{file.pk}")
    assert download.headers["Content-Disposition"] == 'attachment; filename="nota.xml"'
    assert download.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(download.streaming_content) == b"<nfe/>"  # type: ignore[attr-defined]


def test_a_file_can_be_taken_out_again(marina: Client, begun: str) -> None:
    marina.post(begun.replace("detalhes", "anexos"), {"attachments": SimpleUploadedFile("nota.xml", b"<nfe/>")})
    marina.post(begun, {"remover": Attachment.objects.get().pk})
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "size", "status", "said"),
    [
        ("grande.zip", 64, 413, "O arquivo tem 64 MB. O limite é 50 MB. Compacte ou envie em partes."),
        ("virus.exe", 0, 415, "Arquivos .exe não são aceitos."),
        ("vazio.txt", -1, 422, "O arquivo vazio.txt está vazio."),
    ],
)
def test_a_file_that_cannot_be_taken_loses_no_word(
    marina: Client, begun: str, name: str, size: int, status: int, said: str
) -> None:
    content = b"" if size < 0 else b"x" * (size * 1024 * 1024 or 10)
    answer = marina.post(begun, {**CRITICAL, **WORDS, "attachments": SimpleUploadedFile(name, content)})
    assert answer.status_code == status
    assert said in text_of(answer)
    assert WORDS["description"] in text_of(answer)
    assert not Attachment.objects.exists()


def test_somebody_elses_draft_is_not_there(bruno: Client, begun: str) -> None:
    assert bruno.get(begun).status_code == 404
    assert bruno.post(begun, WORDS).status_code == 404
    assert bruno.post(begun.replace("detalhes", "descarte")).status_code == 302
    assert Draft.objects.exists(), "and is not thrown away"


def test_a_draft_is_thrown_away_with_its_files(marina: Client, begun: str) -> None:
    marina.post(begun.replace("detalhes", "anexos"), {"attachments": SimpleUploadedFile("nota.xml", b"<nfe/>")})
    marina.post(begun.replace("detalhes", "descarte"))
    assert not Draft.objects.exists()
    assert not Attachment.objects.exists()


@pytest.mark.rule("R-016")
def test_without_a_contract_the_next_door_is_named(world: World, marina: Client) -> None:
    Contract.objects.filter(organization=world.serra_azul).update(valid_until="2026-01-01")
    page = text_of(marina.get("/chamados/novo"))
    assert "Não há contrato ativo para abrir chamados." in page
    assert "Assessoria" in page


@pytest.mark.rule("R-053")
def test_going_on_twice_from_one_page_opens_one_ticket(world: World, marina: Client) -> None:
    ticket = world.solved(NOW)
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=NOW)
    seen = re.search(r'name="seen" value="(\d+)"', marina.get(f"/chamados/{ticket.pk}").content.decode())
    sent = {"seen": seen.group(1) if seen else ""}
    first, second = (marina.post(f"/chamados/{ticket.pk}/continuacao", sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Ticket.objects.count() == 2


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "٣", "-1"])
@pytest.mark.parametrize(("step", "field"), [("produto", "product"), ("modulo", "module"), ("modulo", "remover")])
def test_a_number_that_is_none_breaks_no_step(marina: Client, begun: str, step: str, field: str, number: str) -> None:
    draft = begun.rpartition("/")[0]
    assert marina.post(f"{draft}/{step}", {field: number, "kind": "question"}).status_code in {302, 422}
    assert marina.get(f"{draft}/detalhes", follow=True).status_code == 200


def test_a_kind_that_there_is_not_is_asked_again(marina: Client, begun: str) -> None:
    draft = begun.rpartition("/")[0]
    assert marina.post(f"{draft}/modulo", {"module": "0", "version": "0", "kind": "wish"}).status_code == 422
    assert marina.get(draft).headers["Location"] == f"{draft}/modulo"
    assert marina.post(f"{draft}/revisao").headers["Location"] == f"{draft}/modulo"
