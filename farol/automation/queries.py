"""Questions about rules: which hear an event, what they find, what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from farol.automation.models import Delivery, Hook, Rule, Run
from farol.automation.rules.matching import Mode, Outcome, holds
from farol.journal import queries as journal
from farol.journal.models import Entry
from farol.kernel.actor import HOUSE, Side
from farol.people import queries as people
from farol.statements.literal import Literal
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket

LOOKED_BACK = 50_000
REPLAYED, SHOWN = 200, 50
DAY = timedelta(days=1)


def rules() -> QuerySet[Rule]:
    return Rule.objects.order_by("name", "id")


def rule(rule_id: int) -> Rule | None:
    return Rule.objects.filter(pk=rule_id).first()


def hearing(event: str) -> QuerySet[Rule]:
    """The rules that this event may set off, the oldest first."""
    return Rule.objects.filter(event=event).exclude(mode=Mode.OFF).order_by("id")


def runs_of(rule: Rule) -> QuerySet[Run]:
    return Run.objects.filter(rule=rule).select_related("ticket").order_by("-id")


def acted_since(rule: Rule, ticket_id: int, now: datetime) -> int:
    """How often the rule acted on the ticket in the last day."""
    return Run.objects.filter(rule=rule, ticket_id=ticket_id, outcome=Outcome.DONE, ran_at__gt=now - DAY).count()


def ticket_of(entry: Entry) -> Ticket | None:
    return tickets.ticket(int(entry.subject.partition(":")[2]), by=HOUSE)


def facts_of(entry: Entry, ticket: Ticket) -> dict[str, str]:
    """What conditions are asked of: the ticket as it is now, and who did what just happened."""
    said = "" if entry.name == "ticket.opened" else entry.body
    return {
        "severity": ticket.severity,
        "kind": ticket.kind,
        "channel": ticket.channel,
        "state": ticket.state,
        "area": str(ticket.area_id),
        "product": str(ticket.product_id),
        "assigned": "yes" if ticket.assignee_id else "no",
        "by": _side(entry),
        "customer": f"{ticket.organization.name} {ticket.organization.legal_name} {ticket.organization.cnpj}",
        "text": f"{ticket.subject} {ticket.description} {said}",
    }


def _side(entry: Entry) -> Side:
    if entry.actor_id is None:
        return Side.HOUSE
    person = people.people_by_id([entry.actor_id]).get(entry.actor_id)
    return Side.STAFF if person and person.is_staff_member else Side.CUSTOMER


@dataclass(frozen=True, slots=True)
class Hit:
    """A moment of the past for which the rule would hold, for the ticket as it is now."""

    entry: Entry
    ticket: Ticket


def replay(rule: Rule) -> Iterator[Hit]:
    """Where the rule would have held lately; nothing is done."""
    for entry in journal.latest_named(rule.event, look_back=LOOKED_BACK)[:REPLAYED]:
        ticket = ticket_of(entry)
        if ticket and holds(rule.conditions, facts_of(entry, ticket)):
            yield Hit(entry, ticket)


def hooks() -> QuerySet[Hook]:
    return Hook.objects.order_by("name", "id")


def hook(hook_id: int) -> Hook | None:
    return Hook.objects.filter(pk=hook_id).first()


def hooks_told(event: str) -> QuerySet[Hook]:
    """The programs that want to know of this event."""
    return Hook.objects.filter(is_active=True, events__contains=[event]).order_by("id")


def deliveries_of(hook: Hook) -> QuerySet[Delivery]:
    return Delivery.objects.filter(hook=hook).order_by("-id")


def first_waiting(hook: Hook) -> Delivery | None:
    """What was queued first: a receiver hears things in their order."""
    return Delivery.objects.filter(hook=hook, state=Literal("queued")).order_by("id").first()


def hooks_waited_for() -> list[int]:
    """The active hooks for which messages wait."""
    waiting = Delivery.objects.filter(state=Literal("queued"), hook__is_active=True)
    return list(waiting.order_by("hook").values_list("hook", flat=True).distinct())


def message_of(entry: Entry, ticket: Ticket) -> dict[str, object]:
    """What a program is told. The words of what only the staff may read stay in the house."""
    return {
        "type": entry.name,
        "timestamp": entry.happened_at.isoformat(),
        "data": {
            "entry": entry.pk,
            "by": _side(entry),
            "body": "" if entry.is_internal else entry.body,
            "ticket": {
                "number": ticket.pk,
                "subject": ticket.subject,
                "kind": ticket.kind,
                "state": ticket.state,
                "severity": ticket.severity,
                "organization": {"id": ticket.organization_id, "name": ticket.organization.name},
                "product": {"id": ticket.product_id, "name": ticket.product.name},
                "area": {"id": ticket.area_id, "name": ticket.area.name},
                "opened_at": ticket.opened_at.isoformat(),
                "due_at": ticket.due_at.isoformat(),
                "url": f"{settings.PUBLIC_URL}/mesa/chamados/{ticket.pk}",
            },
        },
    }
