"""Contacts from a spreadsheet: everything is shown before anything is saved (R-010, R-011)."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from farol.files import actions as files
from farol.files import queries as kept_files
from farol.files.models import Attachment
from farol.kernel.errors import Refusal
from farol.people.actions import contacts as actions
from farol.people.queries import contacts as queries
from farol.people.rules import batch
from farol.people.rules.batch import NothingChosen, Row, Sheet, SheetRefused, SheetTooLong
from farol.people.rules.contacts import SERVICES, Service
from farol.portal.door import Visit, page
from farol.portal.views.contacts import administrators_only
from farol.ui import frame, sheets
from farol.ui.numbers import id_in


@require_safe
@administrators_only
def model(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """GET /contatos/modelo.csv: a sheet with one person in it, to be written over."""
    head = [_("Nome"), _("E-mail"), _("Função"), _("Serviços")]
    person = ["Ana Reis", "ana.reis@empresa.example", "Fiscal", f"{_('Suporte')}, {_('Downloads')}"]
    return sheets.sheet(_("contatos"), head, [person], language=visit.language)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def upload(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/contatos/importacao"""
    if request.method != "POST":
        return _asked(request, visit)
    sent = request.FILES.get("sheet")
    if sent is None:
        return _asked(request, visit, error=_("Escolha o arquivo."), status=422)
    stored: list[Attachment] = []
    refusal = frame.attempt(lambda: stored.append(_taken(sent, visit)))
    if refusal:
        return _asked(request, visit, error=frame.in_one_line(refusal), status=refusal.status)
    return HttpResponseRedirect(reverse("portal:contact_preview", args=[stored[0].pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def preview(request: HttpRequest, visit: Visit, file_id: int) -> HttpResponse:
    """/contatos/importacao/7: a GET shows every line, a POST invites those that were chosen, all or none."""
    file = next((one for one in kept_files.attached_to(visit.by.subject) if one.pk == file_id), None)
    if file is None:
        raise Http404
    sheet = _judged(_content(file), visit)
    if request.method != "POST":
        return _shown(request, visit, file, sheet, _fitting(sheet, visit))
    numbers = {id_in(text) for text in request.POST.getlist("line")}
    chosen = [row for row in sheet.good if row.line in numbers]
    refusal = frame.attempt(lambda: _invite(chosen, visit))
    if refusal:
        return _shown(request, visit, file, sheet, chosen, refusal=refusal)
    files.drop(file)
    said = ngettext("{count} convite enviado.", "{count} convites enviados.", len(chosen))
    messages.success(request, said.format(count=len(chosen)))
    return HttpResponseRedirect(reverse("portal:contacts"))


def _taken(sent: UploadedFile, visit: Visit) -> Attachment:
    """The file lies in the person's own tray, if it can be read at all. Raises SheetRefused and what files refuse."""
    if (sent.size or 0) > batch.MOST_OCTETS:
        raise SheetTooLong(most=batch.MOST_ROWS)
    batch.read(sent.read())
    sent.seek(0)
    return files.keep(visit.by.subject, sent, by=visit.by)


def _content(file: Attachment) -> bytes:
    if file.size > batch.MOST_OCTETS:
        raise SheetRefused
    content = kept_files.content_of(file, range(file.size))
    try:
        return content.read()
    finally:
        content.close()


def _judged(content: bytes, visit: Visit) -> Sheet:
    sheet = batch.read(content)
    known = queries.addresses_known(row.details.email for row in sheet.rows if row.details.email)
    here = {email: person.is_active for email, person in known.items() if person.organization_id == visit.company.pk}
    return batch.judged(sheet, here=here, elsewhere=[email for email in known if email not in here])


def _fitting(sheet: Sheet, visit: Visit) -> Sequence[Row]:
    return sheet.good[: queries.places_of(visit.company).free]


def _invite(chosen: Sequence[Row], visit: Visit) -> None:
    if not chosen:
        raise NothingChosen
    actions.invite_contacts(visit.company.pk, [row.details for row in chosen], by=visit.by, now=visit.now)


def _asked(request: HttpRequest, visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    return page(request, visit, "portal/contact_sheet.html", here="contacts", status=status, error=error)


def _shown(
    request: HttpRequest,
    visit: Visit,
    file: Attachment,
    sheet: Sheet,
    chosen: Sequence[Row],
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    lines = {row.line for row in chosen}
    return page(
        request,
        visit,
        "portal/contact_preview.html",
        here="contacts",
        status=refusal.status if refusal else 200,
        file=file,
        good=[(row, row.line in lines, _words(row)) for row in sheet.good],
        bad=[(row, [_(fault) for fault in row.faults]) for row in sheet.bad],
        places=queries.places_of(visit.company),
        refused=frame.in_two_lines(refusal) if refusal else (),
    )


def _words(row: Row) -> str:
    return ", ".join(_(SERVICES[Service(one)]) for one in row.details.services)
