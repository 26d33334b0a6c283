"""What the company will be invoiced: "chamados disponíveis para faturamento" (R-095)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from farol.billing import queries as billed
from farol.billing.models import BillingEntry
from farol.portal.door import Visit, contacts_only, page
from farol.tickets.rules.windows import day_of
from farol.ui import prices, words
from farol.ui.numbers import id_in

PAGE = 30


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    url: str
    title: str
    day: str
    minutes: int
    terms: list[str]
    money: str


@require_safe
@contacts_only
def billing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /faturamento?depois=77"""
    before = id_in(request.GET.get("depois", ""))
    found = billed.ready(visit.by, before=before, limit=PAGE + 1)
    total = billed.total(visit.by)
    address = reverse("portal:billing")
    return page(
        request,
        visit,
        "portal/billing.html",
        here="billing",
        rows=[_row(entry, visit) for entry in found[:PAGE]],
        total=total,
        total_money=prices.money(total.cents, language=visit.language),
        next_url=f"{address}?depois={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        first_url=address if before else "",
    )


def _row(entry: BillingEntry, visit: Visit) -> Row:
    number, language = entry.ticket_number, visit.language
    priced = [charge["price"] for charge in entry.charges if charge["price"]]
    return Row(
        number=number,
        url=reverse("portal:ticket", args=[number]) if number else "",
        title=entry.title,
        day=words.bare_day(day_of(entry.ready_at), language=language, today=day_of(visit.now)),
        minutes=entry.minutes,
        terms=[prices.terms(price, language=language) for price in priced],
        money=prices.money(entry.total_cents, language=language) if entry.total_cents is not None else "",
    )
