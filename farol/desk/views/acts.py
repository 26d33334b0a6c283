"""The dialogs of a ticket: each noun is a page of its own, which scripts show in a dialog."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from farol.desk import environment_acts, forms, service_acts
from farol.desk.acts import ACTS, Act, Next, Sending
from farol.desk.door import Visit, page, staff_only
from farol.desk.workspace import may, ticket_or_404
from farol.files.models import Attachment
from farol.kernel.errors import Refusal
from farol.tickets.models import Ticket
from farol.ui import frame, tray


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def act(request: HttpRequest, visit: Visit, number: int, noun: str) -> HttpResponse:
    found = ACTS.get(noun) or service_acts.ACTS.get(noun) or environment_acts.ACTS.get(noun)
    ticket = ticket_or_404(number, visit)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _asked(request, visit, ticket, found, found.form(ticket=ticket, visit=visit))
    return _sent(request, visit, ticket, found)


def _sent(request: HttpRequest, visit: Visit, ticket: Ticket, act: Act) -> HttpResponse:
    form = act.form(request.POST, ticket=ticket, visit=visit)
    known = tray.earlier(request, visit.by) if act.takes_files else []
    if not form.is_valid():
        return _asked(request, visit, ticket, act, form, status=422, kept=known)
    kept = list(known)
    refusal = frame.attempt(lambda: _do(request, visit, ticket, act, form, kept))
    if refusal:
        frame.show_on(form, refusal)
        return _asked(request, visit, ticket, act, form, status=refusal.status, kept=kept, refusal=refusal)
    after = _after(visit, ticket, act, form)
    messages.success(request, act.done(form.cleaned_data), extra_tags=after.undo_url)
    return HttpResponseClientRedirect(after.url) if request.htmx else HttpResponseRedirect(after.url)  # type: ignore[attr-defined]


def _after(visit: Visit, ticket: Ticket, act: Act, form: forms.Act) -> Next:
    if act.leads_to:
        return act.leads_to(Sending(ticket, visit, form.cleaned_data, (), None))
    return Next(reverse("desk:ticket", args=[ticket.pk]))


def _do(request: HttpRequest, visit: Visit, ticket: Ticket, act: Act, form: forms.Act, kept: list[Attachment]) -> None:
    if act.takes_files:
        kept[:] = tray.filled(request, visit.by, kept).files
    ids = [file.pk for file in kept]
    act.do(Sending(ticket, visit, form.cleaned_data, ids, frame.seen(request)))


def _asked(
    request: HttpRequest,
    visit: Visit,
    ticket: Ticket,
    act: Act,
    form: forms.Act,
    *,
    status: int = 200,
    kept: Sequence[Attachment] = (),
    refusal: Refusal | None = None,
) -> HttpResponse:
    return page(
        request,
        visit,
        "desk/act.html",
        status=status,
        ticket=ticket,
        act=act,
        words=act.words(),
        form=form,
        kept=kept,
        is_possible=may(ticket, visit)[act.noun],
        changed=refusal is not None and frame.has_changed(refusal),
        ticket_url=reverse("desk:ticket", args=[ticket.pk]),
    )
