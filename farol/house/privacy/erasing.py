"""A person is erased: what only they need is gone, what law or a contract needs stays without their name.

A checklist from the roof down, in one transaction with one report. The journal keeps
what was said about a ticket: it is evidence of a service that was asked for, charged and
taxed (five years and more), and from now on bears a number instead of a name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from farol.audit.actions import record
from farol.audit.queries.privacy import held
from farol.audit.rules import Act
from farol.audit.rules.privacy import OnHold, StillNeeded
from farol.files import actions as files
from farol.files.models import Attachment
from farol.kernel.actor import Actor
from farol.mail.models import Received
from farol.notify.models import Letter
from farol.people.models import CodeApp, Mistakes, Passkey, Person, RecoveryCode, Session, Token, Vouched
from farol.people.queries import digest_of
from farol.survey.models import Preference, Survey
from farol.tickets.models import Draft, Mention, Seen, Timer, Unsent, View, Watcher

GONE = "erased.invalid"
KEPT = {
    "tickets": "contract and tax: what was asked for, answered and charged stays, under a number",
    "journal": "append-only evidence of the service (tax law, five years); authors are numbers",
    "billing": "tax law, five years",
    "audit": "access records (six months by law) and proof of this erasure; people are numbers there",
}


@transaction.atomic
def erase(person_id: int, *, by: Actor, now: datetime) -> dict[str, object]:
    """Nobody finds this person any more; answers what each room let go of. Safe to repeat.

    Raises OnHold while a hold is on them or their company; StillNeeded for who administers a customer's contacts,
    and for who works here still.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    if held() & {f"person:{person.pk}", f"organization:{person.organization_id}"}:
        raise OnHold
    if person.is_active and (person.is_administrator or person.is_staff_member):
        raise StillNeeded
    done = {room: forget(person, now) for room, forget in CHECKLIST.items()}
    told: dict[str, object] = {"erased": done, "kept": KEPT}
    record(Act.PERSON_ERASED, by, f"person:{person.pk}", told, at=now)
    return told


def _mail(person: Person, now: datetime) -> int:
    theirs = Received.objects.filter(Q(person=person) | Q(sender=person.email))
    for number in theirs.values_list("pk", flat=True):
        for file in Attachment.objects.filter(subject=f"mail:{number}"):
            files.drop(file)
    return theirs.update(sender="", sender_name="", subject="", words="", envelope_from=None, envelope_to="")


def _notify(person: Person, now: datetime) -> int:
    return Letter.objects.filter(person=person).update(address=f"{person.pk}@{GONE}")


def _survey(person: Person, now: datetime) -> int:
    Preference.objects.filter(person=person).delete()
    return Survey.objects.filter(contact=person).exclude(comment="").update(comment="")


def _tickets(person: Person, now: datetime) -> int:
    """What was half written, read, followed and saved; not what was asked and answered."""
    own = [Unsent, Seen, Timer, Watcher, Mention]
    count = sum(model._default_manager.filter(person=person).delete()[0] for model in own)
    count += Draft.objects.filter(person=person, ticket=None).delete()[0]
    return count + View.objects.filter(owner=person).delete()[0]


def _files(person: Person, now: datetime) -> int:
    """Those in their tray; what was given with a ticket is the ticket's."""
    tray = list(Attachment.objects.filter(subject=f"person:{person.pk}", entry_id=None))
    for file in tray:
        files.drop(file)
    return len(tray)


def _people(person: Person, now: datetime) -> int:
    """Keys, sessions and the name itself."""
    for model in (Session, CodeApp, RecoveryCode, Passkey, Vouched):
        model._default_manager.filter(person=person).delete()
    Token.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    Mistakes.objects.filter(digest=digest_of(person.email)).delete()
    person.name, person.email = f"Pessoa {person.pk}", f"{person.pk}@{GONE}"
    person.title, person.cpf, person.pin_digest, person.extension = "", None, "", ""
    person.password, person.is_active, person.is_administrator = make_password(None), False, False
    person.services, person.skills, person.unsent = [], [], []
    person.save()
    return 1


CHECKLIST: dict[str, Callable[[Person, datetime], int]] = {
    "mail": _mail,
    "notify": _notify,
    "survey": _survey,
    "tickets": _tickets,
    "files": _files,
    "people": _people,
}
