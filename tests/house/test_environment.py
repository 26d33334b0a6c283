"""What the machine says becomes settings."""

from __future__ import annotations

from typing import Any

import pytest

from farol.house import environment


def options(url: str) -> dict[str, Any]:
    found = environment.database(url)["OPTIONS"]
    assert isinstance(found, dict)
    return found


def test_statements_are_prepared_unless_the_url_says_not() -> None:
    assert options("postgresql://u@db/farol")["prepare_threshold"] == 2
    assert options("postgresql://u@db/farol?prepare_threshold=0")["prepare_threshold"] is None


def test_what_else_the_url_says_goes_to_the_driver() -> None:
    assert options("postgresql://u@db/farol?sslmode=require")["sslmode"] == "require"


def test_another_database_is_refused_by_name() -> None:
    with pytest.raises(SystemExit, match="mysql"):
        environment.database("mysql://u@db/farol")
