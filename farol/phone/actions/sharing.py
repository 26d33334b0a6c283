"""At whom a waiting call rings, where no switchboard says it; and who is told that a call has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import connection, transaction

from farol.people.actions import presence as people
from farol.phone.models import Call
from farol.phone.queries import desk

CHANNEL = "farol_calls"
"""Whoever watches calls listens here; what comes is their numbers, and the people who have them at hand."""
SHARING = 0x0F0CA  # of the advisory lock: calls are shared out by one at a time


@transaction.atomic
def share_out() -> None:
    """Every call that waits rings at those of its team who are available; the oldest first, one call a person.

    Where a switchboard is listened to, it says itself at whom a call rings.
    """
    if settings.PHONE_AMI or not desk.somebody_is_available():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SHARING])
    for call, takers in desk.shares():
        at_hand = set(desk.rung(call.pk)) | set(takers)
        people.ring(call.pk, at_hand)
        Call.objects.filter(pk=call.pk, state=Call.State.QUEUED).update(state=Call.State.RINGING)
        say_changed(call.pk, at_hand)


def let_go(call_id: int) -> None:
    """A call that has ended rings at nobody, and whoever had it may take the next."""
    say_changed(call_id, people.stop_ringing(call_id))
    transaction.on_commit(share_out)


def say_changed(call_id: int, people_ids: Iterable[int] = ()) -> None:
    """Open pages hear that the call has changed; those of these people above all."""
    notify(CHANNEL, {"calls": [call_id], "people": sorted(set(people_ids))})


def notify(channel: str, told: Mapping[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, json.dumps(told)])
