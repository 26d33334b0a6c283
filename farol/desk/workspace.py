"""All that the page of one ticket shows, gathered once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from farol.desk import context, own_queue, talk, thread
from farol.desk.door import Visit, page
from farol.desk.shell import standing
from farol.hours import queries as opening_hours
from farol.people.models import Area
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket, Window
from farol.tickets.rules.lifecycle import LIFE, State, Step
from farol.ui import words

STEPS = {
    "transferencias": Step.TRANSFER,
    "pedidos": Step.ASK_CUSTOMER,
    "solucoes": Step.SEND_SOLUTION,
    "orcamentos": Step.SEND_QUOTE,
    "autorizacoes": Step.ASK_AUTHORIZATION,
    "direcionamento": Step.REDIRECT,
    "cancelamento": Step.CANCEL,
}
DIALOGS = {
    "transferencias": "t", "solucoes": "s", "apontamentos": "h", "responsavel": "", "severidade": "", "orcamentos": "",
    "autorizacoes": "", "direcionamento": "", "cancelamento": "",
}  # fmt: skip
ACT_LINK = 'href="{0}" hx-get="{0}" hx-target="#act-body" hx-select="#act > *" hx-swap="innerHTML"{1}'
WRITES_FIRST = {Step.ASK_CUSTOMER, Step.SEND_SOLUTION, Step.SEND_QUOTE, Step.ASK_AUTHORIZATION}


def ticket_or_404(number: int, visit: Visit) -> Ticket:
    ticket = tickets.ticket(number, by=visit.by)
    if ticket is None:
        raise Http404
    return ticket


def show(
    request: HttpRequest,
    visit: Visit,
    ticket: Ticket,
    *,
    typed: Mapping[str, Any] | None = None,
    seen: int | None = None,
    left_over: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The workspace; after a refusal with what was `typed`, and what came after `seen` marked as new.

    `left_over` are texts that waited for this page and have no field in it.
    """
    record = tickets.record(ticket, by=visit.by)
    book = opening_hours.book()
    schedule = book.kept(ticket.calendar_version_id)
    found = standing(request, visit.by, visit.person)
    hours = context.Hours(record.work)
    others = context.others_of(ticket, book, visit)
    clock = context.clock_panel(ticket, record.windows, schedule, visit)
    beside = own_queue.of(request, visit, book)
    return page(
        request,
        visit,
        "desk/ticket.html",
        status=status,
        here="mine" if ticket.assignee_id == visit.by.person_id else "",
        ticket=ticket,
        about=" · ".join(filter(None, (ticket.product.name, ticket.module.name if ticket.module else ""))),
        situation=_situation(ticket, record.windows, found.team_ids),
        with_customer=_with_customer(ticket, record.windows, visit),
        thread=talk.thread(thread.conversation(ticket, record.entries, schedule, visit, seen=seen), visit),
        clock=clock,
        correctable=context.correctable(ticket, record.windows, visit),
        ledger=talk.ledger(clock.steps, visit),
        contract=context.contract_of(ticket, visit),
        hours=hours,
        hours_about=_hours_about(hours, visit),
        others=others,
        others_lines=talk.others(others.lines, visit),
        others_about=_("{count} abertos").format(count=others.count),
        links=[(_tie(kind), other) for kind, other in record.links],
        beside=beside,
        listed=beside.around(ticket.pk),
        previous=beside.before(ticket.pk),
        next=beside.after(ticket.pk),
        may=may(ticket),
        act=act_links(ticket.pk),
        is_mine=ticket.assignee_id == visit.by.person_id,
        typed=typed or {},
        kept_texts=left_over,
    )


def act_links(number: int) -> dict[str, SafeString]:
    """For each dialog the attributes of a link to it: a page of its own, and in the workspace's dialog with scripts."""
    stem = reverse("desk:ticket", args=[number])
    return {
        noun: format_html(ACT_LINK, f"{stem}/{noun}", format_html(' data-key="{}"', key) if key else "")
        for noun, key in DIALOGS.items()
    }


def may(ticket: Ticket) -> dict[str, bool]:
    """Which nouns the ticket takes now; the rules decide again when one is sent."""
    state = State(ticket.state)
    taken = State.IN_ANALYSIS if state is State.OPEN else state  # whoever writes first has taken it
    open_ones = dict.fromkeys(
        ("interacoes", "notas", "responsavel", "severidade", "apontamentos"), not ticket.is_closed
    )
    steps = {noun: (taken if step in WRITES_FIRST else state, step) in LIFE for noun, step in STEPS.items()}
    return open_ones | steps


def _situation(ticket: Ticket, windows: Sequence[Window], team: Sequence[int]) -> dict[str, Any]:
    is_elsewhere = ticket.area.kind != Area.Kind.SUPPORT and ticket.area_id not in team
    postponed = [window.last_day for window in windows if window.ended_at is None and window.is_postponed]
    return {"area": ticket.area.with_name if is_elsewhere else "", "until": postponed[0] if postponed else None}


def _with_customer(ticket: Ticket, windows: Sequence[Window], visit: Visit) -> str:
    """Why there is nothing to do here now, in the place of the buttons."""
    if not ticket.is_paused:
        return ""
    last_day = next((window.last_day for window in windows if window.ended_at is None), None)
    day = words.day(last_day, language=visit.language) if last_day else ""
    return _("Com o cliente até {day}").format(day=day)


def _hours_about(hours: context.Hours, visit: Visit) -> str:
    total = words.duration(hours.total, language=visit.language)
    if hours.billable == hours.total:
        return _("{time} · faturável").format(time=total) if hours.total else ""
    if not hours.billable:
        return _("{time} · sem faturar").format(time=total)
    billable = words.duration(hours.billable, language=visit.language)
    return _("{time} · {billable} a faturar").format(time=total, billable=billable)


def _tie(kind: str) -> str:
    return _("Continua o chamado") if kind == "continues" else _("Continua no chamado")
