"""A first mail of a known contact opens a ticket, by the same action and the same admission as every door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from farol.access import actions as gate
from farol.access import queries as access
from farol.access.rules import Action, CustomerInDebt
from farol.contracts import queries as contracts
from farol.kernel.actor import Actor, Channel
from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop
from farol.mail.actions.answering import Said, answered
from farol.mail.actions.putting import brought
from farol.mail.actions.verdicts import Verdict
from farol.mail.models import Received
from farol.mail.rules.decisions import Decision, Why
from farol.mail.rules.mime import Mail
from farol.people.models import Person
from farol.people.queries import actor_of
from farol.tickets import actions as tickets
from farol.tickets.queries import Subject
from farol.tickets.rules.opening import MAX_SUBJECT, MIN_DESCRIPTION
from farol.tickets.rules.severity import UNANSWERED, Kind
from farol.tickets.rules.windows import day_of
from farol.ui import refusals
from farol.ui.frame import in_one_line

CHOOSE = gettext_noop("Falta dizer de qual produto se trata.")
CHOOSE_NOW = gettext_noop("O que você escreveu está guardado em um rascunho: escolha o produto, responda e envie.")


def opened(mail: Received, read: Mail, person: Person, *, now: datetime) -> Verdict:
    """Opened when the contract has one product; with several the words wait in a draft for one to be chosen."""
    by = actor_of(person, Channel.EMAIL, mail.sender)
    if refusal := _shut(person, now):
        return _turned_away(mail, person, refusal, by, now)
    items = contracts.items_of(person.organization_id or 0, on=day_of(now))
    products = list({item.product_id: item.product for item in items}.values())
    if len(products) > 1:
        draft = _drafted(read, person, by, now)
        path = f"/chamados/novo/{draft}"
        return answered(
            mail, person, Why.CHOOSE_PRODUCT, lambda: (_(CHOOSE), _(CHOOSE_NOW), path, _("Continuar")), now=now
        )
    try:
        with transaction.atomic(), translation.override(person.language):
            subject, description, files = _words(read, by)
            ticket = tickets.open_ticket(
                Subject(products[0]),
                contact=person,
                kind=Kind.NONCONFORMITY,
                subject=subject,
                description=description,
                impact=UNANSWERED,
                by=by,
                now=now,
                attachments=files,
            )
    except FieldsRefused as refusal:
        return Verdict(Decision.SET_ASIDE, Why.REFUSED, words=in_one_line(refusal))
    except Refusal as refusal:
        return _turned_away(mail, person, refusal, by, now)
    return Verdict(Decision.OPENED, Why.NEW, ticket=ticket.pk, entry=ticket.last_entry_id)


def _shut(person: Person, now: datetime) -> Refusal | None:
    """Why nobody of this customer opens anything now, whichever the product (R-014, R-016)."""
    try:
        access.admit(person, Action.OPEN_TICKET, on=day_of(now))
    except Refusal as refusal:
        return refusal
    return None


def _turned_away(mail: Received, person: Person, refusal: Refusal, by: Actor, now: datetime) -> Verdict:
    """Told where to go instead; to a customer in debt the CST stands open in the portal (R-014, R-101)."""
    gate.note_refusal(refusal, by=by, now=now)
    if isinstance(refusal, CustomerInDebt):
        said = said_by(refusal, "/financeiro", gettext_noop("Ver a situação e falar com o CST"))
    else:
        said = said_by(refusal, "/", gettext_noop("Abrir o portal"))
    return answered(mail, person, Why.NOT_ADMITTED, said, now=now)


def said_by(refusal: Refusal, path: str, label: str) -> Callable[[], Said]:
    """The words of a refusal, in the language that is active when they are asked for."""
    return lambda: (refusals.said(refusal), refusals.remedy(refusal), path, _(label))


def _drafted(read: Mail, person: Person, by: Actor, now: datetime) -> int:
    with translation.override(person.language):
        subject, description, files = _words(read, by)
    answers = {"subject": subject, "description": description, "attachments": files}
    return tickets.save_draft(None, by=by, answers=answers, now=now).pk


def _words(read: Mail, by: Actor) -> tuple[str, str, list[int]]:
    """All that was written stands in the ticket: in a first mail what is quoted or forwarded may be the matter."""
    description, files = brought(read, read.text, by=by)
    if len(description) < MIN_DESCRIPTION:
        description = _("Recebido por e-mail, sem mais detalhes: {text}").format(text=description)
    return read.subject[:MAX_SUBJECT] or _("(sem assunto)"), description, files
