"""What happened to a customer's access, one sentence each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from farol.files.models import Attachment
from farol.journal.models import Entry
from farol.kernel.errors import gettext_noop
from farol.people import queries as people
from farol.people.rules.contacts import SERVICES, Service

SENTENCES = {
    "customer.registered": gettext_noop("Cliente cadastrado"),
    "customer.corrected": gettext_noop("Cadastro corrigido"),
    "customer.contacts_allowed": gettext_noop("Limite de contatos: {limit}"),
    "customer.administrator_replaced": gettext_noop("{name} passou a administrar os contatos"),
    "customer.access_asked": gettext_noop("{name} ({email}) pediu acesso"),
    "customer.access_confirmed": gettext_noop("O e-mail financeiro confirmou {name}"),
    "customer.access_granted": gettext_noop("O e-mail financeiro confirmou {name}, primeiro contato"),
    "customer.access_declined": gettext_noop("O e-mail financeiro recusou {name}"),
    "customer.access_dismissed": gettext_noop("Pedido de acesso recusado"),
    "contact.invited": gettext_noop("Convite enviado a {name}"),
    "contact.activated": gettext_noop("{name} ativou o acesso"),
    "contact.corrected": gettext_noop("Dados de {name} corrigidos"),
    "contact.service_granted": gettext_noop("{service} liberado para {name}"),
    "contact.service_revoked": gettext_noop("{service} retirado de {name}"),
    "contact.deactivated": gettext_noop("{name} desativado"),
    "contact.reactivated": gettext_noop("{name} reativado"),
    "contact.password_asked": gettext_noop("Link de senha enviado"),
    "contact.password_changed": gettext_noop("{name} trocou a senha"),
    "contact.password_old": gettext_noop("{name} foi lembrado de trocar a senha"),
}
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    said: str
    by: str
    words: str
    files: Sequence[Attachment]


def lines(entries: Iterable[Entry], files: Sequence[Attachment]) -> list[Line]:
    """The newest first."""
    known = [entry for entry in entries if entry.name in SENTENCES]
    named = people.people_named(entry.actor_id for entry in known)
    return [
        Line(
            at=entry.happened_at,
            said=_said(entry),
            by=named[entry.actor_id].name if entry.actor_id in named else "",
            words=entry.body,
            files=[file for file in files if file.entry_id == entry.pk],
        )
        for entry in known
    ]


def _said(entry: Entry) -> str:
    facts = {"name": "", "email": "", "limit": "", "service": "", **entry.facts}
    if facts["service"] in set(Service):
        facts["service"] = _(SERVICES[Service(facts["service"])])
    if facts["limit"] is None:
        facts["limit"] = _("o de todos")
    return _(SENTENCES[entry.name]).format(**facts)
