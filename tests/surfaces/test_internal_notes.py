"""What is internal reaches no customer, by no address there is: pages, API, search, files, drafts, letters.

The addresses are read from the house itself: one that is built later is walked too.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver

from farol.files import actions as files
from farol.files.models import Attachment
from farol.journal.models import Entry
from farol.kernel.errors import Refusal
from farol.notify import actions as notify
from farol.notify.writing import message
from farol.people.actions import issue_token
from farol.people.models import Person
from farol.tickets import actions
from farol.tickets.models import Ticket
from farol.tickets.rules.severity import Severity
from tests.world import World, at, build

START = at("2026-11-23 09:00")
WORDS = ["historico", "x", "fiscal"]
NOT_WALKED = ("sair", "static", "readyz")
CONVERTED = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass
class Tale:
    """Tickets on which the staff and the customer do things at random; `secrets` are what only the staff wrote."""

    world: World
    chance: random.Random
    now: datetime = START
    secrets: list[str] = field(default_factory=list)
    tickets: list[int] = field(default_factory=list)

    def secret(self) -> str:
        word = f"zq{self.chance.randrange(10**9):09}x"
        self.secrets.append(word)
        return word

    def file(self, person: Person, name: str, content: str) -> int:
        upload = SimpleUploadedFile(f"{name}.txt", f"texto {content}".encode())
        return files.keep(f"person:{person.pk}", upload, by=self.world.by(person)).pk

    def happen(self, steps: int) -> None:
        self.tickets = [self.world.open(self.now).pk for _ in range(3)]
        for _ in range(steps):
            self.now += timedelta(minutes=self.chance.randrange(1, 40))
            step = self.chance.choice([self.note, self.note, self.log, self.draft, self.split, self.merge, self.public])
            try:
                step(self.chance.choice(self.tickets))
            except Refusal:
                continue

    def note(self, number: int) -> None:
        ids = [self.file(self.world.rafael, self.secret(), self.secret())]
        body = f"Ver **{self.secret()}** e [{self.secret()}](https://a.example/{self.secret()})"
        actions.note(number, body=body, attachments=ids, by=self.world.by(self.world.rafael), now=self.now)

    def log(self, number: int) -> None:
        by, start = self.world.by(self.world.rafael), self.now - timedelta(minutes=self.chance.randrange(1, 9))
        entry = actions.log_work(
            number, started_at=start, ended_at=self.now, activity=self.secret(), is_billable=False,
            reason=self.secret(), by=by, now=self.now,
        )  # fmt: skip
        actions.withdraw_work(number, entry.pk, why=self.secret(), by=by, now=self.now)

    def draft(self, number: int) -> None:
        actions.keep_words(number, body=self.secret(), by=self.world.by(self.world.rafael), now=self.now)
        self.file(self.world.rafael, self.secret(), self.secret())

    def split(self, number: int) -> None:
        """Quoting everything that was said, notes along."""
        entries = list(Entry.objects.filter(subject=f"ticket:{number}").values_list("pk", flat=True))
        new = actions.split_ticket(
            number, subject="Outro assunto", description="Separado porque é outro problema.", entries=entries,
            by=self.world.by(self.world.rafael), now=self.now,
        )  # fmt: skip
        self.tickets.append(new.pk)

    def merge(self, number: int) -> None:
        actions.merge_ticket(
            number, into=self.chance.choice(self.tickets), by=self.world.by(self.world.rafael), now=self.now
        )

    def public(self, number: int) -> None:
        rafael, marina = self.world.by(self.world.rafael), self.world.by(self.world.marina)
        ids = [self.file(self.world.marina, "nota", "fiscal")]
        self.chance.choice([
            lambda: actions.reply(number, body="Segue.", by=marina, now=self.now, attachments=ids),
            lambda: actions.ask_customer(number, body="Qual?", by=rafael, now=self.now),
            lambda: actions.send_solution(number, body="Pronto.", by=rafael, now=self.now),
            lambda: actions.reject_solution(number, reason="Ainda não.", by=marina, now=self.now),
            lambda: actions.transfer_ticket(number, area=self.world.factory, reason="Vai.", by=rafael, now=self.now),
            lambda: actions.reclassify_ticket(number, severity=Severity.LOW, reason="x", by=rafael, now=self.now),
            lambda: actions.continue_ticket(number, by=marina, now=self.now),
        ])()  # fmt: skip


def routes(patterns: Iterable[Any], stem: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = stem + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, here)
        else:
            yield here


def addresses(route: str, tale: Tale) -> Iterator[str]:
    """The route with every number that may mean something; where a customer is at no door of theirs, with a few."""
    attached = list(Attachment.objects.values_list("pk", flat=True))
    entries = list(Entry.objects.values_list("pk", flat=True))
    wanted = [match.groups() for match in CONVERTED.finditer(route)]
    shape = CONVERTED.sub("{}", route).lstrip("^").rstrip("$")
    is_theirs = not route.startswith("mesa")
    choices: list[list[Any]] = []
    for kind, name in wanted:
        if kind != "int":
            choices.append(WORDS)
        elif name == "number" and "attachments" not in route:
            choices.append(tale.tickets if is_theirs else tale.tickets[:1])
        elif "file" in name or "attachment" in route:
            choices.append(attached if is_theirs else attached[:3])
        else:
            choices.append(tale.chance.sample([*attached, *entries], 4))
    for values in product(*choices):
        yield "/" + shape.format(*values)


def content(answer: Any) -> str:
    if answer.streaming:
        kind = answer.headers.get("Content-Type", "")
        body = b"" if "event-stream" in kind else b"".join(answer.streaming_content)
    else:
        body = answer.content
    return str(dict(answer.headers)) + body.decode("utf-8", "replace") + json.dumps(body.decode("utf-8", "replace"))


@pytest.fixture
def world(db: None) -> World:
    cache.clear()
    return build()


@pytest.fixture
def tale(world: World) -> Tale:
    told = Tale(world, random.Random(1))
    told.happen(40)
    assert len(told.secrets) > 20
    return told


def leaks(tale: Tale, text: str) -> list[str]:
    return [secret for secret in tale.secrets if secret in text]


@pytest.mark.slow
@pytest.mark.rule("R-055")
def test_no_address_gives_a_customer_what_is_internal(tale: Tale) -> None:
    client, program = Client(), Client()
    client.force_login(tale.world.marina)
    token = issue_token(tale.world.marina, now=datetime.now(UTC))
    for route in routes(get_resolver().url_patterns):
        if route.startswith(NOT_WALKED):
            continue
        for address in addresses(route, tale):
            is_program = address.startswith("/api/v1/")
            answer = program.get(address, headers=bearer(token)) if is_program else client.get(address)
            assert answer.status_code < 500, address
            assert not leaks(tale, content(answer)), address


def test_the_staff_does_read_it(tale: Tale) -> None:
    client = Client()
    client.force_login(tale.world.rafael)
    pages = [content(client.get(f"/mesa/chamados/{number}")) for number in tale.tickets]
    assert len(leaks(tale, "".join(pages))) > len(tale.secrets) // 4


def test_no_search_of_a_customer_finds_a_ticket_by_an_internal_word(tale: Tale) -> None:
    client = Client()
    client.force_login(tale.world.marina)
    token = issue_token(tale.world.marina, now=datetime.now(UTC))
    for secret in tale.chance.sample(tale.secrets, 12):
        page = client.get("/chamados", {"q": secret}).content.decode()
        assert not [number for number in tale.tickets if f"/chamados/{number}" in page]
        found = client.get("/api/v1/tickets", {"q": secret}, headers=bearer(token)).json()
        assert found["items"] == []


@pytest.mark.rule("R-055")
def test_no_letter_to_a_customer_tells_what_is_internal(tale: Tale) -> None:
    for entry in Entry.objects.filter(subject__startswith="ticket:").order_by("pk"):
        for letter in notify.write_letters(entry):
            if not letter.person.is_staff_member:
                mail = message(letter, Ticket.objects.get(pk=letter.ticket_number))
                parts = [
                    mail.subject,
                    mail.body,
                    str(mail.alternatives),
                    str(mail.extra_headers),
                    str(mail.attachments),
                ]
                assert not leaks(tale, "".join(map(str, parts)))


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
