"""What billed time costs, to the cent (R-093)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farol.contracts.rules.prices import Price, Sold, Unit, billed_minutes, charge, refuse_odd
from farol.kernel.errors import FieldsRefused
from farol.tickets.rules.charges import Responsibility, Worked, may_bill, total_of

CONSULTING = Price(Sold.CONSULTING, Unit.MINUTE, 440)
WHOLE_HOURS = Price(Sold.EMERGENCY, Unit.HOUR, 36_000, minimum_minutes=60, round_up_to=60)
BY_MINUTE = Price(Sold.EMERGENCY, Unit.HOUR, 36_000, minimum_minutes=60)

prices = st.builds(
    Price,
    st.sampled_from(Sold),
    st.sampled_from(Unit),
    st.integers(1, 100_000),
    st.integers(0, 1440),
    st.integers(1, 1440),
)


@pytest.mark.rule("R-093")
@pytest.mark.parametrize(
    ("minutes", "price", "cents"),
    [
        (37, CONSULTING, 16_280),
        (125, CONSULTING, 55_000),
        (37, WHOLE_HOURS, 36_000),
        (37, BY_MINUTE, 36_000),
        (125, BY_MINUTE, 75_000),
        (125, WHOLE_HOURS, 108_000),
        (60, WHOLE_HOURS, 36_000),
        (61, WHOLE_HOURS, 72_000),
        (0, WHOLE_HOURS, 0),
        (1, Price(Sold.PREPARATION, Unit.HOUR, 30), 1),  # half a cent is one
        (1, Price(Sold.PREPARATION, Unit.HOUR, 29), 0),
    ],
)
def test_the_guides_examples_come_out_to_the_cent(minutes: int, price: Price, cents: int) -> None:
    assert charge(minutes, price) == cents


@pytest.mark.rule("R-093")
@given(st.integers(0, 10_000), prices)
def test_a_charge_is_the_exact_product_rounded_once(minutes: int, price: Price) -> None:
    exact = Fraction(price.rate_cents * billed_minutes(minutes, price), price.unit.minutes)
    assert abs(charge(minutes, price) - exact) <= Fraction(1, 2)


@pytest.mark.rule("R-093")
@given(st.integers(0, 10_000), st.integers(0, 500), prices)
def test_more_time_never_costs_less_and_steps_are_whole(minutes: int, more: int, price: Price) -> None:
    assert charge(minutes, price) <= charge(minutes + more, price)
    assert billed_minutes(minutes, price) % price.round_up_to == 0
    assert minutes <= billed_minutes(minutes, price) < max(minutes, price.minimum_minutes) + price.round_up_to


@pytest.mark.rule("R-093")
@given(prices)
def test_a_price_survives_being_written_down(price: Price) -> None:
    assert Price.read(price.kept()) == price


@pytest.mark.parametrize(
    "price",
    [
        Price(Sold.CONSULTING, Unit.MINUTE, 0),
        Price(Sold.CONSULTING, Unit.MINUTE, 1, minimum_minutes=-1),
        Price(Sold.CONSULTING, Unit.MINUTE, 1, round_up_to=0),
    ],
)
def test_a_price_that_cannot_be_meant_is_refused(price: Price) -> None:
    with pytest.raises(FieldsRefused):
        refuse_odd(price)


@pytest.mark.rule("R-094", "R-081")
def test_what_the_vendor_caused_costs_nothing_and_a_missing_price_makes_no_total() -> None:
    worked = [Worked(Sold.CONSULTING, 37, CONSULTING)]
    assert total_of(worked) == total_of(worked, Responsibility.CUSTOMER) == 16_280
    assert total_of(worked, Responsibility.VENDOR) == 0
    assert total_of([*worked, Worked(Sold.PREPARATION, 5, None)]) is None


@pytest.mark.rule("R-081")
@pytest.mark.parametrize(
    ("is_conditional", "responsibility", "may"),
    [
        (False, None, True),
        (True, None, False),
        (True, Responsibility.CUSTOMER, True),
        (True, Responsibility.THIRD_PARTY, True),
        (True, Responsibility.VENDOR, False),
        (False, Responsibility.VENDOR, False),
    ],
)
def test_hours_are_billable_unless_the_vendor_was_the_cause(
    is_conditional: bool, responsibility: Responsibility | None, may: bool
) -> None:
    assert may_bill(is_conditional=is_conditional, responsibility=responsibility) is may
