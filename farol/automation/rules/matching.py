"""When a rule holds, what it does, and when it is stopped.

>>> holds({"severity": ["critical", "high"], "text": ["rejeição"]}, {"severity": "high", "text": "Rejeições 778"})
True
>>> holds({"severity": ["critical"]}, {"severity": "low"})
False
>>> stopped_by(7, chain=[3, 7], today=0)
<Stop.LOOP: 'loop'>
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop
from farol.search.rules.words import canonical

LONGEST_NAME, LONGEST_TEXT = 80, 2_000
LONGEST_CHAIN = 5
"""Rules one after the other, each set off by the one before."""
MOST_A_DAY = 20
"""Times that one rule acts on one ticket in a day: a circle through another program ends here."""

Conditions = Mapping[str, Sequence[str]]
Effects = Mapping[str, str]


class Event(StrEnum):
    """What may set off a rule, and what is told to other programs: names of the journal."""

    OPENED = "ticket.opened"
    REPLIED = "ticket.replied"
    ASSIGNED = "ticket.assigned"
    ASSUMED = "ticket.assumed"
    TRANSFERRED = "ticket.transferred"
    RECLASSIFIED = "ticket.reclassified"
    INFORMATION_ASKED = "ticket.information_asked"
    SOLUTION_SENT = "ticket.solution_sent"
    ACCEPTED = "ticket.accepted"
    REJECTED = "ticket.rejected"
    CLOSED_SILENT = "ticket.closed_silent"
    CLOSED_ABANDONED = "ticket.closed_abandoned"
    CANCELLED = "ticket.cancelled"
    TARGET_WARNED = "ticket.target_warned"
    SURVEYED = "ticket.surveyed"


EVENTS: dict[Event, str] = {
    Event.OPENED: gettext_noop("Um chamado é aberto"),
    Event.REPLIED: gettext_noop("Alguém escreve no chamado"),
    Event.ASSIGNED: gettext_noop("O chamado é passado a alguém"),
    Event.ASSUMED: gettext_noop("Alguém assume o chamado"),
    Event.TRANSFERRED: gettext_noop("O chamado muda de área"),
    Event.RECLASSIFIED: gettext_noop("A severidade muda"),
    Event.INFORMATION_ASKED: gettext_noop("Uma informação é pedida ao cliente"),
    Event.SOLUTION_SENT: gettext_noop("Uma solução é enviada"),
    Event.ACCEPTED: gettext_noop("O cliente aceita a solução"),
    Event.REJECTED: gettext_noop("O cliente recusa a solução"),
    Event.CLOSED_SILENT: gettext_noop("O chamado é encerrado por silêncio"),
    Event.CLOSED_ABANDONED: gettext_noop("O chamado é encerrado sem resposta"),
    Event.CANCELLED: gettext_noop("O chamado é cancelado"),
    Event.TARGET_WARNED: gettext_noop("Um prazo está chegando"),
    Event.SURVEYED: gettext_noop("O cliente avalia a solução"),
}


class Mode(StrEnum):
    """A new rule rehearses: what it would do is in its log, and nothing is done."""

    OFF = "off"
    REHEARSAL = "rehearsal"
    ON = "on"


class Outcome(StrEnum):
    DONE = "done"
    REHEARSED = "rehearsed"
    REFUSED = "refused"
    STOPPED = "stopped"
    FAILED = "failed"


class Stop(StrEnum):
    """Why a rule that holds does nothing."""

    LOOP = "loop"  # it was set off by itself
    CHAIN = "chain"  # too many rules set each other off
    OFTEN = "often"  # it acted on this ticket too often today


STOPS: dict[Stop, str] = {
    Stop.LOOP: gettext_noop("A regra foi disparada por ela mesma."),
    Stop.CHAIN: gettext_noop("Regras demais dispararam umas às outras."),
    Stop.OFTEN: gettext_noop("A regra já agiu vezes demais neste chamado hoje."),
}


class ManagersOnly(Refusal):
    code = "automation.managers_only"
    status = 403
    message = gettext_noop("Só a gestão muda regras e webhooks.")
    remedy = gettext_noop("Peça a uma pessoa da gestão que faça a mudança.")


class WrittenMeanwhile(Refusal):
    """Someone was faster; nothing of what was typed is lost."""

    code = "automation.written_meanwhile"
    message = gettext_noop("{name} mudou isto enquanto você escrevia.")
    remedy = gettext_noop("Abra de novo em outra aba, veja o que mudou e guarde outra vez.")


def holds(conditions: Conditions, facts: Mapping[str, str]) -> bool:
    """Every condition that was set holds; of the values of one, any is enough."""
    return all(_is_met(facts.get(name, ""), values, name in CONTAINED) for name, values in conditions.items() if values)


CONTAINED = {"text", "customer"}
"""Conditions met by a part of the text, whatever its accents and plurals."""


def _is_met(fact: str, values: Sequence[str], is_contained: bool) -> bool:
    if not is_contained:
        return fact in values
    text = f" {canonical(fact)} "
    return any(f" {canonical(value)} " in text for value in values)


def stopped_by(rule: int, *, chain: Sequence[int], today: int) -> Stop | None:
    """Why this rule must not act now: `chain` are the rules that led here, `today` how often it acted on the ticket."""
    if rule in chain:
        return Stop.LOOP
    if len(chain) >= LONGEST_CHAIN:
        return Stop.CHAIN
    return Stop.OFTEN if today >= MOST_A_DAY else None


def checked(name: str, effects: Effects) -> tuple[str, dict[str, str]]:
    """Name and effects without blank edges. Raises FieldsRefused."""
    name = " ".join(name.replace("\x00", "").split())
    kept = {key: text for key, value in effects.items() if (text := value.replace("\x00", "").strip())}
    errors = {}
    if not name:
        errors["name"] = [gettext_noop("Dê um nome à regra.")]
    elif len(name) > LONGEST_NAME:
        errors["name"] = [gettext_noop("O nome passa de 80 caracteres.")]
    if not kept:
        errors["effects"] = [gettext_noop("Escolha ao menos uma coisa a fazer.")]
    for key in ("note", "task"):
        if len(kept.get(key, "")) > LONGEST_TEXT:
            errors[key] = [gettext_noop("O texto passa de 2.000 caracteres.")]
    if errors:
        raise FieldsRefused(errors)
    return name, kept
