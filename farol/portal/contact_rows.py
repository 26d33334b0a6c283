"""The contacts as their administrator sees them: who is in, for what, and what can be done with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from farol.people.models import Person
from farol.people.queries import contacts as queries
from farol.people.rules.contacts import SERVICES, Places
from farol.portal.door import Visit
from farol.survey import queries as surveys
from farol.survey.models import Preference
from farol.tickets.rules.severity import Severity
from farol.ui import pieces, words

ACTIVE, INVITED, FREE = "active", "invited", "free"


@dataclass(frozen=True, slots=True)
class Grant:
    """One switch of one row."""

    service: str
    label: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Row:
    person: Person
    grants: Sequence[Grant]
    survey: str
    invitation: str = ""
    is_expired: bool = False
    is_fixed: bool = False  # the administrator's: all, and not to be taken away


def rows(visit: Visit) -> list[Row]:
    people = list(queries.all_contacts_of(visit.company.pk))
    chosen = surveys.preferences_of(person.pk for person in people)
    return [_row(person, chosen.get(person.pk), visit) for person in people]


def row(visit: Visit, contact_id: int) -> Row | None:
    return next((found for found in rows(visit) if found.person.pk == contact_id), None)


def segments(places: Places) -> list[str]:
    """What the meter shows, one each; a few dozen at most are told apart."""
    if places.limit > 40:
        return []
    shown = [ACTIVE] * places.active + [INVITED] * places.invited
    return [*shown[: max(places.limit, 1)], *[FREE] * places.free]


def _row(person: Person, chosen: Preference | None, visit: Visit) -> Row:
    until = getattr(person, "invited_until", None)
    is_expired = person.is_invited and (until is None or until <= visit.now)
    return Row(
        person=person,
        grants=[Grant(one.value, _(label), person.holds(one)) for one, label in SERVICES.items()],
        survey=_survey(chosen),
        invitation=words.bare_day(until, language=visit.language) if person.is_invited and until else "",
        is_expired=is_expired,
        is_fixed=person.is_administrator,
    )


def _survey(chosen: Preference | None) -> str:
    """Whether they are asked how a solution was: Todas · Só crítica e alta · Não receber"""
    if chosen is None or not chosen.is_wanted:
        return _("Não receber")
    named = [pieces.severity_word(one).lower() for one in Severity if one in chosen.severities]
    if not named or len(named) == len(Severity):
        return _("Todas")
    if len(named) == 1:
        return _("Só {severity}").format(severity=named[0])
    return _("Só {severities} e {last}").format(severities=", ".join(named[:-1]), last=named[-1])
