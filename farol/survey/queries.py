"""Questions about the survey: one's own preference, the question behind a link, what the answers come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from farol.journal.models import Entry
from farol.journal.queries import about
from farol.people.models import Person
from farol.statements.compiled import Statement
from farol.survey.models import Preference, Survey
from farol.survey.rules import DAYS_OPEN, SurveyNotFound, Tally
from farol.tickets.rules.severity import Severity
from farol.tickets.rules.windows import ZONE

SIGNED = Signer(salt="farol.survey")
SHOWN_WITH = ("ticket__organization", "contact", "area")
SHOWN = 30


def preference_of(person_id: int) -> Preference:
    """What the contact chose; who never chose is not asked (R-160)."""
    return Preference.objects.filter(person_id=person_id).first() or Preference(person_id=person_id, is_wanted=False)


def preferences_of(people: Iterable[int]) -> dict[int, Preference]:
    """What these contacts chose; who never chose is not in it."""
    return {known.person_id: known for known in Preference.objects.filter(person_id__in=list(people))}


def survey_of_entry(entry_id: int) -> Survey | None:
    """The question that goes with this solution, if its contact wants to be asked."""
    return Survey.objects.filter(entry_id=entry_id).first()


STANDING = Statement(
    lambda ticket: Survey.objects.select_related(*SHOWN_WITH).filter(ticket=ticket, replaced_at=None).order_by("pk"),
    ticket=int,
)


def standing_of(ticket_id: int) -> Survey | None:
    """The question that stands for the ticket, answered or not."""
    return STANDING.first(ticket=ticket_id)


def expires_at(survey: Survey) -> datetime:
    return survey.asked_at + timedelta(days=DAYS_OPEN)


def has_expired(survey: Survey, now: datetime) -> bool:
    """Whether it is too late for a first answer."""
    return survey.answered_at is None and now >= expires_at(survey)


def waiting_for(person: Person, *, now: datetime) -> QuerySet[Survey]:
    """What the contact was asked, has not answered and still may, the newest first."""
    since = now - timedelta(days=DAYS_OPEN)
    asked = Survey.objects.filter(contact=person, score=None, replaced_at=None, asked_at__gt=since)
    return asked.select_related("ticket").order_by("-id")


def token_of(survey: Survey) -> str:
    """The word in the link: who has it has the contact's mail."""
    return SIGNED.sign(str(survey.pk))


def survey_behind(token: str) -> Survey:
    """Raises SurveyNotFound."""
    try:
        number = int(SIGNED.unsign(token))
    except (BadSignature, ValueError):
        raise SurveyNotFound from None
    found = Survey.objects.select_related(*SHOWN_WITH).filter(pk=number).first()
    if found is None:
        raise SurveyNotFound
    return found


def severity_when(entry: Entry, severity: str) -> Severity:
    """The severity the ticket had at `entry`: what the next change since then changed, else today's `severity`."""
    later = about(entry.subject).filter(pk__gt=entry.pk, name="ticket.reclassified").first()
    return Severity(later.facts["severity"][0] if later else severity)


@dataclass(frozen=True, slots=True)
class Results:
    """What the answers come to: in all, by area, by month."""

    whole: Tally
    areas: Sequence[tuple[str, Tally]]
    months: Sequence[tuple[date, Tally]]


def results(since: datetime, until: datetime) -> Results:
    """Of the questions asked from `since` to before `until`; one that was replaced counts for nothing (R-161)."""
    asked = Survey.objects.filter(asked_at__gte=since, asked_at__lt=until, replaced_at=None)
    rows = asked.annotate(month=TruncMonth("asked_at", tzinfo=ZONE)).values_list("area__name", "month", "score")
    areas: dict[str, Tally] = defaultdict(Tally)
    months: dict[date, Tally] = defaultdict(Tally)
    whole = Tally()
    for area, month, score, count in rows.annotate(count=Count("id")).order_by():
        tally = Tally({score: count} if score else {}, asked=count)
        areas[area] += tally
        months[month.date()] += tally
        whole += tally
    return Results(whole, sorted(areas.items()), sorted(months.items()))


def answers(since: datetime, until: datetime) -> QuerySet[Survey]:
    """The answers to what was asked in that time, the newest first."""
    answered = Survey.objects.filter(asked_at__gte=since, asked_at__lt=until, score__isnull=False)
    return answered.select_related(*SHOWN_WITH).order_by("-answered_at", "-id")
