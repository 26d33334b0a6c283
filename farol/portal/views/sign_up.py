""" "Quero me cadastrar": the customer's financial address judges it, and strangers learn nothing (R-012)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from farol.kernel.documents import CnpjRefused
from farol.people.actions import requests as actions
from farol.people.models import AccessRequest, Link
from farol.people.rules.links import Purpose
from farol.portal import door, shell
from farol.portal.forms.access import SignUpForm
from farol.portal.links import address_of, opened
from farol.ui import frame

YES, NO = "confirmo", "recuso"


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def sign_up(request: HttpRequest) -> HttpResponse:
    """/cadastro"""
    if request.method != "POST":
        return _asked(request, SignUpForm())
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _asked(request, form, status=422)
    said = form.cleaned_data
    refusal = frame.attempt(
        lambda: actions.hear_wish(
            cnpj=said["cnpj"], name=said["name"], email=said["email"], address=address_of(request), now=door.now()
        )
    )
    if refusal:
        if isinstance(refusal, CnpjRefused):
            form.add_error("cnpj", frame.in_one_line(refusal))
        else:
            frame.show_on(form, refusal)
        return _asked(request, form, status=refusal.status)
    return render(request, "portal/sign_up_sent.html", {"shell": shell.outside()})


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """/cadastro/<secret>: a GET asks, a POST answers."""
    return opened(request, secret, Purpose.REQUEST, lambda link: _answer(request, secret, link))


def _answer(request: HttpRequest, secret: str, link: Link) -> HttpResponse:
    said = request.POST.get("answer", "") if request.method == "POST" else ""
    answered: list[AccessRequest] = []
    refusal = None
    if said in {YES, NO}:
        refusal = frame.attempt(
            lambda: answered.append(
                actions.answer_request(secret, is_theirs=said == YES, address=address_of(request), now=door.now())
            )
        )
    facts = {
        "shell": shell.outside(),
        "wish": link.request,
        "answered": answered[0] if answered else None,
        "refused": frame.in_one_line(refusal) if refusal else "",
        "yes": YES,
        "no": NO,
    }
    status = refusal.status if refusal else 422 if request.method == "POST" and not answered else 200
    return render(request, "portal/sign_up_answer.html", facts, status=status)


def _asked(request: HttpRequest, form: SignUpForm, *, status: int = 200) -> HttpResponse:
    return render(request, "portal/sign_up.html", {"form": form, "shell": shell.outside()}, status=status)
