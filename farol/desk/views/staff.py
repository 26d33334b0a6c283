"""Who works here, as what, in which areas."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from farol.desk.door import Visit, allowed, page
from farol.desk.staff_forms import StaffForm
from farol.people import queries as people
from farol.people.actions import staff as actions
from farol.people.models import Person
from farol.people.rules.staff import RIGHTS, WORDS, Right, Role
from farol.ui import frame


@require_safe
@allowed(Right.READ)
def first(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/: where this person's work begins."""
    if visit.person.may(Right.WORK):
        return HttpResponseRedirect(reverse("desk:mine"))
    return HttpResponseRedirect(reverse("desk:portfolio" if visit.person.may(Right.PORTFOLIO) else "desk:search"))


@require_safe
@allowed(Right.STAFF)
def staff(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/pessoas"""
    areas = people.areas_of_all()
    rows = [(person, _word(person.role), ", ".join(areas[person.pk])) for person in people.all_staff()]
    return page(request, visit, "desk/staff.html", here="staff", rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.STAFF)
def person(request: HttpRequest, visit: Visit, person_id: int) -> HttpResponse:
    """/mesa/pessoas/7"""
    found = people.all_staff().filter(pk=person_id).first() if person_id < 2**63 else None
    if found is None:
        raise Http404
    if request.method != "POST":
        return _asked(request, visit, found, StaffForm.of(found))
    form = StaffForm(request.POST)
    if not form.is_valid():
        return _asked(request, visit, found, form, status=422)
    refusal = frame.attempt(lambda: actions.change_staff(found.pk, **form.cleaned_data, by=visit.by, now=visit.now))
    if refusal:
        frame.show_on(form, refusal)
        return _asked(request, visit, found, form, status=refusal.status)
    messages.success(request, _("Acesso de {name} guardado.").format(name=found.name))
    return HttpResponseRedirect(reverse("desk:staff"))


def _asked(request: HttpRequest, visit: Visit, found: Person, form: StaffForm, *, status: int = 200) -> HttpResponse:
    return page(
        request, visit, "desk/staff_person.html", here="staff", status=status, found=found, form=form, table=_table()
    )


def _table() -> list[tuple[str, str]]:
    """Each role with what it may, as the rules have it."""
    words = {
        Right.WORK: _("atende chamados"),
        Right.INNER: _("lê notas internas"),
        Right.ANSWERS: _("escreve modelos"),
        Right.EXPORT: _("exporta listas"),
        Right.MAIL: _("cuida do correio"),
        Right.FINANCE: _("vê o financeiro"),
        Right.RECORDINGS: _("ouve gravações"),
        Right.CUSTOMERS: _("cadastra clientes"),
        Right.PORTFOLIO: _("acompanha a própria carteira"),
        Right.MANAGE: _("configura o atendimento"),
        Right.STAFF: _("dá papéis à equipe"),
        Right.TRAIL: _("lê a trilha"),
        Right.PRIVACY: _("responde pelos dados pessoais"),
        Right.ACT_AS: _("age por um contato"),
    }
    return [(_word(role), ", ".join(word for right, word in words.items() if right in RIGHTS[role])) for role in Role]


def _word(role: str) -> str:
    return _(WORDS[Role(role)]) if role in WORDS else "–"
