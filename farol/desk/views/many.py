"""Several tickets taken at once: each for itself, and a report of those that could not be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from farol.desk.door import Visit, staff_only
from farol.tickets import actions
from farol.ui.frame import attempt
from farol.ui.refusals import said


@dataclass(frozen=True, slots=True)
class Chosen:
    """A selected row: the ticket, and the last entry that stood behind it on the page."""

    number: int
    seen: int


@require_POST
@staff_only
def take_many(request: HttpRequest, visit: Visit) -> HttpResponse:
    taken, refused = 0, []
    for chosen in chosen_in(request.POST.getlist("ticket")):
        if refusal := attempt(partial(_take, chosen, visit)):
            refused.append(f"{chosen.number}: {said(refusal)}")
        else:
            taken += 1
    if taken:
        text = ngettext("{count} chamado agora é seu.", "{count} chamados agora são seus.", taken)
        messages.success(request, text.format(count=taken))
    for text in refused:
        messages.error(request, text)
    if not taken and not refused:
        messages.error(request, _("Selecione os chamados que você quer assumir."))
    return HttpResponseRedirect(way_back(request))


def _take(chosen: Chosen, visit: Visit) -> None:
    actions.assign_ticket(chosen.number, to=visit.person, by=visit.by, now=visit.now, seen=chosen.seen)
    actions.have_acted(chosen.number, seen=chosen.seen, by=visit.by)


def chosen_in(values: list[str]) -> list[Chosen]:
    found = []
    for value in values:
        number, _dot, seen = value.partition(".")
        if number.isdecimal() and seen.isdecimal() and len(value) < 40:
            found.append(Chosen(int(number), int(seen)))
    return found


def way_back(request: HttpRequest) -> str:
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else reverse("desk:mine")
