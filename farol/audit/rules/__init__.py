"""What is put on the trail, and how its chain is reckoned.

Each link holds the digest of its record's content and, through its own digest,
everything before it: one changed byte, one record taken out or put in between,
and the chain no longer holds from there on.

>>> first = digest_of(1, START, content_of([1, "person.signed_in", 7, "portal", "", "person:7", {}, "2026-11-24"]))
>>> first == digest_of(1, START, content_of([1, "person.signed_in", 8, "portal", "", "person:7", {}, "2026-11-24"]))
False
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from farol.kernel.errors import gettext_noop

START = "0" * 64


class Act(StrEnum):
    """The acts that the house itself puts on the trail; `record` takes other names as well."""

    SIGNED_IN = "person.signed_in"
    SIGN_IN_FAILED = "person.sign_in_failed"
    LOCKED = "person.locked"
    SIGNED_OUT = "person.signed_out"
    SESSIONS_ENDED = "person.sessions_ended"
    PASSKEY_ADDED = "person.passkey_added"
    PASSKEY_REMOVED = "person.passkey_removed"
    CODE_APP_ADDED = "person.code_app_added"
    CODE_APP_REMOVED = "person.code_app_removed"
    CODES_RENEWED = "person.recovery_codes_renewed"
    CODE_USED = "person.recovery_code_used"
    FACTORS_FORGOTTEN = "person.factors_forgotten"
    PINS_GUESSED = "phone.pins_guessed"
    ROLE_CHANGED = "permission.role_changed"
    SERVICES_CHANGED = "permission.services_changed"
    STAFF_REGISTERED = "permission.staff_registered"
    STAFF_DEACTIVATED = "permission.staff_deactivated"
    TOKEN_ISSUED = "token.issued"
    TOKEN_REVOKED = "token.revoked"
    BLOCKED = "block.refused"
    EXPORTED = "data.exported"
    VIEWED = "data.viewed"
    TRAIL_READ = "audit.read"
    TRAIL_EXPORTED = "audit.exported"
    TRAIL_PRUNED = "audit.pruned"
    ACTING_BEGUN = "acting.begun"
    ACTING_ENDED = "acting.ended"
    PORTFOLIO_CHANGED = "permission.portfolio_changed"
    RETENTION_CHANGED = "privacy.retention_changed"
    RETENTION_RUN = "privacy.retention_run"
    HOLD_PLACED = "privacy.hold_placed"
    HOLD_LIFTED = "privacy.hold_lifted"
    REQUEST_RECEIVED = "privacy.request_received"
    REQUEST_ANSWERED = "privacy.request_answered"
    PERSON_EXPORTED = "privacy.person_exported"
    PERSON_ERASED = "privacy.person_erased"
    INCIDENT_OPENED = "privacy.incident_opened"
    INCIDENT_CHANGED = "privacy.incident_changed"
    CUSTOMER_REGISTERED = "customer.registered"
    CUSTOMER_CORRECTED = "customer.corrected"
    ADMINISTRATOR_REPLACED = "customer.administrator_replaced"
    ACCESS_ANSWERED = "customer.access_answered"
    CONTACT_INVITED = "contact.invited"
    CONTACT_ACTIVATED = "contact.activated"
    CONTACT_DEACTIVATED = "contact.deactivated"
    CONTACT_REACTIVATED = "contact.reactivated"
    PASSWORD_ASKED = "contact.password_asked"
    PASSWORD_CHANGED = "contact.password_changed"


WORDS = {
    Act.SIGNED_IN: gettext_noop("Entrou"),
    Act.SIGN_IN_FAILED: gettext_noop("Errou a senha"),
    Act.LOCKED: gettext_noop("Teve a entrada bloqueada"),
    Act.SIGNED_OUT: gettext_noop("Saiu"),
    Act.SESSIONS_ENDED: gettext_noop("Encerrou sessões"),
    Act.PASSKEY_ADDED: gettext_noop("Ligou uma chave de acesso"),
    Act.PASSKEY_REMOVED: gettext_noop("Retirou uma chave de acesso"),
    Act.CODE_APP_ADDED: gettext_noop("Ligou um aplicativo de códigos"),
    Act.CODE_APP_REMOVED: gettext_noop("Retirou o aplicativo de códigos"),
    Act.CODES_RENEWED: gettext_noop("Renovou os códigos de recuperação"),
    Act.CODE_USED: gettext_noop("Usou um código de recuperação"),
    Act.FACTORS_FORGOTTEN: gettext_noop("Perdeu os segundos fatores, e começa de novo"),
    Act.PINS_GUESSED: gettext_noop("Errou demais a senha do telefone"),
    Act.ROLE_CHANGED: gettext_noop("Mudou um papel"),
    Act.SERVICES_CHANGED: gettext_noop("Mudou os serviços liberados"),
    Act.STAFF_REGISTERED: gettext_noop("Cadastrou uma pessoa da equipe"),
    Act.STAFF_DEACTIVATED: gettext_noop("Desativou uma pessoa da equipe"),
    Act.TOKEN_ISSUED: gettext_noop("Emitiu uma chave da API"),
    Act.TOKEN_REVOKED: gettext_noop("Revogou uma chave da API"),
    Act.BLOCKED: gettext_noop("Foi impedido por um bloqueio"),
    Act.EXPORTED: gettext_noop("Exportou dados"),
    Act.VIEWED: gettext_noop("Consultou dados pessoais"),
    Act.TRAIL_READ: gettext_noop("Consultou a trilha"),
    Act.TRAIL_EXPORTED: gettext_noop("Exportou a trilha"),
    Act.TRAIL_PRUNED: gettext_noop("Apagou da trilha o que passou do prazo"),
    Act.ACTING_BEGUN: gettext_noop("Passou a agir por outra pessoa"),
    Act.ACTING_ENDED: gettext_noop("Deixou de agir por outra pessoa"),
    Act.PORTFOLIO_CHANGED: gettext_noop("Mudou o executivo de um cliente"),
    Act.RETENTION_CHANGED: gettext_noop("Mudou um prazo de guarda"),
    Act.RETENTION_RUN: gettext_noop("Apagou o que passou do prazo de guarda"),
    Act.HOLD_PLACED: gettext_noop("Pôs dados em guarda legal"),
    Act.HOLD_LIFTED: gettext_noop("Encerrou uma guarda legal"),
    Act.REQUEST_RECEIVED: gettext_noop("Registrou um pedido de titular"),
    Act.REQUEST_ANSWERED: gettext_noop("Respondeu um pedido de titular"),
    Act.PERSON_EXPORTED: gettext_noop("Exportou os dados de um titular"),
    Act.PERSON_ERASED: gettext_noop("Eliminou os dados de um titular"),
    Act.INCIDENT_OPENED: gettext_noop("Abriu um registro de incidente"),
    Act.INCIDENT_CHANGED: gettext_noop("Acrescentou a um registro de incidente"),
    Act.CUSTOMER_REGISTERED: gettext_noop("Cadastrou um cliente"),
    Act.CUSTOMER_CORRECTED: gettext_noop("Corrigiu o cadastro de um cliente"),
    Act.ADMINISTRATOR_REPLACED: gettext_noop("Trocou o administrador de um cliente"),
    Act.ACCESS_ANSWERED: gettext_noop("Respondeu um pedido de acesso"),
    Act.CONTACT_INVITED: gettext_noop("Convidou um contato"),
    Act.CONTACT_ACTIVATED: gettext_noop("Ativou o acesso"),
    Act.CONTACT_DEACTIVATED: gettext_noop("Desativou um contato"),
    Act.CONTACT_REACTIVATED: gettext_noop("Reativou um contato"),
    Act.PASSWORD_ASKED: gettext_noop("Pediu uma senha nova"),
    Act.PASSWORD_CHANGED: gettext_noop("Trocou a senha"),
}


@dataclass(frozen=True, slots=True)
class Chained:
    """One link as it is stored, and the content that its record has now; None when the record is not there."""

    position: int
    record_id: int
    content: str
    digest: str
    found: str | None


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link that does not hold, and why."""

    position: int
    record_id: int
    why: str


def content_of(values: Sequence[object]) -> str:
    """The digest of a record's content, the same wherever it is reckoned."""
    written = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def digest_of(position: int, before: str, content: str) -> str:
    return hashlib.sha256(f"{position}:{before}:{content}".encode()).hexdigest()


def first_break(links: Iterable[Chained], *, pruned_through: int = 0) -> tuple[Broken | None, int, str]:
    """The first broken link of the chain, if any, how many were read, and the last digest that holds.

    Records whose term was over, up to `pruned_through`, may be gone; their links may not.
    """
    before, read = START, 0
    for read, link in enumerate(links, start=1):
        if why := _wrong(link, read, before, pruned_through):
            return Broken(read, link.record_id, why), read, before
        before = link.digest
    return None, read, before


def _wrong(link: Chained, position: int, before: str, pruned_through: int) -> str:
    if link.position != position:
        return f"link {position} is missing"
    if link.found is None and position > pruned_through:
        return "the record is missing"
    if link.found is not None and link.found != link.content:
        return "the record was changed"
    return "" if link.digest == digest_of(position, before, link.content) else "the link was changed"
