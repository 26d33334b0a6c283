"""The questions about the impact, for whoever told of the problem by mail: the link in the letter lets them in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from farol.kernel.actor import Channel
from farol.notify import answerable
from farol.people import queries as people
from farol.portal.door import now
from farol.portal.forms.impact import ImpactForm
from farol.portal.shell import outside
from farol.tickets import actions
from farol.tickets import queries as tickets
from farol.tickets.rules.severity import Reason


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def impact(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """GET and POST /chamados/<number>/impacto/<token>: shows the questions and takes the answers, nothing else."""
    letter = answerable.asked_by(token)
    person = people.person_signed_in(letter.person) if letter else None
    if letter is None or person is None or letter.ticket != number:
        raise Http404
    by = people.actor_of(person, Channel.EMAIL, request.META.get("REMOTE_ADDR", ""))
    ticket = tickets.ticket(number, by=by)
    if ticket is None:
        raise Http404
    form = ImpactForm(request.POST if request.method == "POST" else None)
    with translation.override(person.language):
        if request.method == "POST" and form.is_valid() and form.impact:
            ticket = actions.answer_impact(number, impact=form.impact, by=by, now=now())
        is_open = Reason.UNANSWERED in ticket.reasons and not ticket.is_closed
        facts = {"shell": outside(), "now": now(), "ticket": ticket, "form": form, "is_open": is_open}
        return render(request, "portal/impact.html", facts, status=422 if form.errors else 200)
