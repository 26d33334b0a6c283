"""What happens to a call once the script has let it go: it rings, somebody talks, it ends; and who is called back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from farol.journal.actions import tell
from farol.kernel.actor import Actor
from farol.kernel.errors import Refusal, gettext_noop
from farol.people.models import Person
from farol.phone.actions.recordings import await_tape
from farol.phone.actions.sharing import CHANNEL, let_go
from farol.phone.models import Call, CallBack

SILENCE = timedelta(hours=12)
UNANSWERED = frozenset({
    "TIMEOUT", "FULL", "JOINEMPTY", "LEAVEEMPTY", "JOINUNAVAIL", "LEAVEUNAVAIL",
    "NOANSWER", "BUSY", "CHANUNAVAIL", "CONGESTION",
})  # fmt: skip
"""What a switchboard calls it when a queue or a telephone lets somebody go without an answer."""


class CallBackDone(Refusal):
    """Somebody else was faster."""

    code = "phone.call_back_done"
    rule = "R-237"
    message = gettext_noop("Este retorno já foi feito.")
    remedy = gettext_noop("Nada mais a fazer nele.")


def ring(call_id: int, *, agent: Person) -> Call:
    """The call rings at this agent's."""
    return _moved(call_id, state=Call.State.RINGING, agent=agent)


def connect(call_id: int, *, agent: Person, now: datetime) -> Call:
    """The caller talks with this agent."""
    return _moved(call_id, state=Call.State.TALKING, agent=agent, answered_at=now)


@transaction.atomic
def end_call(
    door: str,
    key: str,
    *,
    now: datetime,
    status: str = "",
    talked_seconds: int = 0,
    recording: str = "",
    is_cut_off: bool = False,
) -> Call | None:
    """The call is over, as the switchboard tells it; who waited in vain or was cut off is to be called back (R-237).

    Told again it changes nothing but a recording that was not named before.
    """
    call = Call.objects.select_for_update(of=("self",)).filter(door=door, key=key).order_by("-id").first()
    if call is None:
        return None
    if recording and not call.recording:
        call.recording = recording[:120]
    if call.ended_at is None or call.outcome in {"", Call.Outcome.LOST}:
        has_talked = bool(call.answered_at or talked_seconds)
        if talked_seconds and call.answered_at is None:
            call.answered_at = now - timedelta(seconds=min(talked_seconds, 86_400))
        call.outcome = _outcome(call, has_talked)
        call.ended_at, call.state = call.ended_at or now, Call.State.ENDED
        if call.outcome == Call.Outcome.ABANDONED:
            raise_call_back(call, why=_why(status), now=now)
    if is_cut_off and call.outcome == Call.Outcome.SERVED:
        raise_call_back(call, why=CallBack.Why.DROPPED, now=now)
    call.save()
    await_tape(call)
    let_go(call.pk)
    return call


@transaction.atomic
def raise_call_back(call: Call, *, why: str, now: datetime) -> CallBack | None:
    """Somebody is to call the caller back, once for each call; a hidden number without a contact cannot be (R-237)."""
    if not call.caller and call.person_id is None:
        return None
    about = {"ticket_id": call.ticket_id, "area_id": call.area_id, "why": why, "raised_at": now}
    back, _ = CallBack.objects.get_or_create(call=call, defaults=about)
    return back


@transaction.atomic
def finish_call_back(call_back_id: int, *, outcome: str, by: Actor, now: datetime) -> CallBack:
    """The caller was called back. Raises CallBackDone."""
    back = CallBack.objects.select_for_update(of=("self",)).get(pk=call_back_id)
    if back.done_at:
        raise CallBackDone
    back.done_at, back.done_by_id, back.outcome = now, by.person_id or None, outcome.strip()[:200]
    back.save()
    tell("phone.called_back", about=f"call:{back.call_id}", by=by, at=now, facts={"outcome": back.outcome})
    return back


def score(door: str, key: str, given: int) -> bool:
    """The caller has given this score, the first time they are asked."""
    if not 1 <= given <= 5:
        return False
    newest = Call.objects.filter(door=door, key=key).order_by("-id").values("pk")[:1]
    return bool(Call.objects.filter(pk__in=newest, score=None).update(score=given))


def lose_silent_calls(now: datetime) -> int:
    """Calls of which nothing was heard for half a day are over, nobody knows how; answers how many."""
    silent = Call.objects.filter(ended_at=None, started_at__lt=now - SILENCE)
    return silent.update(ended_at=now, state=Call.State.ENDED, outcome=Call.Outcome.LOST)


def _outcome(call: Call, has_talked: bool) -> str:
    if has_talked:
        return Call.Outcome.SERVED
    if call.route_kind == "fim":
        return Call.Outcome.CLOSED
    return Call.Outcome.ABANDONED if call.route_kind else Call.Outcome.UNFINISHED


def _why(status: str) -> str:
    return CallBack.Why.UNANSWERED if status in UNANSWERED else CallBack.Why.ABANDONED


@transaction.atomic
def _moved(call_id: int, **facts: object) -> Call:
    call = Call.objects.select_for_update(of=("self",)).get(pk=call_id)
    for name, value in facts.items():
        setattr(call, name, value)
    call.save(update_fields=list(facts))
    _say_changed(call)
    return call


def _say_changed(call: Call) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"[{call.pk}]"])
