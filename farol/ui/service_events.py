"""What happened in the two flows of service, in one sentence each: triage, charges, causes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from farol.journal.models import Entry
from farol.ui import pieces, prices, words

if TYPE_CHECKING:
    from farol.ui.events import Tale, Told


def costs(tale: Tale, entry: Entry) -> str:
    """What the entry says of money, to stand behind its sentence."""
    parts = []
    if price := entry.facts.get("price"):
        parts.append(prices.terms(price, language=tale.language))
    if entry.facts.get("is_conditional"):
        parts.append(_("só se a causa não for nossa"))
    if access := entry.facts.get("access"):
        day = words.day(date.fromisoformat(access["valid_until"]), language=tale.language)
        parts.append(_("acesso à base até {day}: {scope}").format(day=day, scope=access["scope"]))
    if cents := entry.facts.get("total_cents"):
        parts.append(prices.money(cents, language=tale.language))
    if entry.facts.get("waiver"):
        parts.append(_("sem cobrança: a causa é nossa"))
    return "".join(f" · {part}" for part in parts)


def _responsible(tale: Tale, entry: Entry) -> Told:
    return "shield", _("{name} registrou que a causa é {whose}: {reason}").format(
        name=tale.name(entry), whose=prices.responsibility(entry.facts["responsibility"]), reason=entry.body
    )


def _contested(tale: Tale, entry: Entry) -> Told:
    severity = pieces.severity_word(entry.facts["severity_now"]).lower()
    text = _("{name} não concorda com a severidade {severity}: {reason}")
    return "sort", text.format(name=tale.name(entry), severity=severity, reason=entry.body)


def _upheld(tale: Tale, entry: Entry) -> Told:
    severity = pieces.severity_word(entry.facts["severity_now"]).lower()
    text = _("{name} manteve a severidade {severity}: {reason}")
    return "sort", text.format(name=tale.name(entry), severity=severity, reason=entry.body)


def _opened_quote(tale: Tale, entry: Entry) -> Told:
    return "eye", _("{name} abriu o orçamento: {file}").format(name=tale.name(entry), file=entry.facts["file"])


def _tried(tale: Tale, entry: Entry) -> Told:
    text = _("{name} reproduziu a situação") if entry.facts["reproduced"] else _("{name} não conseguiu reproduzir")
    return "retry", f"{text.format(name=tale.name(entry))}: {entry.body}"


def _accessed(tale: Tale, entry: Entry) -> Told:
    return "server", _("{name} acessou a base do cliente: {reason}").format(name=tale.name(entry), reason=entry.body)


def _copied(tale: Tale, entry: Entry) -> Told:
    day = words.day(date.fromisoformat(entry.facts["last_day"]), language=tale.language)
    text = _("{name} fez uma cópia da base, a excluir até {day}: {reason}")
    return "copy", text.format(name=tale.name(entry), day=day, reason=entry.body)


def _deleted(tale: Tale, entry: Entry) -> Told:
    text = _("{name} excluiu a cópia da base ({copy}): {reason}")
    return "trash", text.format(name=tale.name(entry), copy=entry.facts["name"], reason=entry.body)


def _prepared(tale: Tale, entry: Entry) -> Told:
    text = _("{name} avisou que o preparo para {tool} é cobrado").format(
        name=tale.name(entry), tool=entry.facts["tool_name"]
    )
    return "wrench", text + costs(tale, entry)


def _remote(tale: Tale, entry: Entry) -> Told:
    facts = entry.facts
    text = (
        _("{name} fez uma sessão remota com {tool}")
        if facts["is_approved"]
        else _("{name} fez uma sessão remota com {tool}, não homologada")
    ).format(name=tale.name(entry), tool=facts["tool_name"])
    if minutes := facts["preparation_minutes"]:
        time = words.duration(minutes, language=tale.language)
        text += " · " + _("preparo a faturar: {time}").format(time=time)
    return "eye", text


def _triaged(tale: Tale, entry: Entry) -> Told:
    is_right, is_question = entry.facts["is_right_area"], entry.facts["is_question"]
    area = _("área certa") if is_right else _("área errada")
    kind = _("é dúvida") if is_question else _("não é dúvida")
    return "check", _("{name} analisou o pedido: {area}, {kind}").format(name=tale.name(entry), area=area, kind=kind)


SENTENCES: dict[str, Callable[[Tale, Entry], Told]] = {
    "responsibility_recorded": _responsible,
    "triaged": _triaged,
    "severity_contested": _contested,
    "severity_upheld": _upheld,
    "quote_opened": _opened_quote,
    "reproduction_tried": _tried,
    "database_accessed": _accessed,
    "database_copied": _copied,
    "database_copy_deleted": _deleted,
    "preparation_announced": _prepared,
    "session_logged": _remote,
}
TELL_THEIR_WORDS = {
    "ticket.responsibility_recorded", "ticket.severity_contested", "ticket.severity_upheld",
    "ticket.reproduction_tried", "ticket.database_accessed", "ticket.database_copied", "ticket.database_copy_deleted",
}  # fmt: skip
