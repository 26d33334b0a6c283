"""Personal data: requests of people, terms, holds, incidents (LGPD)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from farol.audit.actions import privacy as actions
from farol.audit.actions import record
from farol.audit.models import Request
from farol.audit.queries import privacy as queries
from farol.audit.rules import Act
from farol.audit.rules.privacy import COMPLETED_WITHIN, LABELS, TOLD_WITHIN, WISHES, DataClass, Wish, nth_business_day
from farol.desk.door import Visit, allowed, page
from farol.desk.privacy_forms import HoldForm, IncidentForm, RemarkForm, RequestForm, TermForm
from farol.files import queries as files
from farol.hours import queries as hours
from farol.hours.rules import Level
from farol.people import queries as people
from farol.people.rules.staff import Right
from farol.ui import frame
from farol.ui.download import given

LISTED = 50


@require_safe
@allowed(Right.PRIVACY)
def privacy(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/privacidade"""
    today = localtime(visit.now).date()
    return page(
        request,
        visit,
        "desk/privacy.html",
        here="privacy",
        requests=[(one, _(WISHES[Wish(one.wish)]), one.due_on < today) for one in queries.open_requests()[:LISTED]],
        answered=[(one, _(WISHES[Wish(one.wish)])) for one in queries.answered_requests()[:LISTED]],
        incidents=queries.incidents()[:LISTED],
        terms=[(_(LABELS[one]), days) for one, days in queries.terms().items()],
        holds=queries.holds()[:LISTED],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.PRIVACY)
def new_request(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/privacidade/pedidos/novo"""

    def do(facts: dict[str, Any]) -> None:
        person = people.people_known_as(facts["email"]).filter(email=facts["email"].lower()).first()
        facts["wish"] = Wish(facts["wish"])
        actions.receive_request(**facts, person_id=person.pk if person else None, by=visit.by, now=visit.now)

    return _asked(request, visit, RequestForm, _("Novo pedido de titular"), do)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.PRIVACY)
def term(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/privacidade/prazos"""

    def do(facts: dict[str, Any]) -> None:
        actions.set_term(DataClass(facts["data_class"]), facts["days"], by=visit.by, now=visit.now)

    return _asked(request, visit, TermForm, _("Prazo de guarda"), do)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.PRIVACY)
def hold(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/privacidade/guardas"""

    def do(facts: dict[str, Any]) -> None:
        actions.place_hold(facts["subject"], reason=facts["reason"], by=visit.by, now=visit.now)

    return _asked(request, visit, HoldForm, _("Guarda legal"), do)


@require_POST
@allowed(Right.PRIVACY)
def hold_end(request: HttpRequest, visit: Visit, hold_id: int) -> HttpResponse:
    """POST /mesa/privacidade/guardas/7/fim"""
    if hold_id < 2**63:
        actions.lift_hold(hold_id, by=visit.by, now=visit.now)
    return HttpResponseRedirect(reverse("desk:privacy"))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.PRIVACY)
def new_incident(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/privacidade/incidentes/novo"""

    def do(facts: dict[str, Any]) -> None:
        known = localtime(facts["known_at"]).date()
        closed = {
            one.day for one in hours.holidays_between(known, known + timedelta(days=60)) if one.level == Level.NATIONAL
        }
        tell_by = nth_business_day(known, TOLD_WITHIN, closed=closed)
        complete_by = nth_business_day(known, COMPLETED_WITHIN, closed=closed)
        actions.open_incident(**facts, tell_by=tell_by, complete_by=complete_by, by=visit.by, now=visit.now)

    return _asked(request, visit, IncidentForm, _("Novo incidente"), do)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.PRIVACY)
def incident(request: HttpRequest, visit: Visit, incident_id: int) -> HttpResponse:
    """/mesa/privacidade/incidentes/7"""
    found = queries.incident(incident_id) if incident_id < 2**63 else None
    if found is None:
        raise Http404

    def do(facts: dict[str, Any]) -> None:
        actions.add_to_incident(found.pk, **facts, by=visit.by, now=visit.now)

    named = people.people_named(one.by_id for one in found.remarks.all())
    remarks = [(one, named[one.by_id].name if one.by_id in named else "–") for one in found.remarks.order_by("pk")]
    return _asked(request, visit, RemarkForm, found.title, do, incident=found, remarks=remarks)


