"""Rules: written by managers, followed by the house."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import Error, transaction

from farol.automation import queries
from farol.automation.actions.effects import carry_out
from farol.automation.models import Hook, Rule, Run
from farol.automation.rules.matching import (
    STOPS,
    Event,
    ManagersOnly,
    Mode,
    Outcome,
    WrittenMeanwhile,
    checked,
    holds,
    stopped_by,
)
from farol.journal.actions import because
from farol.journal.models import Entry
from farol.kernel.actor import Actor
from farol.kernel.errors import FieldsRefused, Refusal
from farol.people import queries as people
from farol.tickets.models import Ticket

RUNS_KEPT = timedelta(days=90)
LONGEST_WORDS = 300

log = logging.getLogger(__name__)


@transaction.atomic
def write_rule(
    rule_id: int | None,
    *,
    name: str,
    event: Event,
    mode: Mode,
    conditions: Mapping[str, Sequence[str]],
    effects: Mapping[str, str],
    by: Actor,
    now: datetime,
    seen: str = "",
) -> Rule:
    """The rule reads as it was written. Raises ManagersOnly, FieldsRefused, WrittenMeanwhile when `seen` is older."""
    if not by.is_manager:
        raise ManagersOnly
    refuse_overtaken(Rule.objects.select_for_update().filter(pk=rule_id).first() if rule_id else None, seen)
    name, kept = checked(name, effects)
    wanted = {key: list(values) for key, values in conditions.items() if values}
    rule, _ = Rule.objects.update_or_create(
        pk=rule_id,
        defaults={
            "name": name,
            "event": event,
            "mode": mode,
            "conditions": wanted,
            "effects": kept,
            "changed_by_id": by.person_id,
            "changed_at": now,
        },
    )
    return rule


def refuse_overtaken(row: Rule | Hook | None, seen: str) -> None:
    """Raises WrittenMeanwhile if somebody has changed the row since the page that was `seen`."""
    if row and seen and row.changed_at.isoformat() != seen:
        name = people.people_by_id([row.changed_by_id])[row.changed_by_id].name
        raise WrittenMeanwhile(name=name)


@transaction.atomic
def hear(entry: Entry, *, now: datetime) -> list[Run]:
    """Every rule that this entry sets off has done its work, or its log says why not.

    Safe to repeat: a rule runs once for each entry. What a rule does is told with
    the rules that led to it, so that one that is set off by itself is known and stopped.
    """
    rules = list(queries.hearing(entry.name))
    ticket = queries.ticket_of(entry) if rules else None
    if ticket is None:
        return []
    chain = [int(number) for number in entry.facts.get("rules", [])]
    runs = []
    for rule in rules:
        facts = queries.facts_of(entry, ticket)
        if holds(rule.conditions, facts) and not Run.objects.filter(rule=rule, entry_id=entry.pk).exists():
            runs.append(_run(rule, entry, ticket, chain, now))
            ticket = queries.ticket_of(entry) or ticket  # the next rule sees what this one did
    return runs


def forget_runs(now: datetime) -> int:
    """What rules did longer ago than 90 days is told by the journal alone; answers how many runs are gone."""
    return Run.objects.filter(ran_at__lt=now - RUNS_KEPT).delete()[0]


def _run(rule: Rule, entry: Entry, ticket: Ticket, chain: Sequence[int], now: datetime) -> Run:
    stop = stopped_by(rule.pk, chain=chain, today=queries.acted_since(rule, ticket.pk, now))
    if stop:
        outcome, words = Outcome.STOPPED, STOPS[stop]
    elif rule.mode == Mode.REHEARSAL:
        outcome, words = Outcome.REHEARSED, ""
    else:
        outcome, words = _done(rule, entry, ticket, chain, now)
    return Run.objects.create(
        rule=rule,
        entry_id=entry.pk,
        ticket=ticket,
        outcome=outcome,
        words=words[:LONGEST_WORDS],
        effects=rule.effects,
        ran_at=now,
    )


def _done(rule: Rule, entry: Entry, ticket: Ticket, chain: Sequence[int], now: datetime) -> tuple[Outcome, str]:
    """All of the rule's effects or none: one that is refused takes the others back."""
    try:
        with transaction.atomic(), because([*chain, rule.pk], rule.name):
            carry_out(rule.effects, ticket, source=f"rule:{rule.pk}:{entry.pk}", now=now)
    except FieldsRefused as refusal:
        return Outcome.REFUSED, " ".join(text for texts in refusal.errors.values() for text in texts)
    except Refusal as refusal:
        return Outcome.REFUSED, str(refusal)
    except Error:  # the database, not the rule: the whole entry is heard again later
        raise
    except Exception as error:  # one rule gone wrong must not hold up the others; its log says so
        log.exception("rule %s failed for ticket %s", rule.pk, ticket.pk)
        return Outcome.FAILED, f"{type(error).__name__}: {error}"
    return Outcome.DONE, ""
