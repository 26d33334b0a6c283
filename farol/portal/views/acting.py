"""The way back for a member of the staff who acts as a contact."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from farol.people.actions.acting import end_acting
from farol.people.queries import staff_actor
from farol.people.rules.acting import ACTING
from farol.portal import door


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """POST /agindo/fim"""
    visit = door.visit_of(request)
    if not visit.person.behind:
        raise Http404
    by = staff_actor(visit.person.behind, visit.by.channel, visit.by.address)
    end_acting(visit.person, by=by, now=visit.now)
    del request.session[ACTING]
    return HttpResponseRedirect("/mesa/")
