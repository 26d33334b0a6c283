"""Settling what is owed: payment and agreement, and what stands in the way (R-101).

>>> str(TitleSettled(number="NF 4521/1"))
'O título NF 4521/1 já está quitado ou cancelado.'
"""

from __future__ import annotations

from datetime import date

from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop

MOST_GRACE = 365
LONGEST_AGREEMENT = 1830
NO_TERMS = gettext_noop("Diga o que foi combinado.")
NO_TITLES = gettext_noop("Escolha os títulos em aberto que o acordo cobre.")
PAST = gettext_noop("O acordo vale de hoje em diante: escolha um dia que ainda não passou.")
FAR = gettext_noop("Um acordo vale por cinco anos no máximo.")


class CstOnly(Refusal):
    """Money is settled by the CST and by managers."""

    code = "billing.cst_only"
    rule = "R-101"
    status = 403
    message = gettext_noop("Só o CST e a gestão tratam das pendências financeiras.")
    remedy = gettext_noop("Passe o assunto ao CST.")


class TitleNotFound(Refusal):
    code = "billing.title_not_found"
    status = 404
    message = gettext_noop("Este título não existe.")


class AgreementNotFound(Refusal):
    code = "billing.agreement_not_found"
    status = 404
    message = gettext_noop("Este acordo não existe.")


class TitleSettled(Refusal):
    code = "billing.title_settled"
    rule = "R-101"
    message = gettext_noop("O título {number} já está quitado ou cancelado.")
    remedy = gettext_noop("Nada mais a fazer nele.")


class AgreementOver(Refusal):
    code = "billing.agreement_over"
    rule = "R-101"
    message = gettext_noop("Este acordo não está mais em vigor.")
    remedy = gettext_noop("Registre um novo acordo, se houver.")


class SheetGone(Refusal):
    code = "billing.sheet_gone"
    status = 404
    message = gettext_noop("Este arquivo não está mais aqui.")
    remedy = gettext_noop("Envie o arquivo de novo.")


class GraceRefused(Refusal):
    code = "billing.grace_refused"
    rule = "R-100"
    status = 422
    message = gettext_noop("A carência vai de zero a {most} dias.")


def refuse_odd(until: date, terms: str, *, count: int, today: date) -> None:
    """Raise FieldsRefused for an agreement that cannot be meant."""
    errors = {}
    if not terms.strip():
        errors["terms"] = [NO_TERMS]
    if not count:
        errors["titles"] = [NO_TITLES]
    if until < today:
        errors["valid_until"] = [PAST]
    elif (until - today).days > LONGEST_AGREEMENT:
        errors["valid_until"] = [FAR]
    if errors:
        raise FieldsRefused(errors)
