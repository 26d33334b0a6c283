""" "Simular ligação": the very flow of the telephone, key by key in the browser. Nobody is called, nothing is counted.

What the call remembers travels in the page, signed; a PIN is never in it. Who is calling is chosen, not guessed:
a wrong PIN tried here must not stand against anybody.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from farol.desk.call_flow import menu_name, service_name
from farol.desk.door import Visit, page, staff_only
from farol.desk.menu_forms import text_of
from farol.hours.rules import SAO_PAULO
from farol.people import queries as people
from farol.phone import queries
from farol.phone.queries.lookups import Openings, admission, own_queue, team_found
from farol.phone.script import machine
from farol.phone.script.machine import Admission, Heard, Identity, Kind, State, TeamFound, Turn
from farol.phone.script.prompts import TEXTS
from farol.ui.numbers import id_in

SALT = "farol.call-rehearsal"
MOST_TURNS = 60
DRAFT = "rascunho"


class Rehearsal(Openings):
    """The port of a call that is tried out: its caller is whoever was chosen."""

    def __init__(self, book: queries.Book, *, caller: int, now: datetime) -> None:
        super().__init__(book, now=now)
        self.person = people.person_signed_in(caller) if caller else None

    def identify(self, document: str, pin: str) -> Identity:
        if self.person is None or not pin:
            return Identity()
        return Identity(self.person.pk, self.person.organization_id or 0)

    def admit(self, person: int, needs: str) -> Admission:
        return admission(self.person, needs, now=self.now)

    def own_queue(self, organization: int) -> str:
        return own_queue(organization, now=self.now)

    def team(self, organization: int, code: str) -> TeamFound:
        return team_found(organization, code, now=self.now)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def call_rehearsal(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/ura/simulacao, ?versao=rascunho for menus that are not published yet."""
    said = request.POST if request.method == "POST" else request.GET
    kept = _kept(said.get("call", ""))
    instant = _instant(said.get("now", ""), visit.now)
    draft = queries.draft_of_menus() if said.get("versao") == DRAFT else None
    book = queries.book_of_draft(draft, instant) if draft else queries.book(instant)
    version = draft or queries.menus_in_force(instant)
    if kept is None or "again" in said:
        state, turn = machine.begin(book.menus)
        lines: list[list[str]] = []
    else:
        state, lines = State(**kept["state"]), kept["lines"]
        if state.step not in book.menus.menus and state.step not in (*machine.LENGTHS, machine.DONE):
            state, turn = machine.begin(book.menus)  # the menu was edited away under the call
        else:
            turn = _heard(state, said.get("keys", ""), book, _caller(said), instant, lines)
    spoken = " ".join(_text(version.data, name) for name in turn.say)
    if spoken:
        lines.append(["said", spoken])
    facts = {"state": asdict(state), "lines": lines[-MOST_TURNS:]}
    return page(
        request,
        visit,
        "desk/call_rehearsal.html",
        here="menus",
        call=signing.dumps(facts, salt=SALT, compress=True),
        lines=lines[-MOST_TURNS:],
        turn=turn,
        is_secret=bool(turn.ask and turn.ask.is_secret),
        end=_end(turn),
        place=_place(state),
        keys="123456789*0#",
        version=DRAFT if draft else "",
        now_value=instant.astimezone(ZoneInfo(SAO_PAULO)).strftime("%Y-%m-%dT%H:%M"),
        caller=_caller(said),
        callers=_callers(),
    )


def _heard(state: State, keys: str, book: queries.Book, caller: int, instant: datetime, lines: list[list[str]]) -> Turn:
    keys = "".join(key for key in keys if key in "0123456789*#")[:20]
    heard = Heard(keys.rstrip("#"), is_ended=keys.endswith("#") or len(keys) > 1)
    shown = "•" * len(heard.keys) if state.step == machine.PIN else heard.keys
    lines.append(["heard", shown or _("silêncio")])
    return machine.hear(state, heard, book.menus, Rehearsal(book, caller=caller, now=instant))


def _kept(text: str) -> dict[str, Any] | None:
    try:
        kept: dict[str, Any] = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return kept


def _instant(text: str, now: datetime) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(SAO_PAULO)) if text else now
    except ValueError:
        return now


def _caller(said: Any) -> int:
    return id_in(said.get("caller", "")) or 0


def _callers() -> list[tuple[int, str]]:
    """Some contacts to play; whoever needs another opens their customer."""
    return [(person.pk, f"{person.name} · {person.organization}") for person in queries.contacts_to_play()]


def _text(data: dict[str, Any], name: str) -> str:
    return text_of(data, name) or (_(TEXTS[name]) if name in TEXTS else name)


def _place(state: State) -> str:
    return "" if state.step in machine.LENGTHS or state.step == machine.DONE else menu_name(state.step)


def _end(turn: Turn) -> str:
    if turn.route is None:
        return _("A ligação terminou.") if turn.ask is None else ""
    if turn.route.kind is Kind.END:
        return _("A ligação termina aqui.")
    name = service_name(turn.route.target)
    if turn.route.kind is Kind.PHONE:
        return _("Toca o telefone de plantão: {name}.").format(name=turn.route.target)
    return _("Vai para a fila {name}.").format(name=name)
