"""A quote is a document with a life of its own inside a ticket (section 19; R-193).

>>> state_after(Outcome.APPROVED), state_after(Outcome.EXPIRED)
(<QuoteState.ACCEPTED: 'accepted'>, <QuoteState.LAPSED: 'lapsed'>)
"""

from __future__ import annotations

from enum import StrEnum

from farol.kernel.errors import Refusal, gettext_noop
from farol.tickets.rules.windows import Outcome


class QuoteState(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REPLACED = "replaced"  # by a newer version, accepted or not
    LAPSED = "lapsed"  # the customer wrote instead, or was silent, or the ticket ended


AFTER = {
    Outcome.APPROVED: QuoteState.ACCEPTED,
    Outcome.DECLINED: QuoteState.REFUSED,
    Outcome.REPLACED: QuoteState.REPLACED,
}


class QuoteUnopened(Refusal):
    """Nobody accepts a document they have not opened (R-193)."""

    code = "quote.unopened"
    rule = "R-193"
    message = gettext_noop("Abra o orçamento antes de aprovar: {name}.")
    remedy = gettext_noop("Baixe o documento anexado ao chamado e aprove em seguida.")


def state_after(outcome: Outcome) -> QuoteState:
    return AFTER.get(outcome, QuoteState.LAPSED)
