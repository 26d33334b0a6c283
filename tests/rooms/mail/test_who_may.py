"""Whoever writes, whatever they claim to answer: words reach only tickets that their author may see."""

from __future__ import annotations

import pytest

from farol.mail.rules.decisions import Decision
from farol.notify.models import Letter
from farol.people.models import Person
from farol.tickets import queries
from farol.tickets.models import Ticket
from tests.rooms.mail.post import mail, reply_to, taken
from tests.rooms.notify.letters import told
from tests.world import World, at

PEOPLE = ("marina", "joao", "bruno", "rafael", "jussara", "teresa")


@pytest.fixture
def two(world: World) -> list[Ticket]:
    """One of each customer."""
    made = [world.open(at("2026-11-23 09:00"), by=contact) for contact in (world.marina, world.bruno)]
    told()
    return made


@pytest.mark.parametrize("name", PEOPLE)
def test_a_signed_address_lets_in_only_who_may_see_and_the_staff_only_by_its_own(
    world: World, two: list[Ticket], name: str
) -> None:
    person = _person(world, name)
    for ticket in two:
        may_see = queries.visible_to(world.by(person)).filter(pk=ticket.pk).exists()
        for reader in (_person(world, owner) for owner in PEOPLE):
            kept = taken(mail(person, "Uma coisa mais.", to=reply_to(ticket.pk, reader)))
            is_expected = may_see and (not person.is_staff_member or person == reader)
            assert (kept.decision == Decision.JOINED) is is_expected
            assert (kept.entry_id is not None) is is_expected


@pytest.mark.parametrize("name", PEOPLE)
def test_a_letter_that_is_referred_to_lets_in_contacts_who_may_see_and_nobody_else(
    world: World, two: list[Ticket], name: str
) -> None:
    person = _person(world, name)
    for ticket in two:
        letter = Letter.objects.get(subject=f"ticket:{ticket.pk}")
        kept = taken(mail(person, "Uma coisa mais.", In_Reply_To=letter.message_id))
        assert (kept.decision == Decision.JOINED) is (person.organization_id == ticket.organization_id)


def _person(world: World, name: str) -> Person:
    person: Person = getattr(world, name)
    return person
