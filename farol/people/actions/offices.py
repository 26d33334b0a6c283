"""Who serves customers of a region on site (R-096)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from farol.journal.actions import tell
from farol.kernel.actor import Actor
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.people.models import Office
from farol.people.rules.offices import OfficesForManagers, StateServed

UNNAMED = gettext_noop("O nome precisa de letras ou algarismos.")


@transaction.atomic
def keep_office(
    code: str,
    *,
    name: str,
    kind: str,
    states: Iterable[str],
    by: Actor,
    now: datetime,
    telephone: str = "",
    email: str = "",
) -> Office:
    """Customers of these states are served on site by this office, new without a `code` (R-096).

    Raises OfficesForManagers, StateServed when another office has a state already, FieldsRefused.
    """
    if not by.is_manager:
        raise OfficesForManagers
    name = " ".join(name.replace("\x00", "").split())
    code = code or slugify(name)[:40]
    if not code:
        raise FieldsRefused({"name": [UNNAMED]})
    wanted = sorted(set(states))
    for other in Office.objects.select_for_update().exclude(code=code).order_by("code"):
        if both := sorted(set(other.states) & set(wanted)):
            raise StateServed(state=both[0], name=other.name)
    about = {"name": name, "kind": kind, "states": wanted, "telephone": telephone, "email": email}
    office, _ = Office.objects.update_or_create(code=code, defaults=about)
    tell("office.kept", about=f"office:{code}", by=by, at=now, facts=about)
    return office


@transaction.atomic
def close_office(code: str, *, by: Actor, now: datetime) -> None:
    """Nobody is sent there any more; what tickets say of it stays. Raises OfficesForManagers."""
    if not by.is_manager:
        raise OfficesForManagers
    gone, _ = Office.objects.filter(code=code).delete()
    if gone:
        tell("office.closed", about=f"office:{code}", by=by, at=now)
