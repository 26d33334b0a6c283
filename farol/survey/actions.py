"""Asking once, and keeping the answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from farol.journal.actions import tell
from farol.journal.models import Entry
from farol.kernel.actor import HOUSE, Actor
from farol.people import queries as people
from farol.people.models import Area, Person
from farol.survey import queries, rules
from farol.survey.models import Preference, Survey
from farol.survey.rules import SurveyAnswered, SurveyExpired, SurveyReplaced
from farol.tickets import actions as tickets
from farol.tickets import queries as known
from farol.tickets.rules.severity import Severity
from farol.tickets.rules.tasks import TaskKind


def prefer(person: Person, *, is_wanted: bool, severities: Collection[Severity]) -> None:
    """The contact is asked after solutions of these severities, of all when none is named, or never (R-160)."""
    chosen = {"is_wanted": is_wanted, "severities": sorted(set(severities), key=list(Severity).index)}
    Preference.objects.update_or_create(person=person, defaults=chosen)


@transaction.atomic
def ask(entry: Entry) -> Survey | None:
    """The contact has a question to the solution that `entry` tells of, if they want one (R-160 to R-162).

    Asked about an earlier solution and silent, they are asked about this one
    instead; what they answered stays, and they are not asked again. Safe to repeat.
    """
    ticket = known.held_ticket(int(entry.subject.partition(":")[2]), by=HOUSE)
    if ticket is None:
        return None
    standing = Survey.objects.filter(ticket=ticket, replaced_at=None).first()
    if standing and (standing.answered_at or standing.entry_id >= entry.pk):
        return None
    severity = queries.severity_when(entry, ticket.severity)
    preference = queries.preference_of(ticket.contact_id)
    if standing:
        standing.replaced_at = entry.happened_at
        standing.save(update_fields=["replaced_at"])
    if not rules.is_asked(severity, is_wanted=preference.is_wanted, severities=preference.severities):
        return None
    return Survey.objects.create(
        ticket=ticket,
        entry_id=entry.pk,
        contact_id=ticket.contact_id,
        area_id=ticket.area_id,
        severity=severity,
        asked_at=entry.happened_at,
    )


@transaction.atomic
def answer(survey_id: int, *, score: int | None, comment: str = "", by: Actor, now: datetime) -> Survey:
    """The answer is on record, once; of the ticket nothing changes (R-161, R-163).

    The same answer again changes nothing, so a second click is no mistake. After a
    low one the relationship team has a task.

    Raises FieldsRefused, SurveyReplaced, SurveyExpired or SurveyAnswered.
    """
    score, comment = rules.checked(score, comment)
    known.held_ticket(Survey.objects.values_list("ticket_id", flat=True).get(pk=survey_id), by=HOUSE)
    survey = Survey.objects.get(pk=survey_id)
    if survey.replaced_at:
        raise SurveyReplaced
    if queries.has_expired(survey, now):
        raise SurveyExpired(day=queries.expires_at(survey))
    if survey.answered_at:
        if (survey.score, survey.comment) != (score, comment):
            raise SurveyAnswered(score=survey.score)
        return survey
    survey.score, survey.comment, survey.answered_at = score, comment, now
    survey.save(update_fields=["score", "comment", "answered_at"])
    facts = {"survey": survey.pk, "score": score}
    tell(
        "ticket.surveyed",
        about=f"ticket:{survey.ticket_id}",
        by=by,
        at=now,
        body=comment,
        is_internal=True,
        facts=facts,
    )
    if score <= rules.LOW:
        words = f"{score}/{rules.BEST}" + (f" · {comment}" if comment else "")
        area = people.areas().filter(kind=Area.Kind.ADVISORY).first()
        tickets.raise_task(
            survey.ticket_id, kind=TaskKind.SURVEY, source=f"survey:{survey.pk}", words=words, now=now, area=area
        )
    return survey
