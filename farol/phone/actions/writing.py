"""Writing calls down. The FastAGI door does it behind the caller's back, many calls at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from farol.phone.actions.sharing import CHANNEL, share_out
from farol.phone.models import Call

COLUMNS = {
    "place": "text", "script": "jsonb", "menus_id": "bigint", "organization_id": "bigint", "person_id": "bigint",
    "document": "text", "service": "text", "route_kind": "text", "route_target": "text", "route_reason": "text",
    "ticket_id": "bigint", "routed_at": "timestamptz",
}  # fmt: skip
BEGUN = {
    "door": "text", "key": "text", "caller": "text", "dialled": "text", "language": "text",
    "started_at": "timestamptz",
}  # fmt: skip
ENDS = {"state": "text", "outcome": "text", "ended_at": "timestamptz"}


@dataclass(slots=True)
class StepLine:
    number: int
    at: datetime
    place: str
    heard: str
    said: str


@dataclass(slots=True)
class Snapshot:
    """A call as its door knows it; `id` once it has been written."""

    door: str
    key: str
    started_at: datetime
    caller: str = ""
    dialled: str = ""
    language: str = "pt-br"
    id: int = 0
    state: str = Call.State.SCRIPT
    place: str = ""
    script: dict[str, Any] = field(default_factory=dict)
    menus_id: int | None = None
    organization_id: int | None = None
    person_id: int | None = None
    document: str = ""
    service: str = ""
    area: str = ""
    route_kind: str = ""
    route_target: str = ""
    route_reason: str = ""
    ticket_id: int | None = None
    outcome: str = ""
    routed_at: datetime | None = None
    ended_at: datetime | None = None
    steps: list[StepLine] = field(default_factory=list)


@transaction.atomic
def write_down(calls: Sequence[Snapshot]) -> list[int]:
    """Each call stands as it is now, with the steps that are new; answers their numbers, in order (R-028, R-029).

    A call of the same name that is still going on was cut off: it is lost.
    Once somebody else has moved a call on, only what the menus know of it is changed.
    """
    new = [call for call in calls if not call.id]
    with connection.cursor() as cursor:
        fresh: Iterator[int] = iter(())
        if new:
            cursor.execute(LOSE, [new[-1].started_at, [call.door for call in new], [call.key for call in new]])
            cursor.execute(INSERT, [_rows(new)])
            fresh = iter(number for (number,) in cursor.fetchall())
        numbers = [call.id or next(fresh) for call in calls]
        if len(new) < len(calls):
            cursor.execute(UPDATE, [_rows([call for call in calls if call.id])])
        if steps := _steps(numbers, calls):
            cursor.execute(STEPS, [_json(steps)])
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(numbers[:500])])
    if any(call.state == Call.State.QUEUED for call in calls):
        transaction.on_commit(share_out)
    return numbers


def _steps(numbers: Sequence[int], calls: Sequence[Snapshot]) -> list[dict[str, Any]]:
    told = zip(numbers, calls, strict=True)
    return [{"call_id": number, **asdict(step)} for number, call in told for step in call.steps]


def _rows(calls: Sequence[Snapshot]) -> str:
    names = [each.name for each in fields(Snapshot) if each.name != "steps"]
    return _json([{"position": n, **{name: getattr(call, name) for name in names}} for n, call in enumerate(calls)])


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, default=lambda value: value.isoformat()).replace("\\u0000", "")


def _typed(columns: dict[str, str]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in columns.items())


LOSE = """
UPDATE phone_call SET state = 'ended', outcome = 'lost', ended_at = %s
FROM (SELECT unnest(%s::text[]) AS door, unnest(%s::text[]) AS key) AS again
WHERE phone_call.door = again.door AND phone_call.key = again.key AND ended_at IS NULL
"""
_ALL = {**BEGUN, **COLUMNS, **ENDS}
INSERT = f"""
WITH given AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS r(position int, area text, {_typed(_ALL)})
), put AS (
    INSERT INTO phone_call ({", ".join(_ALL)}, area_id, recording)
    SELECT {", ".join(f"given.{name}" for name in _ALL)}, people_area.id, ''
    FROM given LEFT JOIN people_area ON people_area.code = given.area ORDER BY given.position
    RETURNING id
)
SELECT id FROM put ORDER BY id
"""
UPDATE = f"""
UPDATE phone_call SET {", ".join(f"{name} = given.{name}" for name in COLUMNS)},
    area_id = people_area.id,
    state = CASE WHEN phone_call.state = 'script' THEN given.state ELSE phone_call.state END,
    outcome = CASE WHEN phone_call.outcome = '' THEN given.outcome ELSE phone_call.outcome END,
    ended_at = coalesce(phone_call.ended_at, given.ended_at)
FROM jsonb_to_recordset(%s::jsonb) AS given(id bigint, area text, {_typed({**COLUMNS, **ENDS})})
LEFT JOIN people_area ON people_area.code = given.area
WHERE phone_call.id = given.id
"""
STEPS = """
INSERT INTO phone_step (call_id, number, at, place, heard, said)
SELECT call_id, number, at, place, heard, said
FROM jsonb_to_recordset(%s::jsonb) AS r(call_id bigint, number int, at timestamptz, place text, heard text, said text)
ON CONFLICT (call_id, number) DO NOTHING
"""
