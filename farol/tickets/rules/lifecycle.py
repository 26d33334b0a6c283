"""A ticket's life, as one table (section 5).

Read a row aloud: "in IN_ANALYSIS, SEND_SOLUTION leads to AWAITING_ACCEPTANCE".
What is not in the table cannot happen.

>>> after(State.AWAITING_ACCEPTANCE, Step.ACCEPT, Side.CUSTOMER)
<State.CLOSED_ACCEPTED: 'closed_accepted'>
"""

from __future__ import annotations

from enum import StrEnum

from farol.kernel.actor import Side
from farol.kernel.errors import Refusal, gettext_noop


class State(StrEnum):
    OPEN = "open"
    IN_ANALYSIS = "in_analysis"
    AWAITING_CUSTOMER = "awaiting_customer"
    AWAITING_QUOTE = "awaiting_quote"
    AWAITING_AUTHORIZATION = "awaiting_authorization"
    AWAITING_ACCEPTANCE = "awaiting_acceptance"
    CLOSED_ACCEPTED = "closed_accepted"
    CLOSED_SILENT = "closed_silent"
    CLOSED_ABANDONED = "closed_abandoned"
    CLOSED_REDIRECTED = "closed_redirected"
    CANCELLED = "cancelled"


class Step(StrEnum):
    ASSUME = "assume"
    DROP = "drop"
    TRANSFER = "transfer"
    ASK_CUSTOMER = "ask_customer"
    SEND_QUOTE = "send_quote"
    ASK_AUTHORIZATION = "ask_authorization"
    SEND_SOLUTION = "send_solution"
    REDIRECT = "redirect"
    CUSTOMER_REPLIES = "customer_replies"
    APPROVE = "approve"
    DECLINE = "decline"
    ACCEPT = "accept"
    REJECT = "reject"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    EXPIRE = "expire"
    MERGE = "merge"


S, T = State, Step

LIFE: dict[tuple[State, Step], State] = {
    (S.OPEN, T.ASSUME): S.IN_ANALYSIS,
    (S.OPEN, T.TRANSFER): S.OPEN,
    (S.OPEN, T.REDIRECT): S.CLOSED_REDIRECTED,
    (S.OPEN, T.CANCEL): S.CANCELLED,
    (S.IN_ANALYSIS, T.ASSUME): S.IN_ANALYSIS,
    (S.IN_ANALYSIS, T.DROP): S.OPEN,
    (S.IN_ANALYSIS, T.TRANSFER): S.IN_ANALYSIS,  # the clock does not restart
    (S.IN_ANALYSIS, T.ASK_CUSTOMER): S.AWAITING_CUSTOMER,
    (S.IN_ANALYSIS, T.SEND_QUOTE): S.AWAITING_QUOTE,
    (S.IN_ANALYSIS, T.ASK_AUTHORIZATION): S.AWAITING_AUTHORIZATION,
    (S.IN_ANALYSIS, T.SEND_SOLUTION): S.AWAITING_ACCEPTANCE,
    (S.IN_ANALYSIS, T.REDIRECT): S.CLOSED_REDIRECTED,
    (S.IN_ANALYSIS, T.CANCEL): S.CANCELLED,
    (S.AWAITING_CUSTOMER, T.CUSTOMER_REPLIES): S.IN_ANALYSIS,
    (S.AWAITING_CUSTOMER, T.CANCEL): S.CANCELLED,
    (S.AWAITING_CUSTOMER, T.EXPIRE): S.CLOSED_ABANDONED,
    (S.AWAITING_QUOTE, T.SEND_QUOTE): S.AWAITING_QUOTE,  # a new version
    (S.AWAITING_QUOTE, T.APPROVE): S.IN_ANALYSIS,
    (S.AWAITING_QUOTE, T.DECLINE): S.IN_ANALYSIS,
    (S.AWAITING_QUOTE, T.CUSTOMER_REPLIES): S.IN_ANALYSIS,
    (S.AWAITING_QUOTE, T.CANCEL): S.CANCELLED,
    (S.AWAITING_QUOTE, T.EXPIRE): S.CLOSED_ABANDONED,
    (S.AWAITING_AUTHORIZATION, T.APPROVE): S.IN_ANALYSIS,
    (S.AWAITING_AUTHORIZATION, T.DECLINE): S.CANCELLED,  # a refusal closes at no cost
    (S.AWAITING_AUTHORIZATION, T.CUSTOMER_REPLIES): S.IN_ANALYSIS,
    (S.AWAITING_AUTHORIZATION, T.CANCEL): S.CANCELLED,
    (S.AWAITING_AUTHORIZATION, T.EXPIRE): S.CLOSED_ABANDONED,
    (S.AWAITING_ACCEPTANCE, T.ACCEPT): S.CLOSED_ACCEPTED,
    (S.AWAITING_ACCEPTANCE, T.REJECT): S.IN_ANALYSIS,  # the clock resumes
    (S.AWAITING_ACCEPTANCE, T.POSTPONE): S.AWAITING_ACCEPTANCE,
    (S.AWAITING_ACCEPTANCE, T.CUSTOMER_REPLIES): S.IN_ANALYSIS,  # a comment cancels the window
    (S.AWAITING_ACCEPTANCE, T.EXPIRE): S.CLOSED_SILENT,
    (S.OPEN, T.MERGE): S.CANCELLED,  # it goes on in another; a proposed solution is judged first
    (S.IN_ANALYSIS, T.MERGE): S.CANCELLED,
    (S.AWAITING_CUSTOMER, T.MERGE): S.CANCELLED,
    (S.AWAITING_QUOTE, T.MERGE): S.CANCELLED,
    (S.AWAITING_AUTHORIZATION, T.MERGE): S.CANCELLED,
}

