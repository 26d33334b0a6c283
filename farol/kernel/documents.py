"""CNPJ, letters included (R-230, R-231, R-033), how it is keyed on a telephone (R-031), and CPF.

>>> cnpj("12.abc.345/01de-35")
'12ABC34501DE35'
>>> masked("12ABC34501DE35")
'12.ABC.345/01DE-35'
>>> keyed("12ABC34501DE35")
'12222345013335'
>>> cpf("529.982.247-25")
'52998224725'
"""

from __future__ import annotations

import re

from stdnum import exceptions
from stdnum.br import cnpj as number
from stdnum.br import cpf as person_number

from farol.kernel.errors import Refusal, gettext_noop

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
KEYS = "22233344455566677778889999"
"""The key of a telephone that each letter stands on (E.161)."""


class CnpjRefused(Refusal):
    """What was typed is not a CNPJ."""

    code = "cnpj.refused"
    rule = "R-231"
    status = 422
    message = gettext_noop("Este CNPJ não confere.")
    remedy = gettext_noop("Confira os 14 caracteres: letras e números fazem parte dele.")


class CnpjLengthRefused(CnpjRefused):
    message = gettext_noop("Este CNPJ tem {length} caracteres.")
    remedy = gettext_noop("Confira: são 14.")


def cnpj(text: str) -> str:
    """The 14 upper-case characters of the CNPJ in `text`; its letters stay (R-033).

    Raises CnpjRefused when the length, the characters or the check digits are wrong.
    """
    plain = re.sub(r"[./\s-]", "", text).upper()
    if len(plain) != 14:
        raise CnpjLengthRefused(length=len(plain))
    if len(set(plain)) == 1:
        raise CnpjRefused
    try:
        return str(number.validate(plain))
    except exceptions.ValidationError:
        raise CnpjRefused from None


def masked(plain: str) -> str:
    return f"{plain[:2]}.{plain[2:5]}.{plain[5:8]}/{plain[8:12]}-{plain[12:]}"


def keyed(plain: str) -> str:
    """The 14 keys of a telephone for this CNPJ: check digits do not hold among them (R-031, R-032)."""
    return plain.translate(str.maketrans(LETTERS, KEYS))


class CpfRefused(Refusal):
    """What was typed is not a CPF."""

    code = "cpf.refused"
    rule = "R-027"
    status = 422
    message = gettext_noop("Este CPF não confere.")
    remedy = gettext_noop("Confira os 11 números.")


def cpf(text: str) -> str:
    """The 11 digits of the CPF in `text`. Raises CpfRefused."""
    plain = re.sub(r"[.\s-]", "", text)
    try:
        return str(person_number.validate(plain))
    except exceptions.ValidationError:
        raise CpfRefused from None
