"""Who takes calls now."""

from __future__ import annotations

from django.db.models import QuerySet

from farol.kernel.actor import Actor, Channel
from farol.people.models import Person
from farol.people.queries import actor_of
from farol.people.rules.presence import Presence


def staff_with_presence() -> QuerySet[Person]:
    """Everybody of the staff, those who take calls first."""
    staff = Person.objects.filter(kind=Person.Kind.STAFF, is_active=True)
    return staff.order_by("presence", "name")


def available(area_code: str = "") -> QuerySet[Person]:
    """Who takes calls now and has none ringing; of that area, or of all."""
    found = staff_with_presence().filter(presence=Presence.AVAILABLE, call_at_hand=None)
    return found.filter(areas__code=area_code) if area_code else found


def person_at(extension: str) -> Person | None:
    return Person.objects.filter(extension=extension, is_active=True).first() if extension else None


def rung(call_id: int) -> list[int]:
    """At whom the call rings, or who speaks in it."""
    return list(Person.objects.filter(call_at_hand=call_id).values_list("pk", flat=True))


def contacts_with_pin() -> QuerySet[Person]:
    """Contacts who can identify themselves on the telephone."""
    contacts = Person.objects.select_related("organization").filter(kind=Person.Kind.CONTACT, is_active=True)
    return contacts.exclude(pin_digest="").order_by("organization__name", "name")


def actor_on_the_phone(person: Person) -> Actor:
    """The person acting by their telephone."""
    return actor_of(person, Channel.PHONE, person.extension)
