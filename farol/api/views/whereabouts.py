"""Who I am, what there is, what would be promised."""

from __future__ import annotations

from django.utils.translation import gettext as _
from ninja import Router

from farol.api import answers, asked, shapes
from farol.api.callers import Caller, Request
from farol.api.views import found
from farol.catalog import queries as catalog
from farol.catalog.models import Product
from farol.contracts import queries as contracts
from farol.contracts.models import Item
from farol.kernel.errors import FieldsRefused
from farol.people import queries as people
from farol.people.rules.contacts import Service
from farol.tickets import queries
from farol.tickets.rules import severity
from farol.tickets.rules.windows import day_of

router = Router(tags=["whereabouts"])


@router.get("/me", response=answers.Me, summary="Who the token belongs to")
def me(request: Request) -> answers.Me:
    caller, person = request.auth, request.auth.person
    return answers.Me(
        person=answers.Person(id=person.pk, name=person.name, email=person.email, language=person.language),
        kind=person.kind,
        organization=shapes.maybe(person.organization),
        services=_services(caller),
        areas=[shapes.ref(area) for area in people.areas_of(person)] if caller.is_staff else [],
        scopes=sorted(caller.scopes),
    )


def _services(caller: Caller) -> list[answers.Offered]:
    """What the person may ask for; consulting once it was released to them (R-011)."""
    if not _has_support(caller):
        return []
    consulting = Service.CONSULTING
    released = [answers.Offered(id=consulting, name=_("Consultoria"))] if caller.person.holds(consulting) else []
    return [answers.Offered(id="support", name=_("Suporte")), *released]


def _has_support(caller: Caller) -> bool:
    return contracts.contracts_of(caller.person.organization_id or 0, on=day_of(caller.now)).exists()


@router.get("/catalog", response=answers.Catalog, summary="Product lines, products, modules, versions")
def show_catalog(request: Request) -> answers.Catalog:
    caller = request.auth
    covered = {
        item.product_id: item for item in contracts.items_of(caller.person.organization_id or 0, on=day_of(caller.now))
    }
    return answers.Catalog(
        lines=[
            answers.Line(
                id=line.pk,
                code=line.code,
                name=line.name,
                products=[_product(product, covered.get(product.pk)) for product in line.products.all()],
            )
            for line in catalog.lines()
        ]
    )


def _product(product: Product, item: Item | None) -> answers.Product:
    return answers.Product(
        id=product.pk,
        code=product.code,
        name=product.name,
        contracted=item is not None,
        installed=shapes.maybe(item.installed) if item else None,
        modules=[shapes.ref(module) for module in product.modules.all()],
        versions=[
            answers.Version(id=version.pk, name=version.name, released_on=version.released_on)
            for version in product.versions.all()
        ],
    )


@router.post("/forecasts", response=answers.Forecast, summary="Severity and due date, without opening anything")
def forecast(request: Request, payload: asked.ForecastQuestion) -> answers.Forecast:
    caller = request.auth
    _, now = caller.acting(payload)
    told = queries.forecast(
        _organization(caller, payload), found.subject(payload.product, payload.module), impact(payload.impact), now=now
    )
    return answers.Forecast(
        severity=told.severity,
        allowance_minutes=told.allowance_minutes,
        due_at=told.due_at,
        reasons=shapes.reasons(told.reasons),
        codes=list(told.reasons),
    )


def _organization(caller: Caller, payload: asked.ForecastQuestion) -> int:
    if not caller.is_staff:
        found.refuse_others(caller, organization=payload.organization)
        return caller.person.organization_id or 0
    if payload.organization is None:
        raise FieldsRefused({"organization": [found.FOR_WHOM]})
    return payload.organization


def impact(said: asked.Impact) -> severity.Impact:
    return severity.Impact(said.usability, said.workaround, said.critical_operation, said.data_corruption)
