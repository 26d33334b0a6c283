"""Delete what is past its term, now instead of at night, and print how much of each class."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: argparse.Namespace) -> int:
    from farol.house.privacy.retention import sweep_terms

    print(json.dumps(sweep_terms(datetime.now(UTC))))
    return 0
