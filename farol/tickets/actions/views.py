"""Keeping a search under a name, for oneself or for an area."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from farol.kernel.actor import Actor
from farol.people import actions as people
from farol.people import queries as staff
from farol.people.models import Area
from farol.tickets.models import View
from farol.tickets.rules.views import LONGEST_QUERY, MOST, NotInArea, TooManyViews, ViewNotFound, checked_name


@transaction.atomic
def save_view(*, name: str, query: str, area: Area | None, by: Actor, now: datetime) -> View:
    """The search stands under this name, in the place of an earlier one of that name.

    Raises FieldsRefused, TooManyViews, NotInArea.
    """
    name = checked_name(name)
    people.hold_person(by.person_id)
    person = staff.people_by_id([by.person_id])[by.person_id]
    if area and not by.is_manager and area not in staff.areas_of(person):
        raise NotInArea
    own = View.objects.filter(owner=person)
    view = own.filter(name__iexact=name).first()
    if view is None and own.count() >= MOST:
        raise TooManyViews
    view = view or View(owner=person)
    view.name, view.query, view.area, view.saved_at = name, query[:LONGEST_QUERY], area, now
    view.save()
    return view


@transaction.atomic
def remove_view(view_id: int, *, by: Actor) -> str:
    """The search is kept no more; answers what it was called. Only its owner and managers may.

    Raises ViewNotFound.
    """
    own = Q(owner=by.person_id)
    mine = own | Q(area__isnull=False) if by.is_manager else own
    view = View.objects.select_for_update(of=("self",)).filter(mine, pk=view_id).first()
    if view is None:
        raise ViewNotFound
    view.delete()
    return view.name
