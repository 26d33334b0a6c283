"""Loading the demonstration, once; and the sign-ins to look at it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle

from django.db import transaction

from farol.hours import actions as rosters
from farol.hours import queries as hours
from farol.house.seeding.catalogue import furnish
from farol.house.seeding.demo import accounts
from farol.house.seeding.demo.cast import PASSWORD, move_in, sign_ins
from farol.house.seeding.demo.moments import minute
from farol.house.seeding.demo.plan import Planner
from farol.house.seeding.demo.play import live
from farol.journal import queries as journal
from farol.journal.actions import tell, untold
from farol.kernel.actor import HOUSE, Channel
from farol.people import actions as people
from farol.people import queries as people_queries
from farol.people.models import Person, Token
from farol.tickets import actions, queries
from farol.tickets.jobs import run_deadlines
from farol.tickets.rules.windows import day_of

SUBJECT = "demonstration"
STANDARD = 300


def is_loaded() -> bool:
    return journal.about(SUBJECT).exists()


@transaction.atomic
def load(tickets: int = STANDARD, *, now: datetime) -> bool:
    """The demonstration is there, half a year of it ending `now`; answers False when it was there already.

    All of it or nothing. What happens in it is history: it is on record, and
    nobody gets a letter about it.
    """
    if is_loaded():
        return False
    now = minute(now)
    furnish()
    with untold(chronicled=False):
        cast = move_in(day_of(now))
        live(cast, Planner(cast, now).stories(tickets))
        run_deadlines(now)
        _keep_watch(now)
        accounts.keep(cast, now=now)
        for number in queries.numbers():
            actions.make_findable(number)
        tell("demonstration.loaded", about=SUBJECT, by=HOUSE, at=now, facts={"tickets": tickets})
    return True


def _keep_watch(now: datetime) -> None:
    """Support's roster for this week and the next, published: every minute that needs a name has one (R-141)."""
    manager = next(person for part, person in _played() if part == "manager")
    by = people_queries.actor_of(manager, Channel.PORTAL)
    monday = day_of(now) - timedelta(days=day_of(now).weekday())
    calendar = hours.calendar_named("support_tech_07_19")
    roster = rosters.draft_roster(
        name="Plantão do suporte", calendar=calendar, first_day=monday, last_day=monday + timedelta(days=13),
        by=by, now=now,
    )  # fmt: skip
    turns = cycle(people_queries.staff().filter(role=Person.Role.ANALYST))
    for need, person in zip(hours.needs_of(roster), turns, strict=False):
        rosters.add_shift(roster.pk, person=person, starts_at=need.start, ends_at=need.end, by=by, now=now)
    rosters.publish_roster(roster.pk, by=by, now=now)


def passwords() -> dict[str, dict[str, str]]:
    """Each part with its e-mail and its password; empty before the demonstration is loaded."""
    return {part: {"email": person.email, "password": PASSWORD} for part, person in _played()}


def keys(now: datetime) -> dict[str, dict[str, str]]:
    """The same, with a fresh token for each."""
    found = passwords()
    for part, person in _played():
        scopes = [Token.IMPORT] if part == "importer" else []
        found[part]["token"] = people.issue_token(person, now=now, scopes=scopes, name=f"demo {part}")
    return found


def _played() -> list[tuple[str, Person]]:
    known = ((part, people_queries.person_by_email(email)) for part, email in sign_ins().items())
    return [(part, person) for part, person in known if person]
