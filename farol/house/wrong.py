"""The pages for what went wrong on a page: refused, not there, not yours, broken. Each names a way on."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from django import db
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from farol.access import actions as access
from farol.access.rules import CustomerInDebt
from farol.kernel.actor import Channel
from farol.kernel.errors import Refusal
from farol.people.models import Person
from farol.people.queries import actor_of
from farol.portal import shell
from farol.portal.door import now
from farol.portal.forms.sign_in import SignInForm
from farol.portal.views import sign_in, standing
from farol.ui import kept, refusals
from farol.ui.shell import Shell

AWAY = (db.OperationalError, db.InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
RETRY_AFTER = 10
"""Seconds after which it is worth trying again."""

log = logging.getLogger("farol.wrong")


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as a page: the sentence, what can be done, what was typed, and the way back."""
    if isinstance(refusal, CustomerInDebt) and (person := _person(request)):
        moment = now()
        access.note_refusal(
            refusal, by=actor_of(person, Channel.PORTAL, request.META.get("REMOTE_ADDR", "")), now=moment
        )
        if not person.is_staff_member:
            return standing.shut(request, refusal, now=moment)
    texts = [text for texts in refusals.field_errors(refusal).values() for text in texts]
    text = " ".join(texts) or refusals.remedy(refusal)
    page = _page(request, refusal.status, refusals.said(refusal), text, code=refusal.code)
    if refusal.retry_after:
        page["Retry-After"] = str(refusal.retry_after)
    return page


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if _is_staff(request):
        text = _("O endereço não existe, ou o que há nele não está aberto para o seu papel.")
    else:
        text = _("O endereço não existe, ou o que há nele não é da sua empresa. Confira o número do protocolo.")
    return _page(request, 404, _("Não encontramos esta página"), text)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if _is_staff(request):
        text = _("Esta página não está aberta para o seu papel. Fale com quem dá papéis à equipe.")
    else:
        text = _(
            "Esta página não está liberada para o seu acesso. Fale com o administrador de contatos da sua empresa."
        )
    return _page(request, 403, _("Esta página não é para você"), text)


def not_that_way(request: HttpRequest) -> HttpResponse:
    """An address that only takes what a page sends, opened by hand, by a reload or after signing in again."""
    text = _("Volte à página de onde você veio e faça por lá. Nada mudou.")
    return _page(request, 405, _("Este endereço só recebe formulários"), text)


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Without reading what was sent: it may be what was wrong."""
    text = _("Volte à página, confira o que enviou e repita.")
    return _page(request, 400, _("Não entendemos este pedido"), text, is_readable=False)


def broken(request: HttpRequest) -> HttpResponse:
    """Without the session, the person or the database: any of them may be what broke.

    A database out of reach is no bug of ours: 503 says that the same will work later.
    """
    protocol = _protocol()
    is_outage = is_database_away(sys.exc_info()[1])
    status = 503 if is_outage else 500
    log.error("%s: %s %s %s", protocol, status, request.method, request.path, exc_info=sys.exc_info())
    facts = {
        "shell": shell.outside(),
        "title": _("O serviço está fora do ar por um momento") if is_outage else _("Algo falhou do nosso lado"),
        "text": _("O que foi confirmado antes está guardado. Tente de novo em alguns minutos."),
        "protocol": protocol,
        "url": way_back(request),
        "action": _("Tentar de novo"),
    }
    headers = {"Retry-After": str(RETRY_AFTER)} if is_outage else {}
    return HttpResponse(render_to_string("house/wrong.html", facts), status=status, headers=headers)


def is_database_away(error: BaseException | None) -> bool:
    """The connection failed: told by Django, by the driver, or by the queue of jobs in its own words."""
    known: set[int] = set()
    while error is not None and id(error) not in known:
        if isinstance(error, AWAY):
            return True
        known.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was older than the sign-in it was sent with (or came from elsewhere): nothing was done, nothing lost."""
    notice = _("A página ficou aberta por muito tempo. Confira e envie de novo.")
    if request.path == reverse("portal:sign_in"):
        typed, next_url = request.POST.get("kept", ""), request.POST.get("next", "")
        form = SignInForm(initial={"email": request.POST.get("email", "")})
        return sign_in.show(request, form, next_url=next_url, typed=typed, notice=notice, status=403)
    return _page(request, 403, _("Nada foi enviado ainda"), notice, code=reason)


def way_back(request: HttpRequest) -> str:
    """The page that the form or link was on; else the nearest page above this address."""
    referer = request.META.get("HTTP_REFERER", "")
    found = urlsplit(referer)
    is_elsewhere = found.path != request.path or request.method == "POST"
    if is_elsewhere and url_has_allowed_host_and_scheme(referer, _hosts(request)):
        return f"{found.path}?{found.query}" if found.query else found.path
    path = request.path.rstrip("/")
    while path := path.rpartition("/")[0]:
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"


def _page(
    request: HttpRequest, status: int, title: str, text: str, *, code: str = "", is_readable: bool = True
) -> HttpResponse:
    protocol = _protocol()
    log.info("%s: %s %s %s %s", protocol, status, code, request.method, request.path)
    typed: Mapping[str, list[str]] = kept.typed(request.POST) if is_readable and request.method == "POST" else {}
    back = way_back(request)
    if typed and _person(request):
        kept.keep(request, back, typed)
    facts = {
        "shell": _shell(request),
        "title": title,
        "text": text,
        "protocol": protocol,
        "url": back,
        "kept_texts": kept.words(typed),
    }
    return render(request, "house/wrong.html", facts, status=status)


def _hosts(request: HttpRequest) -> set[str]:
    """The name we were called by, if it is one of ours: a wrong one may be what went wrong."""
    try:
        return {request.get_host()}
    except DisallowedHost:
        return set()


def _shell(request: HttpRequest) -> Shell:
    person = _person(request)
    return shell.of(person) if person else shell.outside()


def _person(request: HttpRequest) -> Person | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, Person) else None


def _is_staff(request: HttpRequest) -> bool:
    person = _person(request)
    return person is not None and person.is_staff_member


def _protocol() -> str:
    return f"P-{uuid4().hex[:8].upper()}"
