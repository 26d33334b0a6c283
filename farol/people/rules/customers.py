"""A customer as the staff registers it, with its first contact (R-011, R-012).

>>> Company.written(name="Serra", legal_name="", cnpj="12.abc.345/01de-35", financial_email="").checked_cnpj()
'12ABC34501DE35'
"""

from __future__ import annotations

from dataclasses import dataclass

from farol.kernel import documents
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.people.rules.contacts import ADDRESS_MISSING, ADDRESS_WRONG, is_address, tidy

STATES = frozenset(
    (
        *("AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA"),
        *("PB", "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO"),
    )
)
NAME_MISSING = gettext_noop("Escreva o nome da empresa.")
NAME_LONG = gettext_noop("O nome tem caracteres demais.")
CNPJ_MISSING = gettext_noop("Escreva o CNPJ.")
CNPJ_KNOWN = gettext_noop("Já há um cliente com este CNPJ. Procure por ele na lista.")
STATE_WRONG = gettext_noop("Esta UF não existe.")
LIMIT_WRONG = gettext_noop("Escreva um número de 0 a 5000.")
MOST_CONTACTS = 5000


class CustomerRefused(FieldsRefused):
    code = "customers.refused"
    rule = "R-231"


@dataclass(frozen=True, slots=True)
class Company:
    """A customer as somebody has written it down."""

    name: str
    legal_name: str
    cnpj: str
    financial_email: str
    city: str = ""
    state: str = ""

    @classmethod
    def written(
        cls, *, name: str, legal_name: str, cnpj: str, financial_email: str, city: str = "", state: str = ""
    ) -> Company:
        said = tidy(name), tidy(legal_name) or tidy(name), cnpj.strip(), tidy(financial_email).lower()
        return cls(*said, tidy(city), tidy(state).upper())

    def checked_cnpj(self) -> str:
        """Its 14 characters, however it was typed. Raises CnpjRefused (R-033)."""
        return documents.cnpj(self.cnpj)

    def faults(self) -> dict[str, list[str]]:
        """The field → what is wrong with it; the CNPJ answers for itself."""
        found: dict[str, list[str]] = {}
        if not self.name or len(self.name) > 120:
            found["name"] = [NAME_LONG if self.name else NAME_MISSING]
        if len(self.legal_name) > 160:
            found["legal_name"] = [NAME_LONG]
        if len(self.city) > 80:
            found["city"] = [NAME_LONG]
        if not self.cnpj:
            found["cnpj"] = [CNPJ_MISSING]
        if not is_address(self.financial_email):
            found["financial_email"] = [ADDRESS_WRONG if self.financial_email else ADDRESS_MISSING]
        if self.state and self.state not in STATES:
            found["state"] = [STATE_WRONG]
        return found
