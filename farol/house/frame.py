"""What stands around every page of the doors: who may come in, in which language, and where refusals are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from farol.house import wrong
from farol.house.sessions import lacks_second_factor, person_of_session
from farol.kernel.errors import Refusal
from farol.people.actions import visits
from farol.people.models import Person
from farol.people.rules.visits import SEEN_EVERY
from farol.portal.forms.sign_in import SignInForm
from farol.portal.views import sign_in
from farol.ui import kept

DOORS = {"portal", "desk"}
NOT_THAT_WAY = 405
FIRST_OF_ALL = {
    f"portal:{name}" for name in ("account", "confirmation", "code_app", "passkey", "sign_in", "sign_out", "sessions")
}
"""Where a second factor is made, and the way out."""


class People(ModelBackend):
    """Django's own way in; a person comes with their session and their company, in one query."""

    def get_user(self, user_id: int) -> Person | None:
        return person_of_session(user_id)


class Private:
    """What was shown to somebody signed in is theirs alone, and no copy of it stays when they have gone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code < 500 and request.session.accessed and SESSION_KEY in request.session:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class Language:
    """Pages speak the language that the person chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if _is_page(request) and isinstance(request.user, Person):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()


class SignedIn(LoginRequiredMiddleware):
    """Whoever is not signed in signs in first; what was being sent comes along and is not lost."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        if not _is_page(request):
            return None
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is None and isinstance(request.user, Person):
            seen(request)
            return proven_twice(request, request.user)
        return answer

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:  # type: ignore[override]
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        if request.method in {"GET", "HEAD"}:
            return redirect_to_login(request.get_full_path(), reverse("portal:sign_in"))
        page = wrong.way_back(request)
        typed = kept.packed(page.partition("?")[0], kept.typed(request.POST))
        notice = _("Sua sessão terminou. Entre de novo: o que você escreveu está guardado.")
        if request.FILES:
            notice += " " + _("Os anexos precisam ser escolhidos outra vez.")
        return sign_in.show(request, SignInForm(), next_url=page, typed=typed, notice=notice, status=401)


def seen(request: HttpRequest) -> None:
    """Now and then it is noted that the person was here; a page does not write."""
    last, now = getattr(request.session, "seen_at", None), timezone.now()
    if last and now - last > SEEN_EVERY:
        visits.see(str(request.session.session_key), address=str(request.META.get("REMOTE_ADDR", "")), now=now)


def proven_twice(request: HttpRequest, person: Person) -> HttpResponse | None:
    """Where the operator wants it, a person does nothing before they have a second factor and have shown it."""
    if person.behind or not lacks_second_factor(person, request.session):
        return None
    if request.resolver_match and request.resolver_match.view_name in FIRST_OF_ALL:
        return None
    messages.error(request, _("Para continuar é preciso um segundo fator. Ligue um aqui, ou entre de novo."))
    return HttpResponseRedirect(reverse("portal:account"))


class Refusals:
    """Where every refusal that a view lets through becomes a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == NOT_THAT_WAY and request.method in {"GET", "HEAD"} and _is_page(request):
            page = wrong.not_that_way(request)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return wrong.refused(request, exception) if isinstance(exception, Refusal) and _is_page(request) else None


def _is_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.app_names and match.app_names[0] in DOORS)
