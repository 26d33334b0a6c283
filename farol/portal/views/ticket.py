"""A ticket's page, and what its customer can do there: each button one noun, one act, one line in the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from farol.files.models import Attachment
from farol.files.rules import MB
from farol.kernel.errors import FieldsRefused
from farol.portal.door import Visit, contacts_only, page
from farol.portal.reading import Reading
from farol.tickets import actions
from farol.tickets.rules.lifecycle import TicketClosed
from farol.tickets.rules.opening import TicketChanged
from farol.ui import frame, kept, tray, unsent, words
from farol.ui.download import download

LIMIT = 50 * MB


@require_safe
@contacts_only
def ticket(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """GET /chamados/118402"""
    reading = Reading.of(visit, number)
    if body := kept.taken(request).get("body", ""):
        return _page(request, reading, body=body)
    draft = unsent.of(visit.person, number, by=visit.by)
    if draft and reading.ticket.is_closed:
        return _page(request, reading, kept_texts=[draft.body])
    return _page(request, reading, body=draft.body if draft else "", draft=draft)


@require_POST
@contacts_only
def message(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """POST /chamados/118402/interacoes: what is refused stands in the composer again, files and all."""
    files = tray.earlier(request, visit.by)
    refusal = frame.attempt(lambda: _send(request, visit, number, files))
    if refusal is None:
        messages.success(request, _("Mensagem enviada."))
        return _back(number)
    if isinstance(refusal, TicketClosed):
        raise refusal
    reading = Reading.of(visit, number)
    facts = {"body": frame.text_in(request, "body"), "files": files, "error": frame.in_one_line(refusal)}
    return _page(request, reading, status=refusal.status, **facts)


@require_POST
@contacts_only
def acceptance(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """POST /chamados/118402/aceite (R-071)"""
    actions.accept_solution(number, by=visit.by, now=visit.now, seen=frame.seen(request))
    messages.success(request, _("Solução aceita. O chamado {number} está encerrado.").format(number=number))
    return _back(number)


@require_http_methods(["GET", "HEAD", "POST"])
@contacts_only
def rejection(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """/chamados/118402/recusa: the reason, asked on a page of its own where there are no scripts (R-071)."""

    def reject(reason: str) -> None:
        actions.reject_solution(number, reason=reason, by=visit.by, now=visit.now, seen=frame.seen(request))

    return _with_reason(request, visit, number, "recusa", reject, _("Recusa enviada. A equipe retoma o chamado."))


@require_POST
@contacts_only
def postponement(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """POST /chamados/118402/adiamento (R-072)"""
    actions.postpone_acceptance(number, by=visit.by, now=visit.now, seen=frame.seen(request))
    window = Reading.of(visit, number).open_window
    day = words.day(window.last_day, language=visit.language) if window else ""
    messages.success(request, _("Prazo adiado até {day}.").format(day=day))
    return _back(number)


@require_POST
@contacts_only
def approval(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """POST /chamados/118402/aprovacao (R-090)"""
    actions.approve(number, by=visit.by, now=visit.now, seen=frame.seen(request))
    messages.success(request, _("Aprovado. A equipe segue com o chamado."))
    return _back(number)


@require_POST
@contacts_only
def disapproval(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """POST /chamados/118402/desaprovacao (R-090)"""
    reason = frame.text_in(request, "reason")
    actions.decline(number, by=visit.by, now=visit.now, reason=reason, seen=frame.seen(request))
    messages.success(request, _("Recusado. Nada será cobrado."))
    return _back(number)


@require_http_methods(["GET", "HEAD", "POST"])
@contacts_only
def cancellation(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """/chamados/118402/cancelamento"""

    def cancel(reason: str) -> None:
        actions.cancel_ticket(number, reason=reason, by=visit.by, now=visit.now, seen=frame.seen(request))

    return _with_reason(request, visit, number, "cancelamento", cancel, _("Chamado cancelado."))


@require_http_methods(["GET", "HEAD", "POST"])
@contacts_only
def contest(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """/chamados/118402/contestacao: the severity is not what it should be (R-065)"""

    def say(reason: str) -> None:
        actions.contest_severity(number, reason=reason, by=visit.by, now=visit.now, seen=frame.seen(request))

    done = _("Enviado. A equipe revê a severidade e responde no chamado.")
    return _with_reason(request, visit, number, "contestacao", say, done)


@require_POST
@contacts_only
def continuation(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """POST /chamados/118402/continuacao (R-053)"""
    new = actions.continue_ticket(number, by=visit.by, now=visit.now, seen=frame.seen(request))
    due = words.when(new.due_at, now=visit.now, language=visit.language)
    messages.success(request, _("Chamado {number} aberto. Retorno até {date}.").format(number=new.pk, date=due))
    return _back(new.pk)


@require_safe
@contacts_only
def file(request: HttpRequest, visit: Visit, file_id: int) -> HttpResponseBase:
    """GET /arquivos/7: whoever gets a quote's document has opened it (R-193)."""
    answer = download(request, file_id, by=visit.by)
    if request.method == "GET":
        actions.open_document(file_id, by=visit.by, now=visit.now)
    return answer


def _send(request: HttpRequest, visit: Visit, number: int, files: list[Attachment]) -> None:
    files[:] = tray.filled(request, visit.by, files).files
    body, ids = frame.text_in(request, "body"), [file.pk for file in files]

    def say() -> object:
        return actions.reply(number, body=body, by=visit.by, now=visit.now, attachments=ids, seen=frame.seen(request))

    unsent.send(visit.person, number, say, by=visit.by)


def _with_reason(
    request: HttpRequest, visit: Visit, number: int, noun: str, act: Callable[[str], None], done: str
) -> HttpResponse:
    reading, reason, error = Reading.of(visit, number), frame.text_in(request, "reason"), ""
    why, status = _why(request, reading) if noun == "recusa" else "", 200
    if request.method == "POST":
        try:
            act(f"{why}\n\n{reason}" if why and reason.strip() else reason)
        except (FieldsRefused, TicketChanged) as refusal:
            error, status = frame.in_one_line(refusal), refusal.status
        else:
            messages.success(request, done)
            return _back(number)
    else:
        reason = kept.taken(request).get("reason", "")
    title = {
        "recusa": _("O que ainda não funciona?"),
        "cancelamento": _("Por que cancelar este chamado?"),
        "contestacao": _("Por que a severidade não é essa?"),
    }[noun]
    facts = {"reading": reading, "ticket": reading.ticket, "title": title, "reason": reason, "error": error}
    facts["why"] = request.POST.get("why", "")
    return page(request, visit, f"portal/ticket_{noun}.html", here="tickets", status=status, **facts)


def _why(request: HttpRequest, reading: Reading) -> str:
    """The chosen line of those offered, as the sentence it is."""
    whys, chosen = reading.whys, request.POST.get("why", "")
    return f"{whys[int(chosen) - 1]}." if chosen in map(str, range(1, len(whys) + 1)) else ""


def _page(request: HttpRequest, reading: Reading, *, status: int = 200, **facts: Any) -> HttpResponse:
    told = {"reading": reading, "ticket": reading.ticket, "turn": reading.turn, "limit": LIMIT, **facts}
    return page(request, reading.visit, "portal/ticket.html", here="tickets", status=status, **told)


def _back(number: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("portal:ticket", args=[number]))
