"""Coming in and going out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from farol.audit.actions import record
from farol.audit.rules import Act
from farol.kernel.actor import Channel
from farol.kernel.errors import Refusal
from farol.people.actions import entering, passkeys
from farol.people.models import Person
from farol.people.queries import actor_of
from farol.portal import door
from farol.portal.entering import Halfway, Wish, come_in, go_on, place_of, show_second_step, target_of
from farol.portal.forms.sign_in import CodeForm, SignInForm, refusal_after
from farol.portal.shell import outside
from farol.ui import refusals

FORGET = '"cache", "storage"'
"""What a browser forgets of us on the way out, words half written too; other cookies of the domain are not ours."""


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignIn(View):
    """GET and POST /entrar"""

    def get(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person):
            return come_back(request, request.user)
        return show(request, SignInForm(), next_url=request.GET.get("next", ""))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, wish = SignInForm(request.POST), Wish.of(request)
        status = 401 if form.is_valid() else 422
        person = form.enter(request) if form.is_valid() else None
        if person is None:
            return show(request, form, next_url=wish.next, typed=wish.typed, status=status)
        return go_on(request, person, wish)


@login_not_required
@never_cache
@require_POST
@sensitive_post_parameters("code", "who")
def code(request: HttpRequest) -> HttpResponse:
    """POST /entrar/codigo"""
    known, wish = Halfway.read(request.POST.get("who", "")), Wish.of(request)
    if known is None:
        return _begin_again(request, wish)
    form = CodeForm(request.POST)
    by = actor_of(known.person, Channel.PORTAL, door.address(request))
    if form.is_valid() and form.prove(known.person, by=by, now=door.now()):
        return come_in(request, known.person, wish, way=f"{known.way}, code", is_double=True)
    return show_second_step(request, form, known, wish, status=401)


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class Key(View):
    """GET and POST /entrar/chave"""

    def get(self, request: HttpRequest) -> HttpResponse:
        question = passkeys.ask(place_of(request))
        return JsonResponse({"options": question.options, "state": question.state})

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._second(request) if "who" in request.POST else self._alone(request)

    def _alone(self, request: HttpRequest) -> HttpResponse:
        wish, (answer, state) = Wish.of(request), _shown(request)
        shown = entering.person_of_key(
            answer, state, place=place_of(request), address=door.address(request), now=door.now()
        )
        if shown.person:
            return come_in(request, shown.person, wish, way="passkey", is_double=True)
        trouble = _said(shown.trouble) if shown.trouble else ""
        return show(request, SignInForm(), next_url=wish.next, typed=wish.typed, trouble=trouble, status=401)

    def _second(self, request: HttpRequest) -> HttpResponse:
        known, wish = Halfway.read(request.POST["who"]), Wish.of(request)
        if known is None:
            return _begin_again(request, wish)
        by = actor_of(known.person, Channel.PORTAL, door.address(request))
        answer, state = _shown(request)
        proof = entering.prove_by_key(known.person, answer, state, place=place_of(request), by=by, now=door.now())
        if proof.trouble is None:
            return come_in(request, known.person, wish, way=f"{known.way}, passkey", is_double=True)
        trouble = _said(proof.trouble) if proof.tries_left else refusal_after(0)
        return show_second_step(request, CodeForm(), known, wish, trouble=trouble, status=401)


def show(
    request: HttpRequest,
    form: SignInForm,
    *,
    next_url: str = "",
    typed: str = "",
    notice: str = "",
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    """The sign-in page, carrying along where one wanted to go and what one had typed."""
    told = {
        "form": form,
        "next": next_url,
        "typed": typed,
        "notice": notice,
        "trouble": trouble,
        "shell": outside(),
        "providers": settings.OPENID_PROVIDERS,
    }
    return render(request, "portal/sign_in.html", told, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """POST /sair"""
    if isinstance(request.user, Person):
        by = actor_of(request.user, Channel.PORTAL, door.address(request))
        record(Act.SIGNED_OUT, by, by.subject, at=door.now())
    logout(request)
    messages.success(request, _("Você saiu."))
    return HttpResponseRedirect(reverse("portal:sign_in"), headers={"Clear-Site-Data": FORGET})


def come_back(request: HttpRequest, person: Person) -> HttpResponse:
    """Whoever is in already goes on."""
    return HttpResponseRedirect(target_of(request, person, request.GET.get("next", "")))


def _begin_again(request: HttpRequest, wish: Wish) -> HttpResponse:
    notice = _("Passaram-se mais de dez minutos. Entre de novo com e-mail e senha.")
    return show(request, SignInForm(), next_url=wish.next, typed=wish.typed, notice=notice, status=401)


def _shown(request: HttpRequest) -> tuple[str, str]:
    return request.POST.get("answer", ""), request.POST.get("state", "")


def _said(refusal: Refusal) -> str:
    return f"{refusals.said(refusal)} {refusals.remedy(refusal)}"
