"""A row put into a table by SQL made once, from an object as ever.

What Django does around a new row (signals, defaults of the database, inherited
tables) the rooms do not use; what it does with each value stays.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.models.fields import NOT_PROVIDED

M = TypeVar("M", bound=Model)


class Insertion(Generic[M]):
    """Puts objects of one model into its table; the database fills in what it has defaults for."""

    def __init__(self, model: type[M], *, with_key: bool = False) -> None:
        """`with_key` when the object brings its key, or else the database gives one."""
        self._model = model
        self._with_key = with_key
        self._sql: tuple[str, list[Any]] | None = None

    def __call__(self, row: M) -> M:
        """The row is in the table, and the object knows its key."""
        connection = connections[DEFAULT_DB_ALIAS]
        sql, fields = self._sql or self._made()
        values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            if not self._with_key:
                row.pk = cursor.fetchone()[0]
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return row

    def _made(self) -> tuple[str, list[Any]]:
        meta = self._model._meta
        fields: list[Any] = [
            field
            for field in meta.local_concrete_fields
            if field.db_default is NOT_PROVIDED and (self._with_key or not field.primary_key)
        ]
        quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
        columns = ", ".join(quote(field.column) for field in fields)
        places = ", ".join(["%s"] * len(fields))
        sql = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({places})"
        assert meta.pk is not None
        self._sql = (sql if self._with_key else f"{sql} RETURNING {quote(meta.pk.column)}", fields)
        return self._sql
