"""Counting what somebody does too often, in a table that does not grow: one row each, gone when it says nothing."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock

from django.db import connection, transaction
from django.db.models import F

from farol.people.models import Pace
from farol.people.rules.pace import Limit, TooManyTries, seconds_until

PAY = """
    INSERT INTO people_pace AS known (digest, paid_until)
    VALUES (%(digest)s, %(now)s::timestamptz + make_interval(secs => %(cost)s))
    ON CONFLICT (digest) DO UPDATE
    SET paid_until = greatest(known.paid_until, %(now)s) + make_interval(secs => %(cost)s)
    WHERE greatest(known.paid_until, %(now)s) + make_interval(secs => %(cost)s)
        <= %(now)s::timestamptz + make_interval(secs => %(room)s)
    RETURNING paid_until, xmax = 0
"""
SWEEP = """
    DELETE FROM people_pace WHERE digest IN (
        SELECT digest FROM people_pace WHERE paid_until < %s ORDER BY paid_until LIMIT 4 FOR UPDATE SKIP LOCKED
    )
"""
"""For each row that comes up to four go: the table holds no more than those who tried lately."""
NARROW_GATE = 0x0A0D2


def pay(limit: Limit, who: str, *, now: datetime, times: int = 1) -> timedelta:
    """One more try (or several at once) of `who` is counted; answers how much is on the bill. Raises TooManyTries."""
    digest, cost = digest_of(limit, who), limit.every * times
    with connection.cursor() as cursor:
        cursor.execute(PAY, _facts(digest, limit, cost, now))
        found = cursor.fetchone()
        if found is None:
            raise TooManyTries(_wait(digest, limit, cost, now))
        paid_until: datetime = found[0]
        if found[1]:
            cursor.execute(SWEEP, [now])
    return paid_until - now


def pay_back(limit: Limit, who: str) -> None:
    """A try that turned out right costs nothing."""
    Pace.objects.filter(digest=digest_of(limit, who)).update(paid_until=F("paid_until") - limit.every)


def forgive(limit: Limit, who: str) -> None:
    Pace.objects.filter(digest=digest_of(limit, who)).delete()


def is_first_use(purpose: str, what: str, *, life: timedelta, now: datetime) -> bool:
    """Whether this was never used before within its life; from now on it was."""
    try:
        pay(Limit(purpose, burst=1, every=life), what, now=now)
    except TooManyTries:
        return False
    return True


def sweep_paces(now: datetime) -> int:
    """What says nothing any more is gone; answers how many rows."""
    return Pace.objects.filter(paid_until__lt=now).delete()[0]


@contextmanager
def narrow_gate() -> Iterator[None]:
    """Of all who are watched one at a time has a password compared: others keep the processor. Raises TooManyTries.

    Comparing is made to be costly; a flood from many addresses must not use up what everybody else needs.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [NARROW_GATE])
            is_free = bool((cursor.fetchone() or [False])[0])
        if not is_free:
            raise TooManyTries(1)
        yield


class Tally:
    """Counts in memory what comes often, and takes it to the database a bundle at a time.

    Each process lets through at most a bundle more than the limit; what comes seldom costs nothing.
    """

    BUNDLE = 50
    KNOWN = 2_000

    def __init__(self, limit: Limit) -> None:
        self.limit, self._counts, self._shut = limit, OrderedDict[str, int](), OrderedDict[str, datetime]()
        self._lock = Lock()

    def count(self, who: str, *, now: datetime) -> None:
        """One more. Raises TooManyTries."""
        with self._lock:
            if (until := self._shut.get(who)) and until > now:
                raise TooManyTries(seconds_until(until - now))
            count = self._counts.pop(who, 0) + 1
            is_full = count >= self.BUNDLE
            self._counts[who] = 0 if is_full else count
            while len(self._counts) > self.KNOWN:
                self._counts.popitem(last=False)
        if is_full:
            self._settle(who, now)

    def _settle(self, who: str, now: datetime) -> None:
        try:
            pay(self.limit, who, now=now, times=self.BUNDLE)
        except TooManyTries as refusal:
            with self._lock:
                self._shut[who] = now + timedelta(seconds=refusal.retry_after)
                while len(self._shut) > self.KNOWN:
                    self._shut.popitem(last=False)
            raise


def digest_of(limit: Limit, who: str) -> str:
    return hashlib.sha256(f"{limit.name}\n{who}".encode()).hexdigest()


def _facts(digest: str, limit: Limit, cost: timedelta, now: datetime) -> dict[str, str | float | datetime]:
    return {"digest": digest, "now": now, "cost": cost.total_seconds(), "room": limit.room.total_seconds()}


def _wait(digest: str, limit: Limit, cost: timedelta, now: datetime) -> int:
    known = Pace.objects.filter(digest=digest).values_list("paid_until", flat=True).first() or now
    return seconds_until(max(known, now) + cost - now - limit.room)
