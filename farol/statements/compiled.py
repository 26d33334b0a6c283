"""A query set turned into SQL at its first use, and run again with other values.

Making the SQL of a query with a few joins costs Django more than running it
costs PostgreSQL. The query is written as ever, with a parameter for each value
that differs from one use to the next; it is built once with stand-ins, whose
places among the parameters are where the values go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]

M = TypeVar("M", bound=Model)
Kind = type[int] | type[str] | type[date] | type[datetime]
Row = Sequence[Any]

STAND_INS: dict[Kind, Callable[[int], object]] = {
    int: lambda number: 9_000_000_001 + number,
    str: lambda number: f"stand-in {number}",
    date: lambda number: date(9001, 1, 1) + timedelta(days=number),
    datetime: lambda number: datetime(9001, 1, 1, tzinfo=UTC) + timedelta(days=number),
}


class Statement(Generic[M]):
    """The query that `build` makes, as a function of the values named in `kinds`."""

    def __init__(self, build: Callable[..., QuerySet[M]], **kinds: Kind) -> None:
        self._build = build
        self._kinds = kinds
        self._plan: Plan | None = None

    def all(self, **values: object) -> list[M]:
        """Every row that the query gives for these values."""
        plan = self._plan
        if plan is None:
            plan = self._plan = self._compiled()
        return list(plan.run(values))

    def first(self, **values: object) -> M | None:
        """The first of them; the query itself limits how many are read."""
        return next(iter(self.all(**values)), None)

    def _compiled(self) -> Plan:
        stand_ins = {name: STAND_INS[kind](number) for number, (name, kind) in enumerate(self._kinds.items())}
        query = self._build(**stand_ins).query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        slots = tuple(_slot(parameter, stand_ins) for parameter in parameters)
        missing = set(stand_ins) - {slot.name for slot in slots}
        if missing:
            raise ValueError(f"not a parameter of the statement: {', '.join(sorted(missing))}")
        info = compiler.klass_info
        fields = info["select_fields"]
        columns = slice(fields[0], fields[-1] + 1)
        return Plan(
            sql=sql,
            slots=slots,
            model=info["model"],
            columns=columns,
            annotations=sorted(compiler.annotation_col_map.items()),
            names=[column[0].target.attname for column in compiler.select[columns]],
            populators=get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS),
            converters=[
                (place, functions, expression)
                for place, (functions, expression) in compiler.get_converters(
                    [column[0] for column in compiler.select]
                ).items()
            ],
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter: the value of that name made this kind of number, or always the same."""

    name: str = ""
    number: type[int] | None = None
    value: object = None

    def filled(self, values: dict[str, object]) -> object:
        if not self.name:
            return self.value
        value = values[self.name]
        return self.number(value) if self.number and isinstance(value, int) else value


@dataclass(frozen=True, slots=True)
class Plan:
    """SQL with the places of its values, and how a row of it becomes objects."""

    sql: str
    slots: tuple[Slot, ...]
    model: type[Model]
    columns: slice
    annotations: list[tuple[str, int]]
    names: list[str]
    populators: list[Any]
    converters: list[tuple[int, list[Any], Any]]

    def run(self, values: dict[str, object]) -> Iterator[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            parameters: list[Any] = [slot.filled(values) for slot in self.slots]
            cursor.execute(self.sql, parameters)
            rows = cursor.fetchall()
        for row in self._converted(rows, connection) if self.converters else rows:
            found = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.columns])
            for name, place in self.annotations:
                setattr(found, name, row[place])
            for populator in self.populators:
                populator.populate(row, found)
            yield found

    def _converted(self, rows: Sequence[Row], connection: Any) -> Iterator[Row]:
        for row in map(list, rows):
            for place, functions, expression in self.converters:
                value = row[place]
                for function in functions:
                    value = function(value, expression, connection)
                row[place] = value
            yield row


def _slot(parameter: object, stand_ins: dict[str, object]) -> Slot:
    for name, stand_in in stand_ins.items():
        if type(stand_in) is not type(parameter) and not isinstance(parameter, type(stand_in)):
            continue
        if parameter == stand_in:
            return Slot(name, type(parameter) if isinstance(parameter, int) else None)
    return Slot(value=parameter)
