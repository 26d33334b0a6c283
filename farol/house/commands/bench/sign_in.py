"""Measure what ten thousand wrong passwords from a hundred addresses cost those who did nothing wrong.

On a scratch database of its own under `FAROL_HOME/bench-sign-in`, with the same web server as the house. Prints how
much longer it takes to sign in and to read a page, what became of the passwords, and how far the tables grew. Exits 1
if a median is more than twice as long.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from farol.house import environment

INSIDE = "FAROL_BENCH_INSIDE"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tries", type=int, default=10_000, metavar="N", help="wrong passwords (default 10000)")
    parser.add_argument("--seconds", type=float, default=20, metavar="S", help="of each side (default 20)")
    parser.add_argument("--port", type=int, default=8933, help="where the house answers (default 8933)")
    parser.add_argument("--home", type=Path, default=environment.HOME / "bench-sign-in", help="the scratch folder")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    if not os.environ.get(INSIDE):
        return _again_elsewhere(options)
    from farol.house.embedded.at_hand import database_at_hand

    with database_at_hand():
        from farol.house import first_run
        from farol.house.measure import desk_sites, sign_in_run

        first_run.prepare()
        calm, tried = sign_in_run.people_at_hand()
        with desk_sites.serving(desk_sites.FAROL, options.port):
            results, attack = sign_in_run.measured(
                options.port, calm, tried, tries=options.tries, seconds=options.seconds
            )
    if options.json:
        rows = [asdict(result) | {"ratio": result.ratio} for result in results]
        print(json.dumps({"results": rows, "attack": asdict(attack)}, indent=2))
    else:
        for result in results:
            print(
                f"{result.action:<14}alone {result.alone_p50:>7.1f} ms (p95 {result.alone_p95:.1f})   under attack "
                f"{result.under_p50:>7.1f} ms (p95 {result.under_p95:.1f})   {result.ratio:.2f} times"
            )
        per_second = sum(attack.answers.values()) / attack.seconds
        answers = ", ".join(f"{count} times {status}" for status, count in sorted(attack.answers.items()))
        print(f"{'passwords':<14}{answers}; {per_second:.0f} a second; {attack.locked} accounts of {len(tried)} locked")
        for name, (before, after) in attack.rows.items():
            print(f"{name:<16}{before:>7} rows before, {after:>7} after")
    return 0 if all(result.is_met for result in results) else 1


def _again_elsewhere(options: argparse.Namespace) -> int:
    """The same command in a process whose home is the scratch folder: the user's data is out of reach."""
    inside = {
        **os.environ,
        INSIDE: "1",
        "FAROL_HOME": str(options.home.resolve()),
        "FAROL_DEMO": "0",
        "FAROL_LOG": "ERROR",
    }
    inside.pop("DATABASE_URL", None)
    return subprocess.run([sys.executable, "-m", "farol.house.command_line", *sys.argv[1:]], env=inside).returncode
