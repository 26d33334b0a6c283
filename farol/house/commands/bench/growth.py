"""Measure whether the desk slows down as it fills: the same actions on a small and on a large scratch database.

Each is measured by `farol bench desk` in its own folder, by turns. Exits 1 if any p50 or p95 on the large one is more
than 1.3 times that on the small one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from farol.house import environment
from farol.house.embedded.troubles import Trouble

MOST = 1.3
"""What a hundred times as many tickets may cost."""

Figures = dict[tuple[str, int], dict[str, float]]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tickets", type=int, nargs=2, default=(10_000, 1_000_000), metavar="N", help="small, large")
    homes = (environment.HOME / "bench-small", environment.HOME / "bench-large")
    parser.add_argument("--homes", type=Path, nargs=2, default=homes, metavar="HOME", help="the scratch folders")
    parser.add_argument("--clients", default="1,8", metavar="N,N", help="at once (default 1,8)")
    parser.add_argument("--seconds", type=float, default=5, metavar="S", help="of each round (default 5)")
    parser.add_argument("--turns", type=int, default=3, metavar="N", help="of each side (default 3)")
    parser.add_argument("--port", type=int, default=8931, help="this one and the next are used (default 8931)")


def run(options: argparse.Namespace) -> int:
    turns: tuple[list[Figures], list[Figures]] = ([], [])
    for _ in range(options.turns):
        for side, tickets, home in zip(turns, options.tickets, options.homes, strict=True):
            side.append(_measured(options, tickets, home))
    small, large = (_medians(side) for side in turns)
    print(f"{'':<24}{'clients':>8}{'':>6}{'small ms':>10}{'large ms':>10}{'quotient':>10}{'target':>8}")
    quotients = []
    for (action, clients), figures in small.items():
        for name, before in figures.items():
            after = large[action, clients][name]
            quotients.append(after / before)
            verdict = "met" if quotients[-1] <= MOST else "missed"
            row = f"{action:<24}{clients:>8}{name:>6}{before:>10.1f}{after:>10.1f}"
            print(f"{row}{quotients[-1]:>10.2f}{MOST:>8} {verdict}")
    return 0 if max(quotients) <= MOST else 1


def _measured(options: argparse.Namespace, tickets: int, home: Path) -> Figures:
    """One turn; the plain view's targets are not what is asked here."""
    said = {"tickets": tickets, "home": home, "clients": options.clients, "seconds": options.seconds, "rounds": 1}
    flags = [word for name, value in (said | {"port": options.port}).items() for word in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "farol.house.command_line", "bench", "desk", "--json", *flags]
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if not found.stdout:
        raise Trouble(f"No figures came of the desk in {home}; see above.")
    rows: list[dict[str, Any]] = json.loads(found.stdout)
    return {(row["action"], row["clients"]): {"p50": row["p50_ms"], "p95": row["p95_ms"]} for row in rows}


def _medians(turns: list[Figures]) -> Figures:
    return {key: {name: median(turn[key][name] for turn in turns) for name in ("p50", "p95")} for key in turns[0]}
