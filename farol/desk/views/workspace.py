"""The workspace of one ticket, and what is written in its composer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from farol.desk import workspace
from farol.desk.door import Visit, allowed, staff_only
from farol.files.models import Attachment
from farol.people.rules.staff import Right
from farol.tickets import actions
from farol.ui import frame, kept, tray, unsent
from farol.ui.numbers import id_in

Verb = Callable[..., object]


@require_safe
@allowed(Right.READ)
def ticket(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    ticket = workspace.ticket_or_404(number, visit)
    waiting = kept.taken(request)
    if "internal" in waiting:  # the composer's, from before the session ended
        return workspace.show(request, visit, ticket, typed=waiting.dict())
    if model := id_in(request.GET.get("modelo", "")):
        return workspace.show_filled(request, visit, ticket, model)
    if draft := unsent.of(visit.person, number, by=visit.by):
        return workspace.show_unsent(request, visit, ticket, draft)
    return workspace.show(request, visit, ticket, left_over=kept.words(dict(waiting.lists())))


@require_http_methods(["GET", "POST"])
@allowed(Right.READ)
def glance(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """/mesa/chamados/<number>/leitura: the page was read as far as the entry `ate`.

    Told by a script when the page is in sight; without scripts by an image of no size, hence GET too.
    """
    text = request.GET.get("ate", "")
    if text.isascii() and text.isdecimal() and len(text) < 19 and number < 2**63:
        actions.have_read(number, int(text), by=visit.by)
    return HttpResponse(status=204)


@require_POST
@staff_only
def reply(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """A note that came by the wrong button stays a note: better unsent than seen by the customer."""
    if request.POST.get("internal"):
        return _say(request, visit, number, actions.note, _("Nota guardada."))
    return _say(request, visit, number, actions.reply, _("Mensagem enviada."))


@require_POST
@staff_only
def note(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    return _say(request, visit, number, actions.note, _("Nota guardada."))


@require_POST
@staff_only
def ask(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    if request.POST.get("internal"):
        return _say(request, visit, number, actions.note, _("Nota guardada."))
    return _say(
        request, visit, number, actions.ask_customer, _("Mensagem enviada. O prazo fica pausado até a resposta.")
    )


def _say(request: HttpRequest, visit: Visit, number: int, verb: Verb, done: str) -> HttpResponse:
    workspace.ticket_or_404(number, visit)
    files = tray.earlier(request, visit.by)
    refusal = frame.attempt(lambda: _send(request, visit, number, verb, files))
    if refusal is None:
        messages.success(request, done)
        return HttpResponseRedirect(reverse("desk:ticket", args=[number]))
    typed: dict[str, Any] = {
        "body": frame.text_in(request, "body"),
        "internal": request.POST.get("internal", ""),
        "refusal": frame.in_two_lines(refusal),
        "kept": files,
    }
    return workspace.show(
        request,
        visit,
        workspace.ticket_or_404(number, visit),
        typed=typed,
        seen=frame.seen(request),
        status=refusal.status,
    )


def _send(request: HttpRequest, visit: Visit, number: int, verb: Verb, waiting: list[Attachment]) -> None:
    waiting[:] = tray.filled(request, visit.by, waiting).files
    said = {"body": frame.text_in(request, "body"), "attachments": [file.pk for file in waiting]}

    def say() -> object:
        return verb(number, **said, by=visit.by, now=visit.now, seen=frame.seen(request))

    unsent.send(visit.person, number, say, by=visit.by)
