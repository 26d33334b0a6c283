"""The letter box: mails that wait for a person, and what became of all others."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from farol.audit.actions import record
from farol.audit.rules import Act
from farol.desk.door import Visit, allowed, page
from farol.desk.mail_forms import AS_CUSTOMER, AS_NOTE, JoiningForm
from farol.mail import actions, queries
from farol.mail.models import Received
from farol.mail.rules import mime
from farol.people.rules.staff import Right
from farol.ui import frame
from farol.ui.download import given

LISTED = 50
SHOWN = 20_000
WHOLE = "todos"


@require_safe
@allowed(Right.MAIL)
def mails(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/correio, ?quais=todos for those that need nobody."""
    is_whole = request.GET.get("quais") == WHOLE
    before = request.GET.get("antes", "")
    found = queries.for_people(
        is_whole=is_whole,
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else 0,
        limit=LISTED + 1,
    )
    following = found[LISTED - 1].pk if len(found) > LISTED else 0
    return page(
        request, visit, "desk/mails.html", here="mails", mails=found[:LISTED], is_whole=is_whole, next=following
    )


@require_safe
@allowed(Right.MAIL)
def mail(request: HttpRequest, visit: Visit, mail_id: int) -> HttpResponse:
    """GET /mesa/correio/7"""
    found = _found(mail_id)
    form = JoiningForm(initial={"number": found.ticket_id or "", "role": AS_CUSTOMER})
    return _page(request, visit, found, form)


@require_safe
@allowed(Right.MAIL)
def original(request: HttpRequest, visit: Visit, mail_id: int) -> HttpResponseBase:
    """GET /mesa/correio/7/original: as it came, to be opened by a mail program and by nothing else."""
    found = _found(mail_id)
    record(Act.VIEWED, visit.by, f"mail:{mail_id}", {"what": "original"}, at=visit.now)
    return given(request, queries.original_of(found))


@require_POST
@allowed(Right.MAIL)
def joining(request: HttpRequest, visit: Visit, mail_id: int) -> HttpResponse:
    """POST /mesa/correio/7/juncao"""
    found, form = _found(mail_id), JoiningForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, found, form, status=422)
    number, is_internal = form.cleaned_data["number"], form.cleaned_data["role"] == AS_NOTE
    refusal = frame.attempt(
        lambda: actions.join_by_hand(mail_id, number=number, is_internal=is_internal, by=visit.by, now=visit.now)
    )
    if refusal:
        form.add_error("number", frame.in_one_line(refusal))
        return _page(request, visit, _found(mail_id), form, status=refusal.status)
    messages.success(request, _("E-mail juntado ao chamado {number}.").format(number=number))
    return HttpResponseRedirect(reverse("desk:ticket", args=[number]))


@require_POST
@allowed(Right.MAIL)
def discarding(request: HttpRequest, visit: Visit, mail_id: int) -> HttpResponse:
    """POST /mesa/correio/7/descarte"""
    found, reason = _found(mail_id), request.POST.get("reason", "").replace("\x00", "")
    refusal = frame.attempt(lambda: actions.discard(mail_id, reason=reason, by=visit.by, now=visit.now))
    if refusal:
        error = frame.in_one_line(refusal)
        return _page(request, visit, found, JoiningForm(), status=refusal.status, reason=reason, error=error)
    messages.success(request, _("E-mail descartado. O original continua guardado."))
    return HttpResponseRedirect(reverse("desk:mails"))


def _page(
    request: HttpRequest, visit: Visit, found: Received, form: JoiningForm, *, status: int = 200, **facts: Any
) -> HttpResponse:
    read = mime.read(queries.content_of(found))
    facts |= {"mail": found, "form": form, "files": [file.name for file in read.files], "left_out": read.left_out}
    facts |= {"text": read.text[:SHOWN], "is_cut": len(read.text) > SHOWN, "date": read.head.first("date")[:60]}
    facts["recipients"] = ", ".join(dict.fromkeys([*found.recipients, *read.head.recipients][:10]))
    return page(request, visit, "desk/mail.html", here="mails", status=status, **facts)


def _found(mail_id: int) -> Received:
    found = queries.mail(mail_id)
    if found is None:
        raise Http404
    return found
