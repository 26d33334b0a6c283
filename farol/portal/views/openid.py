"""Coming in by the word of a company's OpenID provider."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from farol.people.actions import openid
from farol.people.rules.openid import Provider
from farol.portal import door
from farol.portal.entering import Wish, go_on

LIFE = 600


@login_not_required
@never_cache
@require_GET
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """/entrar/openid/<provider>"""
    provider = _provider(provider_id)
    way = openid.begin(provider, answer_to=_answer_to(provider), wanted=request.GET.get("next", ""), now=door.now())
    answer = HttpResponseRedirect(way.url)
    answer.set_cookie(_cookie(provider), way.cookie, LIFE, secure=settings.IS_HTTPS, httponly=True, samesite="Lax")
    return answer


@login_not_required
@never_cache
@require_GET
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """/entrar/openid/<provider>/volta"""
    provider = _provider(provider_id)
    entry = openid.finish(
        provider,
        request.GET.dict(),
        request.COOKIES.get(_cookie(provider), ""),
        answer_to=_answer_to(provider),
        address=door.address(request),
        now=door.now(),
    )
    answer = go_on(request, entry.person, Wish(entry.next), way=f"openid {provider.id}", is_double=entry.is_double)
    answer.delete_cookie(_cookie(provider), samesite="Lax")
    return answer


def _provider(id: str) -> Provider:
    provider = openid.provider_named(id)
    if provider is None:
        raise Http404
    return provider


def _cookie(provider: Provider) -> str:
    return f"{settings.OPENID_COOKIE_NAME}-{provider.id}"


def _answer_to(provider: Provider) -> str:
    """The address that is registered at the provider."""
    return settings.PUBLIC_URL + reverse("portal:openid_back", args=[provider.id])
