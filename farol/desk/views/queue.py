"""The queues: mine, the team's, those without an owner, those that wait, those of another area."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from farol.desk import filters, rows
from farol.desk.door import Visit, page, staff_only
from farol.desk.filters import Asked
from farol.desk.shell import Standing, standing
from farol.hours import queries as hours
from farol.people.models import Area
from farol.tickets import queries as tickets
from farol.tickets.queries import Board, Filters
from farol.tickets.rules.lifecycle import State

PAGE = 50
DUTY = "desk:on-duty"
WAITING = (State.AWAITING_CUSTOMER.value, State.AWAITING_QUOTE.value, State.AWAITING_AUTHORIZATION.value)
PROPOSED = (State.AWAITING_ACCEPTANCE.value,)


@dataclass(frozen=True, slots=True)
class Queue:
    """One list: whose tickets, in which states, and how many the navigation says there are."""

    key: str
    title: str
    about: str
    areas: Sequence[Area]
    count: int
    states: Sequence[str] = tuple(filters.STATES)
    assignee: int | None = None
    unassigned: bool = False

    @property
    def live(self) -> str:
        """Whose news concern this list."""
        return "minha=1" if self.assignee else "areas=" + ",".join(str(area.pk) for area in self.areas)

    def filters(self, asked: Asked) -> Filters:
        wanted = [state for state in self.states if state in asked.states] if asked.states else []
        is_whole = len(self.states) == len(filters.STATES)
        return asked.within(
            [area.pk for area in self.areas] if not self.assignee else asked.areas,
            states=wanted or ([] if is_whole else self.states),
            assignee=self.assignee,
            unassigned=self.unassigned,
        )


@require_safe
@staff_only
def mine(request: HttpRequest, visit: Visit) -> HttpResponse:
    found = standing(request, visit.by, visit.person)
    queue = Queue("mine", _("Minha fila"), "", found.team, found.counts.mine, assignee=visit.by.person_id)
    return _shown(request, visit, queue, found)


@require_safe
@staff_only
def team(request: HttpRequest, visit: Visit) -> HttpResponse:
    found = standing(request, visit.by, visit.person)
    count = sum(found.counts.areas[area.pk] for area in found.team)
    return _shown(request, visit, Queue("team", _("Fila da equipe"), _names(found.team), found.team, count), found)


@require_safe
@staff_only
def unassigned(request: HttpRequest, visit: Visit) -> HttpResponse:
    found = standing(request, visit.by, visit.person)
    count = found.counts.unassigned
    queue = Queue("unassigned", _("Sem responsável"), _names(found.team), found.team, count, unassigned=True)
    return _shown(request, visit, queue, found)


@require_safe
@staff_only
def awaiting(request: HttpRequest, visit: Visit) -> HttpResponse:
    found = standing(request, visit.by, visit.person)
    count = found.counts.awaiting_customer
    queue = Queue("awaiting", _("Aguardando cliente"), _names(found.team), found.team, count, WAITING)
    return _shown(request, visit, queue, found)


@require_safe
@staff_only
def proposed(request: HttpRequest, visit: Visit) -> HttpResponse:
    found = standing(request, visit.by, visit.person)
    count = found.counts.awaiting_acceptance
    queue = Queue("proposed", _("Solução enviada"), _names(found.team), found.team, count, PROPOSED)
    return _shown(request, visit, queue, found)


@require_safe
@staff_only
def area(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    found = standing(request, visit.by, visit.person)
    place = next((area for area in (*found.others, *found.team) if area.code == code), None)
    if place is None:
        raise Http404
    queue = Queue(f"area:{code}", place.name, "", [place], found.counts.areas[place.pk])
    return _shown(request, visit, queue, found)


def _shown(request: HttpRequest, visit: Visit, queue: Queue, found: Standing) -> HttpResponse:
    asked = Asked.of(request.GET)
    board = tickets.board(
        visit.by, queue.filters(asked), now=visit.now, by_due=asked.by_due, after=asked.after, limit=PAGE
    )
    has_more = board.next is not None
    return page(
        request,
        visit,
        "desk/queue.html",
        here=queue.key,
        queue=queue,
        asked=asked,
        on_duty=_on_duty(visit),
        sections=rows.sections(board.lines, visit=visit, team=found.team_ids, has_more=has_more, after=asked.after),
        total=_total(queue, asked, board),
        chips=_chips(queue, asked),
        chips_key=f"{queue.key}:{'-'.join(str(area.pk) for area in queue.areas)}:{_address(request.GET, depois=None)}",
        clear_url=_address(QueryDict(), ordem="vence" if asked.by_due else None),
        order_url=_address(request.GET, depois=None, ordem=None if asked.by_due else "vence"),
        first_url=_address(request.GET, depois=None),
        next_url=_address(request.GET, depois=filters.written(board.next)) if board.next else "",
    )


def _chips(queue: Queue, asked: Asked) -> Callable[[], list[filters.Chip]]:
    """Asked for only when the bar is not at hand already made."""
    return partial(filters.chips, asked, areas=queue.areas if not queue.assignee else (), states=queue.states)


def _on_duty(visit: Visit) -> str:
    """Who covers this very minute, by the published rosters; asked for twice a minute at most (R-141)."""
    known: str | None = cache.get(DUTY)
    if known is None:
        known = ", ".join(shift.person.first_name for shift in hours.on_duty(visit.now))
        cache.set(DUTY, known, 30)
    return known


def _total(queue: Queue, asked: Asked, board: Board) -> str:
    if board.next is None and asked.after is None:
        count = len(board.lines)
    elif asked.is_narrowed:
        return _("mais de {count} chamados").format(count=PAGE)
    else:
        count = queue.count
    return ngettext("{count} chamado", "{count} chamados", count).format(count=count)


def _address(said: QueryDict, **changed: str | None) -> str:
    """This page's address with some of what it says changed; `None` leaves it unsaid."""
    kept = said.copy()
    for name, value in changed.items():
        kept.pop(name, None)
        if value is not None:
            kept[name] = value
    return "?" + kept.urlencode()


def _names(areas: Sequence[Area]) -> str:
    return " · ".join(area.name for area in areas)
