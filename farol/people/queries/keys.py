"""With what a person proves who they are, beside the password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from farol.people.models import CodeApp, Passkey, Person, RecoveryCode


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody who knows the password is asked for."""

    has_app: bool
    has_passkey: bool

    @property
    def are_there(self) -> bool:
        return self.has_app or self.has_passkey


@dataclass(frozen=True, slots=True)
class Keys:
    """All of them, for their owner to see."""

    app_since: datetime | None
    app_used_at: datetime | None
    recovery_codes_left: int
    passkeys: Sequence[Passkey]


def factors_of(person: Person) -> Factors:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM people_codeapp WHERE person_id = %(id)s),"
            " EXISTS (SELECT FROM people_passkey WHERE person_id = %(id)s)",
            {"id": person.pk},
        )
        has_app, has_passkey = cursor.fetchone() or (False, False)
    return Factors(has_app, has_passkey)


def keys_of(person: Person) -> Keys:
    app = CodeApp.objects.filter(person=person).first()
    return Keys(
        app_since=app.created_at if app else None,
        app_used_at=app.used_at if app else None,
        recovery_codes_left=RecoveryCode.objects.filter(person=person).count(),
        passkeys=passkeys_of(person),
    )


def passkeys_of(person: Person) -> list[Passkey]:
    return list(Passkey.objects.filter(person=person).order_by("created_at"))
