"""The rows of the queue, made in Python: fifty of them cost less than one of them as a template of pieces."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from django.urls import reverse
from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from farol.desk.door import Visit
from farol.people.models import Area
from farol.tickets.queries import Group, Line, Mark
from farol.ui import pieces, words

ROW = (
    '<tr class="queue-row{unread}" data-row data-number="{number}" data-entry="{entry}"><td>{lamp}'
    '<input type="checkbox" name="ticket" value="{number}.{entry}" aria-label="{select}"></td>'
    '<td>{tower}</td><td class="number">{number}</td><td><a class="subject" href="{url}">{subject}</a></td>'
    '<td class="customer" title="{customer}">{customer}</td><td class="contract">{contract}</td>'
    '<td class="state">{situation}</td><td class="owner">{owner}</td>'
    '<td class="age">{age}</td><td>{clock}</td></tr>'
)


ITEM = (
    '<a class="queue-item{unread}" href="{url}" data-number="{number}" data-entry="{entry}">{tower}'
    '<span class="title">{subject}</span><span class="customer">{customer}</span>{clock}</a>'
)


UNREAD = {True: " is-unread", False: ""}


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the queue as the page shows it; `count` may say that there are more."""

    title: str
    count: str
    rows: SafeString
    is_continued: bool = False


def sections(
    lines: Sequence[Line], *, visit: Visit, team: Collection[int], has_more: bool, after: Mark | None
) -> list[Section]:
    titles = {
        Group.OVERDUE: _("Vencido"),
        Group.TODAY: _("Vence hoje"),
        Group.COMING: _("Próximos dias"),
        Group.PAUSED: _("Prazo pausado"),
    }
    made = []
    for group, found in groupby(lines, key=lambda line: line.group):
        rows = list(found)
        is_cut = has_more and rows[-1] is lines[-1]
        is_continued = after is not None and after.group is group
        count = "" if is_continued else f"{len(rows)}+" if is_cut else str(len(rows))
        made.append(Section(titles[group], count, _rows(rows, visit, team), is_continued))
    return made


def items(lines: Sequence[Line], *, visit: Visit) -> SafeString:
    """The narrow list beside an open ticket."""
    address = ticket_address()
    return mark_safe("\n".join(
        ITEM.format(
            url=address(line.number), number=line.number, entry=line.last_entry_id,
            unread=UNREAD[line.is_unread],
            tower=tower(line.severity, visit.language),
            subject=escaped(line.subject), customer=escaped(line.customer), clock=_clock(line, visit),
        )
        for line in lines
    ))  # fmt: skip


def situation_facts(line: Line, team: Collection[int]) -> dict[str, object]:
    """A ticket with another area says so; to that area's own people it is simply in analysis."""
    is_elsewhere = line.area_kind != Area.Kind.SUPPORT and line.area_id not in team
    return {"area": line.area if is_elsewhere else "", "until": line.postponed_until}


def _rows(lines: Sequence[Line], visit: Visit, team: Collection[int]) -> SafeString:
    return mark_safe("\n".join(_made(lines, visit, team)))


def _made(lines: Sequence[Line], visit: Visit, team: Collection[int]) -> Iterator[str]:
    language, me = visit.language, visit.by.person_id
    address = ticket_address()
    select = _("Selecionar {number}")
    turn = _lamp(language)
    for line in lines:
        yield ROW.format(
            number=line.number,
            entry=line.last_entry_id,
            unread=UNREAD[line.is_unread],
            lamp=turn if line.assignee_id == me and not line.is_paused else "",
            select=select.format(number=line.number),
            tower=tower(line.severity, language),
            url=address(line.number),
            subject=escaped(line.subject),
            customer=escaped(line.customer),
            contract=_contract(line.plan, language),
            situation=situation(line.state, *situation_facts(line, team).values(), language),
            owner=owner(line.assignee, language),
            age=words.age(line.updated_at, now=visit.now, language=language),
            clock=_clock(line, visit),
        )  # fmt: skip


def _clock(line: Line, visit: Visit) -> SafeString:
    return pieces.clock_chip(
        line.minutes, due=line.due_at, paused=line.is_paused, working_day=line.working_day, now=visit.now,
        language=visit.language,
    )  # fmt: skip


def ticket_address() -> Callable[[int], str]:
    """Fifty addresses from one look at the map."""
    stem = reverse("desk:ticket", args=[0]).removesuffix("0")
    return lambda number: f"{stem}{number}"


@lru_cache(maxsize=16)
def _lamp(language: str) -> str:
    name = _("Agora é com você")
    return f'<span class="lamp-dot" title="{name}"><span class="sr-only">{name}</span></span>'


@lru_cache(maxsize=16)
def tower(severity: str, language: str) -> SafeString:
    return pieces.tower(severity, bare=True)


@lru_cache(maxsize=64)
def _contract(plan: str, language: str) -> SafeString:
    return pieces.contract_badge(plan)


@lru_cache(maxsize=1024)
def situation(state: str, area: str, until: date | None, language: str) -> SafeString:
    return pieces.situation(state, area=area, until=until, language=language)


@lru_cache(maxsize=1024)
def owner(name: str, language: str) -> SafeString:
    avatar = pieces.avatar(name, size=24)
    return (
        mark_safe(f'<span title="{escaped(name)}">{avatar}<span class="sr-only">{escaped(name)}</span></span>')
        if name
        else avatar
    )
