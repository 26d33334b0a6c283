"""The what-if page: before and after by severity, drawn and as a table; asking changes nothing."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from farol.hours.models import Almanac
from farol.tickets import actions
from farol.tickets.models import Ticket
from tests.surfaces.desk.conftest import signed_in
from tests.world import CRITICAL, World, at

ASKED = {
    "calendar": "support_tech_07_19", "first_day": "2026-11-01", "last_day": "2026-11-30",
    "critical": 5, "high": 10, "medium": 20, "low": 30,
}  # fmt: skip


@pytest.fixture
def teresa(world: World, now: object) -> Client:
    return signed_in(world, "teresa")


@pytest.fixture
def closed(world: World) -> Ticket:
    """Critical, opened Monday 9h, solved at 17h: eight hours of ten."""
    ticket = world.open(at("2026-11-23 09:00"), impact=CRITICAL)
    actions.send_solution(ticket.pk, body="Atualize.", by=world.by(world.rafael), now=at("2026-11-23 17:00"))
    return actions.accept_solution(ticket.pk, by=world.by(world.marina), now=at("2026-11-23 18:00"))


def answered(client: Client, **changed: object) -> str:
    response = client.get("/mesa/simulacao", {**ASKED, **changed})
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.rule("R-066")
def test_a_worse_policy_is_a_diamond_and_a_better_one_a_circle(teresa: Client, closed: Ticket) -> None:
    html = answered(teresa)
    assert "De 1 chamado, 1 ficaram no prazo; com a outra regra ficariam 0." in html
    assert 'class="comparison-value is-below">0 de 1<small>antes 1 de 1</small>' in html
    assert html.count('<path d="M0-7.5') == 1
    better = answered(teresa, critical=8)
    assert 'class="comparison-value">1 de 1<small>antes 1 de 1</small>' in better
    assert '<path d="M0-7.5' not in better
    assert "<meter" not in better
    assert Ticket.objects.get(pk=closed.pk).due_at == closed.due_at


@pytest.mark.rule("R-066")
def test_the_table_says_what_the_chart_shows(teresa: Client, closed: Ticket) -> None:
    table = answered(teresa).split("Ver tabela")[1]
    row = table.split("Crítica")[1].split("</tr>")[0]
    assert [part.split("<")[0] for part in row.split('<td class="is-number">')[1:]] == ["1", "1", "0", "0", "1"]


@pytest.mark.rule("R-140")
def test_tickets_beyond_the_years_of_the_calendar_are_counted_as_left_out(teresa: Client, closed: Ticket) -> None:
    assert "fora" not in answered(teresa).split("<figcaption>")[1].split("</figcaption>")[0]
    Almanac.objects.update(first_year=2027, mark=uuid4())
    html = answered(teresa)
    assert "1 chamado ficou de fora: está além dos anos do calendário." in html
    assert "Nenhum chamado encerrado no período." in html


@pytest.mark.parametrize(
    "wrong",
    [{"critical": 0}, {"high": "x"}, {"calendar": "nenhum"}, {"first_day": "2026-12-01"}, {"last_day": "9999-12-31"}],
)
def test_what_makes_no_sense_is_refused_at_its_field(teresa: Client, wrong: dict[str, object]) -> None:
    response = teresa.get("/mesa/simulacao", {**ASKED, **wrong})
    assert response.status_code == 422
    assert f'id="id_{"last_day" if "first_day" in wrong else next(iter(wrong))}_error"' in response.content.decode()


def test_only_a_manager_asks(client: Client, world: World) -> None:
    client.force_login(world.rafael)
    assert client.get("/mesa/simulacao").status_code == 404
