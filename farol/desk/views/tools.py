"""The tools for remote sessions: everybody reads the list, managers keep it (R-082)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from farol.catalog import actions, queries
from farol.desk.door import Visit, page, staff_only


class ToolForm(forms.Form):
    """A name that is known already corrects that tool."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Nome da ferramenta"),
        max_length=80,
        error_messages={"required": gettext_lazy("Diga o nome da ferramenta.")},
    )
    url = forms.URLField(label=gettext_lazy("Endereço"), required=False, assume_scheme="https")
    is_approved = forms.BooleanField(label=gettext_lazy("Homologada"), required=False)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if not slugify(name):
            raise forms.ValidationError(_("Diga o nome da ferramenta."))
        return name


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def tools(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/ferramentas"""
    if request.method == "POST" and not visit.person.is_manager:
        raise Http404
    form = ToolForm(request.POST) if request.method == "POST" else ToolForm(initial={"is_approved": True})
    if form.is_bound and form.is_valid():
        known = {tool.name: tool.code for tool in queries.tools()}
        name = form.cleaned_data["name"]
        actions.define_tool(code=known.get(name, slugify(name)[:40]), **form.cleaned_data)
        messages.success(request, _("Ferramenta guardada."))
        return HttpResponseRedirect(reverse("desk:tools"))
    status = 422 if form.is_bound else 200
    return page(request, visit, "desk/tools.html", here="tools", status=status, tools=queries.tools(), form=form)
