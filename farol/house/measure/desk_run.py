"""What is asked of both sites, in turns, so that whatever else the machine does falls on both."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.conf import settings
from django.test import Client

from farol.catalog import queries as catalog
from farol.house.bulk.scenery import DOMAIN
from farol.house.measure.desk_client import Figures, Requests, drive, repeat, request
from farol.people import actions as people
from farol.people.models import Person
from farol.tickets.models import Ticket

DESCRIPTION = "Ao transmitir a NF-e de devolução, a SEFAZ devolve a rejeição 778: NCM inexistente. " * 3
TARGETS = {"open a ticket": 0.28, "add a reply": 0.33, "show a ticket": 0.25, "first page of a queue": 0.20}


@dataclass(frozen=True, slots=True)
class Result:
    """One action on both sides; `ratio` is of throughput."""

    action: str
    per_second: float
    p50_ms: float
    p95_ms: float
    plain_per_second: float
    plain_p50_ms: float
    plain_p95_ms: float
    target: float

    @property
    def ratio(self) -> float:
        return self.per_second / self.plain_per_second

    @property
    def is_met(self) -> bool:
        return self.ratio >= self.target


@dataclass(frozen=True, slots=True)
class Pair:
    """The same action asked of the house and of the plain site."""

    action: str
    ours: Requests
    plain: Requests


def measure(
    port: int, plain_port: int, *, now: datetime, clients: int, seconds: float, rounds: int
) -> Iterator[Result]:
    """Each action in turn: a warm-up, then so many rounds of so many seconds on either side."""
    for pair in _pairs(now):
        for side, requests in ((port, pair.ours), (plain_port, pair.plain)):
            drive(side, requests, clients=clients, seconds=min(2.0, seconds))
        ours, plain = [], []
        for _ in range(rounds):
            ours.append(drive(port, pair.ours, clients=clients, seconds=seconds))
            plain.append(drive(plain_port, pair.plain, clients=clients, seconds=seconds))
        yield _result(pair.action, ours, plain)


def _result(action: str, ours: list[Figures], plain: list[Figures]) -> Result:
    return Result(
        action=action,
        per_second=median(round.per_second for round in ours),
        p50_ms=median(round.p50_ms for round in ours),
        p95_ms=median(round.p95_ms for round in ours),
        plain_per_second=median(round.per_second for round in plain),
        plain_p50_ms=median(round.p50_ms for round in plain),
        plain_p95_ms=median(round.p95_ms for round in plain),
        target=TARGETS[action],
    )


def _pairs(now: datetime) -> Iterator[Pair]:
    rng = random.Random("measure")
    contact = Person.objects.filter(email=f"contato1@c0.{DOMAIN}").get()
    agent = Person.objects.filter(email=f"analista1.fiscal@{DOMAIN}").get()
    key = {"Authorization": f"Bearer {people.issue_token(contact, now=now, name='measure')}"}
    staff_key = {"Authorization": f"Bearer {people.issue_token(agent, now=now, name='measure')}"}
    cookie = {"Cookie": _signed_in(agent)}
    numbers = list(Ticket.objects.order_by("-id").values_list("id", flat=True)[:20_000])
    open_ones = list(Ticket.objects.filter(closed_at=None).values_list("id", flat=True))
    plain_numbers = range(1, len(numbers))
    product = catalog.product_by_code("horizonte-erp")
    assert product is not None
    module = catalog.modules_of(product.pk).get(code="nfe")

    def opening(number: int) -> bytes:
        impact = {"usability": "severe", "workaround": "manual", "critical_operation": False, "data_corruption": "no"}
        said = {"product": product.pk, "module": module.pk, "kind": "nonconformity", "impact": impact}
        said |= {"subject": f"Rejeição 778 na nota {number}", "description": DESCRIPTION}
        return request("POST", "/api/v1/tickets", body=json.dumps(said).encode(), headers=key)

    def reply(number: int) -> bytes:
        body = json.dumps({"body": DESCRIPTION}).encode()
        return request("POST", f"/api/v1/tickets/{rng.choice(open_ones)}/messages", body=body, headers=staff_key)

    def plain_write(number: int) -> bytes:
        said = {"subject": f"Rejeição 778 na nota {number}", "description": DESCRIPTION, "customer": 1, "area": 3}
        return request("POST", "/write", body=json.dumps(said).encode())

    def page(number: int) -> bytes:
        return request("GET", f"/mesa/chamados/{rng.choice(numbers)}", headers=cookie)

    def queue(number: int) -> bytes:
        return request("GET", "/mesa/equipe", headers=cookie)

    def plain_page(number: int) -> bytes:
        return request("GET", f"/tickets/{rng.choice(plain_numbers)}")

    def plain_queue(number: int) -> bytes:
        return request("GET", f"/areas/{number % 14}")

    yield Pair("show a ticket", repeat(page), repeat(plain_page))
    yield Pair("first page of a queue", repeat(queue), repeat(plain_queue))
    yield Pair("add a reply", repeat(reply), repeat(plain_write))
    yield Pair("open a ticket", repeat(opening), repeat(plain_write))


def _signed_in(person: Person) -> str:
    """The cookie of a session as signing in makes it."""
    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
