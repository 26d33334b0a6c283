"""A file of titles: looked at first, kept when somebody says so."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from farol.billing.actions.titles import bring_titles
from farol.billing.models import TitleSheet
from farol.billing.queries import sorted_out
from farol.billing.rules.settling import CstOnly, SheetGone
from farol.billing.rules.titles import MOST_BYTES, MOST_LINES, Row, SheetTooLong, read
from farol.kernel.actor import Actor

LOOKED_AT_FOR = timedelta(days=7)


def bring_sheet(name: str, content: bytes, *, by: Actor, now: datetime) -> TitleSheet:
    """The file is read, its good lines and its bad ones stand to be looked at, and no title has changed.

    Raises SheetUnreadable, SheetTooLong, CstOnly.
    """
    if not by.is_staff:
        raise CstOnly
    if len(content) > MOST_BYTES:
        raise SheetTooLong(limit=MOST_LINES)
    sheet = sorted_out(read(content))
    bad = [{"line": line.line, "reasons": list(line.reasons), "text": line.text} for line in sheet.bad]
    return TitleSheet.objects.create(
        name=name.replace("\x00", "")[:200],
        rows=[row.kept() for row in sheet.good],
        bad=bad,
        brought_by_id=by.person_id or None,
        brought_at=now,
    )


@transaction.atomic
def keep_sheet(sheet_id: int, *, by: Actor, now: datetime) -> TitleSheet:
    """The good lines of the file are titles; asked again, nothing changes. Raises SheetGone, CstOnly."""
    sheet = TitleSheet.objects.select_for_update().filter(pk=sheet_id).first()
    if sheet is None:
        raise SheetGone
    if sheet.kept_at is None:
        outcome = bring_titles([Row.of(row) for row in sheet.rows], by=by, now=now)
        sheet.kept_at, sheet.outcome = now, outcome.told()
        sheet.save(update_fields=["kept_at", "outcome"])
    return sheet


def forget_sheets(now: datetime) -> int:
    """Files that nobody kept within a week are gone; answers how many."""
    return TitleSheet.objects.filter(kept_at=None, brought_at__lt=now - LOOKED_AT_FOR).delete()[0]
