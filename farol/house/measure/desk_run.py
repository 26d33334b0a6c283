"""What is asked of both sites, in turns, so that whatever else the machine does falls on both."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from farol.catalog import queries as catalog
from farol.house.bulk.scenery import DOMAIN
from farol.house.measure.desk_client import Figures, Requests, drive, repeat, request
from farol.house.measure.desk_sites import Site
from farol.house.measure.effort import parent_of, used_ms
from farol.people import actions as people
from farol.people.models import Person
from farol.tickets.models import Ticket

DESCRIPTION = "Ao transmitir a NF-e de devolução, a SEFAZ devolve a rejeição 778: NCM inexistente. " * 3
CUSTOMERS = 20
RECENT = 20_000
MANY = 8
"""Clients at which throughput has a target; one alone tells how long an answer takes when nobody else asks."""
COMMON = ("nota", "erro", "cliente", "relatório", "tela", "pedido", "valor", "rejeição", "boleto", "estoque")
TARGETS = {
    "customer's ticket page": 0.25,
    "analyst's ticket page": 0.25,
    "first page of a queue": 0.20,
    "search, common words": 0.14,
    "search, a rare word": 0.14,
    "add a reply": 0.33,
    "open a ticket": 0.28,
}


@dataclass(frozen=True, slots=True)
class Result:
    """One action on both sides, by so many clients; `ratio` is of throughput, and its target is for many.

    `cpu_ms` is the processor time that the site and the database took for one
    answer: on a busy machine the steadier figure.
    """

    action: str
    clients: int
    per_second: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    plain_per_second: float
    plain_p50_ms: float
    plain_p95_ms: float
    plain_cpu_ms: float
    target: float | None

    @property
    def ratio(self) -> float:
        return self.per_second / self.plain_per_second

    @property
    def is_met(self) -> bool:
        return self.target is None or self.ratio >= self.target


@dataclass(frozen=True, slots=True)
class Pair:
    """The same action asked of the house and of the plain site."""

    action: str
    ours: Requests
    plain: Requests


@dataclass(slots=True)
class Round:
    figures: Figures
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Measure:
    """How hard and how long both sides are asked."""

    clients: Sequence[int]
    seconds: float
    rounds: int

    def results(self, ours: Site, plain: Site, *, now: datetime) -> Iterator[Result]:
        """Each action in turn, by few clients and by many: a warm-up, then rounds on either side by turns."""
        database = _database()
        for pair in _pairs(now):
            for site, requests in ((ours, pair.ours), (plain, pair.plain)):
                drive(site.port, requests, clients=max(self.clients), seconds=min(2.0, self.seconds))
            for clients in self.clients:
                rounds = [
                    (
                        self._round(ours, pair.ours, database, clients),
                        self._round(plain, pair.plain, database, clients),
                    )
                    for _ in range(self.rounds)
                ]
                yield _result(pair.action, clients, *zip(*rounds, strict=True))

    def _round(self, site: Site, requests: Requests, database: int, clients: int) -> Round:
        before = used_ms({site.pid, database})
        figures = drive(site.port, requests, clients=clients, seconds=self.seconds)
        return Round(figures, (used_ms({site.pid, database}) - before) / len(figures.latencies))


def _result(action: str, clients: int, ours: Sequence[Round], plain: Sequence[Round]) -> Result:
    target = TARGETS[action] if clients >= MANY else None
    return Result(action, clients, *_medians(ours), *_medians(plain), target=target)


def _medians(rounds: Sequence[Round]) -> tuple[float, float, float, float]:
    return (
        median(each.figures.per_second for each in rounds),
        median(each.figures.p50_ms for each in rounds),
        median(each.figures.p95_ms for each in rounds),
        median(each.cpu_ms for each in rounds),
    )


def _database() -> int:
    """The process above all that serve the database's connections."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return parent_of(cursor.fetchone()[0])


