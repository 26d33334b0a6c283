"""Debt is a function of the titles alone (R-100)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farol.billing.rules.debt import Title, TitleState, blocked_from, financial_block

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
TITLES = st.lists(
    st.builds(
        Title,
        due_on=DAYS,
        known_on=DAYS,
        state=st.sampled_from(TitleState),
        agreed_until=st.none() | DAYS,
    ),
    max_size=6,
)


@pytest.mark.rule("R-100")
def test_the_last_day_of_grace_is_open_and_the_next_is_shut() -> None:
    owed = [Title(due_on=date(2026, 11, 10), known_on=date(2026, 10, 1))]
    assert not financial_block(owed, grace_days=0, on=date(2026, 11, 10))
    assert financial_block(owed, grace_days=0, on=date(2026, 11, 11))
    assert not financial_block(owed, grace_days=5, on=date(2026, 11, 15))
    assert financial_block(owed, grace_days=5, on=date(2026, 11, 16))


@pytest.mark.rule("R-100")
def test_an_agreement_holds_the_doors_open_to_its_last_day() -> None:
    owed = [Title(date(2026, 11, 10), date(2026, 10, 1), agreed_until=date(2026, 12, 20))]
    assert not financial_block(owed, grace_days=0, on=date(2026, 12, 20))
    assert financial_block(owed, grace_days=0, on=date(2026, 12, 21))
    other = Title(date(2026, 11, 20), date(2026, 10, 1))
    assert financial_block([*owed, other], grace_days=0, on=date(2026, 11, 21))


@pytest.mark.rule("R-100")
def test_a_title_shuts_nothing_before_it_was_known() -> None:
    owed = [Title(due_on=date(2026, 1, 10), known_on=date(2026, 11, 24))]
    assert not financial_block(owed, grace_days=0, on=date(2026, 11, 23))
    assert financial_block(owed, grace_days=0, on=date(2026, 11, 24))


@given(TITLES, DAYS, st.integers(0, 60))
def test_one_day_says_all_about_every_day(titles: list[Title], on: date, grace: int) -> None:
    """Reckoned title by title, each in the words of the rule."""

    def shuts(title: Title) -> bool:
        is_agreed = title.agreed_until is not None and on <= title.agreed_until
        is_overdue = (on - title.due_on).days > grace
        return title.state is TitleState.OPEN and is_overdue and not is_agreed and on >= title.known_on

    assert financial_block(titles, grace_days=grace, on=on) is any(shuts(title) for title in titles)


@given(TITLES, st.integers(0, 60))
def test_paying_everything_opens_at_once_and_paying_anything_never_shuts(titles: list[Title], grace: int) -> None:
    paid = [Title(t.due_on, t.known_on, TitleState.PAID, t.agreed_until) for t in titles]
    assert blocked_from(paid, grace_days=grace) is None
    before, after = blocked_from(titles, grace_days=grace), blocked_from(titles[1:], grace_days=grace)
    assert after is None or (before is not None and before <= after)