@require_safe
@allowed(Right.PRIVACY)
def subject_request(request: HttpRequest, visit: Visit, request_id: int) -> HttpResponse:
    """GET /mesa/privacidade/pedidos/7; whoever looks at it is on the trail."""
    found = _found(request_id)
    record(Act.VIEWED, visit.by, f"request:{found.pk}", {"person": found.person_id}, at=visit.now)
    return _shown(request, visit, found)


@require_POST
@allowed(Right.PRIVACY)
def order(request: HttpRequest, visit: Visit, request_id: int) -> HttpResponse:
    """POST /mesa/privacidade/pedidos/7/preparo: gather the data, or erase the person."""
    found, identity = _found(request_id), frame.text_in(request, "identity")
    refusal = frame.attempt(lambda: actions.order(found.pk, identity=identity, by=visit.by, now=visit.now))
    if refusal:
        return _shown(request, visit, found, status=refusal.status, error=frame.in_two_lines(refusal))
    messages.success(request, _("Encomendado. O resultado aparece aqui em instantes."))
    return HttpResponseRedirect(reverse("desk:privacy_request", args=[found.pk]))


@require_POST
@allowed(Right.PRIVACY)
def answer(request: HttpRequest, visit: Visit, request_id: int) -> HttpResponse:
    """POST /mesa/privacidade/pedidos/7/resposta"""
    found, words = _found(request_id), frame.text_in(request, "answer")
    refusal = frame.attempt(lambda: actions.answer_request(found.pk, answer=words, by=visit.by, now=visit.now))
    if refusal:
        return _shown(request, visit, found, status=refusal.status, error=frame.in_two_lines(refusal), words=words)
    messages.success(request, _("Pedido respondido."))
    return HttpResponseRedirect(reverse("desk:privacy"))


@require_safe
@allowed(Right.PRIVACY)
def archive(request: HttpRequest, visit: Visit, request_id: int) -> HttpResponseBase:
    """GET /mesa/privacidade/pedidos/7/arquivo"""
    found = _found(request_id)
    file = files.attachment(found.file_id) if found.file_id else None
    if file is None or file.subject != f"request:{found.pk}":
        raise Http404
    facts = {"request": found.pk, "file": file.pk}
    record(Act.PERSON_EXPORTED, visit.by, f"person:{found.person_id}", facts, at=visit.now)
    return given(request, file)


def _found(request_id: int) -> Request:
    found = queries.request(request_id) if request_id < 2**63 else None
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, visit: Visit, found: Request, *, status: int = 200, **facts: Any) -> HttpResponse:
    named = people.people_named([found.person_id])
    facts |= {"found": found, "wish": _(WISHES[Wish(found.wish)]), "person": named.get(found.person_id or 0)}
    facts |= {
        "is_erasure": found.wish == Wish.ERASURE,
        "erased": found.report.get("erased"),
        "kept": found.report.get("kept"),
    }
    facts |= {"refused": found.report.get("refused")}
    return page(request, visit, "desk/privacy_request.html", here="privacy", status=status, **facts)


def _asked(
    request: HttpRequest,
    visit: Visit,
    form_class: type[forms.Form],
    title: str,
    do: Callable[[dict[str, Any]], None],
    **facts: Any,
) -> HttpResponse:
    """A form, what it does, and back to the overview."""
    form = form_class(request.POST) if request.method == "POST" else form_class()
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        refusal = frame.attempt(lambda: do(dict(form.cleaned_data)))
        if refusal is None:
            messages.success(request, _("Guardado."))
            return HttpResponseRedirect(reverse("desk:privacy"))
        frame.show_on(form, refusal)
        status = refusal.status
    return page(
        request, visit, "desk/privacy_form.html", here="privacy", status=status, form=form, title=title, **facts
    )
