"""What a request changed, row by row, and whose each row is; read from the database, so that nothing is left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from farol.people.models import Organization, Person
from farol.tickets.models import Ticket

TABLES = {
    model._meta.db_table: model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label != "procrastinate"
}
TOUCHED = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del, n_tup_del FROM pg_stat_xact_user_tables"
MARKED = "INSERT INTO watched DEFAULT VALUES RETURNING xmin::text::bigint"
"""The number of the savepoint we are in: what is written from now on has this one or a later one."""
PEOPLE = ("person_id", "actor_id", "contact_id")


@dataclass(frozen=True, slots=True)
class Change:
    """A row as it is after the request, or was if it is gone; the companies it is of, and the people it names."""

    table: str
    row: dict[str, Any]
    companies: frozenset[int]
    people: frozenset[int]

    @property
    def room(self) -> str:
        return TABLES[self.table]._meta.app_label


@dataclass
class Watched:
    """A request that leaves no trace: what it did is kept here, and the database is as before."""

    changes: list[Change] = field(default_factory=list)
    _mark: int = 0
    _counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __enter__(self) -> Watched:
        _done("CREATE TEMPORARY TABLE IF NOT EXISTS watched ()")
        self._point = transaction.savepoint()
        self._counts = _touched()
        self._mark = _asked(MARKED)[0][0]
        return self

    def __exit__(self, *error: object) -> None:
        transaction.set_rollback(False)
        touched = {
            table: now for table, now in _touched().items() if now != self._counts.get(table) and table in TABLES
        }
        for table in touched:
            self.changes += _rows(table, "xmin::text::bigint >= %s", self._mark)
        thinned = [t for t, (_, deleted) in touched.items() if deleted != self._counts.get(t, (0, 0))[1]]
        left = {table: {key for (key,) in _asked(f'SELECT id FROM "{table}"')} for table in thinned if _has_id(table)}
        transaction.savepoint_rollback(self._point)
        for table, keys in left.items():
            self.changes += _rows(table, "NOT id = ANY(%s)", list(keys))


def _touched() -> dict[str, tuple[int, int]]:
    return {table: (count, deleted) for table, count, deleted in _asked(TOUCHED)}


def _done(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _rows(table: str, where: str, value: object) -> list[Change]:
    found = _asked(f'SELECT to_jsonb(t) FROM "{table}" t WHERE {where}', [value])
    return [_change(table, json.loads(row)) for (row,) in found]


def _change(table: str, row: dict[str, Any]) -> Change:
    found = list(_owners(TABLES[table], row, depth=3))
    companies, people = ({key for kind, key in found if kind is wanted} for wanted in (Organization, Person))
    return Change(table, row, frozenset(companies), frozenset(people))


def _asked(sql: str, values: list[Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _has_id(table: str) -> bool:
    return TABLES[table]._meta.pk.column == "id"


def _owners(model: type[models.Model], row: dict[str, Any], depth: int) -> Iterator[tuple[type[models.Model], int]]:
    if model in {Organization, Person}:
        yield from _named(model, row["id"], depth)
    kind, _, key = str(row.get("subject") or row.get("source") or "").partition(":")
    if key.isdecimal() and kind in {"ticket", "person"}:
        yield from _named(Ticket if kind == "ticket" else Person, int(key), depth)
    for link in model._meta.concrete_fields:
        if isinstance(link, models.ForeignKey) and (value := row.get(link.column)) and depth:
            yield from _named(link.related_model, value, depth)
    for column in PEOPLE:
        if isinstance(row.get(column), int):
            yield from _named(Person, row[column], depth)


def _named(model: Any, key: Any, depth: int) -> Iterator[tuple[type[models.Model], int]]:
    if model is Organization:
        yield Organization, key
    elif model is Person:
        yield Person, key
        if company := Person.objects.filter(pk=key).values_list("organization", flat=True).first():
            yield Organization, company
    elif model._meta.app_label not in {"catalog", "contracts", "hours"} and (
        row := model._default_manager.filter(pk=key).values().first()
    ):
        yield from _owners(model, row, depth - 1)
