"""Who may be a contact of a customer, how many, and for what (R-010, R-011).

>>> Places(limit=5, active=4, invited=1).free
0
>>> Places(limit=5, active=6, invited=0).free
0
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop

LONGEST_NAME = 120
LONGEST_TITLE = 80
LONGEST_ADDRESS = 254
ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+"
)
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


class Service(StrEnum):
    """What the administrator grants to a contact."""

    SUPPORT = "support"
    CONSULTING = "consulting"
    DOWNLOADS = "downloads"
    DATACENTER = "datacenter"
    CST = "cst"
    OMBUDSMAN = "ombudsman"
    LICENCES = "licences"


SERVICES: dict[Service, str] = {
    Service.SUPPORT: gettext_noop("Suporte"),
    Service.CONSULTING: gettext_noop("Consultoria"),
    Service.DOWNLOADS: gettext_noop("Downloads"),
    Service.DATACENTER: gettext_noop("Datacenter"),
    Service.CST: gettext_noop("CST"),
    Service.OMBUDSMAN: gettext_noop("Ouvidoria"),
    Service.LICENCES: gettext_noop("Licenças"),
}
USUAL = (Service.SUPPORT, Service.DOWNLOADS, Service.CST, Service.OMBUDSMAN)
"""What a new contact gets unless the administrator says otherwise: nothing of it is charged or licensed."""


@dataclass(frozen=True, slots=True)
class Places:
    """How many contacts a customer may have besides the administrator, and has."""

    limit: int
    active: int
    invited: int

    @property
    def used(self) -> int:
        return self.active + self.invited

    @property
    def free(self) -> int:
        return max(self.limit - self.used, 0)


class NoPlaceLeft(Refusal):
    """R-010: the next one is refused, with the limit and the way out."""

    code = "contacts.no_place_left"
    rule = "R-010"
    message = gettext_noop("A sua empresa já usa os {limit} contatos que pode ter além do administrador.")
    remedy = gettext_noop(
        "Para convidar outra pessoa, desative um contato ou cancele um convite. Precisa de mais? Fale com o CST."
    )


class NotAdministrator(Refusal):
    """R-011: contacts are kept by one person of the customer, and by the vendor's Assessoria."""

    code = "contacts.not_administrator"
    rule = "R-011"
    status = 403
    message = gettext_noop("Só quem administra os contatos da empresa pode fazer isto.")
    remedy = gettext_noop("Peça a {administrator}.")


class NotCustomersKeeper(Refusal):
    """Customers and their administrators are registered by the Assessoria, by the CST and by managers."""

    code = "customers.not_keeper"
    rule = "R-011"
    status = 403
    message = gettext_noop("O cadastro de clientes cabe à Assessoria, ao CST e aos gestores.")
    remedy = gettext_noop("Peça a alguém dessas equipes.")


class AdministratorStays(Refusal):
    """R-011: a customer always has exactly one administrator; another takes over by an act of the Assessoria."""

    code = "contacts.administrator_stays"
    rule = "R-011"
    message = gettext_noop("Quem administra os contatos não pode ser desativado nem perder serviços.")
    remedy = gettext_noop("A troca de administrador é feita pela Assessoria, com um documento que a autorize.")


class NotInvited(Refusal):
    """Only who has not come in yet is sent another invitation (R-012)."""

    code = "contacts.not_invited"
    rule = "R-012"
    message = gettext_noop("Esta pessoa não tem convite pendente.")
    remedy = gettext_noop("Quem já entrou e esqueceu a senha pede outra na página de entrada.")


class AddressTaken(FieldsRefused):
    code = "contacts.address_taken"
    rule = "R-012"


class ContactRefused(FieldsRefused):
    code = "contacts.refused"
    rule = "R-011"


class ProofNeeded(FieldsRefused):
    code = "contacts.proof_needed"
    rule = "R-011"


TAKEN_HERE = gettext_noop("Esta pessoa já é contato da empresa.")
TAKEN_ELSEWHERE = gettext_noop("Este e-mail não pode ser usado aqui. Use outro, ou fale com a Assessoria.")
NAME_MISSING = gettext_noop("Escreva o nome da pessoa.")
NAME_LONG = gettext_noop("O nome tem mais de 120 caracteres.")
TITLE_LONG = gettext_noop("A função tem mais de 80 caracteres.")
ADDRESS_MISSING = gettext_noop("Escreva o e-mail da pessoa.")
ADDRESS_WRONG = gettext_noop("Este e-mail não está completo. Confira se tem @ e o domínio.")
SERVICE_UNKNOWN = gettext_noop("Este serviço não existe.")
REASON_MISSING = gettext_noop("Escreva o motivo.")
PROOF_MISSING = gettext_noop("Anexe o documento que autoriza a troca.")


@dataclass(frozen=True, slots=True)
class Details:
    """A contact as somebody has written them down."""

    name: str
    email: str
    title: str = ""
    services: tuple[str, ...] = USUAL
    language: str = "pt-br"

    @classmethod
    def written(
        cls, *, name: str, email: str, title: str = "", services: Iterable[str] = USUAL, language: str = "pt-br"
    ) -> Details:
        """Without the blanks and signs around what was typed; the address in lower case.

        >>> Details.written(name=" Ana  Reis ", email=" Ana@Serra.Example ").email
        'ana@serra.example'
        """
        return cls(tidy(name), tidy(email).lower(), tidy(title), tuple(dict.fromkeys(services)), language)

    def faults(self) -> dict[str, list[str]]:
        """The field → what is wrong with it.

        >>> Details(name="", email="ana@serra").faults().keys() == {"name", "email"}
        True
        """
        found: dict[str, list[str]] = {}
        if not self.name or len(self.name) > LONGEST_NAME:
            found["name"] = [NAME_LONG if self.name else NAME_MISSING]
        if len(self.title) > LONGEST_TITLE:
            found["title"] = [TITLE_LONG]
        if not is_address(self.email):
            found["email"] = [ADDRESS_WRONG if self.email else ADDRESS_MISSING]
        if not known_services(self.services):
            found["services"] = [SERVICE_UNKNOWN]
        return found

    def check(self) -> None:
        """Raises ContactRefused, naming every field that is wrong."""
        if found := self.faults():
            raise ContactRefused(found)


def tidy(text: str) -> str:
    """Without signs that no page shows, and with one blank where there were many."""
    return " ".join(CONTROL.sub(" ", text).split())


def is_address(text: str) -> bool:
    """
    >>> is_address("ana@serra.example"), is_address("ana@serra"), is_address("ana reis@serra.example")
    (True, False, False)
    """
    return len(text) <= LONGEST_ADDRESS and ADDRESS.fullmatch(text) is not None


def known_services(services: Collection[str]) -> bool:
    return set(services) <= set(Service)
