"""Menus as versions: one draft, published with a day to begin on (R-020)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from farol.journal.actions import tell
from farol.kernel.actor import Actor
from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop
from farol.phone import queries
from farol.phone.models import MenuVersion
from farol.phone.script.menus import Menus


class MenusForManagers(Refusal):
    code = "phone.managers_only"
    rule = "R-020"
    status = 403
    message = gettext_noop("Só a gestão muda os menus do telefone.")
    remedy = gettext_noop("Peça a uma pessoa da gestão que faça a mudança.")


class NoDraft(Refusal):
    code = "phone.no_draft"
    rule = "R-020"
    message = gettext_noop("Não há rascunho do menu: ele já foi publicado ou descartado.")
    remedy = gettext_noop("Comece um rascunho novo.")


@transaction.atomic
def save_menus(data: Mapping[str, Any], *, by: Actor, now: datetime, note: str = "") -> MenuVersion:
    """The draft says this; every key of it leads somewhere. Raises FieldsRefused, MenusForManagers."""
    _refuse_others(by)
    Menus.read(data)
    draft = MenuVersion.objects.select_for_update().filter(published_at=None).first() or MenuVersion()
    draft.data, draft.note, draft.changed_at = dict(data), note[:200], now
    draft.save()
    return draft


@transaction.atomic
def publish_menus(*, valid_from: datetime, by: Actor, now: datetime) -> MenuVersion:
    """The draft holds for calls that begin from that instant on; the one before stays for those that began earlier."""
    _refuse_others(by)
    draft = MenuVersion.objects.select_for_update().filter(published_at=None).first()
    if draft is None:
        raise NoDraft
    if valid_from < now.replace(second=0, microsecond=0):
        raise FieldsRefused({"valid_from": [gettext_noop("Esta data já passou.")]})
    Menus.read(draft.data)
    draft.valid_from, draft.published_at, draft.published_by_id = valid_from, now, by.person_id or None
    draft.save()
    facts = {"valid_from": valid_from.isoformat(), "note": draft.note}
    tell("phone.menus_published", about=f"menus:{draft.pk}", by=by, at=now, facts=facts)
    return draft


def discard_menus(*, by: Actor) -> None:
    """There is no draft any more."""
    _refuse_others(by)
    if draft := queries.draft_of_menus():
        draft.delete()


def _refuse_others(by: Actor) -> None:
    if not by.is_manager:
        raise MenusForManagers
