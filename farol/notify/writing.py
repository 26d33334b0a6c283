"""From a letter's row to the mail: the same row gives the same words, however often it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from farol.catalog import queries as catalog
from farol.kernel.errors import gettext_noop
from farol.notify import answerable
from farol.notify.answerable import Answerable
from farol.notify.models import Letter
from farol.notify.rules import NEWS, TITLES, YOUR_TURN, Kind, thread_id
from farol.people import queries as people
from farol.survey import queries as surveys
from farol.survey.rules import SCORES
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket
from farol.tickets.queries.clock import schedule_of
from farol.tickets.rules.severity import WORDS, Reason
from farol.ui import ledger, prices
from farol.worktime.ledger import LedgerSpan
from farol.worktime.ledger import Reason as Why
from farol.worktime.ledger import ledger as explained

Facts = Mapping[str, object]
SAY_WHY = {"ticket.reclassified", "ticket.recalculated", "ticket.pause_corrected"}
"""Changes of a date that somebody on the staff made, with a reason."""
PROMISES = {
    "solution": gettext_noop("da solução"),
    "first_reply": gettext_noop("da primeira resposta"),
    "next_reply": gettext_noop("da próxima resposta"),
    "area": gettext_noop("da área"),
}


def message(letter: Letter, ticket: Ticket) -> EmailMultiAlternatives:
    """The mail in the reader's language, as text and as HTML."""
    with translation.override(letter.language):
        context = _context(letter, ticket)
        title = _title(letter)
        mail = EmailMultiAlternatives(
            subject=_("Chamado {number} · {title}: {subject}").format(
                number=ticket.pk, title=title, subject=ticket.subject
            ),
            body=as_text(_render(letter, context, "notify/base.txt")),
            from_email=answerable.address(Answerable(letter.ticket_number, letter.reader.pk)) or settings.MAIL_FROM,
            to=[letter.address],
            headers=_headers(letter, ticket),
        )
        mail.attach_alternative(_render(letter, context, "notify/base.html"), "text/html")
    return mail


def _headers(letter: Letter, ticket: Ticket) -> dict[str, str]:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    thread = thread_id(ticket.pk, host)
    return {
        "From": settings.MAIL_FROM,  # the envelope's sender is where a report of its fate is proven to be one
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.composed_at),
        "In-Reply-To": thread,
        "References": thread,
        "List-Id": f"<chamados.{host}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": letter.language,
        **_answered_to(letter),
        **_unsubscribed(letter),
    }


