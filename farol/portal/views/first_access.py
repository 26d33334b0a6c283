"""The first time: who was invited confirms how they are called, chooses a password and is in (R-012)."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from farol.people.actions import links as actions
from farol.people.models import Link, Person
from farol.people.rules.links import Purpose
from farol.portal import door, shell
from farol.portal.entering import Wish, come_in
from farol.portal.forms.access import DetailsForm, PasswordForm
from farol.portal.links import address_of, opened
from farol.ui import frame


@dataclass(frozen=True, slots=True)
class Step:
    """One of the stations at the left; `note` says what was answered there."""

    name: str
    state: str
    note: str = ""
    url: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def details(request: HttpRequest, secret: str) -> HttpResponse:
    """/acesso/<secret>: programs that follow every link of a letter only ever GET, which uses nothing up."""
    renewal = reverse("portal:access_renewal", args=[secret])
    return opened(request, secret, Purpose.ACTIVATION, lambda link: _details(request, secret, link), renewal=renewal)


def _details(request: HttpRequest, secret: str, link: Link) -> HttpResponse:
    person = _person(link)
    if request.method != "POST":
        start = {"name": person.name, "title": person.title, "language": person.language}
        return _page(request, secret, link, DetailsForm(initial=start))
    form = DetailsForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        refusal = frame.attempt(
            lambda: actions.confirm_details(
                secret, name=said["name"], title=said["title"], language=said["language"], now=door.now()
            )
        )
        if refusal is None:
            return HttpResponseRedirect(reverse("portal:access_password", args=[secret]))
        frame.show_on(form, refusal)
    return _page(request, secret, link, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters("password")
def password(request: HttpRequest, secret: str) -> HttpResponse:
    """/acesso/<secret>/senha"""
    renewal = reverse("portal:access_renewal", args=[secret])
    return opened(request, secret, Purpose.ACTIVATION, lambda link: _password(request, secret, link), renewal=renewal)


def _password(request: HttpRequest, secret: str, link: Link) -> HttpResponse:
    if request.method != "POST":
        return _page(request, secret, link, PasswordForm(), step=2)
    form, chosen = PasswordForm(request.POST), list[Person]()
    if form.is_valid():
        word, address = form.cleaned_data["password"], address_of(request)
        refusal = frame.attempt(
            lambda: chosen.append(
                actions.choose_password(secret, Purpose.ACTIVATION, word, address=address, now=door.now())
            )
        )
        if refusal is None:
            return _entered(request, chosen[0])
        frame.show_on(form, refusal)
    return _page(request, secret, link, form, step=2, status=422)


def _entered(request: HttpRequest, person: Person) -> HttpResponse:
    translation.activate(person.language)
    messages.success(request, _("Acesso ativado. Nas próximas vezes, entre com {email}.").format(email=person.email))
    following = reverse("portal:telephone_pin") + "?primeiro=1"
    return come_in(request, person, Wish(next=following), way="activation")


@require_POST
@login_not_required
@never_cache
def renewal(request: HttpRequest, secret: str) -> HttpResponse:
    """POST /acesso/<secret>/novo: to the registered address, and the answer names none."""
    if frame.attempt(
        lambda: actions.renew_link(secret, Purpose.ACTIVATION, address=address_of(request), now=door.now())
    ):
        return details(request, secret)
    return sent(request)


def sent(request: HttpRequest) -> HttpResponse:
    """What everybody is told who asked for a link, whatever came of it."""
    return render(request, "portal/link_sent.html", {"shell": shell.outside()})


def _page(
    request: HttpRequest, secret: str, link: Link, form: DetailsForm | PasswordForm, *, step: int = 1, status: int = 200
) -> HttpResponse:
    person = _person(link)
    facts = {
        "shell": shell.outside(),
        "form": form,
        "link": link,
        "person": person,
        "company": person.organization,
        "steps": steps(person, secret, step),
        "is_second": step == 2,
        "back": reverse("portal:access", args=[secret]),
        "now": door.now(),
    }
    return render(request, "portal/first_access.html", facts, status=status)


def steps(person: Person, secret: str, at: int) -> list[Step]:
    note = ", ".join(filter(None, (person.name, person.title))) if at > 1 else ""
    first = reverse("portal:access", args=[secret]) if at == 2 else ""
    return [
        Step(_("Confirmar seus dados"), "done" if at > 1 else "current", note, first),
        Step(_("Escolher a senha"), "current" if at == 2 else "done" if at > 2 else "coming"),
        Step(_("Senha do telefone"), "current" if at == 3 else "coming", _("6 a 8 números")),
    ]


def _person(link: Link) -> Person:
    if link.person is None:
        raise LookupError(f"link {link.pk} lets nobody in")
    return link.person
