"""Constants that stand in the text of a statement.

A plan is made once for whatever a statement will be asked, so a partial index serves it
only if the index's condition stands there to be read, and does not come along as a value.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Value


class Literal(Value):
    """A word of ours, never somebody's text."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        quoted = str(self.value).replace("'", "''").replace("%", "%%")
        return f"'{quoted}'", []
