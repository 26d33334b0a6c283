"""One call: what the caller keyed goes in, what is said and asked next comes out (section 3).

A turn is one question with one file to hear, or the end: where the call goes and why.
The state between turns is JSON and never holds a PIN. Whatever must be looked up is
asked of a `Port`; the order is the guide's: option, who asks, contract, debt, hours,
area or access code, queue (R-021).

>>> from farol.phone.script.menus import SEED
>>> state, turn = begin(Menus.read(SEED))
>>> turn.say, turn.ask.most
(('saudacao', 'menu.principal'), 1)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from farol.phone.script.hours import Standing
from farol.phone.script.menus import ADMINISTRATIVE, ADVISORY, Choice, Menu, Menus, Service

DOCUMENT, PIN, CODE, DONE = "id.documento", "id.senha", "rota.codigo", "fim"
LENGTHS = {DOCUMENT: 15, PIN: 9, CODE: 10}
"""One key more than the longest answer: a "#" after it belongs to this question, not to the next one."""
SHOWN = 20
SHORTEST_DOCUMENT = 11


class Kind(StrEnum):
    """Where a call goes."""

    QUEUE = "fila"
    PHONE = "telefone"
    END = "fim"


class Reason(StrEnum):
    """Why it goes there."""

    MENU = "menu"
    AREA = "area"
    CODE = "codigo"
    IDENTIFICATION = "identificacao"
    DEBT = "pendencia"
    NO_CONTRACT = "sem-contrato"
    WRONG_KEYS = "menu-invalido"
    SILENCE = "silencio"


class Admission(StrEnum):
    """What the gate says to an identified contact."""

    ALLOWED = "allowed"
    DEBT = "debt"
    NOT_SOLD = "not_sold"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who keyed document and PIN; person 0 is nobody."""

    person: int = 0
    organization: int = 0
    is_ambiguous: bool = False  # the CPF is asked for, and nothing is held against the caller


class Port(Protocol):
    """What a call must look up."""

    def identify(self, document: str, pin: str) -> Identity: ...

    def admit(self, person: int, needs: str) -> Admission: ...

    def own_queue(self, organization: int) -> str:
        """The queue that the customer's contract has for itself (R-030), or nothing."""
        ...

    def team(self, organization: int, code: str) -> TeamFound: ...

    def standing(self, service: str) -> Standing: ...


@dataclass(frozen=True, slots=True)
class TeamFound:
    """Where an access code leads; `is_wrong` is a slip of the finger, anything else leads to the area menu."""

    area: str = ""
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What was keyed. Nothing and not ended by "#" is silence."""

    keys: str = ""
    is_ended: bool = False

    @property
    def is_silence(self) -> bool:
        return not self.keys and not self.is_ended

    def __repr__(self) -> str:
        return "Heard(…)"  # it may be a PIN


@dataclass(frozen=True, slots=True)
class Ask:
    most: int
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    kind: Kind
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What is heard, then what is asked or where the call goes."""

    say: tuple[str, ...]
    ask: Ask | None = None
    route: Route | None = None


@dataclass(slots=True)
class State:
    """All that a call remembers; JSON as `asdict` gives it."""

    step: str
    trail: list[str] = field(default_factory=list)
    service: str = ""
    document: str = ""
    person: int = 0
    organization: int = 0
    area: str = ""
    code: str = ""
    wrong_keys: int = 0
    silences: int = 0
    wrong_ids: int = 0
    wrong_codes: int = 0


def needs_look_up(state: State, heard: Heard, menus: Menus) -> bool:
    """Whether what was keyed may ask something of the port but the hours."""
    if heard.is_silence or state.step == DOCUMENT:
        return False
    if state.step in {PIN, CODE}:
        return True
    choice = menus.menus[state.step].keys.get(heard.keys[:1]) if state.step in menus.menus else None
    return state.person > 0 and choice is not None and choice.kind in {"area", "service"}


def begin(menus: Menus) -> tuple[State, Turn]:
    state = State(step=menus.first)
    return state, _question(state, menus, menus.greeting)


def hear(state: State, heard: Heard, menus: Menus, port: Port) -> Turn:
    """What follows; `state` goes on with it. After the end nothing does."""
    if state.step == DONE:
        return Turn(())
    if heard.is_silence:
        return _silence(state, menus, port)
    state.silences = 0
    if state.step == DOCUMENT:
        state.document, state.step = _kept(heard.keys), PIN
        return _question(state, menus)
    if state.step == PIN:
        return _identified(state, port.identify(state.document, heard.keys), menus, port)
    if state.step == CODE:
        return _coded(state, heard.keys, menus, port)
    return _chosen(state, heard.keys, menus, port)


def _kept(document: str) -> str:
    """Too short to be a document it may be a PIN keyed too soon: not even that is kept."""
    return document[:SHOWN] if len(document) >= SHORTEST_DOCUMENT else "*" * len(document)


def way_on(state: State) -> Turn:
    """What is said when nothing can be looked up: people take over, and no caller waits for a machine."""
    state.step = DONE
    say = ("id.falhou", f"rota.{ADVISORY}", "aviso.gravacao")
    return Turn(say, route=Route(Kind.QUEUE, ADVISORY, Reason.IDENTIFICATION))


def _silence(state: State, menus: Menus, port: Port) -> Turn:
    state.silences += 1
    if state.silences >= menus.silences:
        return _lead(state, ADVISORY, Reason.SILENCE, menus, port)
    return _question(state, menus, "nao-ouvi")


