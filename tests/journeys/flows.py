"""An analyst and a customer, each in a browser, and what the API says of a ticket between their steps.

The words of the guide's flow charts (p. 7 to 9) are the methods here, so that a walk reads as the chart does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIServer, make_server

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from farol.people.actions import issue_token
from farol.people.models import Person
from farol.tickets import actions
from farol.tickets.models import Ticket
from tests.browsing import chromium
from tests.surfaces.ui.conftest import Silent
from tests.world import LOW, World

LOW_MINUTES = 2400
PAUSED = {"awaiting_customer", "awaiting_quote", "awaiting_authorization", "awaiting_acceptance"}
Bill = list[tuple[int, int]]


@dataclass
class Walk:
    """Two people and their pages."""

    desk: Page
    portal: Page
    token: str

    def stands(self, number: int, state: str, bill: tuple[int, int] | None = None) -> None:
        """The state; the clock, which stands only where the customer owes an answer; the minutes and cents billed.

        The running minutes are those that were promised at every step: pauses move the date, and nothing else does.
        """
        ticket, clock = self._told(f"tickets/{number}"), self._told(f"tickets/{number}/clock")
        assert ticket["state"] == state
        assert bool(clock["pause"]) is (state in PAUSED)
        assert sum(span["minutes"] for span in clock["spans"] if span["kind"] == "running") == LOW_MINUTES
        entries = [entry for entry in self._told("billing-entries")["items"] if entry["ticket"] == number]
        assert [(entry["minutes"], entry["total_cents"]) for entry in entries] == ([bill] if bill else [])

    def is_due(self, number: int) -> str:
        due: str = self._told(f"tickets/{number}")["due_at"]
        return due

    def quotes_of(self, number: int) -> list[str]:
        """What became of each version, the first one first."""
        found = self._told(f"tickets/{number}/quotes")["items"]
        return [quote["state"] for quote in sorted(found, key=lambda quote: int(quote["version"]))]

    def _told(self, path: str) -> Any:
        return self.portal.request.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {self.token}"}).json()

    def fills(self, number: int, noun: str, button: str, **said: str | bool) -> None:
        """The analyst's dialog: its fields by their names, and its button."""
        self.desk.goto(f"/mesa/chamados/{number}/{noun}")
        for name, value in said.items():
            fields = self.desk.locator(f"#act [name={name}]")
            kind = fields.first.evaluate("field => field.type")
            if kind == "checkbox":
                fields.set_checked(bool(value))
            elif kind == "radio":
                self.desk.locator(f"#act [name={name}][value={value}]").check()
            elif kind == "select-one":
                fields.select_option(label=str(value))
            else:
                fields.fill(str(value))
        self.desk.locator("#act").get_by_role("button", name=button, exact=True).click()

    def does(self, number: int, noun: str, button: str, **said: str | bool) -> None:
        """The dialog is filled in, and the ticket's page comes back."""
        self.fills(number, noun, button, **said)
        self.leave_desk()

    def leave_desk(self) -> None:
        """The server serves one at a time, and an open ticket listens for news."""
        self.desk.wait_for_url(re.compile(r"/mesa/chamados/\d+$"), wait_until="commit")
        self.desk.goto("about:blank")

    def is_refused(self, number: int, noun: str, button: str, because: str, **said: str | bool) -> None:
        self.fills(number, noun, button, **said)
        expect(self.desk.get_by_text(because).first).to_be_visible()

    def triages(self, number: int, *, right_area: bool, question: bool) -> None:
        """Área correta? É dúvida?"""
        yes_no = {True: "yes", False: "no"}
        answers = {"is_right_area": yes_no[right_area], "is_question": yes_no[question]}
        self.does(number, "triagem", "Guardar respostas", **answers)

    def passes_to(self, number: int, area: str) -> None:
        """Transferir para a área correta."""
        self.does(number, "transferencias", "Transferir chamado", area=area, reason="Não é daqui.")

    def solves(self, number: int) -> None:
        """Enviar solução para aceite do cliente."""
        self.does(number, "solucoes", "Enviar solução", body="Instale o pacote e emita de novo.")

    def reads(self, number: int, *words: str) -> None:
        """The customer opens the ticket and finds these words on it."""
        self.portal.goto(f"/chamados/{number}")
        for text in words:
            expect(self.portal.get_by_text(text).first).to_be_visible()

    def answers(self, number: int, button: str, said: str) -> None:
        """The customer presses a button of the ticket, and the page says so."""
        self.portal.goto(f"/chamados/{number}")
        self.portal.get_by_role("button", name=button, exact=True).click()
        expect(self.portal.get_by_text(said).first).to_be_visible()

    def accepts(self, number: int, money: str = "") -> None:
        """Solução aceita? Sim: and what it will cost stands beside the button (R-076)."""
        if money:
            self.portal.goto(f"/chamados/{number}")
            expect(self.portal.locator(".hours").get_by_text(money)).to_be_visible()
        self.answers(number, "Aceitar solução", f"Solução aceita. O chamado {number} está encerrado.")

    def finds_billed(self, *lines: str) -> None:
        """Chamados disponíveis para faturamento."""
        self.portal.goto("/faturamento")
        for line in lines:
            expect(self.portal.get_by_text(line, exact=True).first).to_be_visible()


