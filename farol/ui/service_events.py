"""What happened in the two flows of service, in one sentence each: triage, charges, causes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from farol.journal.models import Entry
from farol.ui import pieces, prices

if TYPE_CHECKING:
    from farol.ui.events import Tale, Told


def costs(tale: Tale, entry: Entry) -> str:
    """What the entry says of money, to stand behind its sentence."""
    parts = []
    if price := entry.facts.get("price"):
        parts.append(prices.terms(price, language=tale.language))
    if entry.facts.get("is_conditional"):
        parts.append(_("só se a causa não for nossa"))
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
}
TELL_THEIR_WORDS = {"ticket.responsibility_recorded", "ticket.severity_contested", "ticket.severity_upheld"}
