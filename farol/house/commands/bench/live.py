"""Measure how fast a change reaches many open pages of the Farol that runs here, while its desk works.

Writes internal notes in an open ticket of the database at hand, and reads queues and tickets at the same time.
Exits 1 if a page did not hear of a change within a second.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from farol.house import environment

NEEDS = "database"
LIMIT = 1.0
A_SESSION = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pages", type=int, default=200, metavar="N", help="open at the same time (default 200)")
    parser.add_argument("--changes", type=int, default=20, metavar="N", help="made one after another (default 20)")
    parser.add_argument("--pause", type=float, default=0.5, metavar="S", help="between two changes (default 0.5)")
    parser.add_argument("--clients", type=int, default=4, metavar="N", help="reading the desk meanwhile (default 4)")
    parser.add_argument("--live-port", type=int, default=environment.PORT + 1, help="default: the next of FAROL_PORT")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    import asyncio
    from threading import Thread

    from farol.house.measure.live_run import listen, memory_mb
    from farol.tickets.models import Ticket

    ticket = Ticket.objects.select_related("area").filter(closed_at=None).latest("pk")
    cookies = list(_cookies(-(-options.pages // A_SESSION)))
    asked = [(cookies[number // A_SESSION], f"areas={ticket.area_id}") for number in range(options.pages)]
    seconds = options.changes * (options.pause + 0.2) + 3
    working = Thread(target=_work, args=(options.clients, seconds, cookies[0], ticket.pk), daemon=True)
    if options.clients:
        working.start()
    delivery = asyncio.run(
        listen(options.live_port, asked, lambda: _note(ticket.pk), changes=options.changes, pause=options.pause)
    )
    if options.clients:
        working.join(seconds)
    told = {
        "pages": options.pages,
        "changes": options.changes,
        "missing": delivery.missing,
        "p50_s": round(delivery.quantile(0.5), 3),
        "p95_s": round(delivery.quantile(0.95), 3),
        "max_s": round(max(delivery.seconds), 3),
        "live_mb": [round(mb) for mb in memory_mb("command_line live", environment.HOME)],
        "web_mb": [round(mb) for mb in memory_mb("granian", environment.HOME)],
    }
    print(json.dumps(told) if options.json else "\n".join(f"{name:8} {value}" for name, value in told.items()))
    return 1 if delivery.missing or max(delivery.seconds) > LIMIT else 0


def _cookies(count: int) -> Iterator[str]:
    """Sessions of members of the staff, as signing in makes them."""
    from importlib import import_module
    from itertools import cycle, islice

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from farol.people import queries as people

    for person in islice(cycle(people.staff()[:count]), count):
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.set_expiry(3600)
        session.create()
        yield f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _note(number: int) -> int:
    from django.db import connections
    from django.utils import timezone

    from farol.kernel.actor import Channel
    from farol.people import queries as people
    from farol.tickets import actions

    try:
        by = people.actor_of(people.staff()[0], Channel.API)
        return actions.note(number, body="Uma nota da medição.", by=by, now=timezone.now()).pk
    finally:
        connections.close_all()


def _work(clients: int, seconds: float, cookie: str, number: int) -> None:
    from itertools import cycle

    from farol.house.measure.desk_client import BadAnswer, drive, request

    paths = ("/mesa/equipe", f"/mesa/chamados/{number}", "/mesa/minha-fila")
    asked = cycle([request("GET", path, headers={"Cookie": cookie}) for path in paths])
    try:
        figures = drive(environment.PORT, asked, clients=clients, seconds=seconds)
        print(f"meanwhile {figures.per_second:.0f} pages a second, p95 {figures.p95_ms:.0f} ms", file=sys.stderr)
    except (BadAnswer, OSError) as error:
        print(f"farol: the desk did not work meanwhile: {error}", file=sys.stderr)
