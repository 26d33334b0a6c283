"""The ledger of a deadline in the reader's words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from farol.ui.words import PORTUGUESE
from farol.worktime.ledger import Reason, Why


def why_words(why: Why, *, language: str = PORTUGUESE) -> str:
    """Why a span ran or not: conta · fora do expediente · feriado: Natal"""
    with override(language):
        reason = {
            Reason.RUNNING: _("conta"),
            Reason.PAUSE: _("pausado"),
            Reason.OUTSIDE_HOURS: _("fora do expediente"),
            Reason.WEEKEND: _("dia sem expediente"),
            Reason.HOLIDAY: _("feriado"),
            Reason.SPECIAL_DAY: _("expediente especial"),
        }[why.reason]
        return _("{reason}: {name}").format(reason=reason, name=why.name) if why.name else reason