PAUSED = frozenset({S.AWAITING_CUSTOMER, S.AWAITING_QUOTE, S.AWAITING_AUTHORIZATION, S.AWAITING_ACCEPTANCE})
CLOSED = frozenset({S.CLOSED_ACCEPTED, S.CLOSED_SILENT, S.CLOSED_ABANDONED, S.CLOSED_REDIRECTED, S.CANCELLED})

CUSTOMERS_STEPS = frozenset({T.CUSTOMER_REPLIES, T.APPROVE, T.DECLINE, T.ACCEPT, T.REJECT, T.POSTPONE, T.CANCEL})
"""What only the customer may do; all the rest is for the staff, and time itself for the house."""


class WaitingOn(StrEnum):
    CUSTOMER = "customer"
    VENDOR = "vendor"
    NOBODY = "nobody"


class NotYoursToDo(Refusal):
    code = "ticket.not_yours_to_do"
    status = 403
    message = gettext_noop("Esta ação não cabe a você neste chamado.")
    remedy = gettext_noop("Escreva uma mensagem no chamado e a equipe segue daqui.")


class StepRefused(Refusal):
    code = "ticket.step_refused"
    message = gettext_noop("A situação do chamado mudou e esta ação já não cabe.")
    remedy = gettext_noop("Atualize a página e veja a situação atual.")


class TicketClosed(Refusal):
    """A closed ticket refuses everything (R-053)."""

    code = "ticket.closed"
    rule = "R-053"
    message = gettext_noop("Este chamado está encerrado e não pode ser reaberto.")
    remedy = gettext_noop("Continue em um chamado novo; ele ficará ligado a este.")


def after(state: State, step: Step, side: Side) -> State:
    """Where `step`, taken by `side`, leads from `state`.

    Raises TicketClosed, NotYoursToDo or StepRefused.
    """
    refuse_closed(state)
    if side is not Side.HOUSE and (step in CUSTOMERS_STEPS) is (side is Side.STAFF) and step is not Step.CANCEL:
        raise NotYoursToDo(step=step)
    try:
        return LIFE[state, step]
    except KeyError:
        raise StepRefused(state=state, step=step) from None


def refuse_closed(state: State) -> None:
    """Raise TicketClosed for a closed ticket (R-053)."""
    if state in CLOSED:
        raise TicketClosed


def waiting_on(state: State) -> WaitingOn:
    if state in CLOSED:
        return WaitingOn.NOBODY
    return WaitingOn.CUSTOMER if state in PAUSED else WaitingOn.VENDOR
