"""What waits for a person: the tasks of one's areas, the oldest first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from farol.desk.call_words import spoken
from farol.desk.door import Visit, page, staff_only
from farol.desk.shell import standing
from farol.phone import queries as phone
from farol.tickets import actions
from farol.tickets import queries as tickets
from farol.ui import frame, refusals

LISTED = 50
OTHERS = "todas"


@require_safe
@staff_only
def tasks(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/pendencias, ?areas=todas for those of the whole centre."""
    return _page(request, visit)


@require_POST
@staff_only
def conclusion(request: HttpRequest, visit: Visit, task_id: int) -> HttpResponse:
    """POST /mesa/pendencias/7/conclusao"""
    outcome = request.POST.get("outcome", "").replace("\x00", "")
    refusal = frame.attempt(lambda: actions.finish_task(task_id, outcome=outcome, by=visit.by, now=visit.now))
    if refusal is None:
        messages.success(request, _("Pendência concluída."))
        return HttpResponseRedirect(reverse("desk:tasks"))
    if not refusals.field_errors(refusal):
        raise refusal
    return _page(request, visit, status=refusal.status, refused=task_id, error=frame.in_one_line(refusal))


def _page(request: HttpRequest, visit: Visit, *, status: int = 200, refused: int = 0, error: str = "") -> HttpResponse:
    is_whole = request.GET.get("areas") == OTHERS
    after = request.GET.get("depois", "")
    found = tickets.open_tasks(
        visit.by,
        areas=[] if is_whole else standing(request, visit.by, visit.person).team_ids,
        after=int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else 0,
        limit=LISTED + 1,
    )
    backs = [] if after else phone.call_backs_of([] if is_whole else standing(request, visit.by, visit.person).team_ids)
    facts: dict[str, Any] = {"tasks": found[:LISTED], "is_whole": is_whole, "refused": refused, "error": error}
    facts["call_backs"] = [(back, spoken(back.call, now=visit.now)) for back in backs]
    facts["next"] = found[LISTED - 1].pk if len(found) > LISTED else 0
    return page(request, visit, "desk/tasks.html", here="tasks", status=status, **facts)