def _pairs(now: datetime) -> Iterator[Pair]:
    """Random tickets, and several customers, so that nothing is at hand only because it was asked before."""
    rng = random.Random("measure")
    agent = Person.objects.get(email=f"analista1.fiscal@{DOMAIN}")
    contacts = [Person.objects.get(email=f"contato1@c{number}.{DOMAIN}") for number in range(CUSTOMERS)]
    staff_keys, keys = [_key(agent, now) for _ in contacts], [_key(contact, now) for contact in contacts]
    desk, portals = _signed_in(agent), [_signed_in(contact) for contact in contacts]
    numbers = _numbers(Ticket.objects.all())
    open_ones = _numbers(Ticket.objects.filter(closed_at=None))
    theirs = [_numbers(Ticket.objects.filter(organization=contact.organization_id)) for contact in contacts]
    opening = _opening()

    def customers_page(number: int) -> bytes:
        who = number % CUSTOMERS
        return request("GET", f"/chamados/{rng.choice(theirs[who])}", headers=portals[who])

    def analysts_page(number: int) -> bytes:
        return request("GET", f"/mesa/chamados/{rng.choice(numbers)}", headers=desk)

    def queue(number: int) -> bytes:
        return request("GET", "/mesa/equipe", headers=desk)

    def search(number: int) -> bytes:
        return _search(rng.sample(COMMON, 2), desk)

    def search_rare(number: int) -> bytes:
        return _search([rng.choice(COMMON), str(rng.randrange(10_000, 99_999))], desk)

    def reply(number: int) -> bytes:
        body = json.dumps({"body": DESCRIPTION}).encode()
        return request(
            "POST",
            f"/api/v1/tickets/{rng.choice(open_ones)}/messages",
            body=body,
            headers=staff_keys[number % CUSTOMERS],
        )

    def opened(number: int) -> bytes:
        said = opening | {"subject": f"Rejeição 778 na nota {number}"}
        return request("POST", "/api/v1/tickets", body=json.dumps(said).encode(), headers=keys[number % CUSTOMERS])

    def plain_read(number: int) -> bytes:
        return request("GET", f"/tickets/{rng.randrange(1, len(numbers))}")

    def plain_write(number: int) -> bytes:
        said = {"subject": f"Rejeição 778 na nota {number}", "description": DESCRIPTION, "customer": 1, "area": 3}
        return request("POST", "/write", body=json.dumps(said).encode())

    yield Pair("customer's ticket page", repeat(customers_page), repeat(plain_read))
    yield Pair("analyst's ticket page", repeat(analysts_page), repeat(plain_read))
    yield Pair("first page of a queue", repeat(queue), repeat(plain_read))
    yield Pair("search, common words", repeat(search), repeat(plain_read))
    yield Pair("search, a rare word", repeat(search_rare), repeat(plain_read))
    yield Pair("add a reply", repeat(reply), repeat(plain_write))
    yield Pair("open a ticket", repeat(opened), repeat(plain_write))


def _search(words: Sequence[str], headers: dict[str, str]) -> bytes:
    return request("GET", f"/mesa/busca?q={quote(' '.join(words))}", headers=headers)


def _numbers(tickets: QuerySet[Ticket]) -> list[int]:
    return list(tickets.order_by("-id").values_list("id", flat=True)[:RECENT])


def _opening() -> dict[str, object]:
    product = catalog.product_by_code("horizonte-erp")
    assert product is not None
    module = catalog.modules_of(product.pk).get(code="nfe")
    impact = {"usability": "severe", "workaround": "manual", "critical_operation": False, "data_corruption": "no"}
    about = {"product": product.pk, "module": module.pk, "kind": "nonconformity"}
    return about | {"impact": impact, "description": DESCRIPTION}


def _key(person: Person, now: datetime) -> dict[str, str]:
    return {"Authorization": f"Bearer {people.issue_token(person, now=now, name='measure')}"}


def _signed_in(person: Person) -> dict[str, str]:
    """The cookie of a session as signing in makes it."""
    client = Client()
    client.force_login(person)
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}
