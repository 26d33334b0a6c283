"""The numbers that a contact identifies themselves by on the telephone (R-017, R-027)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from farol.catalog import queries as catalog
from farol.people import actions
from farol.portal.door import Visit, page
from farol.portal.forms.access import PinForm
from farol.portal.proven import proven
from farol.portal.views.first_access import steps
from farol.ui import frame


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("pin")
@proven
def pin(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/conta/telefone, ?primeiro=1 as the last step of the first access"""
    if visit.person.is_staff_member:
        raise Http404
    form, status = PinForm(request.POST or None), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            chosen = form.cleaned_data["pin"]
            refusal = frame.attempt(lambda: actions.choose_pin(visit.person, chosen))
            if refusal is None:
                messages.success(request, _("Senha do telefone guardada. Ela não é mostrada de novo."))
                return HttpResponseRedirect(_following(request, visit))
            form.add_error("pin", frame.in_one_line(refusal))
    is_first = request.GET.get("primeiro") == "1"
    return page(
        request,
        visit,
        "portal/telephone_pin.html",
        status=status,
        form=form,
        is_first=is_first,
        steps=steps(visit.person, "", 3) if is_first else [],
        following=_following(request, visit),
        telephone=catalog.vendor().telephone,
    )


def _following(request: HttpRequest, visit: Visit) -> str:
    if request.GET.get("primeiro") != "1":
        return reverse("portal:account")
    return reverse("portal:contacts" if visit.person.is_administrator else "portal:home")
