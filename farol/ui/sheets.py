"""Lists for spreadsheets: lines of a CSV file that no spreadsheet takes for a formula.

>>> line(["118402", '=HYPERLINK("http://x")', "a;b", "-3", "linha 1\\nlinha 2"], ";")
'118402;"\\'=HYPERLINK(""http://x"")";"a;b";\\'-3;linha 1 linha 2\\r\\n'
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from django.http import StreamingHttpResponse

BOM = "\ufeff"  # without it spreadsheets read the accents wrongly
FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]")
BREAKS = re.compile(r"[\r\n\t\x00-\x1f]+")
AT_ONCE = 100


def sheet(name: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, language: str) -> StreamingHttpResponse:
    """A file to keep, sent while it is read; with semicolons where the comma stands in numbers."""
    separator = "," if language.startswith("en") else ";"
    answer = StreamingHttpResponse(_parts(head, rows, separator), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def _parts(head: Sequence[str], rows: Iterable[Sequence[str]], separator: str) -> Iterator[str]:
    """Some lines at a time."""
    waiting = [BOM + line(head, separator)]
    for row in rows:
        waiting.append(line(row, separator))
        if len(waiting) >= AT_ONCE:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)


def line(cells: Sequence[str], separator: str) -> str:
    written = StringIO()
    csv.writer(written, delimiter=separator).writerow([_harmless(cell) for cell in cells])
    return written.getvalue()


def _harmless(cell: str) -> str:
    """An apostrophe before what would be a formula: the spreadsheet shows it as text."""
    plain = BREAKS.sub(" ", cell).strip()
    return f"'{plain}" if FORMULA.match(plain) else plain
