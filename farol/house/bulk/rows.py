"""Rows as PostgreSQL's COPY reads them: values with tabs between, `\\N` for none.

>>> row(1, "a\\tb\\nc", None, True)
'1\\ta\\\\tb\\\\nc\\t\\\\N\\tt\\n'
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

NONE = "\\N"
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
SPECIAL = re.compile(r"[\\\t\n\r]")


def row(*values: object) -> str:
    return "\t".join(map(value, values)) + "\n"


def value(of: object) -> str:
    if isinstance(of, str):
        return of.translate(ESCAPED) if SPECIAL.search(of) else str(of)
    if of is None:
        return NONE
    if of is True:
        return "t"
    return "f" if of is False else str(of)


def instant(minute: int) -> str:
    """A minute since 1970 as a timestamp."""
    return datetime.fromtimestamp(minute * 60, UTC).isoformat(" ")


def facts(of: object) -> str:
    """As JSON; what is not ASCII is written as it is."""
    return json.dumps(of, ensure_ascii=False)
