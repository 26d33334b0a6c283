"""A debt shuts doors and its settlement opens them, as a contact and the CST see it in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from farol.billing.actions import bring_titles
from farol.billing.models import TurnedAway
from farol.billing.rules.titles import Row
from farol.people import actions as people
from farol.people.models import Person
from farol.tickets import actions as tickets
from farol.tickets.models import Draft, Ticket
from farol.tickets.rules.windows import day_of
from tests.browsing import barriers, chromium
from tests.rooms.people.inviting import letters_to
from tests.served import beside, enter, served
from tests.world import World, build

BLOCKED, FREE = "Bloqueado por pendência financeira · Horizonte", "Tudo liberado de novo · Horizonte"


@pytest.fixture
def world(transactional_db: None) -> World:
    return build()


@pytest.fixture
def clara(world: World) -> Person:
    people.register_area(code="cst", name="CST", with_name="o CST", kind="administrative")
    return people.hire(name="Clara Reis", email="clara@farol.example", role="cst", areas=[])


@pytest.fixture
def base(world: World) -> Iterator[str]:
    with served() as address:
        yield address


def owing(world: World, *numbers: str) -> None:
    now = datetime.now(UTC)
    rows = [Row(2, world.serra_azul.cnpj, number, day_of(now) - timedelta(days=9), 123_450) for number in numbers]
    bring_titles(rows, by=world.by(world.teresa), now=now)


def written(world: World, kind: str) -> Draft:
    """Everything is answered and nothing sent."""
    answers = {
        "product": world.product.pk, "module": "0", "version": "0", "usability": "minor", "workaround": "yes",
        "critical_operation": "no", "data_corruption": "no", "subject": "Nota", "kind": kind,
        "description": "Precisamos de orientação.",
    }  # fmt: skip
    return tickets.save_draft(None, by=world.by(world.marina), answers=answers, now=datetime.now(UTC))


def told(world: World) -> list[str]:
    """What letters have said of doors so far."""
    return [said for said in beside(lambda: letters_to(world.marina.email)) if said in {BLOCKED, FREE}]


@pytest.mark.rule("R-014", "R-015", "R-016", "R-100", "R-101")
def test_debt_shuts_doors_and_payment_with_an_agreement_opens_them_at_once(
    world: World, clara: Person, base: str
) -> None:
    owing(world, "NF 1", "NF 2")
    support, administrative = written(world, "question"), written(world, "administrative")
    with chromium() as browser:
        marina, cst = enter(browser, base, world.marina, width=390), enter(browser, base, clara)
        assert told(world) == [BLOCKED]
        _meets_shut_doors(marina, support)
        _finds_the_others_open(marina, administrative)
        _settles(cst)
        assert told(world) == [BLOCKED, FREE]
        _works_again(marina, support)
        cst.goto("/mesa/financeiro")
        expect(cst.get_by_text("Nenhum cliente bloqueado")).to_be_visible()


def _meets_shut_doors(page: Page, support: Draft) -> None:
    page.goto("/")
    expect(page.get_by_text("Há uma pendência financeira")).to_be_visible()
    page.get_by_role("link", name="Ver a situação e falar com o CST").click()
    expect(page.get_by_text("Chamados e downloads estão bloqueados.", exact=True)).to_be_visible()
    for number in ("NF 1", "NF 2"):
        expect(page.get_by_role("cell", name=number)).to_be_visible()
    assert barriers(page) == []
    page.goto("/chamados")
    expect(page.get_by_text("Consultar chamados espera o acerto com o CST.")).to_be_visible()
    expect(page.get_by_role("link", name="Abrir um chamado administrativo")).to_be_visible()
    assert barriers(page) == []
    page.goto(f"/chamados/novo/{support.pk}/revisao")  # back to what may be asked for: nothing but the CST
    expect(page.locator("[name=kind]")).to_have_count(1)
    expect(page.get_by_text("Assunto administrativo")).to_be_visible()
    assert beside(Ticket.objects.count) == 0


def _finds_the_others_open(page: Page, administrative: Draft) -> None:
    paths = ("/contatos", "/faturamento", "/conta/seguranca", "/preferencias", "/ferramentas", "/chamados/novo")
    answers = {path: page.goto(path) for path in paths}
    assert [path for path, answer in answers.items() if answer is None or answer.status != 200] == []
    page.goto(f"/chamados/novo/{administrative.pk}/revisao")
    page.get_by_role("button", name="Abrir chamado").click()
    expect(page.get_by_text("aberto. Retorno até")).to_be_visible()
    ticket = beside(lambda: Ticket.objects.select_related("area").get())
    assert ticket.area.code == "cst"


def _settles(page: Page) -> None:
    """One title is paid, which is not enough; an agreement covers the other."""
    page.goto("/mesa/financeiro")
    row = page.get_by_role("row", name="Laticínios Serra Azul")
    met = sum(beside(lambda: list(TurnedAway.objects.values_list("count", flat=True))))
    expect(row.get_by_text(f"{met} bloqueios")).to_be_visible()
    assert met >= 2
    row.get_by_role("link").click()
    expect(page.locator("[aria-labelledby=met]").get_by_text("Consultar chamados")).to_be_visible()
    page.get_by_role("button", name="Registrar o pagamento de NF 1").click()
    expect(page.get_by_text("Título NF 1 pago.")).to_be_visible()
    expect(page.get_by_text("Bloqueado desde")).to_be_visible()
    page.fill("[name=valid_until]", (day_of(datetime.now(UTC)) + timedelta(days=30)).isoformat())
    page.fill("[name=terms]", "Em três vezes")
    page.get_by_role("button", name="Registrar acordo").click()
    expect(page.get_by_text("Acordo registrado. O cliente é avisado.")).to_be_visible()
    expect(page.get_by_text("Nada está bloqueado.")).to_be_visible()
    expect(page.get_by_text("se até lá nada for acertado.")).to_be_visible()
    assert barriers(page) == []


def _works_again(page: Page, support: Draft) -> None:
    page.goto("/")
    expect(page.get_by_text("Há uma pendência financeira")).to_have_count(0)
    page.goto(f"/chamados/novo/{support.pk}/revisao")
    page.get_by_role("button", name="Abrir chamado").click()
    expect(page.get_by_text("aberto. Retorno até")).to_be_visible()
    page.goto("/financeiro")
    expect(page.get_by_role("cell", name="em acordo até")).to_be_visible()
