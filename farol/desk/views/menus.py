"""The draft of the telephone's menus: edited, tried, published with a day (R-020)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from farol.desk import menu_forms
from farol.desk.door import Visit, managers_only, page
from farol.kernel.errors import FieldsRefused, Refusal
from farol.phone import actions, queries
from farol.ui import frame, refusals
from farol.ui.words import when


class PublicationForm(forms.Form):
    use_required_attribute = False
    valid_from = forms.DateTimeField(
        label=gettext_lazy("Vale a partir de"),
        required=False,
        help_text=gettext_lazy("Em branco, vale agora."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def draft(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/ura/rascunho"""
    data = _data(visit)
    if request.method != "POST":
        return _page(request, visit, data)
    data = menu_forms.edited(data, request.POST)
    note = request.POST.get("note", "").replace("\x00", "")
    refusal = frame.attempt(lambda: _save(data, note, visit))
    if refusal is None:
        messages.success(request, _("Rascunho guardado. Cada tecla leva a algum lugar."))
        return HttpResponseRedirect(reverse("desk:menus"))
    return _page(request, visit, data, refusal=refusal)


def _save(data: dict[str, Any], note: str, visit: Visit) -> None:
    """Raises FieldsRefused; the script knows menus and services, the areas are asked here."""
    if unknown := menu_forms.unknown_areas(data):
        told = _("Uma tecla leva a uma área que não existe: {areas}.").format(areas=", ".join(unknown))
        raise FieldsRefused({"menus": [told]})
    actions.save_menus(data, by=visit.by, now=visit.now, note=note)


@require_POST
@managers_only
def publication(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /mesa/ura/rascunho/publicacao"""
    form = PublicationForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, _data(visit), form=form)
    since = form.cleaned_data["valid_from"] or visit.now
    refusal = frame.attempt(lambda: actions.publish_menus(valid_from=since, by=visit.by, now=visit.now))
    if refusal is None:
        day = when(since, now=visit.now, language=visit.language)
        messages.success(request, _("Menu publicado. Vale a partir de {day}.").format(day=day))
        return HttpResponseRedirect(reverse("desk:flow"))
    frame.show_on(form, refusal)
    return _page(request, visit, _data(visit), form=form)


@require_POST
@managers_only
def removal(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /mesa/ura/rascunho/descarte"""
    actions.discard_menus(by=visit.by)
    messages.success(request, _("Rascunho descartado."))
    return HttpResponseRedirect(reverse("desk:flow"))


def _data(visit: Visit) -> dict[str, Any]:
    """The draft, or what holds now as its beginning."""
    found = queries.draft_of_menus() or queries.menus_in_force(visit.now)
    data: dict[str, Any] = found.data
    return data


def _page(
    request: HttpRequest,
    visit: Visit,
    data: dict[str, Any],
    *,
    refusal: Refusal | None = None,
    form: PublicationForm | None = None,
) -> HttpResponse:
    is_refused = refusal is not None or (form is not None and bool(form.errors))
    return page(
        request,
        visit,
        "desk/menus.html",
        here="menus",
        status=422 if is_refused else 200,
        menus=menu_forms.shown(data),
        groups=menu_forms.choices(data),
        limits=menu_forms.limits(data),
        draft=queries.draft_of_menus(),
        form=form or PublicationForm(),
        faults=_faults(refusal),
    )


def _faults(refusal: Refusal | None) -> list[str]:
    if refusal is None:
        return []
    named: Callable[[Refusal], dict[str, list[str]]] = refusals.field_errors
    return [text for texts in named(refusal).values() for text in texts] or [frame.in_one_line(refusal)]
