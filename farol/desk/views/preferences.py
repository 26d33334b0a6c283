"""What a member of the staff chooses for themselves: language, and single-key shortcuts."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from farol.desk.door import Visit, allowed, page
from farol.people import actions as people
from farol.people.rules.staff import Right
from farol.ui import frame


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.READ)
def preferences(request: HttpRequest, visit: Visit) -> HttpResponse:
    if request.method != "POST":
        return page(request, visit, "desk/preferences.html", languages=settings.LANGUAGES)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        people.choose_language(visit.person, language)
        translation.activate(language)
    people.choose_shortcuts(visit.person, wanted=request.POST.get("has_shortcuts") == "1")
    messages.success(request, _("Preferências guardadas."))
    answer = HttpResponseRedirect(reverse("desk:preferences"))
    frame.remember_language(answer, translation.get_language() or language)
    return answer
