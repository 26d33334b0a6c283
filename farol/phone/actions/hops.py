"""Out of hours: one telephone after the other rings, and each is on record with whose it is (R-121)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from farol.hours.rules import oncall
from farol.phone.actions.calls import end_call
from farol.phone.models import Call, Hop
from farol.phone.queries import book, hop_after, on_call_chain
from farol.phone.rules.hops import HopOutcome, ToldHop, outcome_of

NOBODY = "NOANSWER"


def first_hop(call: Call, hops: list[oncall.Hop], *, now: datetime) -> Hop:
    """The first telephone of the chain begins to ring."""
    known = call.hops.filter(number=1).first()
    return known or _rung(call, 1, hop_after(hops, []) or oncall.Hop(oncall.Level.PRIMARY), now)


@transaction.atomic
def hop_on(door: str, key: str, number: int, *, status: str, is_over: bool, talked: int, now: datetime) -> Hop | None:
    """What came of a telephone is on record, and the next one rings; None when the call is over with it.

    Told again the same telephone is answered, and nothing rings twice. After the last one somebody calls back (R-237).
    """
    call = Call.objects.select_for_update(of=("self",)).filter(door=door, key=key).order_by("-id").first()
    if call is None:
        return None
    chain = on_call_chain(book(call.started_at).menus, call.route_target, call.organization_id or 0, at=now)
    rung = list(call.hops.order_by("number"))
    while len(rung) < number and (skipped := hop_after(chain, [hop.level for hop in rung])):
        rung.append(_rung(call, len(rung) + 1, skipped, now))
    if len(rung) < number:
        return None
    outcome = outcome_of(status)
    _note(rung[number - 1], outcome)
    if is_over or outcome in {HopOutcome.ANSWERED, HopOutcome.HUNG_UP}:
        _ended(call, rung[number - 1], outcome, talked, now)
        return None
    if len(rung) > number:
        return rung[number]
    if following := hop_after(chain, [hop.level for hop in rung]):
        return _rung(call, number + 1, following, now)
    end_call(door, key, now=now, status=NOBODY)
    return None


@transaction.atomic
def note_hops(door: str, key: str, told: Sequence[ToldHop]) -> None:
    """The telephones that the switchboard rang, as it tells them at the end; told again nothing changes."""
    call = Call.objects.select_for_update(of=("self",)).filter(door=door, key=key).order_by("-id").first()
    if call is None or call.hops.exists():
        return
    menus = book(call.started_at).menus
    for number, each in enumerate(told, 1):
        chain = on_call_chain(menus, call.route_target, call.organization_id or 0, at=each.at)
        whose = next((hop for hop in chain if hop.level is each.level), oncall.Hop(each.level))
        hop = _rung(call, number, whose, each.at)
        _note(hop, each.outcome)
        if each.outcome is HopOutcome.ANSWERED and call.agent_id is None:
            Call.objects.filter(pk=call.pk).update(agent=hop.person_id)


def _rung(call: Call, number: int, hop: oncall.Hop, now: datetime) -> Hop:
    person = hop.person_id or None
    return Hop.objects.create(
        call=call, number=number, level=hop.level, person_id=person, telephone=hop.telephone, at=now
    )


def _note(hop: Hop, outcome: HopOutcome) -> None:
    """What was told first stands."""
    if not hop.outcome:
        hop.outcome = outcome
        hop.save(update_fields=["outcome"])


def _ended(call: Call, hop: Hop, outcome: HopOutcome, talked: int, now: datetime) -> None:
    has_talked = outcome is HopOutcome.ANSWERED
    if has_talked and call.agent_id is None:
        Call.objects.filter(pk=call.pk).update(agent=hop.person_id)
    end_call(call.door, call.key, now=now, talked_seconds=max(talked, 1) if has_talked else 0, status="ABANDON")
