"""The CST's page: who is in debt, a file looked at before it is kept, payment, agreement, terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from farol.billing import actions
from farol.billing.models import Title, TitleSheet
from farol.billing.rules.titles import Row
from farol.people import actions as people
from farol.people.models import Organization, Person
from farol.portal.door import now
from farol.tickets.rules.windows import day_of
from tests.world import PASSWORD, World

ADDRESS = "/mesa/financeiro"


@pytest.fixture
def clara(world: World) -> Person:
    return people.hire(name="Clara Reis", email="clara@farol.example", role="cst", areas=[], password=PASSWORD)


@pytest.fixture
def cst(clara: Person) -> Client:
    client = Client()
    client.force_login(clara)
    return client


def owing(world: World) -> Title:
    row = Row(2, "12ABC34501DE35", "NF 1", day_of(now()) - timedelta(days=9), 123_450)
    actions.bring_titles([row], by=world.by(world.teresa), now=now())
    return Title.objects.get()


def since(world: World) -> date | None:
    return Organization.objects.get(pk=world.serra_azul.pk).blocked_from


@pytest.mark.rule("R-100")
def test_a_file_is_shown_good_and_bad_before_anything_is_kept(world: World, cst: Client) -> None:
    lines = "CNPJ;Número;Vencimento;Valor\n12.ABC.345/01DE-35;NF 1;10/11/2026;1.234,50\n11222333000181;;10/11/2026;1\n"
    lines += "11444777000161;NF 3;10/11/2026;1,00\n"
    sent = cst.post(ADDRESS, {"sheet": SimpleUploadedFile("novembro.csv", lines.encode("latin-1"))})
    sheet = TitleSheet.objects.get()
    page = cst.get(sent["Location"])
    assert "NF 1" in page.text
    assert "Falta o número do título." in page.text
    assert "Nenhum cliente tem este CNPJ." in page.text
    assert not Title.objects.exists()
    assert since(world) is None
    for _ in range(2):
        assert cst.post(f"{ADDRESS}/arquivos/{sheet.pk}").status_code == 302
    assert Title.objects.count() == 1
    assert since(world) == day_of(now())
    assert "Arquivo guardado." in cst.get(f"{ADDRESS}/arquivos/{sheet.pk}").text


def test_a_file_that_is_no_table_is_refused_on_the_form(world: World, cst: Client) -> None:
    for content in (b"", b"%PDF-1.4", b"\x00"):
        answer = cst.post(ADDRESS, {"sheet": SimpleUploadedFile("x.csv", content)})
        assert answer.status_code == 422
    assert cst.post(ADDRESS).status_code == 422
    assert not TitleSheet.objects.exists()


@pytest.mark.rule("R-101")
def test_the_cst_sees_the_debt_and_the_shut_doors_and_opens_them_by_payment(world: World, cst: Client) -> None:
    title = owing(world)
    contact = Client()
    contact.force_login(world.marina)
    assert contact.get("/chamados").status_code == 403
    page = cst.get(ADDRESS)
    assert "Laticínios Serra Azul" in page.text
    assert "1 bloqueio" in page.text
    assert "Consultar chamados" in cst.get(f"{ADDRESS}/clientes/{world.serra_azul.pk}").text
    assert cst.post(f"{ADDRESS}/titulos/{title.pk}/pagamento").status_code == 302
    assert contact.get("/chamados").status_code == 200
    assert "Nenhum cliente bloqueado" in cst.get(ADDRESS).text
    assert cst.post(f"{ADDRESS}/titulos/{title.pk}/pagamento").status_code == 409


@pytest.mark.rule("R-101")
def test_an_agreement_is_signed_and_broken_on_the_customers_page(world: World, cst: Client) -> None:
    title = owing(world)
    address = f"{ADDRESS}/clientes/{world.serra_azul.pk}"
    wrong = cst.post(address, {"titles": [title.pk], "valid_until": "2020-01-01", "terms": "Em 3 vezes"})
    assert (wrong.status_code, "O acordo vale de hoje em diante" in wrong.text) == (422, True)
    assert cst.post(address, {"valid_until": "31/02/2026"}).status_code == 422
    until = day_of(now()) + timedelta(days=30)
    told = {"titles": [title.pk], "valid_until": until.isoformat(), "terms": "Em 3 vezes"}
    assert cst.post(address, told).status_code == 302
    assert since(world) == until + timedelta(days=1)
    assert "Em 3 vezes" in cst.get(address).text
    agreement = title.organization_id and Title.objects.get().agreement_id
    assert cst.post(f"{ADDRESS}/acordos/{agreement}/quebra", {"reason": "Não pagou"}).status_code == 302
    assert since(world) == day_of(now())
    assert cst.post(f"{ADDRESS}/acordos/{agreement}/quebra").status_code == 409


@pytest.mark.rule("R-100")
def test_only_managers_set_the_terms_and_only_the_cst_and_managers_come_in(world: World, cst: Client) -> None:
    owing(world)
    teresa, rafael, marina = Client(), Client(), Client()
    teresa.force_login(world.teresa)
    rafael.force_login(world.rafael)
    marina.force_login(world.marina)
    assert teresa.post(f"{ADDRESS}/regras", {"grace_days": "30", "extends_windows": "on"}).status_code == 302
    assert since(world) == day_of(now()) + timedelta(days=22)
    assert teresa.post(f"{ADDRESS}/regras", {"grace_days": "-1"}).status_code == 422
    assert cst.post(f"{ADDRESS}/regras", {"grace_days": "0"}).status_code == 404
    for client in (rafael, marina):
        assert client.get(ADDRESS).status_code == 404
        assert client.post(f"{ADDRESS}/titulos/{Title.objects.get().pk}/pagamento").status_code == 404


def test_unknown_files_customers_titles_and_agreements_are_not_there(world: World, cst: Client) -> None:
    for path in ("arquivos/99", "clientes/99", f"clientes/{2**70}", f"arquivos/{2**70}"):
        assert cst.get(f"{ADDRESS}/{path}").status_code == 404
    for path in ("titulos/99/pagamento", "acordos/99/quebra", f"titulos/{2**70}/pagamento", f"acordos/{2**70}/quebra"):
        assert cst.post(f"{ADDRESS}/{path}").status_code == 404
    assert cst.get(ADDRESS, {"busca": "serra\x00"}).status_code == 200
