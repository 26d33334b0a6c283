"""A forgotten password, and one that is changed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from farol.people.actions import entering
from farol.people.actions import links as actions
from farol.people.models import Person
from farol.people.queries import contacts
from farol.people.rules.links import Purpose
from farol.portal import door, shell
from farol.portal.door import Visit, page, visit_of
from farol.portal.forms.access import ChangeForm, ForgottenForm, PasswordForm
from farol.portal.forms.sign_in import refusal_after
from farol.portal.links import address_of, opened
from farol.portal.views import first_access
from farol.ui import frame, refusals


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """/senha: whoever asks is answered alike, and as quickly, whether the address is known or not."""
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        actions.hear_forgotten(form.cleaned_data["email"], address=address_of(request), now=door.now())
        return first_access.sent(request)
    facts = {"form": form, "shell": shell.outside()}
    return render(request, "portal/forgotten.html", facts, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters("password")
def reset(request: HttpRequest, secret: str) -> HttpResponse:
    """/senha/<secret>: the next sign-in is the proof, with whatever else it asks for."""
    renewal = reverse("portal:reset_renewal", args=[secret])
    return opened(request, secret, Purpose.PASSWORD, lambda link: _reset(request, secret), renewal=renewal)


def _reset(request: HttpRequest, secret: str) -> HttpResponse:
    form, status = PasswordForm(request.POST or None), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            word, address = form.cleaned_data["password"], address_of(request)
            refusal = frame.attempt(
                lambda: actions.choose_password(secret, Purpose.PASSWORD, word, address=address, now=door.now())
            )
            if refusal is None:
                messages.success(request, _("Senha guardada. Entre com ela."))
                return HttpResponseRedirect(reverse("portal:sign_in"))
            frame.show_on(form, refusal)
    return render(request, "portal/reset.html", {"form": form, "shell": shell.outside()}, status=status)


@require_POST
@login_not_required
@never_cache
def renewal(request: HttpRequest, secret: str) -> HttpResponse:
    """POST /senha/<secret>/novo"""
    if frame.attempt(lambda: actions.renew_link(secret, Purpose.PASSWORD, address=address_of(request), now=door.now())):
        return reset(request, secret)
    return first_access.sent(request)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("old_password", "password")
def change(request: HttpRequest) -> HttpResponse:
    """/conta/senha, for contacts and staff; the other visits of the person end."""
    visit = visit_of(request)
    if request.method != "POST":
        return _changing(request, visit, ChangeForm())
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _changing(request, visit, form, status=422)
    said, changed = form.cleaned_data, list[Person]()
    proof = entering.prove_by_password(visit.person, said["old_password"], by=visit.by, now=visit.now)
    if proof.trouble:
        form.add_error("old_password", refusals.said(proof.trouble) if proof.tries_left else refusal_after(0))
        return _changing(request, visit, form, status=422)
    refusal = frame.attempt(
        lambda: changed.append(
            actions.change_password(
                visit.person.pk, old=said["old_password"], new=said["password"], by=visit.by, now=visit.now
            )
        )
    )
    if refusal:
        frame.show_on(form, refusal)
        return _changing(request, visit, form, status=refusal.status)
    update_session_auth_hash(request, changed[0])
    messages.success(request, _("Senha trocada. As outras sessões foram encerradas."))
    return HttpResponseRedirect(reverse("desk:mine" if visit.person.is_staff_member else "portal:home"))


def _changing(request: HttpRequest, visit: Visit, form: ChangeForm, *, status: int = 200) -> HttpResponse:
    until = contacts.password_expires_at(visit.person)
    is_old = until is not None and until <= visit.now
    return page(request, visit, "portal/change_password.html", status=status, form=form, until=until, is_old=is_old)
