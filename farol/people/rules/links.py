"""Links that let somebody in without a password: used once, and only for so long (R-012).

A link stands open until it is used, a newer one is sent, its person is gone or its time is up.

>>> sent = Sent(expires_at=datetime(2026, 11, 27, 9), used_at=None, replaced_at=None)
>>> standing(sent, is_welcome=True, now=datetime(2026, 11, 27, 8, 59))
<Standing.OPEN: 'open'>
>>> standing(sent, is_welcome=True, now=datetime(2026, 11, 27, 9))
<Standing.EXPIRED: 'expired'>
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from farol.kernel.errors import Refusal, gettext_noop

CALM = timedelta(minutes=5)
"""Between two letters that anybody may ask for; who asks again finds the first in the mailbox."""
A_DAY = timedelta(hours=24)
MOST_A_DAY = 5


class Purpose(StrEnum):
    ACTIVATION = "activation"  # of an account, by whoever was invited
    PASSWORD = "password"  # a new one for one that was forgotten
    REQUEST = "request"  # of a stranger, judged by the customer's financial address


class Standing(StrEnum):
    OPEN = "open"
    USED = "used"
    REPLACED = "replaced"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a link so far."""

    expires_at: datetime
    used_at: datetime | None
    replaced_at: datetime | None


class LinkUnknown(Refusal):
    """Nobody was sent such a link: it was cut short or changed on its way."""

    code = "link.unknown"
    rule = "R-012"
    status = 404
    message = gettext_noop("Este link não confere.")
    remedy = gettext_noop("Abra o link direto do e-mail, inteiro. Se não funcionar, peça um novo.")


class LinkExpired(Refusal):
    code = "link.expired"
    rule = "R-012"
    status = 410
    message = gettext_noop("Este link venceu.")
    remedy = gettext_noop("Peça um link novo: ele vai para o mesmo e-mail.")


class LinkUsed(Refusal):
    code = "link.used"
    rule = "R-012"
    status = 410
    message = gettext_noop("Este link já foi usado.")
    remedy = gettext_noop("Cada link vale uma vez. Entre com a sua senha, ou peça uma nova.")


class LinkReplaced(Refusal):
    code = "link.replaced"
    rule = "R-012"
    status = 410
    message = gettext_noop("Enviamos um link mais novo que este.")
    remedy = gettext_noop("Abra o e-mail mais recente: só o último link vale.")


class LinkWithdrawn(Refusal):
    code = "link.withdrawn"
    rule = "R-012"
    status = 410
    message = gettext_noop("Este convite foi cancelado.")
    remedy = gettext_noop("Fale com quem administra os contatos da sua empresa.")


REFUSALS: dict[Standing, type[Refusal]] = {
    Standing.USED: LinkUsed,
    Standing.REPLACED: LinkReplaced,
    Standing.EXPIRED: LinkExpired,
    Standing.WITHDRAWN: LinkWithdrawn,
}


def standing(link: Sent, *, is_welcome: bool, now: datetime) -> Standing:
    """Whether the link still opens anything; `is_welcome` says that its person may still come in."""
    if link.used_at:
        return Standing.USED
    if not is_welcome:
        return Standing.WITHDRAWN
    if link.replaced_at:
        return Standing.REPLACED
    return Standing.OPEN if now < link.expires_at else Standing.EXPIRED


def may_send(earlier: Sequence[datetime], *, now: datetime) -> bool:
    """Whether another letter may go to somebody who was sent these, when anybody may ask for it.

    >>> noon = datetime(2026, 11, 24, 12)
    >>> may_send([noon], now=noon + timedelta(minutes=4)), may_send([noon], now=noon + timedelta(minutes=5))
    (False, True)
    """
    today = [at for at in earlier if at > now - A_DAY]
    return len(today) < MOST_A_DAY and all(at <= now - CALM for at in today)
