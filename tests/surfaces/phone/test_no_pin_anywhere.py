"""A PIN is nowhere once it was keyed: five hundred calls, and then every row, log, file and command is searched."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from django.db import connection

from farol.phone.doors.serving import Switchboard
from farol.phone.models import Call
from tests.surfaces.phone.callers import Caller
from tests.surfaces.phone.conftest import JOAO, MARINA, NINE, served
from tests.surfaces.phone.test_twiml import Carrier
from tests.world import World

WRONG = "860923"
PINS = ("314159", "271828", WRONG)
CALLS = (
    f"2 2 {JOAO} 2 2",
    f"2 2 12222345013335# {WRONG}# {MARINA} 2 1",
    f"2 2 {WRONG}# {WRONG}# 12222345013335# {WRONG}# !",
    f"2 2 {MARINA} 1 314159# {WRONG}# 271828# 1",
    f"2 3 {JOAO}",
)


@pytest.mark.usefixtures("_carrier")
@pytest.mark.rule("R-028")
def test_after_five_hundred_calls_no_pin_is_in_any_row_log_file_or_command(
    live: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def talk(_: Switchboard, port: int) -> list[Caller]:
        callers = [Caller(CALLS[n % len(CALLS)], port, key=f"pin.{n}", said=NINE) for n in range(490)]
        return await asyncio.gather(*(caller.call() for caller in callers))

    callers = served(talk, tmp_path / "unwritten")
    for number in range(10):
        Carrier(f"CA{number}").call(CALLS[number % len(CALLS)])
    assert Call.objects.count() == 500
    told = "\n".join(command for caller in callers for command in caller.commands)
    kept = "\n".join(file.read_text() for file in tmp_path.rglob("*") if file.is_file())
    for pin in PINS:
        assert pin not in told
        assert pin not in kept
        assert not [record for record in caplog.records if pin in record.getMessage() + str(record.args)]
    assert rows_with(PINS) == []


def rows_with(words: tuple[str, ...]) -> list[str]:
    """Tables in which one of these words stands, in whatever column."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE ANY(%s)', [[f"%{w}%" for w in words]])
            if cursor.fetchone()[0]:
                found.append(table)
    return found
