"""Who of the company hears of a ticket; and the link in a letter that ends it, signed in or not."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from farol.kernel.actor import Channel
from farol.notify import answerable
from farol.people import queries as people
from farol.portal import door
from farol.portal.door import Visit, contacts_only, page
from farol.portal.reading import Reading
from farol.portal.shell import outside
from farol.tickets import actions
from farol.tickets import queries as tickets
from farol.tickets.rules.following import NotAmongYours
from farol.ui.numbers import id_in


@require_http_methods(["GET", "HEAD", "POST"])
@contacts_only
def watchers(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """/chamados/118402/acompanhantes: oneself and other contacts of the company."""
    reading = Reading.of(visit, number)
    known = {person.pk for person in reading.watchers}
    choices = [person for person in tickets.watchable_by(visit.by, reading.ticket) if person.pk not in known]
    if request.method != "POST":
        return page(request, visit, "portal/watchers.html", here="tickets", reading=reading, ticket=reading.ticket,
                    choices=[person for person in choices if person.pk != reading.ticket.contact_id])  # fmt: skip
    wanted = id_in(request.POST.get("person", ""))
    person = next((person for person in choices if person.pk == wanted), None)
    if person is None and wanted not in known:
        raise NotAmongYours
    if person:
        actions.follow_ticket(number, person=person, by=visit.by, now=visit.now)
        messages.success(request, _("{name} acompanha o chamado.").format(name=person.name))
    return HttpResponseRedirect(reverse("portal:watchers", args=[number]))


@require_http_methods(["GET", "POST"])
@contacts_only
def glance(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """/chamados/118402/leitura: the page was read as far as `ate`; without scripts an image of no size tells it."""
    if (entry := id_in(request.GET.get("ate", ""))) and number < 2**63:
        actions.have_read(number, entry, by=visit.by)
    return HttpResponse(status=204)


@require_POST
@contacts_only
def removal(request: HttpRequest, visit: Visit, number: int, person_id: int) -> HttpResponse:
    """POST /chamados/118402/acompanhantes/12/remocao"""
    if actions.unfollow_ticket(number, person_id=person_id, by=visit.by, now=visit.now):
        messages.success(request, _("Quem saiu do acompanhamento não recebe mais avisos deste chamado."))
    return HttpResponseRedirect(reverse("portal:watchers", args=[number]))


@csrf_exempt  # the token is the authority; mail programs post by themselves when their reader asks (RFC 8058)
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unfollowing(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """/chamados/118402/acompanhamento/<token>: whatever follows links only sees a button; the button ends it."""
    letter = answerable.asked_by(token, salt=answerable.UNFOLLOW)
    person = people.person_signed_in(letter.person) if letter else None
    if letter is None or person is None or letter.ticket != number:
        raise Http404
    by = people.actor_of(person, Channel.EMAIL, request.META.get("REMOTE_ADDR", ""))
    ticket = tickets.ticket(number, by=by)
    if ticket is None:
        raise Http404
    with translation.override(person.language):
        if request.method == "POST":
            actions.unfollow_ticket(number, person_id=person.pk, by=by, now=door.now())
        is_over = request.method == "POST" or person not in tickets.watchers(ticket, by=by)
        facts = {"shell": outside(), "now": door.now(), "ticket": ticket, "is_over": is_over}
        return render(request, "portal/unfollowing.html", facts)