def _chosen(state: State, keys: str, menus: Menus, port: Port) -> Turn:
    choice = menus.menus[state.step].keys.get(keys[:1])
    if choice is None or (choice.kind == "back" and not state.trail):
        return _wrong_key(state, menus, port)
    state.wrong_keys = 0
    return _taken(state, choice, menus, port)


def _wrong_key(state: State, menus: Menus, port: Port) -> Turn:
    """R-020: the menu again, and people after too many."""
    state.wrong_keys += 1
    if state.wrong_keys > menus.replays:
        return _lead(state, ADVISORY, Reason.WRONG_KEYS, menus, port)
    return _question(state, menus, "opcao-invalida")


def _taken(state: State, choice: Choice, menus: Menus, port: Port) -> Turn:
    if choice.kind == "menu":
        state.trail.append(state.step)
        state.step = choice.target
    elif choice.kind == "back":
        state.step = state.trail.pop()
    elif choice.kind == "code":
        state.trail.append(state.step)
        state.step = CODE
    elif choice.kind == "area":
        state.area = choice.target
        return _lead(state, state.service or ADVISORY, Reason.AREA, menus, port)
    else:
        return _served(state, choice.target, menus, port)
    return _question(state, menus)


def _served(state: State, service: str, menus: Menus, port: Port) -> Turn:
    """The option is taken: the caller says who they are, if it takes that."""
    state.service = service
    if not menus.services[service].needs:
        return _lead(state, service, Reason.MENU, menus, port)
    if state.person:
        return _admitted(state, menus, port)
    state.step = DOCUMENT
    return _question(state, menus)


def _identified(state: State, who: Identity, menus: Menus, port: Port) -> Turn:
    """R-022, R-027: nobody is told which of the two was wrong."""
    if who.is_ambiguous:
        state.step = DOCUMENT
        return _question(state, menus)
    if not who.person:
        state.wrong_ids += 1
        if state.wrong_ids >= menus.tries:
            return _lead(state, ADVISORY, Reason.IDENTIFICATION, menus, port, "id.falhou")
        state.step = DOCUMENT
        return _question(state, menus, "id.incorreto")
    state.person, state.organization = who.person, who.organization
    return _admitted(state, menus, port)


def _admitted(state: State, menus: Menus, port: Port) -> Turn:
    """Contract, then debt, then hours, then the area (R-021, R-023 to R-026)."""
    service = menus.services[state.service]
    admission = port.admit(state.person, service.needs)
    if admission is Admission.DEBT:
        return _lead(state, ADMINISTRATIVE, Reason.DEBT, menus, port, "pendencia")
    if admission is Admission.NOT_SOLD:
        return _lead(state, ADMINISTRATIVE, Reason.NO_CONTRACT, menus, port, "sem-contrato")
    if admission is Admission.UNKNOWN:
        return _lead(state, ADVISORY, Reason.IDENTIFICATION, menus, port, "id.falhou")
    if not service.menu or port.standing(state.service) is Standing.CLOSED:
        return _lead(state, state.service, Reason.MENU, menus, port)
    state.trail, state.step = [], service.menu
    return _question(state, menus)


def _coded(state: State, keys: str, menus: Menus, port: Port) -> Turn:
    """R-040 to R-044: a slip counts, and is no failed identification."""
    found = port.team(state.organization, keys)
    if found.area:
        state.area, state.code = found.area, keys
        return _lead(state, state.service, Reason.CODE, menus, port)
    state.wrong_codes += 1
    if found.is_wrong and state.wrong_codes < menus.codes:
        return _question(state, menus, "codigo-invalido")
    state.trail, state.step = [], _area_menu(state, menus)
    return _question(state, menus, "codigo-invalido")


def _area_menu(state: State, menus: Menus) -> str:
    """The menu that asks for the area: the first one that does, on the way from the service's own."""
    name, seen = menus.services[state.service].menu, set[str]()
    while name not in seen:
        seen.add(name)
        keys = menus.menus[name].keys.values()
        if any(choice.kind == "area" for choice in keys):
            return name
        name = next((choice.target for choice in keys if choice.kind == "menu"), name)
    return name


def _lead(state: State, name: str, reason: Reason, menus: Menus, port: Port, *before: str) -> Turn:
    """The end: a queue, a telephone out of hours, or the hours when nobody answers."""
    service, standing = menus.services[name], port.standing(name)
    state.step = DONE
    if standing is Standing.CLOSED and service.phone:
        return Turn((*before, "rota.plantao"), route=Route(Kind.PHONE, service.phone, f"{reason}+plantao"))
    if standing is Standing.CLOSED:
        return Turn((*before, f"fechado.{name}"), route=Route(Kind.END, "", reason))
    why = f"{reason}+plantao" if service.has_duty and standing is Standing.DUTY else reason.value
    queue = _queue(state, service, port)
    return Turn((*before, f"rota.{name}", "aviso.gravacao"), route=Route(Kind.QUEUE, queue, why))


def _queue(state: State, service: Service, port: Port) -> str:
    own = port.own_queue(state.organization) if service.yields and state.organization else ""
    return own or service.queue.replace("{area}", state.area)


def _question(state: State, menus: Menus, *before: str) -> Turn:
    menu: Menu | None = menus.menus.get(state.step)
    ask = Ask(1) if menu else Ask(LENGTHS[state.step], is_secret=state.step == PIN)
    return Turn((*before, menu.prompt if menu else state.step), ask=ask)
