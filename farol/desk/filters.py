"""What a queue is narrowed to, as the address says it: every list can be linked and comes back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from farol.catalog import queries as catalog
from farol.contracts.models import Plan
from farol.people.models import Area
from farol.tickets.queries import Filters, Group, Mark
from farol.tickets.rules.lifecycle import CLOSED, State
from farol.tickets.rules.severity import Severity
from farol.ui import pieces
from farol.ui.numbers import id_in

SEVERITIES = [severity.value for severity in Severity]
STATES = [state.value for state in State if state not in CLOSED]
NAMES = ("produto", "area", "severidade", "contrato", "situacao")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter: its menu, and the chosen values as the chip's own words."""

    name: str
    label: str
    glyph: str
    choices: Sequence[Choice]

    @property
    def is_active(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)

    @property
    def words(self) -> str:
        return ", ".join(choice.label for choice in self.choices if choice.is_chosen) or self.label


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what makes no sense is left out, as if it had not been said."""

    products: tuple[int, ...]
    areas: tuple[int, ...]
    severities: tuple[str, ...]
    plans: tuple[str, ...]
    states: tuple[str, ...]
    by_due: bool
    after: Mark | None

    @classmethod
    def of(cls, said: QueryDict) -> Asked:
        return cls(
            products=numbers_in(said.getlist("produto")),
            areas=numbers_in(said.getlist("area")),
            severities=chosen_among(SEVERITIES, said.getlist("severidade")),
            plans=chosen_among(Plan.Kind.values, said.getlist("contrato")),
            states=chosen_among(STATES, said.getlist("situacao")),
            by_due=said.get("ordem") == "vence",
            after=_mark(said.get("depois", "")),
        )

    @property
    def is_narrowed(self) -> bool:
        return any((self.products, self.areas, self.severities, self.plans, self.states))

    def within(self, areas: Sequence[int], **scope: object) -> Filters:
        """The filters inside a queue: of its areas only those asked for."""
        wanted = [area for area in areas if area in self.areas] if self.areas else []
        facts: dict[str, object] = {
            "areas": wanted or list(areas),
            "severities": self.severities,
            "products": self.products,
            "plans": self.plans,
            "states": self.states,
        }
        return Filters(**{**facts, **scope})  # type: ignore[arg-type]


def chips(asked: Asked, *, areas: Sequence[Area], states: Sequence[str]) -> list[Chip]:
    products = [(str(product.pk), product.name) for product in catalog.products()]
    made = [
        chip("produto", _("Produto"), "filter", products, asked.products),
        chip("severidade", _("Severidade"), "", [(s, pieces.severity_word(s)) for s in SEVERITIES], asked.severities),
        chip("contrato", _("Contrato"), "", plans(), asked.plans),
    ]
    if len(areas) > 1:
        made.insert(1, chip("area", _("Área"), "", [(str(area.pk), area.name) for area in areas], asked.areas))
    if len(states) > 1:
        made.append(chip("situacao", _("Situação"), "", [(s, pieces.situation_word(s)) for s in states], asked.states))
    return made


def written(mark: Mark) -> str:
    """The place of a page's end, for the address of the next."""
    return f"{mark.group}_{mark.rank}_{mark.due_at.timestamp():.6f}_{mark.number}"


def _mark(text: str) -> Mark | None:
    try:
        group, rank, due, number = text.split("_")
        return Mark(Group(group), int(rank), datetime.fromtimestamp(float(due), UTC), int(number))
    except (ValueError, OverflowError):
        return None


def plans() -> list[tuple[str, str]]:
    return [("standard", _("Padrão")), ("sla", "SLA"), ("bso", "BSO"), ("datacenter", "Datacenter")]


def chip(name: str, label: str, glyph: str, choices: Iterable[tuple[str, str]], chosen: Iterable[object]) -> Chip:
    wanted = {str(value) for value in chosen}
    return Chip(name, label, glyph, [Choice(value, text, value in wanted) for value, text in choices])


def numbers_in(texts: Iterable[str]) -> tuple[int, ...]:
    return tuple(number for text in texts if (number := id_in(text)))


def chosen_among(known: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text in set(known)))
