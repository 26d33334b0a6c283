"""Partial indexes serve statements whose plan is made once for whatever they are asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from farol.automation import queries as automation
from farol.automation.models import Hook
from farol.files import queries as files
from farol.mail import queries as mail
from farol.notify import queries as letters
from tests.world import World, at

READS: dict[str, Callable[[World], object]] = {
    "delivery_waiting": lambda world: automation.first_waiting(Hook(pk=7)),
    "letter_returned": lambda world: letters.has_answered_since("marina@serraazul.example", at("2026-11-24 09:00")),
    "letter_failed": lambda world: list(letters.failed()),
    "mail_for_people": lambda world: mail.for_people(is_whole=False, limit=51),
    "attachment_held": lambda world: list(files.held()),
}


def plan_of(read: Callable[[World], object], world: World) -> str:
    """How the database would follow the last statement of `read`, whatever its values."""
    said: list[tuple[str, Any]] = []

    def listen(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        said.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(listen):
        read(world)
    sql, values = said[-1]
    places = iter(range(1, len(values) + 1))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("PREPARE asked AS " + re.sub("%s", lambda _: f"${next(places)}", sql))
        cursor.execute(
            f"EXPLAIN EXECUTE asked({', '.join(['NULL'] * len(values))})" if values else "EXPLAIN EXECUTE asked"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("DEALLOCATE asked")
    return plan


@pytest.mark.parametrize("index", READS)
def test_the_index_of_a_few_among_many_is_followed(world: World, index: str) -> None:
    assert index in plan_of(READS[index], world)
