"""A process that opens tickets, as web processes do: `python -m tests.journeys.openings build|roll-back|open …`.

It is started with `DATABASE_URL`; what was acknowledged is a line in a file, written after the commit.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import django
import psycopg
from procrastinate.exceptions import ConnectorException

THREADS = 8


def build() -> None:
    """One world, and a ticket that nobody was promised: its opening is rolled back."""
    from django.db import transaction

    from tests.world import at
    from tests.world import build as build_world

    world = build_world()
    with transaction.atomic():
        world.open(at("2026-11-23 09:00"), subject="Desfeito")
        transaction.set_rollback(True)


def open_tickets(count: int, acknowledged: Path) -> None:
    """As many tickets as asked, from several connections; one that failed is not tried again."""
    one = _opener()
    told, lock = acknowledged.open("a", encoding="utf-8"), Lock()

    def attempt(number: int) -> None:
        ticket = one(number)
        with lock:
            told.write(f"{ticket}\n")
            told.flush()

    with told, ThreadPoolExecutor(THREADS) as pool:
        for _ in pool.map(attempt, range(count)):
            pass


def _opener() -> Callable[[int], int | str]:
    from django.db import Error, close_old_connections
    from django.utils import timezone

    from farol.catalog.models import Product
    from farol.kernel.actor import Channel
    from farol.people.queries import actor_of, person_by_email
    from farol.tickets.actions import open_ticket
    from farol.tickets.queries import Subject
    from farol.tickets.rules.severity import Kind
    from tests.world import HIGH

    contact = person_by_email("marina@serraazul.example")
    about = Subject(Product.objects.select_related("area").get(code="erp"))
    assert contact is not None

    def one(number: int) -> int | str:
        close_old_connections()  # as at the start of a request
        try:
            return open_ticket(
                about,
                contact=contact,
                kind=Kind.NONCONFORMITY,
                subject=f"Abertura {number}",
                description="A NF-e 45.231 foi rejeitada.",
                impact=HIGH,
                by=actor_of(contact, Channel.API),
                now=timezone.now(),
            ).pk
        except (Error, psycopg.Error, ConnectorException) as error:
            return f"failed {type(error).__name__}"
        finally:
            close_old_connections()

    return one


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "build":
        build()
    else:
        open_tickets(int(sys.argv[2]), Path(sys.argv[3]))
