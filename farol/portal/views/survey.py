"""The question that comes with a solution: one click in the letter chooses the score, one button sends it.

Whoever has the link has the contact's mail; nobody signs in for it. Programs that
follow every link of a letter to look for harm only ever GET: that shows the page
with the score chosen and records nothing. The answer is a POST of its form.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from farol.kernel.actor import Channel
from farol.kernel.errors import FieldsRefused
from farol.people.models import Person
from farol.people.queries import actor_of
from farol.portal import door, shell
from farol.survey import actions, queries
from farol.survey.models import Survey
from farol.survey.rules import SCORES, SurveyExpired, SurveyReplaced
from farol.ui import refusals


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """/pesquisas/<token>?nota=4: in the language that its contact chose."""
    found = queries.survey_behind(token)
    with translation.override(found.contact.language):
        if found.replaced_at:
            raise SurveyReplaced
        if queries.has_expired(found, door.now()):
            raise SurveyExpired(day=queries.expires_at(found))
        if request.method == "POST":
            return _answered(request, found, token)
        return _page(request, found, chosen=_score(request.GET.get("nota", "")))


def _answered(request: HttpRequest, survey: Survey, token: str) -> HttpResponse:
    by = actor_of(survey.contact, Channel.EMAIL, request.META.get("REMOTE_ADDR", ""))
    score, comment = _score(request.POST.get("score", "")), request.POST.get("comment", "").replace("\x00", "")
    try:
        actions.answer(survey.pk, score=score, comment=comment, by=by, now=door.now())
    except FieldsRefused as refusal:
        return _page(request, survey, chosen=score, comment=comment, refusal=refusal)
    return HttpResponseRedirect(reverse("portal:survey", args=[token]))


def _page(
    request: HttpRequest, survey: Survey, *, chosen: int | None, comment: str = "", refusal: FieldsRefused | None = None
) -> HttpResponse:
    is_theirs = isinstance(request.user, Person) and request.user.pk == survey.contact_id
    facts = {
        "shell": shell.of(survey.contact) if is_theirs else shell.outside(),
        "survey": survey,
        "ticket": survey.ticket,
        "options": [(score, _(words)) for score, words in SCORES.items()],
        "word": _(SCORES[survey.score]) if survey.score else "",
        "chosen": chosen,
        "comment": comment,
        "errors": refusals.field_errors(refusal) if refusal else {},
    }
    return render(request, "portal/survey.html", facts, status=refusal.status if refusal else 200)


def _score(text: str) -> int | None:
    return int(text) if text in map(str, SCORES) else None
