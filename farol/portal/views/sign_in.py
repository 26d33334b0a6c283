"""Coming in and going out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from farol.people.models import Person
from farol.portal.forms.sign_in import SignInForm
from farol.portal.shell import outside
from farol.ui import kept


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignIn(View):
    """GET and POST /entrar"""

    def get(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person):
            return HttpResponseRedirect(_next(request, request.user))
        return show(request, SignInForm(), next_url=request.GET.get("next", ""))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SignInForm(request.POST)
        typed = request.POST.get("kept", "")
        status = 401 if form.is_valid() else 422
        person = form.enter(request) if form.is_valid() else None
        if person is None:
            return show(request, form, next_url=request.POST.get("next", ""), typed=typed, status=status)
        login(request, person)
        target = _next(request, person)
        path, fields = kept.unpacked(typed)
        if path and path == target.partition("?")[0]:
            kept.keep(request, path, fields)
            with override(person.language):
                messages.success(request, _("Você entrou de novo. O que você escreveu está aqui; confira e envie."))
        return HttpResponseRedirect(target)


def show(
    request: HttpRequest,
    form: SignInForm,
    *,
    next_url: str = "",
    typed: str = "",
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """The sign-in page, carrying along where one wanted to go and what one had typed."""
    told = {"form": form, "next": next_url, "typed": typed, "notice": notice, "shell": outside()}
    return render(request, "portal/sign_in.html", told, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """POST /sair"""
    logout(request)
    messages.success(request, _("Você saiu."))
    return HttpResponseRedirect(reverse("portal:sign_in"))


def _next(request: HttpRequest, person: Person) -> str:
    """Where one wanted to go, if it is one of our pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted != "/" and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return "/mesa/" if person.is_staff_member else reverse("portal:home")
