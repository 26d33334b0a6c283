"""Relationship: one's own customers, and who looks after whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from farol.desk.door import Visit, allowed, page
from farol.desk.staff_forms import ExecutiveForm, GarForm
from farol.people import queries as people
from farol.people.actions import staff as actions
from farol.people.models import Person
from farol.people.rules.staff import Right, Role
from farol.tickets import queries as tickets
from farol.tickets.queries import Filters
from farol.ui import frame

LISTED = 50
UNASSIGNED = 200


@require_safe
@allowed(Right.PORTFOLIO)
def portfolio(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/carteira: the customers that one looks after, and their newest open tickets (R-003)."""
    customers = list(people.customers_of(visit.person.pk))
    filters = Filters(organizations=[one.organization_id for one in customers], open_only=True)
    found = list(tickets.listed(visit.by, filters)[:LISTED]) if customers else []
    return page(request, visit, "desk/portfolio.html", here="portfolio", customers=customers, tickets=found)


@require_safe
@allowed(Right.PORTFOLIOS)
def portfolios(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/carteiras"""
    managers = {row.executive_id: row.manager for row in people.portfolios()}
    counts = people.customers_by_executive()
    rows = [(one, managers.get(one.pk), counts.get(one.pk, 0)) for one in people.staff_as(Role.EAR, Role.GAR)]
    without = list(people.without_executive()[: UNASSIGNED + 1])
    text = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    found = people.organizations_named(text)[:LISTED] if text else []
    return page(
        request,
        visit,
        "desk/portfolios.html",
        here="portfolios",
        rows=rows,
        without=without[:UNASSIGNED],
        has_more=len(without) > UNASSIGNED,
        found=found,
        asked=text,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.PORTFOLIOS)
def customer(request: HttpRequest, visit: Visit, organization_id: int) -> HttpResponse:
    """/mesa/carteiras/clientes/7: the EAR now, and every one before (R-001)."""
    organization = people.organization(organization_id) if organization_id < 2**63 else None
    if organization is None:
        raise Http404
    history = list(people.assignments_of(organization.pk))
    form = ExecutiveForm(request.POST) if request.method == "POST" else ExecutiveForm()
    facts = {"title": organization.name, "history": history}
    return _changed(request, visit, form, partial(actions.look_after, organization), facts)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.PORTFOLIOS)
def executive(request: HttpRequest, visit: Visit, person_id: int) -> HttpResponse:
    """/mesa/carteiras/executivos/7: in whose portfolio the EAR is."""
    found = _executive(person_id)
    form = GarForm(request.POST) if request.method == "POST" else GarForm()
    facts = {"title": found.name, "manager": people.gar_of(found.pk)}
    return _changed(request, visit, form, partial(actions.put_in_portfolio, found), facts)


def _changed(
    request: HttpRequest, visit: Visit, form: Form, keep: Callable[..., object], facts: Mapping[str, object]
) -> HttpResponse:
    """What the form says is kept, or the form is shown with what is wrong with it."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            refusal = frame.attempt(lambda: keep(**form.cleaned_data, by=visit.by, now=visit.now))
            if refusal is None:
                messages.success(request, _("Carteira guardada."))
                return HttpResponseRedirect(reverse("desk:portfolios"))
            frame.show_on(form, refusal)
            status = refusal.status
    facts = {**facts, "form": form}
    return page(request, visit, "desk/portfolio_change.html", here="portfolios", status=status, **facts)


def _executive(person_id: int) -> Person:
    found = people.staff_as(Role.EAR).filter(pk=person_id).first() if person_id < 2**63 else None
    if found is None:
        raise Http404
    return found
