"""Measure the desk beside a plain Django view: opening, showing, a page of the queue, a reply.

On a scratch database of its own under `FAROL_HOME/bench`, kept for the next run. Both sites run by the same web server
with the same number of workers; the plain one writes a ticket and its message, or reads twice by an index, and does
nothing else. Exits 1 if a ratio is below its target.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from farol.house import environment

if TYPE_CHECKING:
    from farol.house.measure.desk_run import Result

INSIDE = "FAROL_BENCH_INSIDE"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tickets", type=int, default=200_000, metavar="N", help="in the database (default 200000)")
    parser.add_argument("--clients", type=_numbers, default=(1, 8), metavar="N,N", help="at once (default 1,8)")
    parser.add_argument("--seconds", type=float, default=5, metavar="S", help="of each round (default 5)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="of each side in turn (default 3)")
    parser.add_argument("--port", type=int, default=8931, help="this one and the next are used (default 8931)")
    parser.add_argument("--home", type=Path, default=environment.HOME / "bench", help="the scratch folder")
    parser.add_argument("--json", action="store_true", help="for programs")


def _numbers(text: str) -> tuple[int, ...]:
    """1,8: once with one client, once with eight."""
    numbers = tuple(int(part) for part in text.split(","))
    if min(numbers) < 1:
        raise ValueError(text)
    return numbers


def run(options: argparse.Namespace) -> int:
    if not os.environ.get(INSIDE):
        return _again_elsewhere(options)
    from farol.house.embedded.at_hand import database_at_hand

    with database_at_hand():
        results = _measured(options)
    if options.json:
        rows = [asdict(result) | {"ratio": result.ratio, "met": result.is_met} for result in results]
        print(json.dumps(rows, indent=2))
    else:
        _print(results)
    return 0 if all(result.is_met for result in results) else 1


def _again_elsewhere(options: argparse.Namespace) -> int:
    """The same command in a process whose home is the scratch folder: the user's data is out of reach."""
    inside = {**os.environ, INSIDE: "1", "FAROL_HOME": str(options.home.resolve()), "FAROL_DEMO": "0"}
    inside.pop("DATABASE_URL", None)
    return subprocess.run([sys.executable, "-m", "farol.house.command_line", *sys.argv[1:]], env=inside).returncode


def _measured(options: argparse.Namespace) -> list[Result]:
    from django.utils import timezone

    from farol.house.measure import desk_run, desk_sites

    tickets = _fill(options.tickets)
    found = []
    with (
        desk_sites.plain_tables(tickets),
        desk_sites.serving(desk_sites.FAROL, options.port) as ours,
        desk_sites.serving(desk_sites.PLAIN, options.port + 1, settings=desk_sites.PLAIN_SETTINGS) as plain,
    ):
        measure = desk_run.Measure(options.clients, options.seconds, options.rounds)
        for result in measure.results(ours, plain, now=timezone.now()):
            found.append(result)
            print(f"farol: {result.action}, {result.clients}: {result.ratio:.2f}", file=sys.stderr)
    return found


def _fill(tickets: int) -> int:
    """Answers how many there are: earlier runs have opened some."""
    from django.db import connection
    from django.utils import timezone

    from farol.house import first_run
    from farol.house.bulk.pour import pour
    from farol.tickets.models import Ticket

    first_run.prepare()
    there = Ticket.objects.count()
    missing = tickets - there
    if missing > 0:
        print(f"farol: adding {missing} tickets", file=sys.stderr)
        pour(missing, now=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return max(there, tickets)


def _print(results: list[Result]) -> None:
    columns = f"{'req/s':>8}{'p50 ms':>8}{'p95 ms':>8}{'cpu ms':>8}"
    print(f"\n{'':<24}{'':>8}{'Farol':>32}{'plain Django view':>34}")
    print(f"{'':<24}{'clients':>8}{columns}  {columns}{'ratio':>8}{'target':>8}")
    for found in results:
        ours = f"{found.per_second:>8.0f}{found.p50_ms:>8.1f}{found.p95_ms:>8.1f}{found.cpu_ms:>8.1f}"
        plain = (
            f"{found.plain_per_second:>8.0f}{found.plain_p50_ms:>8.1f}{found.plain_p95_ms:>8.1f}"
            f"{found.plain_cpu_ms:>8.1f}"
        )
        target = f"{found.target:>8.2f} {'met' if found.is_met else 'missed'}" if found.target else ""
        print(f"{found.action:<24}{found.clients:>8}{ours}  {plain}{found.ratio:>8.2f}{target}")
