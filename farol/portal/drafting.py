"""A ticket half written, as the wizard sees it: its answers, what they mean so far, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from farol.access import queries as access
from farol.catalog import queries as catalog
from farol.catalog.models import Module, Version
from farol.contracts import queries as contracts
from farol.contracts.models import Item
from farol.contracts.rules.prices import Sold
from farol.files import queries as files
from farol.files.models import Attachment
from farol.hours import queries as hours
from farol.kernel.errors import Refusal
from farol.people.rules.contacts import Service
from farol.portal.door import Visit
from farol.portal.forms.opening import CONSULTING, DetailsStep, ModuleStep, Offer, ProductStep, Step, impact_of
from farol.tickets import queries as tickets
from farol.tickets.actions.drafts import FILES
from farol.tickets.models import Draft
from farol.tickets.queries import Forecast, Subject
from farol.tickets.rules.charges import Service as Flow
from farol.tickets.rules.severity import WORDS, Kind
from farol.tickets.rules.windows import day_of
from farol.ui import prices, refusals
from farol.ui.numbers import id_in
from farol.ui.week import week_words

FORMS: dict[str, type[Step]] = {"produto": ProductStep, "modulo": ModuleStep, "detalhes": DetailsStep}
STEPS = (*FORMS, "revisao")


@dataclass
class Drafting:
    """One draft in one visit; without a draft, the empty first step."""

    visit: Visit
    draft: Draft | None

    @classmethod
    def of(cls, visit: Visit, draft_id: int) -> Drafting:
        draft = tickets.draft(draft_id, by=visit.by)
        if draft is None:
            raise Http404
        return cls(visit, draft)

    @cached_property
    def answers(self) -> dict[str, Any]:
        """What was answered; a product that no contract covers any more, or a kind there is not, is asked again."""
        found = dict(self.draft.answers) if self.draft else {}
        if found.get("product") not in self.items:
            found.pop("product", None)
        if found.get("kind") not in {*Kind, CONSULTING}:
            found.pop("kind", None)
        return found

    @cached_property
    def offer(self) -> Offer:
        """What may be asked for now (R-014, R-024, R-090)."""
        person, on = self.visit.person, day_of(self.visit.now)
        only_cst = self.has_no_contract or access.is_blocked(self.visit.company, on=on)
        is_released = person.holds(Service.CONSULTING) and not only_cst
        price = contracts.prices_in_force(on).get(Sold.CONSULTING) if is_released else None
        return Offer(only_cst, prices.conditions(price, language=self.visit.language) if price else "")

    @property
    def is_consulting(self) -> bool:
        return bool(self.answers.get("kind") == CONSULTING)

    @property
    def kind(self) -> Kind:
        return Kind.QUESTION if self.is_consulting else Kind(self.answers["kind"])

    @property
    def service(self) -> Flow:
        return Flow.CONSULTING if self.is_consulting else Flow.SUPPORT

    @cached_property
    def items(self) -> dict[int, Item]:
        """Product → what covers it; without a contract in force, what did: the CST is asked about that (R-015)."""
        found: dict[int, Item] = {}
        for item in self.in_force or contracts.items_ever_of(self.visit.company.pk):
            found.setdefault(item.product_id, item)
        return found

    @cached_property
    def in_force(self) -> list[Item]:
        return list(contracts.items_of(self.visit.company.pk, on=day_of(self.visit.now)))

    @property
    def has_no_contract(self) -> bool:
        return not self.in_force

    @cached_property
    def module(self) -> Module | None:
        return catalog.module(self.answers["product"], id_in(self.answers.get("module")))

    @cached_property
    def version(self) -> Version | None:
        return catalog.version(self.answers["product"], id_in(self.answers.get("version")))

    @cached_property
    def about(self) -> Subject:
        product = catalog.product(self.answers["product"])
        if product is None:
            raise Http404
        return Subject(product, self.module, self.version)

    @cached_property
    def attached(self) -> list[Attachment]:
        wanted = set(self.answers.get(FILES, []))
        return [file for file in files.attached_to(self.visit.by.subject) if file.pk in wanted] if wanted else []

    @property
    def product_words(self) -> str:
        name = self.items[self.answers["product"]].product.name
        return f"{name} {self.version.name}" if self.version else name

    @property
    def module_words(self) -> str:
        return self.module.name if self.module else _("Sem módulo definido")

    @property
    def kind_words(self) -> str:
        words = {
            Kind.NONCONFORMITY: _("Algo não funciona"),
            Kind.QUESTION: _("Tirar uma dúvida"),
            Kind.ADMINISTRATIVE: _("Assunto administrativo"),
        }
        return _("Consultoria") if self.is_consulting else words[self.kind]

    @property
    def next_step(self) -> str:
        """The first step that still has something to answer."""
        if "product" not in self.answers:
            return "produto"
        if "kind" not in self.answers or (self.offer.only_cst and self.answers["kind"] != Kind.ADMINISTRATIVE):
            return "modulo"
        return "revisao" if self.form("detalhes", dict(self.answers)).is_valid() else "detalhes"

    def form(self, step: str, data: Any = None, **facts: Any) -> Step:
        return FORMS[step](data, answers=self.answers, items=self.items, offer=self.offer, **facts)

    def url(self, step: str) -> str:
        return reverse("portal:draft_step", args=[self.draft.pk, step]) if self.draft else reverse("portal:opening")

    def stepper(self, current: str) -> list[dict[str, str]]:
        """The four steps with their states; those behind are links."""
        names = (_("Produto"), _("Módulo"), _("O que acontece"), _("Revisar e enviar"))
        here = STEPS.index(current)
        return [
            {
                "name": name,
                "state": "done" if place < here else "current" if place == here else "",
                "url": self.url(step) if place < here else "",
            }
            for place, (step, name) in enumerate(zip(STEPS, names, strict=True))
        ]

    def forecast(self) -> dict[str, Any]:
        """What the forecast card shows; nothing while an answer is missing (R-051, R-065)."""
        impact = impact_of(self.answers)
        if impact is None or "product" not in self.answers:
            return {"foreseen": None}
        try:
            foreseen = tickets.forecast(self.visit.company.pk, self.about, impact, now=self.visit.now)
        except Refusal as refusal:
            return {"foreseen": None, "missing": refusals.said(refusal)}
        return {"foreseen": foreseen, "reasons": self._reasons(foreseen)}

    def _reasons(self, foreseen: Forecast) -> list[dict[str, str]]:
        schedule = hours.schedule_kept(foreseen.calendar_version_id)
        week = week_words(schedule.hours.week, language=self.visit.language)
        return [
            *({"glyph": "check", "text": _(WORDS[reason])} for reason in foreseen.reasons),
            {"glyph": "clock", "text": _("Contamos {week}.").format(week=week)},
            {"glyph": "pause", "text": _("O prazo pausa enquanto esperamos por você.")},
        ]
