"""A ticket opened by the staff in a customer's name: who asks, about what, how bad it is, and the date at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from farol.desk.door import Visit, page, staff_only
from farol.desk.opening import ImpactForm, OpeningForm
from farol.files.models import Attachment
from farol.kernel.actor import Channel
from farol.kernel.errors import Refusal
from farol.people import queries as people
from farol.people.models import Organization
from farol.tickets import actions
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket
from farol.tickets.queries import Forecast
from farol.tickets.rules.severity import WORDS, Kind, Reason
from farol.tickets.rules.windows import day_of
from farol.ui import frame, kept, tray, words
from farol.ui.numbers import id_in

FOUND = 20


@require_safe
@staff_only
def opening(request: HttpRequest, visit: Visit) -> HttpResponse:
    organization = _organization(request)
    if organization is None:
        return _search(request, visit)
    waiting = kept.taken(request).dict()
    return _form(request, visit, OpeningForm(initial=waiting, organization=organization, on=day_of(visit.now)))


@require_POST
@staff_only
def create(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /mesa/chamados"""
    organization = _organization(request)
    if organization is None:
        raise Http404
    return _opened(request, visit, OpeningForm(request.POST, organization=organization, on=day_of(visit.now)))


@require_POST
@staff_only
def forecast(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The severity and date that the answers so far give; nothing is opened."""
    organization = _organization(request)
    if organization is None:
        raise Http404
    form = ImpactForm(request.POST, organization=organization, on=day_of(visit.now))
    return render(request, "desk/forecast.html", {"now": visit.now, **_forecast(form, visit)})


def _organization(request: HttpRequest) -> Organization | None:
    number = id_in(request.POST.get("cliente") or request.GET.get("cliente", ""))
    return people.organization(number) if number else None


def _search(request: HttpRequest, visit: Visit) -> HttpResponse:
    text = request.GET.get("busca", "").replace("\x00", "").strip()[:80]
    found = list(people.organizations_named(text)[:FOUND]) if text else []
    return page(request, visit, "desk/opening_customer.html", text=text, found=found, is_cut=len(found) == FOUND)


def _opened(request: HttpRequest, visit: Visit, form: OpeningForm) -> HttpResponse:
    files = tray.earlier(request, visit.by)
    if not form.is_valid():
        return _form(request, visit, form, files=files, status=422)
    made: list[Ticket] = []
    if refusal := frame.attempt(lambda: made.append(_open(request, visit, form, files))):
        frame.show_on(form, refusal)
        return _form(request, visit, form, files=files, status=refusal.status)
    due = words.when(made[0].due_at, now=visit.now, language=visit.language)
    messages.success(request, _("Chamado {number} aberto. Retorno até {date}.").format(number=made[0].pk, date=due))
    return HttpResponseRedirect(reverse("desk:ticket", args=[made[0].pk]))


def _open(request: HttpRequest, visit: Visit, form: OpeningForm, files: list[Attachment]) -> Ticket:
    files[:] = tray.filled(request, visit.by, files).files
    facts = form.cleaned_data
    return actions.open_ticket(
        facts["about"],
        contact=facts["contact"],
        kind=Kind(facts["kind"]),
        subject=facts["subject"],
        description=facts["description"],
        impact=form.impact,
        by=people.actor_of(visit.person, Channel(facts["channel"]), visit.by.address),
        now=visit.now,
        attachments=[file.pk for file in files],
    )


def _form(
    request: HttpRequest, visit: Visit, form: OpeningForm, *, files: list[Attachment] | None = None, status: int = 200
) -> HttpResponse:
    return page(
        request,
        visit,
        "desk/opening.html",
        status=status,
        form=form,
        organization=form.organization,
        kept=files or [],
        **_forecast(form, visit),
    )


def _forecast(form: ImpactForm, visit: Visit) -> dict[str, Any]:
    """What the forecast card shows; nothing while an answer is missing or no contract covers the product."""
    asked = ("about", "usability", "workaround", "data_corruption")
    if not form.is_bound or (form.is_valid(), any(name in form.errors for name in asked))[1]:
        return {"foreseen": None}
    found: list[Forecast] = []
    refusal: Refusal | None = frame.attempt(
        lambda: found.append(
            tickets.forecast(form.organization.pk, form.cleaned_data["about"], form.impact, now=visit.now)
        )
    )
    if refusal:
        return {"foreseen": None, "missing": frame.in_one_line(refusal)}
    return {"foreseen": found[0], "reasons": [_(WORDS[Reason(reason)]) for reason in found[0].reasons]}
