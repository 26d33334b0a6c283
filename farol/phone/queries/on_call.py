"""Which telephones ring for a call out of hours, and whose they are (R-120, R-121)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from farol.contracts import queries as contracts
from farol.hours import queries as hours
from farol.hours.rules.oncall import Hop, Level, next_hop
from farol.phone.script.menus import Menus
from farol.tickets.rules.windows import day_of


def on_call_chain(menus: Menus, phone: str, organization_id: int, *, at: datetime) -> list[Hop]:
    """Who answers the telephone of that name now: by the roster of the customer's own Datacenter contract, if there
    is one for its calendar, or else by that of the service's."""
    own = contracts.datacenter_calendars(organization_id, on=day_of(at)) if organization_id else []
    service = next((each.calendar for each in menus.services.values() if each.phone == phone), "")
    rosters = (hours.hops(calendar, at) for calendar in dict.fromkeys([*own, service]) if calendar)
    return next((hops for hops in rosters if hops), [])


def hop_after(hops: list[Hop], tried: Collection[str]) -> Hop | None:
    """The next telephone, whether or not a roster names who answers it; nobody after the last."""
    return next_hop(hops, [Level(level) for level in tried])
