"""Copying whole tables in, some thousand tickets at a time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from farol.house.bulk.lives import DAY_MINUTES, Author, Pages, Plot
from farol.house.bulk.scenery import set_up
from farol.tickets.rules.windows import day_of
from farol.worktime.spans import minute_of

CHUNK = 10_000
OPEN_SHARE = 0.02
YEARS = 3
COLUMNS = {
    "journal_entry": "id, name, subject, actor_id, channel, is_internal, body, facts, happened_at",
    "tickets_ticket": (
        "id, organization_id, contact_id, product_id, module_id, version_id, plan_id, kind, subject, description,"
        " impact, severity, reasons, channel, rank, state, area_id, assignee_id, opened_at, calendar_version_id,"
        " allowance_minutes, due_at, paused_at, answered_at, closed_at, updated_at, last_entry_id"
    ),
    "tickets_window": (
        "ticket_id, asked, entry_id, sent_at, last_day, reminder_on, is_postponed, reminded_at, ended_at, outcome,"
        " statement, evidence"
    ),
    "tickets_target": (
        "ticket_id, promise, started_at, calendar_version_id, minutes, due_at, ended_at, warned_share, warn_at"
    ),
    "search_document": "subject, position, scope_id, words",
}
MOST_ENTRIES = 8  # of one ticket
PENDING_KB = 65_536


def pour(tickets: int, *, now: datetime, said: Callable[[int], None] = lambda done: None) -> None:
    """So many tickets more, of the last three years, most of them closed; `said` hears how many are in."""
    year = now.year
    customers = max(20, min(400, tickets // 250))
    scenery = set_up(customers, first_year=year - YEARS - 1, last_year=year + 1, today=day_of(now))
    author = Author(scenery, minute_of(now, "now"), random.Random(f"bench {tickets}"))
    plots = _plots(author, tickets)
    with _words_gathered():
        for start in range(0, tickets, CHUNK):
            _pour_chunk(author, plots[start : start + CHUNK])
            said(min(start + CHUNK, tickets))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(COLUMNS)}")


@contextmanager
def _words_gathered() -> Iterator[None]:
    """The index of words takes them in by the ten thousand, not document by document: six times faster."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER INDEX document_words SET (fastupdate = on, gin_pending_list_limit = {PENDING_KB})")
        yield
        cursor.execute("ALTER INDEX document_words SET (fastupdate = off)")
        cursor.execute("SELECT gin_clean_pending_list('document_words')")


def _plots(author: Author, tickets: int) -> list[Plot]:
    """In the order of their openings, as their numbers will be."""
    open_ones = round(tickets * OPEN_SHARE)
    first, last = author.now - YEARS * 365 * DAY_MINUTES, author.now - 12 * DAY_MINUTES
    plots = [author.closed(first, last) for _ in range(tickets - open_ones)]
    plots += [author.open() for _ in range(open_ones)]
    return sorted(plots, key=lambda plot: plot.opened)


@transaction.atomic
def _pour_chunk(author: Author, plots: list[Plot]) -> None:
    with connection.cursor() as cursor:
        numbers = _reserve(cursor, "tickets_ticket", len(plots))
        author.entry_ids = iter(_reserve(cursor, "journal_entry", len(plots) * MOST_ENTRIES))
        author.pages = Pages()
        for number, plot in zip(numbers, plots, strict=True):
            author.write(number, plot)
        pages = author.pages
        _copy(cursor, "journal_entry", pages.entries)
        _copy(cursor, "tickets_ticket", pages.tickets)
        _copy(cursor, "tickets_window", pages.windows)
        _copy(cursor, "tickets_target", pages.targets)
        _copy(cursor, "search_document", pages.documents)


def _reserve(cursor: CursorWrapper, table: str, count: int) -> list[int]:
    """Keys that no other row has or will have."""
    cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
    return [key for (key,) in cursor.fetchall()]


def _copy(cursor: CursorWrapper, table: str, rows: list[str]) -> None:
    with cursor.copy(f"COPY {table} ({COLUMNS[table]}) FROM STDIN") as copy:
        copy.write("".join(rows))
