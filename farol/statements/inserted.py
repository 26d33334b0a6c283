"""A row put into a table by SQL made once, from an object as ever.

What Django does around a new row (signals, defaults of the database, inherited
tables) the rooms do not use; what it does with each value stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.models.fields import NOT_PROVIDED

M = TypeVar("M", bound=Model)
N = TypeVar("N", bound=Model)


class Insertion(Generic[M]):
    """Puts objects of one model into its table; the database fills in what it has defaults for."""

    def __init__(self, model: type[M], *, with_key: bool = False, within: str = "{}") -> None:
        """`with_key` when the object brings its key, or else the database gives one.

        `within` is a statement with a place for the insertion, which goes on from the keys that it
        returns and answers them.
        """
        self._model = model
        self._with_key = with_key
        self._within = within
        self._sql: tuple[str, str, str, list[Any]] | None = None

    def __call__(self, row: M) -> M:
        """The row is in the table, and the object knows its key."""
        return self.all([row])[0]

    def all(self, rows: Sequence[M]) -> Sequence[M]:
        """The same for a few rows at once: each number of them is a statement of its own."""
        sql, values = self._statement(rows)
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, values)
            return self._known(rows, [] if self._with_key else cursor.fetchall())

    def with_its(self, row: M, others: Insertion[N], rows: Sequence[N]) -> M:
        """The row, which brings its key, and `rows` that point at it: one statement puts them all."""
        first, of_first = self._statement([row])
        second, of_second = others._statement(rows)
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(f"WITH put AS ({first}) {second}", of_first + of_second)
            others._known(rows, cursor.fetchall())
        return self._known([row], [])[0]

    def _statement(self, rows: Sequence[M]) -> tuple[str, list[Any]]:
        connection = connections[DEFAULT_DB_ALIAS]
        head, places, tail, fields = self._sql or self._made()
        values = [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields]
        return head + ", ".join([places] * len(rows)) + tail, values

    def _known(self, rows: Sequence[M], keys: Sequence[tuple[int]]) -> Sequence[M]:
        for row, (key,) in zip(rows, keys, strict=False):
            row.pk = key
        for row in rows:
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return rows

    def _made(self) -> tuple[str, str, str, list[Any]]:
        meta = self._model._meta
        assert meta.pk is not None
        fields: list[Any] = [
            field
            for field in meta.local_concrete_fields
            if field.db_default is NOT_PROVIDED and (self._with_key or not field.primary_key)
        ]
        quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
        columns = ", ".join(quote(field.column) for field in fields)
        places = ", ".join(["%s"] * len(fields))
        before, after = self._within.split("{}")
        head = f"{before}INSERT INTO {quote(meta.db_table)} ({columns}) VALUES "
        tail = after if self._with_key else f" RETURNING {quote(meta.pk.column)}{after}"
        self._sql = (head, f"({places})", tail, fields)
        return self._sql
