"""Replacing a customer's administrator: an act of the Assessoria, with the document that authorises it (R-011)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from farol.desk.customer_forms import STAYS, SuccessorForm
from farol.desk.door import Visit, page
from farol.desk.views.customers import keepers_only
from farol.files.models import Attachment
from farol.people import queries as people
from farol.people.actions import customers
from farol.people.models import Organization, Person
from farol.people.queries import contacts as queries
from farol.ui import frame, tray


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def successor(request: HttpRequest, visit: Visit, organization_id: int) -> HttpResponse:
    """/mesa/clientes/7/administrador"""
    found = people.organization(organization_id) if organization_id < 2**63 else None
    if found is None:
        raise Http404
    others = list(people.contacts_of(organization_id).filter(is_administrator=False))
    if request.method != "POST":
        return _asked(request, visit, found, SuccessorForm(organization=found, contacts=others))
    form = SuccessorForm(request.POST, organization=found, contacts=others)
    files = tray.earlier(request, visit.by)
    if not form.is_valid():
        return _asked(request, visit, found, form, files=files, status=422)
    done: list[Person] = []
    if refusal := frame.attempt(lambda: done.append(_replaced(request, visit, found, form, files))):
        frame.show_on(form, refusal)
        return _asked(request, visit, found, form, files=files, status=refusal.status)
    messages.success(request, _("{name} administra agora os contatos.").format(name=done[0].name))
    return HttpResponseRedirect(reverse("desk:customer", args=[organization_id]))


def _replaced(
    request: HttpRequest, visit: Visit, found: Organization, form: SuccessorForm, files: list[Attachment]
) -> Person:
    files[:] = tray.filled(request, visit.by, files).files
    said = form.cleaned_data
    return customers.replace_administrator(
        found.pk,
        form.chosen,
        reason=said["reason"],
        proof=[file.pk for file in files],
        stays=said["before"] == STAYS,
        by=visit.by,
        now=visit.now,
    )


def _asked(
    request: HttpRequest,
    visit: Visit,
    found: Organization,
    form: SuccessorForm,
    *,
    files: list[Attachment] | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = {"customer": found, "form": form, "kept": files or [], "now_is": queries.administrator_of(found.pk)}
    return page(request, visit, "desk/successor.html", here="customers", status=status, **facts)
