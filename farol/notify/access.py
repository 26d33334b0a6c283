"""Letters about who may come in. The secret of a link is in the letter that leaves, and is kept nowhere (R-012)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from farol.catalog import queries as catalog
from farol.journal.models import Entry
from farol.notify.models import Letter
from farol.notify.rules import ACCESS_LETTERS, TITLES, YOUR_TURN, Kind, Reader
from farol.notify.writing import as_text
from farol.people import queries as people
from farol.people.models import Link, Organization, Person
from farol.people.queries import links
from farol.people.rules.links import Standing
from farol.tickets.rules.windows import day_of

KINDS = frozenset(letter.kind for letters in ACCESS_LETTERS.values() for letter in letters)
PATHS = {
    Kind.INVITED: "/acesso/",
    Kind.PASSWORD: "/senha/",
    Kind.ACCESS_ASKED: "/cadastro/",
    Kind.PASSWORD_CHANGED: "/entrar",
    Kind.PASSWORD_OLD: "/conta/senha",
    Kind.ACCESS_CONFIRMED: "/contatos",
    Kind.ADMINISTRATOR: "/contatos",
    Kind.ADMINISTRATOR_LEFT: "/",
    Kind.ADMINISTRATOR_TOLD: "/",
    Kind.BLOCKED: "/financeiro",
    Kind.UNBLOCKED: "/chamados",
}
FACTS = {Reader.PERSON: "person", Reader.BEFORE: "before", Reader.ADMINISTRATOR: "administrator"}


def readers(entry: Entry) -> Iterator[tuple[Kind, Person | None, str]]:
    """Who gets which letter, and at which address."""
    for letter in ACCESS_LETTERS[entry.name]:
        if letter.reader is Reader.FINANCE:
            company = _company(entry)
            if company and company.financial_email:
                yield letter.kind, None, company.financial_email
            continue
        person = _person(entry.facts, FACTS[letter.reader])
        if person and _is_told(letter.kind, person):
            yield letter.kind, person, person.email


def message(letter: Letter, *, now: datetime) -> EmailMultiAlternatives | None:
    """The mail in the reader's language; nothing when its link opens nothing any more."""
    kind = Kind(letter.kind)
    link = links.link(int(letter.entry.facts["link"])) if "link" in letter.entry.facts else None
    path = _path(kind, link, now=now)
    if not path or _is_past(letter, kind, now):
        return None
    with translation.override(letter.language):
        context = _context(letter, link, path)
        mail = EmailMultiAlternatives(
            subject=f"{_(TITLES[kind])} · {catalog.vendor().name}",
            body=as_text(render_to_string(f"notify/{kind}.html", context | {"base": "notify/base.txt"})),
            from_email=settings.MAIL_FROM,
            to=[letter.address],
            headers=_headers(letter),
        )
        html = render_to_string(f"notify/{kind}.html", context | {"base": "notify/base.html"})
        mail.attach_alternative(html, "text/html")
    return mail


def _is_past(letter: Letter, kind: Kind, now: datetime) -> bool:
    """News of doors that were shut or opened again meanwhile is no news (R-101)."""
    if kind not in {Kind.BLOCKED, Kind.UNBLOCKED}:
        return False
    company = _company(letter.entry)
    is_shut = bool(company and company.blocked_from and company.blocked_from <= day_of(now))
    return is_shut is not (kind is Kind.BLOCKED)


def _is_told(kind: Kind, person: Person) -> bool:
    """Somebody new is invited, which says it all; who left is told so at the address they had."""
    if kind is Kind.ADMINISTRATOR:
        return person.is_active and not person.is_invited
    return person.is_active or kind is Kind.ADMINISTRATOR_LEFT


def _path(kind: Kind, link: Link | None, *, now: datetime) -> str:
    """Where the letter leads; "" if that is shut."""
    if link is None:
        return PATHS[kind]
    secret = links.secret_of(link)
    is_open = bool(secret) and links.standing_of(link, now=now) is Standing.OPEN
    return PATHS[kind] + secret if is_open else ""


def _context(letter: Letter, link: Link | None, path: str) -> dict[str, object]:
    entry, kind = letter.entry, Kind(letter.kind)
    author = people.people_by_id([entry.actor_id]).get(entry.actor_id or 0)
    company = _company(entry)
    return {
        "language": letter.language,
        "kind": letter.kind,
        "title": _(TITLES[kind]),
        "is_your_turn": kind in YOUR_TURN,
        "person": letter.person,
        "author": author.name if author else "",
        "is_from_staff": author is not None and author.is_staff_member,
        "vendor": catalog.vendor(),
        "company": company.name if company else "",
        "url": settings.PUBLIC_URL + path,
        "until": datetime.fromisoformat(entry.facts["until"]) if "until" in entry.facts else link and link.expires_at,
        "told": entry.facts,
        "at": entry.happened_at,
    }


def _headers(letter: Letter) -> dict[str, str]:
    return {
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.composed_at),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": letter.language,
    }


def _company(entry: Entry) -> Organization | None:
    kind, _colon, number = entry.subject.partition(":")
    return people.organization(int(number)) if kind == "organization" else None


def _person(facts: Mapping[str, object], name: str) -> Person | None:
    known = facts.get(name)
    return people.people_by_id([known]).get(known) if isinstance(known, int) else None
