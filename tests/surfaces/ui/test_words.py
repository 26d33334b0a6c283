from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from farol.ui import words

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=words.SAO_PAULO)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2025) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=words.SAO_PAULO)


def test_a_date_to_act_on_says_weekday_day_month_and_time() -> None:
    assert words.when(at(11, 19, 18, 12)) == "quarta, 19 nov., às 18h12"


def test_an_instant_is_shown_in_the_zone_of_the_service() -> None:
    assert words.when(datetime(2025, 11, 20, 1, 30, tzinfo=UTC)) == "quarta, 19 nov., às 22h30"
    assert words.bare_day(datetime(2025, 11, 20, 1, 30, tzinfo=UTC)) == "19 nov."


def test_today_and_yesterday_are_said_by_name() -> None:
    assert words.when(at(11, 19, 12), now=NOW) == "hoje, às 12h00"
    assert words.short(at(11, 19, 12), now=NOW) == "hoje, 12h00"
    assert words.stamp(at(11, 18, 17, 6), now=NOW) == "ontem, 17h06"


def test_what_was_said_today_needs_only_the_time() -> None:
    assert words.stamp(at(11, 19, 8, 21), now=NOW) == "8h21"
    assert words.stamp(at(11, 12, 16, 48), now=NOW) == "12 nov., 16h48"


def test_short_dates_keep_the_accents_of_the_weekday() -> None:
    assert words.short(at(11, 24, 9, 10)) == "seg., 24 nov., 9h10"
    assert words.short_day(date(2025, 11, 22)) == "sáb., 22 nov."
    assert words.day(date(2025, 11, 18)) == "terça, 18 nov."
    assert words.bare_day(date(2025, 5, 2)) == "2 mai."


def test_another_year_is_named() -> None:
    assert words.bare_day(date(2026, 1, 5), today=NOW.date()) == "5 jan. 2026"


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0h00"), (52, "0h52"), (108, "1h48"), (150, "2h30"), (-52, "0h52"), (856, "14h16")]
)
def test_durations_are_hours_and_minutes(minutes: int, said: str) -> None:
    assert words.duration(minutes) == said


@pytest.mark.parametrize(
    ("minutes", "working_day", "said"),
    [(719, 720, "11h59"), (720, 720, "1d 0h"), (900, 720, "1d 3h"), (1_679, 720, "2d 3h"), (600, 600, "1d 0h")],
)
def test_from_one_working_day_on_business_time_counts_days(minutes: int, working_day: int, said: str) -> None:
    assert words.business(minutes, working_day=working_day) == said


@pytest.mark.parametrize(("octets", "said"), [
    (0, "0 B"), (512, "512 B"), (18_000, "18 kB"), (3_565_158, "3,4 MB"), (50 * 1024 * 1024, "50 MB"),
])  # fmt: skip
def test_sizes_have_a_comma_and_no_needless_decimals(octets: int, said: str) -> None:
    assert words.size(octets) == said


@pytest.mark.parametrize(("since", "said"), [
    (at(11, 19, 8, 59), "1 min"), (at(11, 19, 8, 42), "18 min"), (at(11, 19, 7), "2 h"), (at(11, 18, 23), "ontem"),
    (at(11, 16, 10), "3 dias"), (NOW, "agora"),
])  # fmt: skip
def test_ages_are_rough(since: datetime, said: str) -> None:
    assert words.age(since, now=NOW) == said


def test_money_does_not_break_between_sign_and_figure() -> None:
    assert words.money(Decimal("1240")) == "R$\u00a01.240,00"


def test_signs_on_doors_drop_the_minutes() -> None:
    assert [words.opening_time(at(11, 19, 7)), words.opening_time(at(11, 19, 13, 30))] == ["7h", "13h30"]
    assert [words.hours(1_200), words.hours(150)] == ["20h", "2h30"]


def test_a_cnpj_with_letters_is_masked_and_a_short_one_is_left_alone() -> None:
    assert words.cnpj("12ABC34501DE35") == "12.ABC.345/01DE-35"
    assert words.cnpj("123") == "123"


def test_the_names_of_days_and_months_follow_the_language() -> None:
    assert words.bare_day(date(2025, 11, 19), language="es").startswith("19 nov")
    assert "Wednesday" in words.day(date(2025, 11, 19), language="en")
    assert words.size(3_565_158, language="en") == "3.4 MB"


@pytest.mark.parametrize(
    ("name", "letters"), [("Marina Prado", "MP"), ("João da Silva Pires", "JP"), ("Zeca", "Z"), ("", ""), ("ana", "A")]
)
def test_initials_skip_the_small_words(name: str, letters: str) -> None:
    assert words.initials(name) == letters
