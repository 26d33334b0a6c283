"""What a manager keeps of the vendor itself: prices with the day they begin, and who serves which region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from farol.contracts import actions as contracts
from farol.contracts import queries as sold
from farol.contracts.models import PriceLine
from farol.desk.door import Visit, managers_only, page
from farol.desk.price_forms import KINDS, SERVICES, OfficeForm, PriceForm
from farol.people import actions, queries
from farol.people.models import Office
from farol.tickets.rules.windows import day_of
from farol.ui import frame, prices


@dataclass(frozen=True, slots=True)
class Line:
    """One price: what it says, and whether it holds today or is still to come."""

    row: PriceLine
    service: str
    terms: str
    is_in_force: bool
    is_coming: bool


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def price_table(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/precos: every price that was, is and will be; a POST announces another (R-093)."""
    form = PriceForm(request.POST or None)
    if request.method != "POST":
        return _prices(request, visit, form)
    if not form.is_valid():
        return _prices(request, visit, form, status=422)
    refusal = frame.attempt(
        lambda: contracts.announce_price(
            form.price(), valid_from=form.cleaned_data["valid_from"], by=visit.by, now=visit.now
        )
    )
    if refusal:
        frame.show_on(form, refusal)
        return _prices(request, visit, form, status=refusal.status)
    messages.success(request, _("Preço anunciado."))
    return HttpResponseRedirect(reverse("desk:prices"))


@require_POST
@managers_only
def price_removal(request: HttpRequest, visit: Visit, line_id: int) -> HttpResponse:
    """POST /mesa/precos/7/remocao: only of a price that has not begun."""
    contracts.take_back_price(line_id, by=visit.by, now=visit.now)
    messages.success(request, _("Preço retirado: continua valendo o anterior."))
    return HttpResponseRedirect(reverse("desk:prices"))


@require_safe
@managers_only
def offices(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/regionais"""
    found = [(office, KINDS[Office.Kind(office.kind)]) for office in queries.offices()]
    return page(request, visit, "desk/offices.html", here="offices", offices=found)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def office(request: HttpRequest, visit: Visit, code: str = "") -> HttpResponse:
    """/mesa/regionais/nova, /mesa/regionais/sul"""
    found = next((one for one in queries.offices() if one.code == code), None)
    if code and found is None:
        raise Http404
    form = OfficeForm(request.POST) if request.method == "POST" else OfficeForm.of(found)
    status = 200
    if form.is_bound and form.is_valid():
        refusal = frame.attempt(lambda: actions.keep_office(code, **form.cleaned_data, by=visit.by, now=visit.now))
        if refusal is None:
            messages.success(request, _("Regional guardada."))
            return HttpResponseRedirect(reverse("desk:offices"))
        frame.show_on(form, refusal)
        status = refusal.status
    elif form.is_bound:
        status = 422
    return page(request, visit, "desk/office.html", here="offices", status=status, form=form, office=found)


@require_POST
@managers_only
def office_removal(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """POST /mesa/regionais/sul/remocao: what was written in tickets stays as it was."""
    actions.close_office(code, by=visit.by, now=visit.now)
    messages.success(request, _("Regional removida."))
    return HttpResponseRedirect(reverse("desk:offices"))


def _prices(request: HttpRequest, visit: Visit, form: PriceForm, *, status: int = 200) -> HttpResponse:
    lines = _lines(day_of(visit.now), visit)
    return page(request, visit, "desk/prices.html", here="prices", status=status, form=form, lines=lines)


def _lines(today: date, visit: Visit) -> list[Line]:
    rows = list(sold.price_lines())
    in_force = {row.service: row.pk for row in rows if row.valid_from <= today}  # the last of each, by their order
    return [
        Line(
            row,
            str(SERVICES[row.price.service]),
            prices.conditions(row.price, language=visit.language),
            is_in_force=in_force.get(row.service) == row.pk,
            is_coming=row.valid_from > today,
        )
        for row in reversed(rows)
    ]
