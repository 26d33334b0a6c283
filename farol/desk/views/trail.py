"""The trail: who came in, what was allowed to whom, who looked at whose data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from farol.audit import queries as audit
from farol.audit.actions import record
from farol.audit.models import Record
from farol.audit.rules import WORDS, Act
from farol.desk.door import Visit, allowed, page
from farol.people import queries as people
from farol.people.rules.staff import Right
from farol.ui.numbers import id_in
from farol.ui.sheets import sheet

PAGE = 50
EXPORTED_AT_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    who: str
    did: str
    about: str
    facts: str
    address: str


@require_safe
@allowed(Right.TRAIL)
def trail(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/trilha?ato=&pessoa=&antes="""
    act, person, before = _asked(request)
    found = _records(act, person, before, most=PAGE + 1)
    record(Act.TRAIL_READ, visit.by, "audit", {"act": act, "person": person}, at=visit.now)
    return page(
        request,
        visit,
        "desk/trail.html",
        here="trail",
        lines=list(_lines(found[:PAGE])),
        acts=[(one.value, _(word), one.value == act) for one, word in WORDS.items()],
        act=act,
        person=person or "",
        next=found[PAGE - 1].pk if len(found) > PAGE else "",
    )


@require_safe
@allowed(Right.TRAIL)
def export(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """GET /mesa/trilha.csv: the same lines for a spreadsheet; that they were taken is on the trail too."""
    act, person, _before = _asked(request)
    record(Act.TRAIL_EXPORTED, visit.by, "audit", {"act": act, "person": person}, at=visit.now)
    head = (_("Quando"), _("Quem"), _("O quê"), _("Sobre"), _("Detalhes"), _("Endereço"))
    rows = (
        (line.at.isoformat(), line.who, line.did, line.about, line.facts, line.address)
        for line in _lines(_records(act, person, 0, most=EXPORTED_AT_MOST))
    )
    return sheet("trilha", head, rows, language=visit.language)


def _asked(request: HttpRequest) -> tuple[str, int, int]:
    act = request.GET.get("ato", "")
    return (act if act in WORDS else ""), id_in(request.GET.get("pessoa", "")), id_in(request.GET.get("antes", ""))


def _records(act: str, person: int, before: int, *, most: int) -> list[Record]:
    return list(audit.records(names=[act] if act else [], concerning=person, before=before)[:most])


def _lines(records: list[Record]) -> Iterator[Line]:
    """People by their names now; one who was erased stays a number."""
    named = people.people_named({row.actor_id for row in records} | {_person_in(row.subject) for row in records})

    def name(number: int | None) -> str:
        return named[number].name if number in named else f"#{number}"

    for row in records:
        subject = _person_in(row.subject)
        yield Line(
            at=row.happened_at,
            who=name(row.actor_id) if row.actor_id else "Farol",
            did=_(WORDS[Act(row.name)]) if row.name in WORDS else row.name,
            about=name(subject) if subject else row.subject,
            facts=", ".join(f"{key}: {_plain(value)}" for key, value in row.facts.items()),
            address=row.address,
        )


def _person_in(subject: str) -> int | None:
    kind, _colon, number = subject.partition(":")
    return int(number) if kind == "person" and number.isdecimal() else None


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
