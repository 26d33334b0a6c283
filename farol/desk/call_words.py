"""Calls in words: who is calling, whether they said who they are, where they wait and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from farol.hours.rules.oncall import Level
from farol.phone.models import Call, Hop
from farol.phone.queries.desk import LONG_WAIT, WAITING
from farol.phone.rules.hops import HopOutcome
from farol.phone.rules.recordings import Obligation, obligation
from farol.phone.script.machine import Kind, Reason

CPF_LENGTH = 11
SERVICES = {
    "suporte": lambda: _("Suporte técnico"),
    "consultoria": lambda: _("Consultoria"),
    "datacenter": lambda: _("Datacenter"),
    "cst": lambda: _("CST"),
    "ouvidoria": lambda: _("Ouvidoria"),
    "assessoria": lambda: _("Assessoria"),
}
PLACES = {
    "id.documento": lambda: _("identificação"),
    "id.senha": lambda: _("identificação"),
    "rota.codigo": lambda: _("código de acesso"),
}
REASONS = {
    Reason.IDENTIFICATION: lambda: _("não se identificou"),
    Reason.DEBT: lambda: _("há pendência financeira"),
    Reason.NO_CONTRACT: lambda: _("serviço fora do contrato"),
    Reason.SILENCE: lambda: _("não escolheu opção"),
    Reason.WRONG_KEYS: lambda: _("não escolheu opção"),
    Reason.CODE: lambda: _("pelo código de acesso"),
}
OUTCOMES = {
    Call.Outcome.SERVED: lambda: _("atendida"),
    Call.Outcome.ABANDONED: lambda: _("desistiu esperando"),
    Call.Outcome.UNFINISHED: lambda: _("desligou no menu"),
    Call.Outcome.CLOSED: lambda: _("fora do horário"),
    Call.Outcome.LOST: lambda: _("sem notícia do fim"),
}


LEVELS = {
    Level.PRIMARY: lambda: _("plantonista"),
    Level.BACKUP: lambda: _("reserva"),
    Level.SUPERVISOR: lambda: _("supervisão"),
}
HOP_OUTCOMES = {
    HopOutcome.RINGING: lambda: _("tocando"),
    HopOutcome.ANSWERED: lambda: _("atendeu"),
    HopOutcome.NO_ANSWER: lambda: _("não atendeu"),
    HopOutcome.BUSY: lambda: _("ocupado"),
    HopOutcome.FAILED: lambda: _("não completou"),
    HopOutcome.HUNG_UP: lambda: _("quem ligou desistiu"),
}


@dataclass(frozen=True, slots=True)
class SpokenHop:
    """A telephone of the on-call chain (R-121)."""

    at: datetime
    level: str
    who: str
    telephone: str
    outcome: str


def spoken_hop(hop: Hop, *, is_over: bool) -> SpokenHop:
    """One that nobody told the end of, after the call's, is not ringing any more."""
    is_unknown = is_over and not hop.outcome
    outcome = _("sem notícia do fim") if is_unknown else HOP_OUTCOMES[HopOutcome(hop.outcome)]()
    who = hop.person.name if hop.person else _("fora de escala")
    return SpokenHop(hop.at, LEVELS[Level(hop.level)](), who, hop.telephone, outcome)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One call, ready to be shown."""

    call: Call
    who: str
    number: str
    company: str
    check: str  # how they said who they are; empty when they did not
    typed: str  # the document of somebody who could not be identified
    queue: str
    why: str
    since: datetime
    wait: str
    is_long: bool
    state: str
    recording: str

    @property
    def is_talking(self) -> bool:
        return self.call.state == Call.State.TALKING


def spoken(call: Call, *, now: datetime) -> Spoken:
    since = _since(call)
    is_waiting = call.state in WAITING
    reason = call.route_reason.partition("+")[0]
    return Spoken(
        call=call,
        who=call.person.name if call.person else number_of(call),
        number=number_of(call) if call.person else "",
        company=call.organization.name if call.organization else _("Empresa não identificada"),
        check=_check(call),
        typed="" if call.person else call.document,
        queue=queue_name(call),
        why=REASONS[Reason(reason)]() if reason in REASONS else "",
        since=since,
        wait=minutes(now - since),
        is_long=is_waiting and now - since >= LONG_WAIT,
        state=_state(call),
        recording=_recording(call),
    )


def queue_name(call: Call) -> str:
    """The team by its area, or the service."""
    if call.area and call.service in {"", "suporte"}:
        return call.area.name
    service = call.route_target.partition("-")[0] or call.service
    name = SERVICES[service]() if service in SERVICES else service
    return f"{name} · {call.area.name}" if call.area else name


def number_of(call: Call) -> str:
    """(19) 3555-0142, as one reads a Brazilian number; any other as it came."""
    digits = call.caller.removeprefix("+55")
    if len(digits) in {10, 11} and digits.isascii() and digits.isdecimal():
        return f"({digits[:2]}) {digits[2:-4]}-{digits[-4:]}"
    return call.caller or _("Número oculto")


def minutes(length: timedelta) -> str:
    """0:42, 12:05, 1:02:03

    >>> minutes(timedelta(seconds=3723)), minutes(timedelta(seconds=42))
    ('1:02:03', '0:42')
    """
    seconds = max(int(length.total_seconds()), 0)
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def _since(call: Call) -> datetime:
    """When the caller came to where they are: into the talk, the queue, or the menus."""
    return call.answered_at or call.routed_at or call.started_at


def _check(call: Call) -> str:
    if call.person is None:
        return ""
    return _("CPF e senha conferidos") if len(call.document) == CPF_LENGTH else _("CNPJ e senha conferidos")


def _state(call: Call) -> str:
    if call.state == Call.State.ENDED:
        return OUTCOMES[Call.Outcome(call.outcome)]() if call.outcome else ""
    if call.state == Call.State.TALKING:
        return _("em espera") if call.held_at else _("em conversa")
    if call.state == Call.State.RINGING:
        return _("tocando")
    if call.state == Call.State.QUEUED:
        return _("no plantão") if call.route_kind == Kind.PHONE else _("na fila")
    return PLACES[call.place]() if call.place in PLACES else _("ouvindo menu")


def _recording(call: Call) -> str:
    kind = obligation(call.route_target)
    return _("Gravação obrigatória") if kind is Obligation.MANDATORY else _("Gravação ativa")
