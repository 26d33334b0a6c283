"""Macros: several things that are done to a ticket at once, all or none.

Time and person come first, then what is noted, then what the customer reads, and the
change of area last: after a question the ticket is with the customer and goes nowhere.

>>> checked("Pedir XML", {"say": "ask", "text": "Envie o XML, {{contato}}.", "assignee": "me"})[1]["say"]
'ask'
>>> speaks({"say": "reply"}), speaks({"note": "Ver NCM.", "area": "3"})
(True, False)
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop
from farol.playbook.rules import LONGEST_TEXT, LONGEST_TITLE, refuse_unknown

ME, NOBODY = "me", "nobody"
LONGEST_NOTE = 4_000
MOST_MINUTES = 480
TAKEN_BACK = gettext_noop("Macro desfeita.")

Steps = Mapping[str, str]
NAMES = ("assignee", "severity", "minutes", "activity", "billable", "note", "say", "text", "area", "reason")
"""What a macro may hold, as it is stored; whatever is not there is not done."""
DEEDS = frozenset({"assignee", "severity", "minutes", "note", "say", "area"})


class Saying(StrEnum):
    """How the customer gets the words."""

    REPLY = "reply"
    ASK = "ask"
    SOLUTION = "solution"


class MacroSpoke(Refusal):
    """What the customer has read cannot be unsaid."""

    code = "playbook.macro_spoke"
    message = gettext_noop("A macro falou com o cliente, e isso não se desfaz.")
    remedy = gettext_noop("Escreva ao cliente o que mudou e faça a correção no chamado.")


class MacroNeedsAPerson(Refusal):
    """A rule is nobody: it has no hours and takes nothing on."""

    code = "playbook.macro_needs_a_person"
    message = gettext_noop("A macro aponta horas ou passa o chamado a quem a executa: uma regra não pode executá-la.")
    remedy = gettext_noop("Escolha uma macro sem esses passos.")


def checked(title: str, steps: Steps) -> tuple[str, dict[str, str]]:
    """Title and steps without blank edges. Raises FieldsRefused, UnknownBlank."""
    title = " ".join(title.replace("\x00", "").split())
    kept = {name: text for name in NAMES if (text := steps.get(name, "").replace("\x00", "").strip())}
    errors = {**_of_title(title, kept), **_of_words(kept), **_of_hours(kept)}
    if kept.get("say") in {Saying.ASK, Saying.SOLUTION} and "area" in kept:
        errors["area"] = [gettext_noop("Depois de uma pergunta ou solução o chamado está com o cliente e não muda.")]
    if errors:
        raise FieldsRefused(errors)
    for name in ("text", "note"):
        refuse_unknown(kept.get(name, ""))
    return title, kept


def speaks(steps: Steps) -> bool:
    """Whether the customer is told of it: by the words, or by the new date that a severity gives."""
    return bool(steps.get("say") or steps.get("severity"))


def needs_a_person(steps: Steps) -> bool:
    return bool(steps.get("minutes")) or steps.get("assignee") == ME


def _of_title(title: str, kept: Steps) -> dict[str, list[str]]:
    if not title:
        return {"title": [gettext_noop("Dê um título para achar esta macro.")]}
    if len(title) > LONGEST_TITLE:
        return {"title": [gettext_noop("O título passa de 80 caracteres.")]}
    if DEEDS.isdisjoint(kept):
        return {"title": [gettext_noop("Escolha ao menos uma coisa a fazer.")]}
    return {}


def _of_words(kept: Steps) -> dict[str, list[str]]:
    errors = {}
    if "say" in kept and "text" not in kept:
        errors["text"] = [gettext_noop("Escreva o texto para o cliente.")]
    if "text" in kept and "say" not in kept:
        errors["say"] = [gettext_noop("Diga como o texto vai para o cliente.")]
    if len(kept.get("text", "")) > LONGEST_TEXT:
        errors["text"] = [gettext_noop("O texto passa de 20.000 caracteres.")]
    if len(kept.get("note", "")) > LONGEST_NOTE:
        errors["note"] = [gettext_noop("A nota passa de 4.000 caracteres.")]
    if ("area" in kept or "severity" in kept) and "reason" not in kept:
        errors["reason"] = [gettext_noop("Diga por que a área ou a severidade muda.")]
    return errors


def _of_hours(kept: Steps) -> dict[str, list[str]]:
    text = kept.get("minutes", "")
    if not text:
        return {}
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and 0 < int(text) <= MOST_MINUTES):
        return {"minutes": [gettext_noop("De 1 a 480 minutos.")]}
    return {} if "activity" in kept else {"activity": [gettext_noop("Diga o que foi feito nesse tempo.")]}
