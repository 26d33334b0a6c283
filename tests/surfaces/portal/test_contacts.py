"""The administrator's page of contacts, and the sheet that is shown before anything is saved (R-010, R-011)."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from farol.people.actions import customers
from farol.people.models import Person
from tests.rooms.people.inviting import letters_to, secret_sent_to
from tests.surfaces.portal.conftest import NOW, signed_in
from tests.surfaces.portal.test_sign_in import text_of
from tests.world import World

NEW = {"name": "Ana Reis", "email": "ana@serraazul.example", "title": "Fiscal", "language": "pt-br"}


@pytest.mark.rule("R-011")
def test_whoever_does_not_administer_is_told_who_does(world: World, marina: Client) -> None:
    answer = signed_in(world, "joao").get("/contatos")
    assert answer.status_code == 403
    assert "Peça a Marina Prado." in text_of(answer)
    assert b'href="/contatos"' not in signed_in(world, "joao").get("/").content


@pytest.mark.rule("R-012")
def test_an_invitation_is_sent_and_shown_with_its_end(marina: Client) -> None:
    assert marina.post("/contatos/novo", {**NEW, "services": ["support", "consulting"]}).status_code == 302
    page = text_of(marina.get("/contatos"))
    assert "2 de 5 contatos em uso" in page
    assert "1 ativo e 1 convite pendente" in page
    assert "Convite até 27 nov." in page
    assert secret_sent_to("ana@serraazul.example")


def test_what_is_wrong_is_said_on_its_field_and_what_was_typed_stays(marina: Client) -> None:
    for email, words in (
        ("nada", "Este e-mail não está completo."),
        ("joao@serraazul.example", "Esta pessoa já é contato da empresa."),
        ("bruno@boavista.example", "Este e-mail não pode ser usado aqui."),
    ):
        answer = marina.post("/contatos/novo", {**NEW, "email": email})
        assert answer.status_code == 422
        assert words in text_of(answer)
        assert b'value="Ana Reis"' in answer.content


@pytest.mark.rule("R-010")
def test_at_the_limit_the_way_out_stands_beside_the_button(world: World, marina: Client) -> None:
    for number in range(4):
        marina.post("/contatos/novo", {**NEW, "email": f"p{number}@serraazul.example"})
    page = marina.get("/contatos")
    assert "5 de 5 contatos em uso" in text_of(page)
    assert "Fale com o CST" in text_of(page)
    assert 'aria-disabled="true"' in page.content.decode()
    refused = marina.post("/contatos/novo", NEW)
    assert refused.status_code == 409
    assert "A sua empresa já usa os 5 contatos" in text_of(refused)
    assert "desative um contato ou cancele um convite" in text_of(refused)


@pytest.mark.rule("R-011")
def test_a_switch_grants_one_service_with_or_without_scripts(world: World, marina: Client) -> None:
    there = f"/contatos/{world.joao.pk}/servicos"
    assert marina.post(there, {"grant": "consulting"}).headers["Location"] == "/contatos"
    assert Person.objects.get(pk=world.joao.pk).holds("consulting")
    row = marina.post(there, {"revoke": "consulting"}, headers={"HX-Request": "true"})
    assert row.content.decode().lstrip().startswith("<tr")
    assert not Person.objects.get(pk=world.joao.pk).holds("consulting")
    assert marina.post(there, {"grant": "tudo"}).status_code == 422
    assert marina.post(f"/contatos/{world.marina.pk}/servicos", {"revoke": "support"}).status_code == 409


def test_a_contact_is_corrected_deactivated_and_taken_back(world: World, marina: Client) -> None:
    there, joao = f"/contatos/{world.joao.pk}", signed_in(world, "joao")
    assert marina.get(there).status_code == marina.get(f"{there}/desativacao").status_code == 200
    marina.post(there, {"name": "João P. Pires", "title": "TI", "services": ["support"]})
    assert Person.objects.get(pk=world.joao.pk).title == "TI"
    marina.post(f"{there}/desativacao")
    assert joao.get("/").status_code == 302
    assert "Desativados" in text_of(marina.get("/contatos"))
    marina.post(f"{there}/reativacao")
    assert Person.objects.get(pk=world.joao.pk).is_active


@pytest.mark.rule("R-011")
def test_another_companys_contact_is_nobody(world: World, marina: Client) -> None:
    for noun in ("", "/servicos", "/convite", "/desativacao", "/reativacao"):
        assert marina.post(f"/contatos/{world.bruno.pk}{noun}", {"grant": "support"}).status_code == 404


HEAD = "Nome;E-mail;Função;Serviços\n"


def sheet_of(count: int, *, bad: str = "") -> str:
    good = "".join(f"Pessoa {number};p{number}@serraazul.example;Função {number};Suporte\n" for number in range(count))
    return HEAD + good + bad


def upload(client: Client, content: bytes, name: str = "contatos.csv"):
    return client.post("/contatos/importacao", {"sheet": SimpleUploadedFile(name, content)}, follow=True)


BAD = "Sem Arroba;semarroba;;\n;vazio@serraazul.example;;\nJoão;JOAO@serraazul.example;;\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_five_hundred_lines_are_shown_before_anything_is_saved(world: World, marina: Client, encoding: str) -> None:
    customers.allow_contacts(world.serra_azul.pk, 600, by=world.by(world.teresa), now=NOW)
    shown = upload(marina, sheet_of(497, bad=BAD).encode(encoding))
    page = text_of(shown)
    assert "497 linhas boas" in page
    assert "3 com problema" in page
    assert "Função 496" in page
    for line, why in ((499, "Este e-mail não está completo."), (500, "Escreva o nome"), (501, "já é contato")):
        assert re.search(rf"\b{line}\b.{{0,60}}{why}", page), line
    assert Person.objects.filter(organization=world.serra_azul).count() == 2
    if encoding == "utf-8":
        address = shown.redirect_chain[-1][0]
        lines = re.findall(r'name="line" value="(\d+)" checked', shown.content.decode())
        done = marina.post(address, {"line": lines}, follow=True)
        assert "498 de 600 contatos em uso" in text_of(done)
        assert len(letters_to("p496@serraazul.example")) == 1
        assert marina.get(address).status_code == 404, "the file is gone"


@pytest.mark.rule("R-010")
def test_when_not_everybody_fits_one_chooses_and_no_more_than_fit(world: World, marina: Client) -> None:
    shown = upload(marina, sheet_of(6).encode())
    assert "Nem todas cabem." in text_of(shown)
    address = shown.redirect_chain[-1][0]
    assert len(re.findall(r'name="line" value="\d+" checked', shown.content.decode())) == 4
    for lines, status in ((list(range(2, 8)), 409), ([], 422), (["x"], 422)):
        assert marina.post(address, {"line": lines}).status_code == status
    assert Person.objects.filter(is_invited=True).count() == 0
    assert marina.post(address, {"line": [7, 3]}).status_code == 302
    assert set(Person.objects.filter(is_invited=True).values_list("name", flat=True)) == {"Pessoa 5", "Pessoa 1"}


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04nada", b"\x00\x01\x02", b"so uma linha\n", HEAD.encode(), b"nome;e-mail\n" + b"a;b\n" * 1000,
     b'nome;e-mail\n"' + b"x" * 200_000],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_words(marina: Client, content: bytes) -> None:
    answer = upload(marina, content)
    assert answer.status_code in {200, 422}
    assert 'class="field-error"' in answer.content.decode() or "com problema" in text_of(answer)


def test_somebody_elses_file_is_not_there(world: World, marina: Client) -> None:
    address = upload(marina, sheet_of(1).encode()).redirect_chain[-1][0]
    Person.objects.filter(pk=world.bruno.pk).update(is_administrator=True)
    assert signed_in(world, "bruno").get(address).status_code == 404


def test_the_model_can_be_sent_back(marina: Client) -> None:
    model = b"".join(marina.get("/contatos/modelo.csv").streaming_content)
    assert "1 linha boa" in text_of(upload(marina, model))
