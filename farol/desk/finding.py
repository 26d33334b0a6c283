"""What a search of the desk is narrowed to, as the address says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from farol.catalog import queries as catalog
from farol.contracts.models import Plan
from farol.desk.filters import SEVERITIES, Chip, chip, chosen_among, numbers_in, plans
from farol.people import queries as people
from farol.people.models import Area
from farol.tickets.queries import Filters, Place
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.windows import start_of
from farol.ui import pieces
from farol.ui.places import place_in

LONGEST = 200
STATES = [state.value for state in State]
NOBODY = (0,)
MOST_NAMED = 200
NAMES = ("q", "situacao", "area", "severidade", "produto", "contrato", "cliente", "pessoa", "de", "ate")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; what makes no sense is left out, as if it had not been said."""

    text: str
    states: tuple[str, ...]
    areas: tuple[int, ...]
    severities: tuple[str, ...]
    products: tuple[int, ...]
    plans: tuple[str, ...]
    customer: str
    person: str
    first: date | None
    last: date | None
    after: Place | None

    @classmethod
    def of(cls, said: QueryDict) -> Wanted:
        return cls(
            text=_words(said, "q"),
            states=chosen_among(STATES, said.getlist("situacao")),
            areas=numbers_in(said.getlist("area")),
            severities=chosen_among(SEVERITIES, said.getlist("severidade")),
            products=numbers_in(said.getlist("produto")),
            plans=chosen_among(Plan.Kind.values, said.getlist("contrato")),
            customer=_words(said, "cliente"),
            person=_words(said, "pessoa"),
            first=_day(said.get("de", "")),
            last=_day(said.get("ate", "")),
            after=place_in(said.get("depois", "")),
        )

    @property
    def is_narrowed(self) -> bool:
        chosen = (self.states, self.areas, self.severities, self.products, self.plans)
        return any(chosen) or any((self.customer, self.person, self.first, self.last))

    @property
    def is_asked(self) -> bool:
        return bool(self.text) or self.is_narrowed

    def filters(self) -> Filters:
        return Filters(
            text=self.text,
            states=self.states,
            areas=self.areas,
            severities=self.severities,
            products=self.products,
            plans=self.plans,
            organizations=_customers(self.customer),
            people=_people(self.person),
            opened_from=start_of(self.first) if self.first else None,
            opened_before=start_of(self.last + timedelta(days=1)) if self.last else None,
        )


def said(address: QueryDict) -> str:
    """The search as its address says it, without a place in its results."""
    return urlencode([(name, value) for name in NAMES for value in address.getlist(name) if value])


def chips(wanted: Wanted, areas: Sequence[Area]) -> list[Chip]:
    products = [(str(product.pk), product.name) for product in catalog.products()]
    return [
        chip("situacao", _("Situação"), "filter", [(s, pieces.situation_word(s)) for s in STATES], wanted.states),
        chip("area", _("Área"), "", [(str(area.pk), area.name) for area in areas], wanted.areas),
        chip("severidade", _("Severidade"), "", [(s, pieces.severity_word(s)) for s in SEVERITIES], wanted.severities),
        chip("produto", _("Produto"), "", products, wanted.products),
        chip("contrato", _("Contrato"), "", plans(), wanted.plans),
    ]


def _customers(text: str) -> Sequence[int]:
    return _named(people.organizations_named(text).values_list("pk", flat=True)) if text else ()


def _people(text: str) -> Sequence[int]:
    return _named(people.people_known_as(text).values_list("pk", flat=True)) if text else ()


def _named(found: Iterable[int]) -> Sequence[int]:
    """A name that nobody bears lets nothing through."""
    return list(found)[:MOST_NAMED] or NOBODY


def _words(said: QueryDict, name: str) -> str:
    return said.get(name, "").replace("\x00", "").strip()[:LONGEST]


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None
