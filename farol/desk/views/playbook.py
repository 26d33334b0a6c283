"""Ready answers: what each team keeps, and the picker beside the composer."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from farol.desk import blanks
from farol.desk.door import Visit, allowed, page, staff_only
from farol.desk.workspace import ticket_or_404
from farol.people.models import Area
from farol.people.rules.staff import Right
from farol.playbook import actions, queries
from farol.playbook.models import ReadyAnswer
from farol.playbook.rules import BLANKS, filled
from farol.ui import frame


class AnswerForm(forms.Form):
    use_required_attribute = False
    area = forms.ChoiceField(
        label=gettext_lazy("Equipe"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Escolha a equipe.")),
    )
    title = forms.CharField(label=gettext_lazy("Título"), required=False)
    text = forms.CharField(label=gettext_lazy("Texto"), widget=forms.Textarea(attrs={"rows": 8}), required=False)

    def __init__(self, *args: Any, areas: list[Area], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.areas = {str(area.pk): area for area in areas}
        self.fields["area"].choices = [(key, area.name) for key, area in self.areas.items()]  # type: ignore[attr-defined]

    def clean_area(self) -> Area:
        return self.areas[self.cleaned_data["area"]]


@require_safe
@allowed(Right.ANSWERS)
def listing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/modelos"""
    mine = {area.pk for area in queries.areas_written_by(visit.by)}
    groups = [(area, area.pk in mine, list(rows)) for area, rows in groupby(queries.answers(), lambda row: row.area)]
    return page(request, visit, "desk/playbook.html", here="playbook", groups=groups, may_write=bool(mine))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.ANSWERS)
def answer(request: HttpRequest, visit: Visit, answer_id: int | None = None) -> HttpResponse:
    """/mesa/modelos/novo, /mesa/modelos/7"""
    found = queries.answer(answer_id) if answer_id else None
    areas = queries.areas_written_by(visit.by)
    if (answer_id and found is None) or not areas or (found and found.area_id not in {area.pk for area in areas}):
        raise Http404
    if request.method != "POST":
        start = {"area": found.area_id, "title": found.title, "text": found.text} if found else {}
        return _asked(request, visit, AnswerForm(areas=areas, initial=start), found)
    form = AnswerForm(request.POST, areas=areas)
    if not form.is_valid():
        return _asked(request, visit, form, found, status=422)
    refusal = frame.attempt(lambda: actions.write_answer(answer_id, **form.cleaned_data, by=visit.by, now=visit.now))
    if refusal:
        frame.show_on(form, refusal)
        return _asked(request, visit, form, found, status=refusal.status)
    messages.success(request, _("Modelo guardado."))
    return HttpResponseRedirect(reverse("desk:playbook"))


@require_POST
@allowed(Right.ANSWERS)
def removal(request: HttpRequest, visit: Visit, answer_id: int) -> HttpResponse:
    """POST /mesa/modelos/7/remocao"""
    actions.remove_answer(answer_id, by=visit.by, now=visit.now)
    messages.success(request, _("Modelo removido."))
    return HttpResponseRedirect(reverse("desk:playbook"))


@require_safe
@staff_only
def picker(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """GET /mesa/chamados/118402/modelos: filled in for this ticket, those of its area first."""
    ticket = ticket_or_404(number, visit)
    facts = blanks.of(ticket, visit)
    rows = [(row, filled(row.text, facts)) for row in queries.answers_for(ticket.area_id)]
    stem = reverse("desk:ticket", args=[number])
    return page(request, visit, "desk/picker.html", ticket=ticket, rows=rows, stem=stem)


def _asked(
    request: HttpRequest, visit: Visit, form: AnswerForm, found: ReadyAnswer | None, *, status: int = 200
) -> HttpResponse:
    known = [("{{" + name + "}}", _(meaning)) for name, meaning in BLANKS.items()]
    return page(
        request, visit, "desk/playbook_answer.html", here="playbook", status=status, form=form, found=found, known=known
    )
