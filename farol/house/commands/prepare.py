"""Bring the database and the static files up to date; on the first run load the catalogue and the demonstration."""

from __future__ import annotations

import argparse

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    """None. `FAROL_DEMO=0` leaves the demonstration out."""


def run(options: argparse.Namespace) -> int:
    from farol.house import first_run

    first_run.prepare()
    first_run.show_sign_ins()
    return 0
