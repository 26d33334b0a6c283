"""The telephone's flow with the calls of now, and who is where in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from farol.catalog import queries as catalog
from farol.desk import call_flow
from farol.desk.call_words import minutes, spoken
from farol.desk.door import Visit, page, staff_only
from farol.phone import queries
from farol.phone.queries import desk
from farol.phone.script.menus import Menus

SHOWN = 40


@require_safe
@staff_only
def flow(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/ura"""
    version = queries.menus_in_force(visit.now)
    traffic = desk.traffic(visit.now)
    waits = [visit.now - (call.routed_at or call.started_at) for call in traffic.waiting]
    return page(
        request,
        visit,
        "desk/flow.html",
        here="menus",
        vendor=catalog.vendor(),
        version=version,
        draft=queries.draft_of_menus(),
        flow=call_flow.drawn(Menus.read(version.data), traffic, now_waits=call_flow.longest_waits(traffic, visit.now)),
        lines=[spoken(call, now=visit.now) for call in traffic.going_on[:SHOWN]],
        waiting=len(traffic.waiting),
        talking=len(traffic.talking),
        in_menus=len(traffic.in_menus),
        wait=minutes(sum(waits[1:], waits[0]) / len(waits)) if waits else "0:00",
    )
