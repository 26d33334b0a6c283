"""Customers and their contacts: everybody on the staff reads them; the Assessoria, the CST and managers keep them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from farol.desk import customer_history
from farol.desk.customer_forms import CompanyForm, CustomerForm, LimitForm
from farol.desk.door import Visit, page, staff_only
from farol.files import queries as files
from farol.journal import queries as journal
from farol.kernel.documents import CnpjRefused
from farol.people import queries as people
from farol.people.actions import contacts, customers
from farol.people.models import Organization
from farol.people.queries import contacts as queries
from farol.people.rules.contacts import NotCustomersKeeper
from farol.ui import frame
from farol.ui.download import given

P = ParamSpec("P")
FOUND = 30


def keepers_only(
    view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Whoever does not keep customers is told whom to ask (R-011)."""

    def guarded(request: HttpRequest, visit: Visit, /, *args: P.args, **facts: P.kwargs) -> HttpResponseBase:
        if not queries.keeps_customers(visit.person):
            raise NotCustomersKeeper
        return view(request, visit, *args, **facts)

    return wraps(view)(staff_only(guarded))


@require_safe
@staff_only
def listing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/clientes?q=serra"""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    found = list(people.organizations_named(text)[:FOUND]) if text else []
    return page(
        request,
        visit,
        "desk/customers.html",
        here="customers",
        text=text,
        found=found,
        is_cut=len(found) == FOUND,
        is_keeper=_keeps(visit),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def registration(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/clientes/novo"""
    if request.method != "POST":
        return _registering(request, visit, CustomerForm())
    form = CustomerForm(request.POST)
    if not form.is_valid():
        return _registering(request, visit, form, status=422)
    made: list[Organization] = []
    refusal = frame.attempt(
        lambda: made.append(
            customers.register_customer(form.company(form.cleaned_data["cnpj"]), form.first, by=visit.by, now=visit.now)
        )
    )
    if refusal:
        if isinstance(refusal, CnpjRefused):
            form.add_error("cnpj", frame.in_one_line(refusal))
        else:
            frame.show_on(form, refusal)
        return _registering(request, visit, form, status=refusal.status)
    messages.success(request, _("Cliente cadastrado. O link foi para {email}.").format(email=form.first.email))
    return _back(made[0].pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def customer(request: HttpRequest, visit: Visit, organization_id: int) -> HttpResponse:
    """/mesa/clientes/7: a POST corrects the names and the financial address"""
    found = _found(organization_id)
    if request.method != "POST":
        return _shown(request, visit, found)
    form = CompanyForm(request.POST)
    if not form.is_valid():
        return _shown(request, visit, found, form=form, status=422)
    company = form.company(found.cnpj)
    refusal = frame.attempt(lambda: customers.correct_customer(organization_id, company, by=visit.by, now=visit.now))
    if refusal:
        frame.show_on(form, refusal)
        return _shown(request, visit, found, form=form, status=refusal.status)
    messages.success(request, _("Cadastro guardado."))
    return _back(organization_id)


@require_POST
@keepers_only
def limit(request: HttpRequest, visit: Visit, organization_id: int) -> HttpResponse:
    """POST /mesa/clientes/7/limite"""
    found, form = _found(organization_id), LimitForm(request.POST, usual=settings.MAX_CONTACTS)
    if not form.is_valid():
        return _shown(request, visit, found, limit_form=form, status=422)
    wanted = form.cleaned_data["max_contacts"]
    refusal = frame.attempt(lambda: customers.allow_contacts(organization_id, wanted, by=visit.by, now=visit.now))
    if refusal:
        frame.show_on(form, refusal)
        return _shown(request, visit, found, limit_form=form, status=refusal.status)
    messages.success(request, _("Limite guardado."))
    return _back(organization_id)


@require_POST
@keepers_only
def invitation(request: HttpRequest, visit: Visit, organization_id: int, contact_id: int) -> HttpResponse:
    """POST /mesa/clientes/7/contatos/9/convite: a fresh link, to the registered address (R-012)"""
    _found(organization_id)
    person = queries.contact_at(organization_id, contact_id)
    if person is None:
        raise Http404
    contacts.invite_again(organization_id, contact_id, by=visit.by, now=visit.now)
    messages.success(request, _("Link novo enviado para {email}.").format(email=person.email))
    return _back(organization_id)


@require_safe
@staff_only
def proof(request: HttpRequest, visit: Visit, organization_id: int, file_id: int) -> HttpResponseBase:
    """GET /mesa/clientes/7/arquivos/9: the document that authorised a change"""
    kept = files.attached_to(f"organization:{organization_id}").filter(pk=file_id).first() if _keeps(visit) else None
    if kept is None:
        raise Http404
    return given(request, kept)


def _registering(request: HttpRequest, visit: Visit, form: CustomerForm, *, status: int = 200) -> HttpResponse:
    return page(request, visit, "desk/customer_new.html", here="customers", status=status, form=form)


def _shown(
    request: HttpRequest,
    visit: Visit,
    found: Organization,
    *,
    form: CompanyForm | None = None,
    limit_form: LimitForm | None = None,
    status: int = 200,
) -> HttpResponse:
    subject = f"organization:{found.pk}"
    is_keeper = _keeps(visit)
    start: dict[str, Any] = {name: getattr(found, name) for name in CompanyForm.base_fields}
    history = journal.about(subject).order_by("-id")[: customer_history.SHOWN]
    return page(
        request,
        visit,
        "desk/customer.html",
        here="customers",
        status=status,
        customer=found,
        contacts=list(queries.all_contacts_of(found.pk)),
        places=queries.places_of(found),
        form=form or CompanyForm(initial=start),
        limit_form=limit_form or LimitForm(initial={"max_contacts": found.max_contacts}, usual=settings.MAX_CONTACTS),
        history=customer_history.lines(history, list(files.attached_to(subject)) if is_keeper else []),
        is_keeper=is_keeper,
    )


def _keeps(visit: Visit) -> bool:
    return queries.keeps_customers(visit.person)


def _found(organization_id: int) -> Organization:
    found = people.organization(organization_id) if organization_id < 2**63 else None
    if found is None:
        raise Http404
    return found


def _back(organization_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:customer", args=[organization_id]))