@contextmanager
def walking(world: World, *, analyst: str = "rafael", contact: str = "marina") -> Iterator[Walk]:
    """A small Farol, and two browsers in it; what the walk needs is prepared before."""
    people: list[Person] = [getattr(world, analyst), getattr(world, contact)]
    sessions, token = [_session(person) for person in people], issue_token(people[1], now=datetime.now(UTC))
    with make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Silent) as server:
        thread = Thread(target=_serve, args=[server], daemon=True)
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}"
        with chromium() as browser:
            yield Walk(*(_page(browser, base, session) for session in sessions), token)
        server.shutdown()
        thread.join()


def _serve(server: WSGIServer) -> None:
    try:
        server.serve_forever(poll_interval=0.05)
    finally:
        connections.close_all()


def _session(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _page(browser: Browser, base: str, session: str) -> Page:
    context = browser.new_context(base_url=base, locale="pt-BR", reduced_motion="reduce")
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


class Before:
    """Tickets brought up to the branch that a walk is about, in the hours before it."""

    def __init__(self, world: World, *, days: int = 0) -> None:
        self.world, self.staff, self.customer = world, world.by(world.rafael), world.by(world.marina)
        self.now = datetime.now(UTC).replace(second=0, microsecond=0)
        self.began = self.now - timedelta(days=days, hours=12)
        self.hour = self.began

    def support(self, subject: str) -> int:
        return self.world.open(self.began, impact=LOW, subject=subject).pk

    def consulting(self, subject: str) -> int:
        number = self.support(subject)
        area = self.world.consulting
        actions.transfer_ticket(number, area=area, reason="É consultoria.", by=self.staff, now=self.began)
        actions.assign_ticket(number, to=self.world.rafael, by=self.staff, now=self.began)
        return number

    def agreed(self, number: int, **terms: Any) -> int:
        """The charge was announced and accepted, before any work."""
        actions.ask_authorization(number, body="Orientação.", by=self.staff, now=self.began, **terms)
        actions.approve(number, by=self.customer, now=self.began)
        return number

    def worked(self, number: int, minutes: int) -> int:
        """Billable, and never two things at once."""
        start, self.hour = self.hour, self.hour + timedelta(minutes=minutes)
        told = {"started_at": start, "ended_at": self.hour, "activity": "Parametrização", "is_billable": True}
        actions.log_work(number, **told, by=self.staff, now=self.hour)
        return number

    def then(self, number: int, verb: Callable[..., Ticket | Any], **said: Any) -> int:
        """One more step of the staff."""
        verb(number, **said, by=self.staff, now=self.hour)
        return number
