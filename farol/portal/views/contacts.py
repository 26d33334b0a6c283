"""The contacts of the company, kept by its administrator (R-010, R-011)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from farol.catalog import queries as catalog
from farol.people.actions import contacts as actions
from farol.people.actions import requests
from farol.people.models import Person
from farol.people.queries import contacts as queries
from farol.people.rules.contacts import NoPlaceLeft, NotAdministrator
from farol.portal import contact_rows
from farol.portal.door import Visit, contacts_only, page
from farol.portal.forms.contacts import ContactForm, InvitationForm
from farol.ui import frame, kept
from farol.ui.numbers import id_in

P = ParamSpec("P")


def administrators_only(
    view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Any other contact is told whom to ask (R-011)."""

    def guarded(request: HttpRequest, visit: Visit, /, *args: P.args, **facts: P.kwargs) -> HttpResponseBase:
        if not visit.person.is_administrator:
            found = queries.administrator_of(visit.company.pk)
            raise NotAdministrator(administrator=found.name if found else "Assessoria")
        return view(request, visit, *args, **facts)

    return wraps(view)(contacts_only(guarded))


@require_safe
@administrators_only
def contacts(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /contatos"""
    rows, places = contact_rows.rows(visit), queries.places_of(visit.company)
    return page(
        request,
        visit,
        "portal/contacts.html",
        here="contacts",
        rows=[row for row in rows if row.person.is_active],
        gone=[row for row in rows if not row.person.is_active],
        wishes=list(queries.requests_for(visit.company.pk)),
        places=places,
        segments=contact_rows.segments(places),
        telephone=catalog.vendor().telephone,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def invitation(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/contatos/novo, ?pedido=7 for somebody who asked to be one"""
    if request.method != "POST":
        return _inviting(request, visit, InvitationForm(initial=_wished(request, visit)))
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _inviting(request, visit, form, status=422)
    refusal = frame.attempt(lambda: actions.invite_contact(visit.company.pk, form.details, by=visit.by, now=visit.now))
    if refusal:
        frame.show_on(form, refusal)
        return _inviting(request, visit, form, status=refusal.status)
    messages.success(request, _("Convite enviado para {email}.").format(email=form.details.email))
    return _back()


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def contact(request: HttpRequest, visit: Visit, contact_id: int) -> HttpResponse:
    """/contatos/7"""
    person = _found(visit, contact_id)
    if request.method != "POST":
        start = {"name": person.name, "title": person.title, "services": person.services}
        return _editing(request, visit, person, ContactForm(initial=start))
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _editing(request, visit, person, form, status=422)
    refusal = frame.attempt(
        lambda: actions.correct_contact(visit.company.pk, contact_id, **form.cleaned_data, by=visit.by, now=visit.now)
    )
    if refusal:
        frame.show_on(form, refusal)
        return _editing(request, visit, person, form, status=refusal.status)
    messages.success(request, _("Contato guardado."))
    return _back()


@require_POST
@administrators_only
def services(request: HttpRequest, visit: Visit, contact_id: int) -> HttpResponse:
    """POST /contatos/7/servicos: one service, granted or not; htmx gets the row, a browser without it the page."""
    _found(visit, contact_id)
    granted, revoked = request.POST.get("grant", ""), request.POST.get("revoke", "")
    actions.grant_service(
        visit.company.pk, contact_id, granted or revoked, is_granted=bool(granted), by=visit.by, now=visit.now
    )
    if not request.headers.get("HX-Request"):
        return _back()
    facts = {"row": contact_rows.row(visit, contact_id), "visit": visit, "now": visit.now}
    return render(request, "portal/contact_row.html", facts)


@require_POST
@administrators_only
def again(request: HttpRequest, visit: Visit, contact_id: int) -> HttpResponse:
    """POST /contatos/7/convite"""
    person = _found(visit, contact_id)
    actions.invite_again(visit.company.pk, contact_id, by=visit.by, now=visit.now)
    messages.success(request, _("Convite enviado de novo para {email}.").format(email=person.email))
    return _back()


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def deactivation(request: HttpRequest, visit: Visit, contact_id: int) -> HttpResponse:
    """/contatos/7/desativacao"""
    person = _found(visit, contact_id)
    if request.method != "POST":
        return page(request, visit, "portal/contact_leaving.html", here="contacts", person=person)
    actions.deactivate_contact(visit.company.pk, contact_id, by=visit.by, now=visit.now)
    said = _("Convite de {name} cancelado.") if person.is_invited else _("Acesso de {name} desativado.")
    messages.success(request, said.format(name=person.name))
    return _back()


@require_POST
@administrators_only
def reactivation(request: HttpRequest, visit: Visit, contact_id: int) -> HttpResponse:
    """POST /contatos/7/reativacao"""
    person = _found(visit, contact_id)
    refusal = frame.attempt(
        lambda: actions.reactivate_contact(visit.company.pk, contact_id, by=visit.by, now=visit.now)
    )
    if refusal:
        messages.error(request, frame.in_one_line(refusal))
    else:
        messages.success(request, _("{name} é contato outra vez.").format(name=person.name))
    return _back()


@require_POST
@administrators_only
def dismissal(request: HttpRequest, visit: Visit, request_id: int) -> HttpResponse:
    """POST /contatos/pedidos/7/recusa"""
    requests.dismiss_request(visit.company.pk, request_id, by=visit.by, now=visit.now)
    messages.success(request, _("Pedido recusado."))
    return _back()


def _inviting(request: HttpRequest, visit: Visit, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    places = queries.places_of(visit.company)
    full = "" if places.free else frame.in_two_lines(NoPlaceLeft(limit=places.limit))
    facts = {"form": form, "places": places, "full": full, "telephone": catalog.vendor().telephone}
    return page(request, visit, "portal/contact_new.html", here="contacts", status=status, **facts)


def _editing(
    request: HttpRequest, visit: Visit, person: Person, form: ContactForm, *, status: int = 200
) -> HttpResponse:
    return page(request, visit, "portal/contact.html", here="contacts", status=status, form=form, person=person)


def _wished(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """What somebody wrote who asked to be a contact, or what was typed before the session ended."""
    waiting = kept.taken(request).dict()
    number = id_in(request.GET.get("pedido", ""))
    wish = queries.requests_for(visit.company.pk).filter(pk=number).first() if number else None
    if wish:
        return {"name": wish.name, "email": wish.email}
    return {key: value for key, value in waiting.items() if key != "services"}


def _found(visit: Visit, contact_id: int) -> Person:
    person = queries.contact_at(visit.company.pk, contact_id)
    if person is None:
        raise Http404
    return person


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("portal:contacts"))
