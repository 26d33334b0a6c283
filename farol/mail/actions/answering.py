"""Telling whoever wrote why their mail became no message, and what now: once a day at most."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import translation

from farol.journal.actions import tell
from farol.kernel.actor import HOUSE
from farol.mail.actions.verdicts import Verdict
from farol.mail.models import Received
from farol.mail.rules.decisions import Decision, Why
from farol.notify import actions as notify
from farol.notify import queries as letters
from farol.people import actions as people
from farol.people.models import Person

QUIET = timedelta(days=1)
Said = tuple[str, str, str, str]
"""Why, what now, where (a path), and the label of the link; in the language that is active."""


def answered(
    mail: Received, person: Person, why: Why, said: Callable[[], Said], *, now: datetime, ticket: int | None = None
) -> Verdict:
    """The person has a letter on its way; or had one within a day, and the mail waits for people instead."""
    with translation.override(person.language):
        message, remedy, path, label = said()
    people.hold_person(person.pk)
    if letters.has_answered_since(person.email, now - QUIET):
        return Verdict(Decision.SET_ASIDE, why, words=message, ticket=ticket)
    facts = {"message": message, "remedy": remedy, "path": path, "label": label}
    facts |= {"mail_subject": mail.subject, "in_reply_to": mail.message_id}
    entry = tell("mail.answered", about=f"mail:{mail.pk}", by=HOUSE, at=now, is_internal=True, facts=facts)
    notify.answer_mail(entry, person)
    return Verdict(Decision.ANSWERED, why, words=message, ticket=ticket, entry=entry.pk)
