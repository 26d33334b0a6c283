"""Calls as the desk sees them: what waits, at whom it rings, and what happens right now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from farol.people.models import Area, Person
from farol.people.queries import presence
from farol.phone.models import Call
from farol.phone.queries import calls, calls_going_on

WAITING = (Call.State.QUEUED, Call.State.RINGING)
TEAMS = {
    "cst": Area.Kind.ADMINISTRATIVE,
    "assessoria": Area.Kind.ADVISORY,
    "ouvidoria": Area.Kind.OMBUDSMAN,
    "consultoria": Area.Kind.CONSULTING,
}
HOUR = timedelta(hours=1)
LONG_WAIT = timedelta(minutes=1)
"""From here on a wait is shown as one that is too long."""
SHOWN = 60


def waiting() -> list[Call]:
    """The calls that wait for somebody, the oldest first."""
    return list(calls_going_on().filter(state__in=WAITING, agent=None, route_kind="fila"))


def somebody_is_available() -> bool:
    return presence.available().exists()


def shares() -> Iterator[tuple[Call, list[int]]]:
    """Which waiting call is to ring at whom: available, in its team, and not having passed it on; each person once."""
    free = {
        person.pk: {area.code for area in person.areas.all()} | {area.kind for area in person.areas.all()}
        for person in presence.available().prefetch_related("areas")
    }
    for call in waiting():
        takers = [pk for pk, teams in free.items() if _team(call) in teams and pk not in call.passed_by]
        for pk in takers:
            del free[pk]
        if takers:
            yield call, takers
        if not free:
            return


def rung(call_id: int) -> list[int]:
    """At whom the call rings."""
    return presence.rung(call_id)


def at_hand(person: Person) -> Call | None:
    """The call that rings at this person, or that they speak in; asked only when the person's row says there is one."""
    if person.call_at_hand is None:
        return None
    return calls().filter(pk=person.call_at_hand, ended_at=None).first()


def calls_today(since: datetime, *, before: int = 0, limit: int = SHOWN) -> list[Call]:
    """Ended ones, the newest first, beginning after the one numbered `before`."""
    ended = calls().filter(started_at__gte=since).exclude(ended_at=None)
    return list((ended.filter(pk__lt=before) if before else ended).order_by("-id")[:limit])


@dataclass(frozen=True, slots=True)
class Traffic:
    """How many calls are where now, and how many went where in the last hour."""

    going_on: Sequence[Call]
    places: Mapping[str, int]  # menu or question → calls in it now
    queues: Mapping[str, int]  # queue or telephone → calls waiting there now
    routes: Mapping[tuple[str, str], int]  # service, reason → calls of the last hour
    last_hour: int

    @property
    def waiting(self) -> list[Call]:
        return [call for call in self.going_on if call.state in WAITING]

    @property
    def talking(self) -> list[Call]:
        return [call for call in self.going_on if call.state == Call.State.TALKING]

    @property
    def in_menus(self) -> list[Call]:
        return [call for call in self.going_on if call.state == Call.State.SCRIPT]


def traffic(now: datetime) -> Traffic:
    """One look at all that goes on, and a sum over the last hour."""
    going_on = list(calls_going_on().exclude(door=Call.Door.BROWSER)[:500])
    recent = Call.objects.filter(started_at__gt=now - HOUR).exclude(door=Call.Door.BROWSER)
    sums = recent.values_list("service", "route_reason").annotate(count=Count("id"))
    routes = Counter[tuple[str, str]]()
    for service, reason, count in sums:
        routes[service, reason.partition("+")[0]] += count
    return Traffic(
        going_on,
        Counter(call.place for call in going_on if call.state == Call.State.SCRIPT),
        Counter(call.route_target for call in going_on if call.state in WAITING),
        routes,
        sum(routes.values()),
    )


def _team(call: Call) -> str:
    """The kind of the area that takes it, or its code."""
    queue, _, area = call.route_target.partition("-")
    if kind := TEAMS.get(queue):
        return kind.value
    return call.area.code if call.area else area or queue
