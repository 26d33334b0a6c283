"""Kept searches as the page of searches offers them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from farol.desk.door import Visit
from farol.tickets import queries as tickets


@dataclass(frozen=True, slots=True)
class Saved:
    """A kept search as one goes to it; whose it is, if it is not one's own; where it is removed, if one may."""

    name: str
    url: str
    about: str
    remove_url: str
    is_here: bool


def saved_views(visit: Visit, areas: Collection[int], asked: str) -> list[Saved]:
    return [
        Saved(
            name=view.name,
            url=f"{reverse('desk:search')}?{view.query}",
            about=_("{area}, de {name}").format(area=view.area.name, name=view.owner.first_name) if view.area else "",
            remove_url=reverse("desk:remove_view", args=[view.pk])
            if view.owner_id == visit.person.pk or visit.person.is_manager
            else "",
            is_here=view.query == asked,
        )
        for view in tickets.views_for(visit.by, areas)
    ]
