"""What a contact chooses for themselves: language, and whether to be asked how a solution was (R-160)."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from farol.people import actions as people
from farol.portal.door import Visit, contacts_only, page
from farol.survey import actions, queries
from farol.tickets.rules.severity import Severity
from farol.ui import frame

WAITING = 10


@require_http_methods(["GET", "HEAD", "POST"])
@contacts_only
def preferences(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/preferencias"""
    if request.method == "POST":
        return _kept(request, visit)
    known = queries.preference_of(visit.person.pk)
    waiting = [
        (survey, queries.token_of(survey)) for survey in queries.waiting_for(visit.person, now=visit.now)[:WAITING]
    ]
    return page(
        request,
        visit,
        "portal/preferences.html",
        here="preferences",
        languages=settings.LANGUAGES,
        preference=known,
        severities=[(severity, severity in known.severities) for severity in Severity],
        waiting=waiting,
    )


def _kept(request: HttpRequest, visit: Visit) -> HttpResponse:
    chosen = [severity for severity in Severity if severity in request.POST.getlist("severities")]
    actions.prefer(visit.person, is_wanted=request.POST.get("is_wanted") == "1", severities=chosen)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        people.choose_language(visit.person, language)
        translation.activate(language)
    messages.success(request, _("Preferências guardadas."))
    answer = HttpResponseRedirect(reverse("portal:preferences"))
    frame.remember_language(answer, translation.get_language() or language)
    return answer
