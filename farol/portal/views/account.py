"""How one's account is kept: second factors, keys, browsers that are signed in."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from farol.people.actions import entering, factors, passkeys, visits
from farol.people.actions.factors import secret_shown, shown_secret
from farol.people.queries import keys
from farol.people.queries.visits import visits_of
from farol.people.rules.one_time import address_of, readable
from farol.portal.door import Visit, page
from farol.portal.entering import place_of, target_of
from farol.portal.forms.account import ConfirmForm, PasskeyForm
from farol.portal.forms.sign_in import CodeForm, refusal_after
from farol.portal.proven import anybody, note_proof, proven
from farol.ui import refusals


@require_GET
@anybody
def account(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/conta/seguranca"""
    return page(request, visit, "portal/account.html", here="account", keys=keys.keys_of(visit.person))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "code")
@anybody
def confirmation(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/conta/confirmacao: prove once more who one is, by key, code or password, and go on."""
    held = keys.factors_of(visit.person)
    form = ConfirmForm(request.POST or None, asks_for_code=held.are_there)
    trouble = ""
    if request.method == "POST":
        if "answer" in request.POST:
            proof = entering.prove_by_key(
                visit.person, *_shown(request), place=place_of(request), by=visit.by, now=visit.now
            )
            trouble = _said(proof) if proof.trouble else ""
            is_proven = proof.trouble is None
        else:
            is_proven = form.is_valid() and form.prove(visit)
        if is_proven:
            note_proof(request, visit, is_double=held.are_there)
            return HttpResponseRedirect(target_of(request, visit.person, request.POST.get("next", "")))
    return page(
        request,
        visit,
        "portal/account_confirm.html",
        form=form,
        factors=held,
        trouble=trouble,
        question=passkeys.ask(place_of(request), visit.person) if held.has_passkey else None,
        next=request.POST.get("next") or request.GET.get("next", ""),
        status=422 if request.method == "POST" else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proven
def code_app(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/conta/aplicativo: a secret to be scanned; the first code makes it a second factor."""
    form = CodeForm(request.POST or None)
    seal = request.POST.get("secret", "")
    secret = secret_shown(visit.person, seal) if request.method == "POST" else None
    if secret is None:
        secret, seal = shown_secret(visit.person)
        if request.method == "POST":
            form = CodeForm()
            messages.error(request, _("O desenho venceu depois de 15 minutos. Leia este, que é novo."))
    elif form.is_valid():
        added = entering.add_code_app(visit.person, secret, form.cleaned_data["code"], by=visit.by, now=visit.now)
        if added.trouble is None:
            note_proof(request, visit, is_double=True)
            return _show_paper(request, visit, added.codes, _("Pronto: na próxima entrada pediremos um código."))
        form.add_error("code", f"{refusals.said(added.trouble)} {refusals.remedy(added.trouble)}")
    status = 422 if form.errors else 200
    address = address_of(secret, account=visit.person.email, house="Farol")
    return page(
        request,
        visit,
        "portal/account_app.html",
        form=form,
        secret=readable(secret),
        seal=seal,
        address=address,
        drawing=_drawn(address),
        status=status,
    )


@require_POST
@proven
def code_app_removal(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /conta/aplicativo/retirada"""
    factors.remove_code_app(visit.person, by=visit.by)
    messages.success(request, _("O aplicativo não é mais pedido na entrada."))
    return HttpResponseRedirect(reverse("portal:account"))


@require_POST
@never_cache
@proven
def recovery_codes(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /conta/codigos: fresh ones; those before are worth nothing."""
    if not keys.factors_of(visit.person).are_there:
        raise Http404
    codes = factors.renew_recovery_codes(visit.person, by=visit.by)
    return _show_paper(request, visit, codes, _("Os códigos anteriores não valem mais."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proven
def passkey(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/conta/chaves: a device makes a key for this account."""
    form, trouble = PasskeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        answer, state = _shown(request)
        name, place = form.cleaned_data["name"], place_of(request)
        added = entering.add_passkey(visit.person, answer, state, name=name, place=place, by=visit.by, now=visit.now)
        if added.trouble is None:
            done = _("A chave de acesso está guardada: com ela você entra sem senha.")
            if added.codes:
                return _show_paper(request, visit, added.codes, done)
            messages.success(request, done)
            return HttpResponseRedirect(reverse("portal:account"))
        trouble = refusals.said(added.trouble)
    question = passkeys.ask_for_new(visit.person, place_of(request))
    status = 422 if form.errors or trouble else 200
    return page(
        request, visit, "portal/account_passkey.html", form=form, question=question, trouble=trouble, status=status
    )


@require_POST
@proven
def passkey_removal(request: HttpRequest, visit: Visit, passkey_id: int) -> HttpResponse:
    """POST /conta/chaves/<id>/retirada"""
    if not passkeys.remove_passkey(visit.person, passkey_id, by=visit.by):
        raise Http404
    messages.success(request, _("A chave de acesso foi retirada."))
    return HttpResponseRedirect(reverse("portal:account"))


@require_GET
@anybody
def sessions(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/conta/sessoes"""
    found = visits_of(visit.person, this=_key(request), now=visit.now)
    return page(request, visit, "portal/account_sessions.html", here="account", visits=found)


@require_POST
@anybody
def session_end(request: HttpRequest, visit: Visit, name: str) -> HttpResponse:
    """POST /conta/sessoes/<name>/encerramento"""
    if not visits.end_visit(visit.person, name, by=visit.by):
        raise Http404
    messages.success(request, _("A sessão foi encerrada."))
    return HttpResponseRedirect(reverse("portal:sessions"))


@require_POST
@anybody
def other_sessions_end(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /conta/sessoes/encerramento"""
    count = visits.end_other_visits(visit.person, but=_key(request), by=visit.by)
    text = ngettext("{count} outra sessão encerrada.", "{count} outras sessões encerradas.", count)
    messages.success(request, text.format(count=count) if count else _("Não havia outra sessão."))
    return HttpResponseRedirect(reverse("portal:sessions"))


def _show_paper(request: HttpRequest, visit: Visit, codes: list[str], done: str) -> HttpResponse:
    return page(request, visit, "portal/account_paper.html", codes=codes, done=done)


def _drawn(address: str) -> str:
    """The address as a drawing for a telephone's camera, as SVG without colours of its own."""
    return str(segno.make(address, error="m").svg_inline(scale=5, border=3, dark="#000", light="#fff"))


def _shown(request: HttpRequest) -> tuple[str, str]:
    return request.POST.get("answer", ""), request.POST.get("state", "")


def _said(proof: entering.Proof) -> str:
    if proof.trouble is None or not proof.tries_left:
        return refusal_after(0)
    return f"{refusals.said(proof.trouble)} {refusals.remedy(proof.trouble)}"


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""
