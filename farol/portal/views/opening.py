"""Opening a ticket in four steps; whatever was answered is kept at every one of them (R-050 to R-052)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from farol.files import actions as files
from farol.files.rules import MB
from farol.kernel.errors import Refusal
from farol.portal.door import Visit, contacts_only, page
from farol.portal.drafting import FORMS, STEPS, Drafting
from farol.portal.forms.opening import Step, impact_of
from farol.tickets import actions
from farol.ui import kept, refusals, words
from farol.ui.numbers import id_in

LIMIT = 50 * MB


@require_http_methods(["GET", "HEAD", "POST"])
@contacts_only
def opening(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/chamados/novo: the product first; the answer makes the draft."""
    drafting = Drafting(visit, None)
    form = drafting.form("produto", request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answers = {"product": int(form.cleaned_data["product"])}
        draft = actions.save_draft(None, by=visit.by, answers=answers, now=visit.now)
        return HttpResponseRedirect(reverse("portal:draft_step", args=[draft.pk, "modulo"]))
    return _step(request, visit, drafting, "produto", form)


@contacts_only
def draft(request: HttpRequest, visit: Visit, draft_id: int) -> HttpResponse:
    """/chamados/novo/12: on to where the draft was left, or to the ticket it became."""
    drafting = Drafting.of(visit, draft_id)
    if sent := _sent(drafting):
        return sent
    return HttpResponseRedirect(drafting.url(drafting.next_step))


@require_http_methods(["GET", "HEAD", "POST"])
@contacts_only
def draft_step(request: HttpRequest, visit: Visit, draft_id: int, step: str) -> HttpResponse:
    """/chamados/novo/12/detalhes: one step; POST keeps the answers and goes on."""
    if step not in STEPS:
        raise Http404
    drafting = Drafting.of(visit, draft_id)
    if sent := _sent(drafting):
        return sent
    if STEPS.index(step) > STEPS.index(drafting.next_step):
        return HttpResponseRedirect(drafting.url(drafting.next_step))
    if step == "revisao":
        return _send(request, visit, drafting) if request.method == "POST" else _review(request, visit, drafting)
    if request.method == "POST":
        return _answered(request, visit, drafting, step)
    typed = kept.taken(request)
    initial = {**drafting.answers, **{name: typed[name] for name in typed}}
    return _step(request, visit, drafting, step, drafting.form(step, initial=initial))


@require_POST
@contacts_only
def forecast(request: HttpRequest, visit: Visit, draft_id: int) -> HttpResponse:
    """POST /chamados/novo/12/previsao: keeps what was typed and shows what it means so far."""
    drafting = _saved(request, visit, Drafting.of(visit, draft_id), "detalhes")
    facts = {"now": visit.now, "saved_at": visit.now, **drafting.forecast()}
    return render(request, "portal/opening_forecast.html", facts)


@require_POST
@contacts_only
def draft_files(request: HttpRequest, visit: Visit, draft_id: int) -> HttpResponse:
    """POST /chamados/novo/12/anexos: files one by one, while the rest is still being written."""
    drafting = Drafting.of(visit, draft_id)
    refusal = _take_files(request, visit, drafting)
    facts = _files(Drafting.of(visit, draft_id), refusal)
    return render(request, "portal/opening_files.html", facts, status=refusal.status if refusal else 200)


@require_POST
@contacts_only
def draft_removal(request: HttpRequest, visit: Visit, draft_id: int) -> HttpResponse:
    """POST /chamados/novo/12/descarte"""
    actions.discard_draft(draft_id, by=visit.by)
    messages.success(request, _("Rascunho descartado."))
    return HttpResponseRedirect(reverse("portal:home"))


def _answered(request: HttpRequest, visit: Visit, drafting: Drafting, step: str) -> HttpResponse:
    """Kept first, judged after: nothing typed is lost by being wrong."""
    drafting = _saved(request, visit, drafting, step)
    if (gone := id_in(request.POST.get("remover", ""))) and drafting.draft:
        actions.detach_from_draft(drafting.draft.pk, gone, by=visit.by)
        return HttpResponseRedirect(drafting.url(step))
    refusal = _take_files(request, visit, drafting)
    if "salvar" in request.POST and not refusal:
        messages.success(request, _("Rascunho salvo. Continue quando quiser."))
        return HttpResponseRedirect(reverse("portal:home"))
    form = drafting.form(step, request.POST)
    if form.is_valid() and not refusal:
        return HttpResponseRedirect(drafting.url(STEPS[STEPS.index(step) + 1]))
    status = refusal.status if refusal else 422
    drafting = Drafting.of(visit, drafting.draft.pk if drafting.draft else 0)
    return _step(request, visit, drafting, step, form, status=status, refusal=refusal)


def _saved(request: HttpRequest, visit: Visit, drafting: Drafting, step: str) -> Drafting:
    """The draft with what this form says, right or wrong; another product makes its modules be asked again."""
    names = FORMS[step].base_fields
    answers: dict[str, Any] = {name: request.POST[name].replace("\x00", "") for name in names if name in request.POST}
    if "product" in answers:
        chosen = id_in(answers["product"])
        answers["product"] = chosen if chosen in drafting.items else None
        if chosen != drafting.answers.get("product"):
            answers |= {"module": None, "version": None}
    draft = actions.save_draft(
        drafting.draft.pk if drafting.draft else None, by=visit.by, answers=answers, now=visit.now
    )
    return Drafting.of(visit, draft.pk)


def _take_files(request: HttpRequest, visit: Visit, drafting: Drafting) -> Refusal | None:
    """Every file that can be taken is; the answer is why the last refused one was not."""
    refused = None
    for upload in request.FILES.getlist("attachments"):
        try:
            file = files.keep(visit.by.subject, upload, by=visit.by)
        except Refusal as refusal:
            refused = refusal
        else:
            actions.attach_to_draft(drafting.draft.pk if drafting.draft else 0, file.pk, by=visit.by)
    return refused


def _send(request: HttpRequest, visit: Visit, drafting: Drafting) -> HttpResponse:
    answers, impact = drafting.answers, impact_of(drafting.answers)
    if drafting.draft is None or impact is None:
        return HttpResponseRedirect(drafting.url(drafting.next_step))
    ticket = actions.open_ticket(
        drafting.about,
        contact=visit.person,
        kind=drafting.kind,
        service=drafting.service,
        subject=answers["subject"],
        description=answers["description"],
        impact=impact,
        by=visit.by,
        now=visit.now,
        attachments=[file.pk for file in drafting.attached],
        draft_id=drafting.draft.pk,
    )
    due = words.when(ticket.due_at, now=visit.now, language=visit.language)
    messages.success(request, _("Chamado {number} aberto. Retorno até {date}.").format(number=ticket.pk, date=due))
    return HttpResponseRedirect(reverse("portal:ticket", args=[ticket.pk]))


def _review(request: HttpRequest, visit: Visit, drafting: Drafting) -> HttpResponse:
    facts = {"steps": drafting.stepper("revisao"), "drafting": drafting, **drafting.forecast()}
    return page(request, visit, "portal/opening_review.html", here="tickets", **facts)


def _step(
    request: HttpRequest,
    visit: Visit,
    drafting: Drafting,
    step: str,
    form: Step,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> HttpResponse:
    facts: dict[str, Any] = {"steps": drafting.stepper(step), "drafting": drafting, "form": form}
    if form.is_bound and not form.is_valid():
        status = 422 if status == 200 else status
    if step == "detalhes":
        facts |= {**drafting.forecast(), **_files(drafting, refusal)}
    return page(request, visit, f"portal/opening_{_TEMPLATES[step]}.html", here="tickets", status=status, **facts)


def _files(drafting: Drafting, refusal: Refusal | None) -> dict[str, Any]:
    error = " ".join(filter(None, (refusals.said(refusal), refusals.remedy(refusal)))) if refusal else ""
    return {"drafting": drafting, "files": drafting.attached, "limit": LIMIT, "file_error": error}


def _sent(drafting: Drafting) -> HttpResponse | None:
    """A draft that has become a ticket leads there, however often it is sent."""
    if drafting.draft and drafting.draft.ticket_id:
        return HttpResponseRedirect(reverse("portal:ticket", args=[drafting.draft.ticket_id]))
    return None


_TEMPLATES = {"produto": "product", "modulo": "module", "detalhes": "details"}
