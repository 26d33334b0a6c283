"""Ten thousand wrong passwords from a hundred addresses: counted in work and in rows, not in seconds.

`farol bench sign-in` does it on a running house, with a watch.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from farol.audit.models import Record
from farol.people.actions import entering
from farol.people.actions.pacing import NARROW_GATE
from farol.people.models import Mistakes, Pace, Session
from farol.people.queries import digest_of
from farol.people.rules.pace import TooManyTries
from tests.instants import at
from tests.world import PASSWORD, World, build

NOW = at("2026-11-23 09:00")
MARINA, BRUNO = "marina@serraazul.example", "bruno@boavista.example"
ATTACKED = [MARINA, "joao@serraazul.example", "rafael@farol.example"]
ADDRESSES = [f"198.51.100.{number}" for number in range(100)]
TRIES = 100 * len(ADDRESSES)
FEWER = 30 * len(ADDRESSES)
MOST = 30 + 2
"""Of one address, in ten seconds: the burst, and what comes after it."""


class Counted(MD5PasswordHasher):
    """Comparing passwords is what costs: how often was it done?"""

    algorithm = "md5"
    times = 0

    def encode(self, password: str, salt: str) -> str:
        Counted.times += 1
        return super().encode(password, salt)


@pytest.fixture
def compared(settings) -> Iterator[type[Counted]]:
    settings.PASSWORD_HASHERS = ["tests.rooms.people.test_flood.Counted"]
    return Counted


def flood(start: datetime, wave: int = 0, tries: int = TRIES) -> tuple[int, int]:
    """In ten seconds: known accounts in turn, and addresses that nobody has. Answers (wrong, refused)."""
    wrong = refused = 0
    for number in range(tries):
        email = ATTACKED[number % 3] if number % 2 else f"{wave}-{number}@nowhere.example"
        now = start + timedelta(seconds=10) * number / TRIES
        try:
            found = entering.knock(email, f"errada {number}", address=ADDRESSES[number // 2 % len(ADDRESSES)], now=now)
        except TooManyTries:
            refused += 1
        else:
            assert found.person is None
            wrong += 1
    return wrong, refused


def work_of(email: str, address: str, now: datetime) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert entering.knock(email, PASSWORD, address=address, now=now).person
    return len(queries)


@pytest.mark.rule("R-013")
def test_wrong_passwords_lock_the_attacked_and_cost_the_others_nothing(world: World, compared: type[Counted]) -> None:
    usual = work_of(BRUNO, "203.0.113.7", NOW)
    compared.times = 0
    wrong, refused = flood(NOW)
    end = NOW + timedelta(seconds=10)
    assert wrong + refused == TRIES
    assert refused > TRIES / 2
    assert compared.times <= MOST * len(ADDRESSES)
    for email in ATTACKED:
        assert entering.knock(email, PASSWORD, address="203.0.113.9", now=end).tries_left == 0
    before = compared.times
    assert work_of(BRUNO, "203.0.113.7", end) <= usual
    assert compared.times == before + 1


def test_a_flood_fills_no_table(world: World, compared: type[Counted]) -> None:
    flood(NOW, tries=FEWER)
    rows = [model.objects.count() for model in (Pace, Mistakes)]
    assert max(rows) <= 2 * MOST * len(ADDRESSES)
    assert Record.objects.count() <= 5 * len(ATTACKED), "four mistakes and a lock for each account that exists"
    assert not Session.objects.exists()
    flood(NOW + timedelta(hours=1), wave=1, tries=FEWER)
    assert [model.objects.count() for model in (Pace, Mistakes)] <= rows, "the second wave takes the first away"
    assert Record.objects.count() <= 10 * len(ATTACKED)


@pytest.mark.django_db(transaction=True)
def test_those_who_are_watched_wait_in_line_and_nobody_else_does() -> None:
    build()
    for number in range(3):
        entering.knock(f"{number}@nowhere.example", "errada", address="198.51.100.1", now=NOW)
    is_held, is_done = threading.Event(), threading.Event()

    def hold() -> None:
        """Another process compares a password for somebody who is watched."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NARROW_GATE])
            is_held.set()
            is_done.wait(30)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    is_held.wait(30)
    try:
        with pytest.raises(TooManyTries) as refused:
            entering.knock(MARINA, PASSWORD, address="198.51.100.1", now=NOW)
        assert refused.value.retry_after == 1
        assert not Mistakes.objects.filter(digest=digest_of(MARINA), count__gt=0).exists(), "nothing was compared"
        assert entering.knock(BRUNO, PASSWORD, address="203.0.113.7", now=NOW).person
    finally:
        is_done.set()
        other.join()
    assert entering.knock(MARINA, PASSWORD, address="198.51.100.1", now=NOW).person
