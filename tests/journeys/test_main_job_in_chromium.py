"""The main job as two people do it in a browser, on a whole Farol with its demonstration company."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import Theme, barriers, chromium, signed_in
from tests.house.running import Copy
from tests.instants import SAO_PAULO

pytestmark = pytest.mark.rule("R-050", "R-051", "R-053", "R-062", "R-070", "R-071", "R-072", "R-073", "R-076")
HALF_A_YEAR_OF_TICKETS = 180.0


class Product:
    """The running product, its people and its commands."""

    def __init__(self, copy: Copy) -> None:
        self.copy, self.base = copy, f"http://127.0.0.1:{copy.port}"
        self.people: dict[str, dict[str, str]] = json.loads(self.farol("demo", "people", "--json"))

    def farol(self, *words: str) -> str:
        environment = os.environ | {"FAROL_HOME": str(self.copy.home), "FAROL_PORT": str(self.copy.port)}
        command = [sys.executable, "-m", "farol.house.command_line", *words]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    def ask(self, who: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.people[who]['token']}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.base}/api/v1{path}", data=data, headers=headers)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())

    def enter(self, browser: Browser, who: str, **looks: Any) -> Any:
        person = self.people[who]
        return signed_in(browser, self.base, person["email"], person["password"], **looks)


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    # Without live news: a page that reads itself again crosses the ways of whoever walks.
    copy = Copy(tmp_path_factory.mktemp("walk") / "home", FAROL_DEMO="1", FAROL_LIVE_PORT="0").start()
    copy.ready(HALF_A_YEAR_OF_TICKETS)
    yield Product(copy)
    assert copy.stop() == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def test_an_answer_moves_the_date_by_the_business_time_paused(product: Product, browser: Browser) -> None:
    monday = last_monday()
    opening = {
        "organization": product.ask("contact", "/me")["organization"]["id"],
        "contact": product.ask("contact", "/me")["person"]["id"],
        "product": contracted(product), "kind": "nonconformity", "subject": "Saldo não confere",
        "description": "Depois do inventário o saldo ficou diferente.", "at": at(monday, 9),
        "impact": {"usability": "minor", "workaround": "yes", "critical_operation": False, "data_corruption": "no"},
    }  # fmt: skip
    ticket = product.ask("importer", "/tickets", opening)
    number = f"/tickets/{ticket['number']}"
    product.ask("importer", f"{number}/information-requests", {"body": "Qual item?", "at": at(monday, 11)})
    with product.enter(browser, "contact") as contact:
        contact.goto(f"/chamados/{ticket['number']}")
        expect(contact.get_by_text("Falta uma informação")).to_be_visible()
        contact.fill("#composer-body", "O item 4711.")
        contact.get_by_role("button", name="Enviar resposta").click()
        expect(contact.get_by_text(re.compile("Prazo pausado por .+ úteis · retorno passou para"))).to_be_visible()
    clock = product.ask("contact", f"{number}/clock")
    due = product.ask("contact", number)["due_at"]
    assert clock["due_at"] == due > ticket["due_at"]
    assert sum(span["minutes"] for span in clock["spans"] if span["kind"] == "running") == 1800
    assert [span["from"] for span in clock["spans"][1:]] == [span["to"] for span in clock["spans"][:-1]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_puts_up_a_serious_barrier(product: Product, browser: Browser, theme: Theme) -> None:
    found = {}
    turn = product.ask("contact", "/tickets?state=awaiting_acceptance&limit=1")["items"][0]["number"]
    asked = product.ask("contact", "/tickets?state=awaiting_customer&limit=1")["items"][0]["number"]
    ended = product.ask("contact", "/tickets?state=closed_accepted&limit=1")["items"][0]["number"]
    with product.enter(browser, "contact", theme=theme, width=1280) as page:
        page.goto("/chamados/novo")
        page.get_by_text("Horizonte ERP").click()
        page.get_by_role("button", name="Continuar").click()
        draft = page.url.removeprefix(product.base).removesuffix("/modulo")
        addresses = [
            "/", "/chamados", "/chamados/novo", f"{draft}/modulo", "/chamados?q=nada-disso", "/nada",
            *(f"/chamados/{number}" for number in (turn, asked, ended)), f"/chamados/{turn}/recusa",
        ]  # fmt: skip
        for address in addresses:
            page.goto(address)
            found[address] = barriers(page)
    with product.enter(browser, "agent", theme=theme) as page:
        mine = product.ask("agent", "/tickets?assignee=me&limit=1")["items"][0]["number"]
        addresses = [
            "/mesa/minha-fila", "/mesa/equipe", "/mesa/sem-responsavel", "/mesa/aguardando-cliente",
            "/mesa/areas/fabrica",
            "/mesa/busca?q=nota", "/mesa/preferencias", "/mesa/chamados/novo", f"/mesa/chamados/{mine}",
            *(f"/mesa/chamados/{mine}/{noun}" for noun in ("solucoes", "transferencias", "severidade", "apontamentos")),
        ]  # fmt: skip
        for address in addresses:
            page.goto(address)
            found[address] = barriers(page)
    assert not {address: what for address, what in found.items() if what}


def test_from_a_critical_ticket_to_the_silence_that_ends_it(product: Product, browser: Browser) -> None:
    with product.enter(browser, "contact") as contact, product.enter(browser, "agent") as agent:
        number = opens_a_critical_ticket(contact)
        page, desk = f"/chamados/{number}", f"/mesa/chamados/{number}"
        the_agent_asks_for_a_file(agent, desk)
        the_contact_answers(contact, page)
        the_agent_proposes_with_two_hours_and_a_half(agent, desk)
        the_contact_refuses(contact, page)
        the_agent_proposes(agent, desk, "Instale o patch 12.4.2 p07.")
        the_contact_postpones(contact, page)
        later = datetime.now(SAO_PAULO) + timedelta(days=46)  # ends every wait of the demonstration: the last test
        product.farol("deadlines", "run", "--now", later.isoformat())
        the_ticket_is_closed_and_goes_on_in_another(contact, page)


def opens_a_critical_ticket(contact: Page) -> int:
    contact.get_by_role("link", name="Abrir chamado").first.click()
    contact.get_by_text("Horizonte ERP").click()
    contact.get_by_role("button", name="Continuar").click()
    contact.locator("#content").get_by_text("Faturamento", exact=False).first.click()
    contact.get_by_text("Algo não funciona").click()
    contact.get_by_role("button", name="Continuar").click()
    expect(contact.get_by_text("Ainda não dá para dizer")).to_be_visible()
    contact.get_by_text("Não dá para usar").click()
    contact.check("[name=critical_operation][value=yes]")
    contact.check("[name=workaround][value=no]")
    contact.check("[name=data_corruption][value=no]")
    forecast = contact.locator("#forecast")
    expect(forecast.get_by_text("Operação crítica parada, sem jeito de contornar.")).to_be_visible()
    expect(forecast.get_by_text("10 horas úteis a partir de agora")).to_be_visible()
    announced = forecast.locator(".forecast-when strong").inner_text()
    contact.fill("[name=subject]", "Faturamento parado")
    contact.fill("[name=description]", "Nenhuma nota sai desde cedo, em nenhuma filial.")
    file = {"name": "retorno.xml", "mimeType": "text/xml", "buffer": b"<nfe/>"}
    contact.set_input_files("#id_attachments", [file])  # type: ignore[list-item]
    expect(contact.locator("#draft-files .name", has_text="retorno.xml")).to_be_visible()
    contact.get_by_role("button", name="Continuar").click()
    contact.wait_for_url("**/revisao")
    assert contact.locator(".forecast-when strong").inner_text()[:8] == announced[:8]
    contact.get_by_role("button", name="Abrir chamado").click()
    contact.wait_for_url(re.compile(r"/chamados/\d+$"))
    expect(contact.get_by_text(re.compile(r"Chamado \d+ aberto. Retorno até"))).to_be_visible()
    expect(contact.get_by_text("Crítica").first).to_be_visible()
    return int(contact.url.rpartition("/")[2])


def the_agent_asks_for_a_file(agent: Page, desk: str) -> None:
    agent.goto(desk)
    agent.get_by_role("button", name=re.compile("Assumir")).click()
    agent.fill("#composer-body", "Você pode mandar o XML da nota?")
    agent.get_by_role("button", name="Enviar e aguardar").click()
    expect(agent.get_by_text("Aguardando cliente").last).to_be_visible()


def the_contact_answers(contact: Page, page: str) -> None:
    contact.goto(page)
    expect(contact.get_by_text("Agora é com você")).to_be_visible()
    contact.fill("#composer-body", "Segue o XML.")
    contact.get_by_role("button", name="Enviar resposta").click()
    expect(contact.get_by_text("Mensagem enviada.")).to_be_visible()
    expect(contact.get_by_text("Em análise").first).to_be_visible()


def the_agent_proposes_with_two_hours_and_a_half(agent: Page, desk: str) -> None:
    """Before dawn, when the demonstration has logged nothing else of theirs."""
    end = datetime.now(SAO_PAULO).replace(hour=5, minute=0, second=0, microsecond=0) - timedelta(days=1)
    agent.goto(f"{desk}/apontamentos")
    agent.fill("[name=started_at]", f"{end - timedelta(minutes=150):%Y-%m-%dT%H:%M}")
    agent.fill("[name=ended_at]", f"{end:%Y-%m-%dT%H:%M}")
    agent.fill("[name=activity]", "Análise da rejeição")
    agent.check("[name=is_billable]")
    agent.locator("#act form button.button-primary").click()
    agent.wait_for_url(f"**{desk}")
    the_agent_proposes(agent, desk, "Atualize a tabela NCM.")


def the_agent_proposes(agent: Page, desk: str, solution: str) -> None:
    agent.goto(f"{desk}/solucoes")
    agent.fill("[name=body]", solution)
    agent.locator("#act form button.button-primary").click()
    agent.wait_for_url(f"**{desk}")
    expect(agent.get_by_text("Solução proposta").last).to_be_visible()


def the_contact_refuses(contact: Page, page: str) -> None:
    contact.goto(page)
    expect(contact.get_by_text("Horas a faturar se você aceitar")).to_be_visible()
    expect(contact.locator(".hours tfoot")).to_contain_text("2h30")
    contact.get_by_role("link", name="Não aceitar…").click()
    contact.get_by_role("dialog").get_by_label("Motivo").fill("A rejeição continua.")
    contact.get_by_role("button", name="Enviar recusa").click()
    expect(contact.get_by_text("Em análise").first).to_be_visible()
    expect(contact.get_by_text("A rejeição continua.")).to_be_visible()


def the_contact_postpones(contact: Page, page: str) -> None:
    contact.goto(page)
    contact.get_by_role("button", name="Adiar 30 dias").click()
    expect(contact.get_by_text(re.compile("Prazo adiado até"))).to_be_visible()
    expect(contact.get_by_role("button", name="Adiar 30 dias")).to_have_count(0)
    expect(contact.get_by_text("Aceite automático em 45 dias")).to_be_visible()


def the_ticket_is_closed_and_goes_on_in_another(contact: Page, page: str) -> None:
    contact.goto(page)
    expect(contact.get_by_text("Aceite automático").first).to_be_visible()
    refused = contact.request.post(f"{page}/interacoes", form={"body": "Ainda dá tempo?", **token(contact)})
    assert refused.status == 409
    assert "não pode ser reaberto" in refused.text()
    contact.get_by_role("button", name="Continuar em um chamado novo").click()
    contact.wait_for_url(lambda url: not url.endswith(page))
    expect(contact.get_by_text("Continua o chamado")).to_be_visible()


def token(page: Page) -> dict[str, str]:
    return {"csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.input_value()}


def contracted(product: Product) -> int:
    lines = product.ask("contact", "/catalog")["lines"]
    return next(p["id"] for line in lines for p in line["products"] if p["contracted"])


def last_monday() -> datetime:
    today = datetime.now(SAO_PAULO).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=today.weekday() + 7)


def at(day: datetime, hour: int) -> str:
    return day.replace(hour=hour).isoformat()