def _unsubscribed(letter: Letter) -> dict[str, str]:
    """A mail program offers whoever follows a ticket a button that ends it (RFC 8058)."""
    if letter.kind != Kind.WATCHED:
        return {}
    return {"List-Unsubscribe": f"<{_unfollow_url(letter)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _unfollow_url(letter: Letter) -> str:
    return settings.PUBLIC_URL + answerable.unfollow_path(Answerable(letter.ticket_number, letter.reader.pk))


def _title(letter: Letter) -> str:
    return _(NEWS[letter.entry.name] if letter.kind == Kind.WATCHED else TITLES[Kind(letter.kind)])


def _answered_to(letter: Letter) -> dict[str, str]:
    address = answerable.address(Answerable(letter.ticket_number, letter.reader.pk))
    return {"Reply-To": address} if address else {}


def _render(letter: Letter, context: dict[str, object], base: str) -> str:
    has_own_words = letter.kind in {Kind.WARNING, Kind.MENTIONED, Kind.WATCHED}
    name = "staff" if letter.reader.is_staff_member and not has_own_words else letter.kind
    return render_to_string(f"notify/{name}.html", context | {"base": base})


def _context(letter: Letter, ticket: Ticket) -> dict[str, object]:
    entry, person, vendor = letter.entry, letter.reader, catalog.vendor()
    author = people.people_by_id([entry.actor_id]).get(entry.actor_id or 0)
    return {
        "language": letter.language,
        "kind": letter.kind,
        "name": entry.name.partition(".")[2],
        "title": _title(letter),
        "is_your_turn": letter.kind in YOUR_TURN,
        "person": person,
        "author": author.name if author else vendor.name,
        "author_of": ticket.organization.name if author and not author.is_staff_member else vendor.name,
        "vendor": vendor,
        "ticket": ticket,
        "number": ticket.pk,
        "is_answerable": bool(settings.MAIL_IN),
        "is_promise_open": not ticket.is_paused and not ticket.is_closed and ticket.due_at > entry.happened_at,
        "url": settings.PUBLIC_URL + _path(letter, ticket),
        "is_unanswered": _is_unanswered(letter, ticket),
        "body": "" if _knows_these_words(letter) else entry.body,
        "ledger": _ledger(letter, ticket),
        "scores": _scores(letter),
        "unfollow_url": _unfollow_url(letter) if letter.kind == Kind.WATCHED else "",
        **_facts(entry.facts),
    }


def _ledger(letter: Letter, ticket: Ticket) -> list[ledger.Step]:
    """How a promised date was counted: what ran, what paused it, and the holidays between."""
    if letter.kind == Kind.OPENED:
        minutes = int(letter.entry.facts["allowance_minutes"])
        spans = explained(schedule_of(ticket), ticket.opened_at, minutes).spans
    elif letter.kind == Kind.FORECAST:
        spans = tickets.clock(ticket, now=letter.composed_at).spans
    elif letter.kind == Kind.WARNING:
        spans = _spans_of_target(letter, ticket)
    else:
        return []
    told = [span for span in spans if span.why.reason not in {Why.OUTSIDE_HOURS, Why.WEEKEND}]
    # a letter is read on another day: never "hoje" or "ontem"
    return ledger.steps(told, now=letter.composed_at - timedelta(days=8), language=letter.language)


def _spans_of_target(letter: Letter, ticket: Ticket) -> tuple[LedgerSpan, ...]:
    """Of the date that comes near: the solution's, a reply's or an area's (R-066)."""
    promise, windows = letter.entry.facts["promise"], tickets.windows(ticket)
    for target in tickets.targets(ticket):
        if target.promise == promise and target.ended_at is None:
            return tickets.target_clock(target, ticket, now=letter.composed_at, windows=windows).spans
    return ()


def _scores(letter: Letter) -> list[tuple[str, str]]:
    """The survey's question as links, a word and an address each; one click chooses a score (R-160)."""
    asked = surveys.survey_of_entry(letter.entry_id) if letter.kind == Kind.SOLUTION else None
    if asked is None or asked.contact_id != letter.person_id:
        return []
    address = f"{settings.PUBLIC_URL}/pesquisas/{surveys.token_of(asked)}"
    return [(f"{score} · {_(word)}", f"{address}?nota={score}") for score, word in SCORES.items()]


def _knows_these_words(letter: Letter) -> bool:
    """That an answer moved the date is told without quoting the answer to those who gave it."""
    return letter.kind == Kind.FORECAST and letter.entry.name not in SAY_WHY


def _path(letter: Letter, ticket: Ticket) -> str:
    if letter.reader.is_staff_member:
        return f"/mesa/chamados/{ticket.pk}"
    if _is_unanswered(letter, ticket):
        return answerable.questions_path(Answerable(ticket.pk, letter.reader.pk))
    return f"/chamados/{ticket.pk}"


def _is_unanswered(letter: Letter, ticket: Ticket) -> bool:
    """The confirmation of what was told by mail asks what the mail did not say (R-065)."""
    return letter.kind == Kind.OPENED and Reason.UNANSWERED in letter.entry.facts["reasons"]


def _facts(facts: Facts) -> dict[str, object]:
    """The journal's facts as templates want them: dates as dates, pairs as old and new, codes as words."""
    told: dict[str, object] = {key: value for key, value in facts.items() if isinstance(value, str | int)}
    for key, value in facts.items():
        if key in {"due", "severity", "state"} and isinstance(value, list):
            told[f"old_{key}"], told[key] = value
    for key in ("due", "old_due", "due_at"):
        if key in told:
            told[key] = datetime.fromisoformat(str(told[key]))
    if "last_day" in told:
        told["last_day"] = date.fromisoformat(str(told["last_day"]))
    statement = facts.get("statement")
    told |= _money({**facts, **statement} if isinstance(statement, dict) else facts)
    if "promise" in facts:
        told["promise"] = _(PROMISES[str(facts["promise"])])
    reasons = facts.get("reasons")
    if isinstance(reasons, list):
        told["reasons"] = [_(WORDS[Reason(reason)]) for reason in reasons]
    return told


def _money(facts: Facts) -> dict[str, object]:
    """What was frozen beside the words: hours, price and total (R-076, R-090)."""
    language = translation.get_language() or ""
    told: dict[str, object] = {}
    if "billable_minutes" in facts:
        told["billable_minutes"] = facts["billable_minutes"]
    if isinstance(price := facts.get("price"), dict):
        told["terms"] = prices.terms(price, language=language)
    if isinstance(cents := facts.get("total_cents"), int) and cents:
        told["total"] = prices.money(cents, language=language)
    return told


def as_text(rendered: str) -> str:
    """Templates leave gaps where a block is empty: at most one blank line between two paragraphs."""
    lines = "\n".join(line.strip() for line in rendered.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"
