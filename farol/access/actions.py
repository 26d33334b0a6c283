"""What the gate notes down: who met a shut door (R-101)."""

from __future__ import annotations

from datetime import datetime

from farol.access.rules import CustomerInDebt
from farol.billing import actions as billing
from farol.kernel.actor import Actor
from farol.kernel.errors import Refusal


def note_refusal(refusal: Refusal, *, by: Actor, now: datetime) -> None:
    """An attempt that debt turned away stands in the count that the CST sees; of other refusals nothing is noted.

    Called by whoever shows the refusal, when nothing of the attempt is left in the database.
    """
    if isinstance(refusal, CustomerInDebt):
        customer, action = int(str(refusal.facts["organization"])), str(refusal.facts["action"])
        billing.turn_away(customer, action, by=by, now=now)
