"""The life of a ticket, row by row (section 5)."""

from __future__ import annotations

import itertools

import pytest

from farol.kernel.actor import Side
from farol.tickets.rules.lifecycle import (
    CLOSED,
    CUSTOMERS_STEPS,
    LIFE,
    PAUSED,
    NotYoursToDo,
    State,
    Step,
    StepRefused,
    TicketClosed,
    WaitingOn,
    after,
    waiting_on,
)

S, T = State, Step


@pytest.mark.parametrize(("state", "step"), list(itertools.product(State, Step)))
@pytest.mark.rule("R-053", "R-067", "R-071", "R-074", "R-096")
def test_what_is_not_in_the_table_cannot_happen(state: State, step: Step) -> None:
    if state in CLOSED:
        with pytest.raises(TicketClosed):
            after(state, step, Side.HOUSE)
    elif (state, step) in LIFE:
        assert after(state, step, Side.HOUSE) is LIFE[state, step]
    else:
        with pytest.raises(StepRefused):
            after(state, step, Side.HOUSE)


@pytest.mark.rule("R-053")
def test_nothing_leads_out_of_a_closed_state() -> None:
    assert not [row for row in LIFE if row[0] in CLOSED]


@pytest.mark.parametrize("step", sorted(CUSTOMERS_STEPS - {T.CANCEL}))
def test_the_staff_does_not_answer_for_the_customer(step: Step) -> None:
    with pytest.raises(NotYoursToDo):
        after(S.AWAITING_ACCEPTANCE, step, Side.STAFF)


@pytest.mark.parametrize("step", sorted(set(Step) - CUSTOMERS_STEPS))
def test_the_customer_does_not_do_the_staffs_work(step: Step) -> None:
    with pytest.raises(NotYoursToDo):
        after(S.IN_ANALYSIS, step, Side.CUSTOMER)


def test_both_sides_may_cancel() -> None:
    assert after(S.OPEN, T.CANCEL, Side.STAFF) is after(S.OPEN, T.CANCEL, Side.CUSTOMER) is S.CANCELLED


@pytest.mark.rule("R-062")
def test_whoever_is_waited_for_stops_the_clock() -> None:
    assert {state for state in State if waiting_on(state) is WaitingOn.CUSTOMER} == PAUSED
    assert {state for state in State if waiting_on(state) is WaitingOn.NOBODY} == CLOSED


@pytest.mark.rule("R-067")
def test_a_transfer_leaves_the_state_as_it_is() -> None:
    assert LIFE[S.OPEN, T.TRANSFER] is S.OPEN
    assert LIFE[S.IN_ANALYSIS, T.TRANSFER] is S.IN_ANALYSIS
