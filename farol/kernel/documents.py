"""CNPJ, letters included (R-230, R-231, R-033).

>>> cnpj("12.abc.345/01de-35")
'12ABC34501DE35'
>>> masked("12ABC34501DE35")
'12.ABC.345/01DE-35'
"""

from __future__ import annotations

import re

from stdnum import exceptions
from stdnum.br import cnpj as number

from farol.kernel.errors import Refusal, gettext_noop


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
