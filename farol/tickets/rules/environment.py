"""The customer's own environment: their database, and remote sessions with it (section 8).

The order is the rule: a reproduction that failed, then the customer's authorisation with
scope and validity together with the charge on condition, and only then the access (R-080).

>>> refuse_access(has_attempt=True, authorised_until=None, today=date(2026, 11, 24))
Traceback (most recent call last):
farol.tickets.rules.environment.AccessNotAuthorized: O cliente ainda não autorizou o acesso à base de dados.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop

LONGEST_VALIDITY = 90
"""Days for which a customer may open their database at once."""


class Asker(StrEnum):
    """Who asked for a remote session."""

    CUSTOMER = "customer"
    VENDOR = "vendor"


class AttemptMissing(Refusal):
    """Nobody's data is needed before our own environment was tried (R-080)."""

    code = "database.attempt_missing"
    rule = "R-080"
    message = gettext_noop("Antes de pedir a base do cliente, é preciso tentar reproduzir a situação.")
    remedy = gettext_noop("Registre a tentativa que não reproduziu o problema e peça o acesso em seguida.")


class AccessNotAuthorized(Refusal):
    """Scope, validity and the conditional charge are the customer's to agree to (R-080)."""

    code = "database.not_authorized"
    rule = "R-080"
    message = gettext_noop("O cliente ainda não autorizou o acesso à base de dados.")
    remedy = gettext_noop("Peça a autorização, com o escopo, a validade e a cobrança condicional.")


class AccessExpired(Refusal):
    code = "database.access_expired"
    rule = "R-080"
    message = gettext_noop("A autorização de acesso terminou em {last_day:%d/%m/%Y}.")
    remedy = gettext_noop("Peça uma nova autorização ao cliente.")


class CopyDeleted(Refusal):
    code = "database.copy_deleted"
    rule = "R-083"
    message = gettext_noop("A exclusão desta cópia já está comprovada.")
    remedy = gettext_noop("Nada mais a fazer nela.")


class CopyNotFound(Refusal):
    code = "database.copy_not_found"
    status = 404
    message = gettext_noop("Não encontramos esta cópia.")


def refuse_access(*, has_attempt: bool, authorised_until: date | None, today: date) -> None:
    """Raise what is missing first, in the order of the rule (R-080)."""
    if not has_attempt:
        raise AttemptMissing
    if authorised_until is None:
        raise AccessNotAuthorized
    if today > authorised_until:
        raise AccessExpired(last_day=authorised_until)


def refuse_validity(valid_until: date, *, today: date) -> None:
    """Raise FieldsRefused for a validity that is over, or has no end in sight."""
    if valid_until < today:
        raise FieldsRefused({"valid_until": [gettext_noop("Esta data já passou.")]})
    if (valid_until - today).days > LONGEST_VALIDITY:
        raise FieldsRefused({"valid_until": [gettext_noop("A autorização vale no máximo 90 dias.")]})


def refuse_expiry(expires_on: date, *, authorised_until: date, today: date) -> None:
    """A copy does not outlive the authorisation (R-083). Raises FieldsRefused."""
    if expires_on < today:
        raise FieldsRefused({"expires_on": [gettext_noop("Esta data já passou.")]})
    if expires_on > authorised_until:
        raise FieldsRefused({"expires_on": [gettext_noop("A cópia não pode durar mais que a autorização.")]})


def is_preparation_billed(*, is_approved: bool, was_told: bool, minutes: int) -> bool:
    """Preparing for a tool that is not approved is billed only if the customer was told before (R-082)."""
    return not is_approved and was_told and minutes > 0
