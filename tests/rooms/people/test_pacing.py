"""How often something may be tried, and that counting it fills no table."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.people.actions.entering import take_try
from farol.people.actions.pacing import Tally, forgive, is_first_use, pay, pay_back, sweep_paces
from farol.people.models import Mistakes, Pace
from farol.people.rules.pace import Limit, TooManyTries
from tests.instants import at

NOW = at("2026-11-23 09:00")
THREE = Limit("test", burst=3, every=timedelta(seconds=30))


def test_a_burst_is_free_and_then_one_comes_every_so_often(db: None) -> None:
    for _ in range(3):
        pay(THREE, "ana", now=NOW)
    with pytest.raises(TooManyTries) as refused:
        pay(THREE, "ana", now=NOW)
    assert refused.value.retry_after == 30
    pay(THREE, "bia", now=NOW)
    with pytest.raises(TooManyTries):
        pay(THREE, "ana", now=NOW + timedelta(seconds=29))
    pay(THREE, "ana", now=NOW + timedelta(seconds=30))


def test_a_refused_try_is_not_counted_and_a_good_one_is_paid_back(db: None) -> None:
    for _ in range(50):
        pay(THREE, "ana", now=NOW)
        pay_back(THREE, "ana")
    for _ in range(3):
        pay(THREE, "ana", now=NOW)
    for _ in range(50):
        with pytest.raises(TooManyTries):
            pay(THREE, "ana", now=NOW)
    pay(THREE, "ana", now=NOW + timedelta(seconds=30))
    forgive(THREE, "ana")
    assert not Pace.objects.exists()


def test_what_is_used_once_is_used(db: None) -> None:
    life = timedelta(minutes=5)
    assert is_first_use("challenge", "a", life=life, now=NOW)
    assert not is_first_use("challenge", "a", life=life, now=NOW + timedelta(minutes=4))
    assert is_first_use("challenge", "b", life=life, now=NOW)


def test_the_table_holds_no_more_than_those_who_tried_lately(db: None) -> None:
    for minute in range(60):
        for number in range(10):
            pay(THREE, f"{minute}-{number}", now=NOW + timedelta(minutes=minute))
        assert Pace.objects.count() <= 20
    sweep_paces(NOW + timedelta(hours=2))
    assert not Pace.objects.exists()


@pytest.mark.rule("R-013")
def test_mistakes_of_addresses_that_nobody_has_do_not_pile_up(db: None) -> None:
    for hour in range(12):
        for number in range(10):
            assert take_try(f"{hour}-{number}@example.com", now=NOW + timedelta(hours=hour)) == 3
        assert Mistakes.objects.count() <= 20


@pytest.mark.rule("R-013")
def test_of_four_tries_none_is_given_twice_and_waiting_is_not_made_longer(db: None) -> None:
    assert [take_try("ana@x.example", now=NOW) for _ in range(6)] == [3, 2, 1, 0, None, None]
    assert take_try("ana@x.example", now=NOW + timedelta(minutes=14)) is None
    assert take_try("ana@x.example", now=NOW + timedelta(minutes=15)) == 3


def test_a_tally_costs_nothing_until_there_is_much_to_count(db: None, django_assert_num_queries) -> None:
    tally = Tally(Limit("calls", burst=100, every=timedelta(seconds=1)))
    with django_assert_num_queries(0):
        for _ in range(Tally.BUNDLE - 1):
            tally.count("7", now=NOW)
    for _ in range(Tally.BUNDLE + 1):
        tally.count("7", now=NOW)
    for _ in range(Tally.BUNDLE - 1):
        tally.count("7", now=NOW)
    with pytest.raises(TooManyTries) as refused:
        tally.count("7", now=NOW)
    assert refused.value.retry_after == 50
    with django_assert_num_queries(0), pytest.raises(TooManyTries):
        tally.count("7", now=NOW + timedelta(seconds=49))
    tally.count("7", now=NOW + timedelta(seconds=50))


def test_a_tally_remembers_only_so_many(db: None) -> None:
    tally = Tally(Limit("calls", burst=100, every=timedelta(seconds=1)))
    for number in range(3 * Tally.KNOWN):
        tally.count(str(number), now=NOW)
    assert len(tally._counts) == Tally.KNOWN
