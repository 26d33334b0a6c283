"""Acting as a contact: what for, for how long, and what never.

Whoever acts sees what the contact sees and may write for them; agreeing to
anything, least of all to what costs, stays the contact's own.

>>> may_send("portal:message"), may_send("portal:acceptance"), may_see("portal:account")
(True, False, False)
"""

from __future__ import annotations

from datetime import timedelta

from farol.kernel.actor import Actor
from farol.kernel.errors import Refusal, gettext_noop

ACTING = "acting as"
"""Under which the session knows whom its person acts as."""
LASTS = timedelta(hours=1)
REASON_AT_LEAST = 10
_SENDS = frozenset(
    f"portal:{name}"
    for name in (
        "acting_end", "message", "unsent", "unsent_discarded", "opening", "draft", "draft_step", "draft_files",
        "draft_removal", "forecast", "preview", "sign_out",
    )
)  # fmt: skip
_OWN = frozenset(
    f"portal:{name}"
    for name in (
        "account", "confirmation", "code_app", "code_app_removal", "recovery_codes", "passkey", "passkey_removal",
        "sessions", "export", "change_password", "telephone_pin",
    )
)  # fmt: skip


class ActingRefused(Refusal):
    """Only the contact does this."""

    code = "acting.refused"
    status = 403
    message = gettext_noop("Agindo por outra pessoa, isso não é possível.")
    remedy = gettext_noop("Aceites, autorizações e acessos são da própria pessoa. Peça que ela mesma entre.")


class ReasonMissing(Refusal):
    """Nobody acts as another without saying why."""

    code = "acting.reason_missing"
    status = 422
    message = gettext_noop("Diga por que você precisa agir por esta pessoa.")
    remedy = gettext_noop("O motivo fica na trilha, com pelo menos dez letras.")


def may_send(page: str) -> bool:
    """Whether this page takes what somebody sends who acts as another."""
    return page in _SENDS


def may_see(page: str) -> bool:
    return page not in _OWN


def refuse_acting(by: Actor) -> None:
    """Raise ActingRefused if `by` is somebody else than they say."""
    if by.behind:
        raise ActingRefused
