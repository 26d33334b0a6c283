"""Customers at the desk: registered with their first contact, and the administrator replaced with proof (R-011)."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from farol.people.models import Organization, Person
from tests.rooms.people.inviting import secret_sent_to
from tests.surfaces.portal.test_sign_in import text_of
from tests.world import World, build

FORM = {
    "cnpj": "11.444.777/0001-61", "name": "Moinho Vale", "financial_email": "fin@vale.example", "contact_name": "Ana",
    "contact_email": "ana@vale.example", "contact_language": "pt-br",
}  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    return build()


def at_the_desk(world: World, who: str) -> Client:
    client = Client()
    client.force_login(getattr(world, who))
    return client


@pytest.mark.rule("R-011", "R-012")
def test_a_customer_is_registered_and_its_first_contact_written_to(world: World) -> None:
    teresa = at_the_desk(world, "teresa")
    page = text_of(teresa.post("/mesa/clientes/novo", FORM, follow=True))
    assert "O link foi para ana@vale.example." in page
    assert "Convite até" in page
    assert "Cliente cadastrado" in page
    assert secret_sent_to("ana@vale.example")


@pytest.mark.rule("R-231", "R-033")
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("cnpj", "12abc34501de35", "Já há um cliente com este CNPJ."),
        ("cnpj", "11.444.777/0001-62", "Este CNPJ não confere."),
        ("cnpj", "", "Escreva o CNPJ."),
        ("financial_email", "nada", "Este e-mail não está completo."),
        ("contact_email", "", "Escreva o e-mail da pessoa."),
        ("contact_email", "bruno@boavista.example", "Este e-mail não pode ser usado aqui."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_registered(world: World, field: str, value: str, words: str) -> None:
    answer = at_the_desk(world, "teresa").post("/mesa/clientes/novo", {**FORM, field: value})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert Organization.objects.count() == 2


@pytest.mark.rule("R-011")
def test_analysts_read_customers_and_contacts_find_nothing_here(world: World) -> None:
    there = f"/mesa/clientes/{world.serra_azul.pk}"
    rafael, marina = at_the_desk(world, "rafael"), at_the_desk(world, "marina")
    assert "Marina Prado" in text_of(rafael.get(there))
    assert "Laticínios" in text_of(rafael.get("/mesa/clientes?q=12abc345"))
    assert b"Cadastrar cliente" not in rafael.get("/mesa/clientes").content
    for address in ("/mesa/clientes/novo", f"{there}/administrador"):
        assert rafael.get(address).status_code == 403
    assert rafael.post(there, {"name": "X", "financial_email": "x@x.example"}).status_code == 403
    for address in ("/mesa/clientes", "/mesa/clientes/novo", there, f"{there}/administrador"):
        assert marina.get(address).status_code == 404


@pytest.mark.rule("R-011")
def test_the_administrator_is_replaced_with_a_document(world: World) -> None:
    teresa, there = at_the_desk(world, "teresa"), f"/mesa/clientes/{world.serra_azul.pk}/administrador"
    said = {"successor": str(world.joao.pk), "before": "leaves", "reason": "Ata de 20/11."}
    missing = teresa.post(there, said)
    assert missing.status_code == 422
    assert "Anexe o documento que autoriza a troca." in text_of(missing)
    document = SimpleUploadedFile("ata.pdf", b"%PDF-1.4 ata")
    page = text_of(teresa.post(there, {**said, "attachments": document}, follow=True))
    assert "João Pires administra agora os contatos." in page
    assert "ata.pdf" in page
    assert Person.objects.get(pk=world.joao.pk).is_administrator
    assert at_the_desk(world, "rafael").get(f"/mesa/clientes/{world.serra_azul.pk}").content.count(b"ata.pdf") == 0


@pytest.mark.rule("R-010")
def test_the_limit_and_a_fresh_link_are_given_at_the_desk(world: World) -> None:
    teresa, there = at_the_desk(world, "teresa"), f"/mesa/clientes/{world.serra_azul.pk}"
    teresa.post(f"{there}/limite", {"max_contacts": "12"})
    assert "1 de 12 em uso" in text_of(teresa.get(there))
    for wrong in ("-1", "muitos", "9" * 30):
        assert teresa.post(f"{there}/limite", {"max_contacts": wrong}).status_code == 422
    teresa.post("/mesa/clientes/novo", FORM)
    ana = Person.objects.get(email="ana@vale.example")
    again = f"/mesa/clientes/{ana.organization_id}/contatos/{ana.pk}/convite"
    assert teresa.post(again).status_code == 302
    assert teresa.post(f"/mesa/clientes/{world.boa_vista.pk}/contatos/{ana.pk}/convite").status_code == 404
