"""All that the page of one ticket shows, gathered once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from farol.desk import blanks, context, own_queue, talk, targets, thread
from farol.desk.door import Visit, page
from farol.desk.shell import has_just_acted, standing
from farol.hours import queries as opening_hours
from farol.hours.queries import Book
from farol.people.models import Area
from farol.people.rules.staff import Right
from farol.playbook import queries as playbook
from farol.playbook.rules import filled
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket, Unsent, Window
from farol.tickets.queries import Record
from farol.tickets.rules.lifecycle import LIFE, State, Step
from farol.ui import fixed, unsent, words
from farol.ui.ledger import listed

STEPS = {
    "transferencias": Step.TRANSFER,
    "pedidos": Step.ASK_CUSTOMER,
    "solucoes": Step.SEND_SOLUTION,
    "orcamentos": Step.SEND_QUOTE,
    "autorizacoes": Step.ASK_AUTHORIZATION,
    "base": Step.ASK_AUTHORIZATION,
    "direcionamento": Step.REDIRECT,
    "cancelamento": Step.CANCEL,
    "unioes": Step.MERGE,
}
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
    book = opening_hours.book_read_with(ticket)
    schedule = book.kept(ticket.calendar_version_id)
    found = standing(request, visit.by, visit.person)
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
        thread=talk.thread(thread.conversation(ticket, record, schedule, visit, seen=seen), visit),
        typed=typed or {},
        kept_texts=left_over,
        **_context(request, visit, ticket, record, book),
        **_queue(own_queue.of(request, visit, book), ticket),
        **_doing(request, visit, ticket, typed or {}),
    )


def _context(request: HttpRequest, visit: Visit, ticket: Ticket, record: Record, book: Book) -> dict[str, Any]:
    """What stands beside the conversation."""
    hours = context.Hours(record.work)
    others = context.others_of(ticket, book, visit, anew=has_just_acted(request))
    clock = context.clock_panel(ticket, record.windows, book.kept(ticket.calendar_version_id), visit)
    return {
        "clock": clock,
        "correctable": context.correctable(ticket, record.windows, visit),
        "ledger": listed(clock.steps, language=visit.language),
        "targets": targets.lines(ticket, book, visit),
        "customer": talk.customer(ticket, context.cover_of(ticket, visit), visit),
        "hours": hours,
        "heads": _heads(ticket, clock.allowance, hours, others, visit),
        "others_lines": talk.others(others.lines, visit),
        "links": record.links,
        "watchers": tickets.watchers(ticket, by=visit.by),
    }


def _queue(beside: own_queue.OwnQueue, ticket: Ticket) -> dict[str, Any]:
    """The reader's own queue around this ticket."""
    return {
        "beside": beside,
        "listed": beside.around(ticket.pk),
        "previous": beside.before(ticket.pk),
        "next": beside.after(ticket.pk),
    }


def _doing(request: HttpRequest, visit: Visit, ticket: Ticket, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What can be done with the ticket now."""
    open_to, is_mine = may(ticket, visit), ticket.assignee_id == visit.by.person_id
    flags = (*open_to.items(), ("asks_triage", _asks_triage(ticket, visit)))
    stem, token = reverse("desk:ticket", args=[ticket.pk]), get_token(request)
    blanks = {"stem": stem, "entry": ticket.last_entry_id, "csrf_token": token}
    return {
        "may": open_to,
        "is_mine": is_mine,
        "stem": stem,
        "menu": fixed.filled("desk/head_menu.html", visit.language, flags, {"stem": stem}),
        "head_acts": fixed.filled("desk/head_acts.html", visit.language, (*flags, ("is_mine", is_mine)), blanks),
        "composer": _composer(request, ticket, open_to, typed, blanks),
        "csrf_token": token,
    }


def show_unsent(request: HttpRequest, visit: Visit, ticket: Ticket, draft: Unsent) -> HttpResponse:
    """The workspace with what the person had half written; where nothing can be written any more, to be copied."""
    if ticket.is_closed:
        return show(request, visit, ticket, left_over=[draft.body])
    typed = {"body": draft.body, "internal": "1" if draft.is_internal else "", "draft": draft}
    return show(request, visit, ticket, typed=typed)


def show_filled(request: HttpRequest, visit: Visit, ticket: Ticket, answer_id: int) -> HttpResponse:
    """The workspace with a ready answer after what was half written: how it gets there without scripts."""
    answer = playbook.answer(answer_id)
    draft = unsent.of(visit.person, ticket.pk, by=visit.by)
    texts = [draft.body if draft else "", filled(answer.text, blanks.of(ticket, visit)) if answer else ""]
    typed = {"body": "\n\n".join(filter(None, texts)), "internal": "1" if draft and draft.is_internal else ""}
    return show(request, visit, ticket, typed=typed)


def _composer(
    request: HttpRequest, ticket: Ticket, open_to: dict[str, bool], typed: Mapping[str, Any], blanks: dict[str, object]
) -> SafeString:
    """Where one writes; after a refusal with what was typed."""
    if not open_to["interacoes"]:
        return SafeString()
    facts = ("pedidos", open_to["pedidos"])
    blanks = blanks | {"number": ticket.pk, "to": _("para {name}").format(name=ticket.contact.name)}
    if typed:
        return render_to_string("desk/composer.html", {**dict([facts]), **blanks, "typed": typed})
    return fixed.filled("desk/composer.html", get_language() or "", (facts,), blanks)


def _heads(
    ticket: Ticket, allowance: int, hours: context.Hours, others: context.Others, visit: Visit
) -> dict[str, SafeString]:
    """The first line of each section beside the conversation."""
    time = words.hours(allowance, language=visit.language)
    return {
        "clock": talk.section("clock", _("Prazo de resposta"), _("{time} úteis").format(time=time)),
        "customer": talk.section("customer", ticket.organization.name, is_company=True),
        "work": talk.section("work", _("Apontamento"), _hours_about(hours, visit)),
        "others": talk.section("others", _("Da mesma empresa"), _("{count} abertos").format(count=others.count)),
        "links": talk.section("links", _("Ligado a")),
        "watchers": talk.section("watchers", _("Acompanham")) if ticket.has_watchers else SafeString(),
    }


def may(ticket: Ticket, visit: Visit) -> dict[str, bool]:
    """Which nouns the ticket takes from this reader now; the rules decide again when one is sent."""
    nouns = _may(ticket)
    return nouns if visit.person.may(Right.WORK) else dict.fromkeys(nouns, False)


def _may(ticket: Ticket) -> dict[str, bool]:
    state = State(ticket.state)
    taken = State.IN_ANALYSIS if state is State.OPEN else state  # whoever writes first has taken it
    open_ones = dict.fromkeys(
        (
            "interacoes",
            "notas",
            "responsavel",
            "severidade",
            "apontamentos",
            "divisoes",
            "responsabilidade",
            "triagem",
            "tentativas",
            "acessos",
            "copias",
            "preparo",
            "sessoes",
            "acompanhantes",
        ),
        not ticket.is_closed,
    )
    steps = {noun: (taken if step in WRITES_FIRST else state, step) in LIFE for noun, step in STEPS.items()}
    return open_ones | steps | {"ligacoes": True}


def _asks_triage(ticket: Ticket, visit: Visit) -> bool:
    return ticket.is_right_area is None and ticket.state == State.IN_ANALYSIS and visit.person.may(Right.WORK)


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
