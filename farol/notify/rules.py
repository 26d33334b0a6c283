"""Who is written to when something happens, as one table (sections 5 to 7).

Read a row aloud: "when a solution was sent, the contact gets SOLUTION".
What is not in the table is told to nobody. An internal note has an empty row:
it is told to colleagues whom it calls and who follow the ticket, never to a contact.

>>> letters_for("ticket.solution_sent", {})
(Letter(reader=<Reader.CONTACT: 'contact'>, kind=<Kind.SOLUTION: 'solution'>),)
>>> letters_for("ticket.noted", {})
()
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from farol.kernel.actor import Side
from farol.kernel.errors import gettext_noop


class Reader(StrEnum):
    CONTACT = "contact"
    ASSIGNEE = "assignee"
    CALLED = "called"  # whoever the words call by name
    IN_CHARGE = "in_charge"  # the assignee; while there is none, and with the last warning, the managers of the area
    PERSON = "person"  # of whom an entry about access tells
    BEFORE = "before"  # who administered the contacts until then
    ADMINISTRATOR = "administrator"
    FINANCE = "finance"  # the customer's financial address


class Kind(StrEnum):
    """What a letter says; each has a template of this name, all for the staff share one."""

    OPENED = "opened"
    ANSWERED = "answered"
    INFORMATION = "information"
    QUOTE = "quote"
    AUTHORIZATION = "authorization"
    SOLUTION = "solution"
    REMINDER = "reminder"
    CLOSED = "closed"
    FORECAST = "forecast"
    ASSIGNED = "assigned"
    WARNING = "warning"
    CUSTOMER_REPLIED = "customer_replied"
    CUSTOMER_ACCEPTED = "customer_accepted"
    CUSTOMER_REJECTED = "customer_rejected"
    CUSTOMER_APPROVED = "customer_approved"
    CUSTOMER_DECLINED = "customer_declined"
    CANCELLED = "cancelled"
    SEPARATED = "separated"  # a merged ticket goes on alone
    MENTIONED = "mentioned"
    WATCHED = "watched"
    RETURNED = "returned"  # to whoever wrote a mail that became no message
    INVITED = "invited"
    PASSWORD = "password"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_OLD = "password_old"
    ACCESS_ASKED = "access_asked"
    ACCESS_CONFIRMED = "access_confirmed"
    ADMINISTRATOR = "administrator"
    ADMINISTRATOR_LEFT = "administrator_left"
    ADMINISTRATOR_TOLD = "administrator_told"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"


@dataclass(frozen=True, slots=True)
class Letter:
    reader: Reader
    kind: Kind


def _contact(kind: Kind) -> Letter:
    return Letter(Reader.CONTACT, kind)


def _assignee(kind: Kind) -> Letter:
    return Letter(Reader.ASSIGNEE, kind)


LETTERS: dict[str, tuple[Letter, ...]] = {
    "ticket.opened": (_contact(Kind.OPENED),),
    "ticket.information_asked": (_contact(Kind.INFORMATION),),
    "ticket.quote_sent": (_contact(Kind.QUOTE),),
    "ticket.authorization_asked": (_contact(Kind.AUTHORIZATION),),
    "ticket.solution_sent": (_contact(Kind.SOLUTION),),
    "ticket.reminded": (_contact(Kind.REMINDER),),
    "ticket.reclassified": (_contact(Kind.FORECAST),),
    "ticket.impact_answered": (),  # if it moved the date
    "ticket.recalculated": (_contact(Kind.FORECAST),),
    "ticket.pause_corrected": (),  # if it moved the date
    "ticket.accepted": (_contact(Kind.CLOSED), _assignee(Kind.CUSTOMER_ACCEPTED)),
    "ticket.closed_silent": (_contact(Kind.CLOSED),),
    "ticket.closed_abandoned": (_contact(Kind.CLOSED),),
    "ticket.redirected": (_contact(Kind.CLOSED),),
    "ticket.cancelled": (_contact(Kind.CLOSED), _assignee(Kind.CANCELLED)),
    "ticket.merged": (_contact(Kind.CLOSED),),
    "ticket.unmerged": (_contact(Kind.SEPARATED),),
    "ticket.noted": (),  # for whoever is called, or follows
    "ticket.transferred": (),
    "ticket.rejected": (_assignee(Kind.CUSTOMER_REJECTED),),
    "ticket.approved": (_assignee(Kind.CUSTOMER_APPROVED),),
    "ticket.declined": (_assignee(Kind.CUSTOMER_DECLINED),),
    "ticket.replied": (),  # depends on who spoke
    "ticket.severity_upheld": (_contact(Kind.ANSWERED),),
    "ticket.severity_contested": (_assignee(Kind.CUSTOMER_REPLIED),),
    "ticket.assigned": (_assignee(Kind.ASSIGNED),),
    "ticket.target_warned": (Letter(Reader.IN_CHARGE, Kind.WARNING),),
}


def letters_for(name: str, facts: Mapping[str, object]) -> tuple[Letter, ...]:
    """The letters an entry of the journal asks for; a moved date is told whoever moved it (R-064)."""
    letters = LETTERS.get(name, ())
    if name == "ticket.replied":
        is_from_customer = facts.get("side") == Side.CUSTOMER
        letters = (_assignee(Kind.CUSTOMER_REPLIED) if is_from_customer else _contact(Kind.ANSWERED),)
    if name == "ticket.declined" and _has_ended(facts):
        letters = (_contact(Kind.CLOSED), *letters)
    if "due" in facts and all(letter.reader is not Reader.CONTACT for letter in letters):
        letters = (_contact(Kind.FORECAST), *letters)
    return (*letters, Letter(Reader.CALLED, Kind.MENTIONED)) if facts.get("mentions") else letters


NEWS: dict[str, str] = {
    "ticket.replied": gettext_noop("Nova resposta"),
    "ticket.information_asked": gettext_noop("Falta uma informação"),
    "ticket.quote_sent": gettext_noop("Orçamento para aprovar"),
    "ticket.authorization_asked": gettext_noop("Cobrança para autorizar"),
    "ticket.solution_sent": gettext_noop("Solução proposta"),
    "ticket.reclassified": gettext_noop("Mudança no retorno previsto"),
    "ticket.recalculated": gettext_noop("Mudança no retorno previsto"),
    "ticket.accepted": gettext_noop("Solução aceita"),
    "ticket.rejected": gettext_noop("Solução não aceita"),
    "ticket.approved": gettext_noop("O cliente aprovou"),
    "ticket.declined": gettext_noop("O cliente não aprovou"),
    "ticket.closed_silent": gettext_noop("Encerrado"),
    "ticket.closed_abandoned": gettext_noop("Encerrado"),
    "ticket.redirected": gettext_noop("Encerrado"),
    "ticket.cancelled": gettext_noop("Cancelado"),
    "ticket.merged": gettext_noop("Encerrado"),
    "ticket.unmerged": gettext_noop("De novo em andamento"),
    "ticket.transferred": gettext_noop("Mudança de área"),
    "ticket.noted": gettext_noop("Nota interna"),
}
"""What watchers of a ticket are told, and how it is called; what is internal, only those of the staff."""


def _has_ended(facts: Mapping[str, object]) -> bool:
    state = facts.get("state")
    return isinstance(state, list) and state[-1] == "cancelled"


ACCESS_LETTERS: dict[str, tuple[Letter, ...]] = {
    "contact.invited": (Letter(Reader.PERSON, Kind.INVITED),),
    "contact.password_asked": (Letter(Reader.PERSON, Kind.PASSWORD),),
    "contact.password_changed": (Letter(Reader.PERSON, Kind.PASSWORD_CHANGED),),
    "contact.password_old": (Letter(Reader.PERSON, Kind.PASSWORD_OLD),),
    "customer.access_asked": (Letter(Reader.FINANCE, Kind.ACCESS_ASKED),),
    "customer.access_confirmed": (Letter(Reader.ADMINISTRATOR, Kind.ACCESS_CONFIRMED),),
    "customer.administrator_replaced": (
        Letter(Reader.PERSON, Kind.ADMINISTRATOR),
        Letter(Reader.BEFORE, Kind.ADMINISTRATOR_LEFT),
        Letter(Reader.FINANCE, Kind.ADMINISTRATOR_TOLD),
    ),
    "billing.blocked": (Letter(Reader.ADMINISTRATOR, Kind.BLOCKED), Letter(Reader.FINANCE, Kind.BLOCKED)),
    "billing.unblocked": (Letter(Reader.ADMINISTRATOR, Kind.UNBLOCKED), Letter(Reader.FINANCE, Kind.UNBLOCKED)),
}
"""Letters about who may come in; none of them is about a ticket."""

YOUR_TURN = frozenset(
    {
        Kind.INFORMATION, Kind.QUOTE, Kind.AUTHORIZATION, Kind.SOLUTION, Kind.REMINDER,
        Kind.INVITED, Kind.PASSWORD, Kind.PASSWORD_OLD, Kind.ACCESS_ASKED, Kind.ACCESS_CONFIRMED, Kind.BLOCKED,
        Kind.ASSIGNED, Kind.WARNING, Kind.MENTIONED,
        Kind.CUSTOMER_REPLIED, Kind.CUSTOMER_REJECTED, Kind.CUSTOMER_APPROVED,
    }
)  # fmt: skip
"""Letters after which whoever reads them must act: the lamp is lit."""

TITLES: dict[Kind, str] = {
    Kind.OPENED: gettext_noop("Aberto"),
    Kind.ANSWERED: gettext_noop("Nova resposta"),
    Kind.INFORMATION: gettext_noop("Falta uma informação"),
    Kind.QUOTE: gettext_noop("Orçamento para aprovar"),
    Kind.AUTHORIZATION: gettext_noop("Cobrança para autorizar"),
    Kind.SOLUTION: gettext_noop("Solução proposta"),
    Kind.REMINDER: gettext_noop("Faltam 2 dias para responder"),
    Kind.CLOSED: gettext_noop("Encerrado"),
    Kind.FORECAST: gettext_noop("Mudança no retorno previsto"),
    Kind.ASSIGNED: gettext_noop("Passado a você"),
    Kind.WARNING: gettext_noop("Prazo chegando"),
    Kind.CUSTOMER_REPLIED: gettext_noop("O cliente respondeu"),
    Kind.CUSTOMER_ACCEPTED: gettext_noop("Solução aceita"),
    Kind.CUSTOMER_REJECTED: gettext_noop("Solução não aceita"),
    Kind.CUSTOMER_APPROVED: gettext_noop("O cliente aprovou"),
    Kind.CUSTOMER_DECLINED: gettext_noop("O cliente não aprovou"),
    Kind.CANCELLED: gettext_noop("Cancelado"),
    Kind.SEPARATED: gettext_noop("De novo em andamento"),
    Kind.MENTIONED: gettext_noop("Você foi mencionado"),
    Kind.WATCHED: gettext_noop("Novidade"),
    Kind.RETURNED: gettext_noop("Sobre o seu e-mail"),
    Kind.INVITED: gettext_noop("Seu acesso ao portal"),
    Kind.PASSWORD: gettext_noop("Nova senha"),
    Kind.PASSWORD_CHANGED: gettext_noop("Sua senha foi trocada"),
    Kind.PASSWORD_OLD: gettext_noop("Troque a sua senha"),
    Kind.ACCESS_ASKED: gettext_noop("Confirme um pedido de acesso"),
    Kind.ACCESS_CONFIRMED: gettext_noop("Um pedido de acesso espera você"),
    Kind.ADMINISTRATOR: gettext_noop("Você administra os contatos"),
    Kind.ADMINISTRATOR_LEFT: gettext_noop("Troca de administrador"),
    Kind.ADMINISTRATOR_TOLD: gettext_noop("Troca de administrador"),
    Kind.BLOCKED: gettext_noop("Bloqueado por pendência financeira"),
    Kind.UNBLOCKED: gettext_noop("Tudo liberado de novo"),
}

ATTEMPTS = 10
"""Times a letter is tried, 3, 9, 27 … seconds apart (about 8 hours in all), before it counts as failed."""


def message_id(ticket: int, kind: Kind, entry: int, person: int, host: str) -> str:
    """The same letter has the same identity, however often it is sent.

    >>> message_id(118402, Kind.SOLUTION, 991, 12, "farol.example")
    '<118402.solution.991.12@farol.example>'
    """
    return f"<{ticket}.{kind}.{entry}.{person}@{host}>"


def thread_id(ticket: int, host: str) -> str:
    """What the letters of one ticket refer to, so that a mail program shows them together."""
    return f"<{ticket}@{host}>"
