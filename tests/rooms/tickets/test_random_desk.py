"""Two agents and a customer at random on the same tickets: merges, splits, undos, words, hours.

`FAROL_RANDOM_STEPS` says how many steps; the normal run takes a few hundred. The whole is one transaction a step,
as in life, and now and then every sum is taken again.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.core.files.base import ContentFile

from farol.files import actions as files
from farol.files.models import Attachment
from farol.journal.models import Entry
from farol.kernel.actor import Actor
from farol.kernel.errors import Refusal
from farol.tickets import actions, jobs, queries
from farol.tickets.models import Link, Target, Ticket, Window, WorkEntry
from farol.tickets.rules.lifecycle import CLOSED, PAUSED, State
from farol.tickets.rules.severity import Severity
from farol.tickets.rules.windows import Asked
from tests.world import World, at

STEPS = int(os.environ.get("FAROL_RANDOM_STEPS", "400"))
SEED = int(os.environ.get("FAROL_RANDOM_SEED", "4"))
EVERY = max(100, STEPS // 20)
OPEN_AT_ONCE = 9


@dataclass
class Desk:
    """What happens at random, and what was counted while it happened."""

    world: World
    dice: random.Random
    now: datetime
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def step(self) -> None:
        self.now += timedelta(minutes=self.dice.randrange(1, 90))
        name = self.dice.choices([verb.__name__ for verb, _ in VERBS], [weight for _, weight in VERBS])[0]
        verb = next(verb for verb, _ in VERBS if verb.__name__ == name)
        try:
            verb(self)
        except Refusal as refusal:
            self.refused[refusal.code] += 1
        else:
            self.done[name] += 1

    @property
    def agent(self) -> Actor:
        return self.world.by(self.dice.choice([self.world.rafael, self.world.jussara]))

    @property
    def customer(self) -> Actor:
        return self.world.by(self.dice.choice([self.world.marina, self.world.joao]))

    @property
    def anyone(self) -> Actor:
        return self.dice.choice([self.agent, self.customer])

    def some(self) -> int:
        """An open ticket most of the time, now and then any."""
        tickets = Ticket.objects.filter(organization=self.world.serra_azul)
        numbers = list(tickets.filter(closed_at=None).order_by("pk").values_list("pk", flat=True))
        if not numbers or self.dice.random() < 0.1:
            numbers = list(tickets.order_by("-pk").values_list("pk", flat=True)[:40])
        return self.dice.choice(numbers)

    def link(self) -> Link:
        links = list(Link.objects.order_by("-pk")[:12])
        return self.dice.choice(links)


def opened(desk: Desk) -> None:
    if Ticket.objects.filter(closed_at=None).count() < OPEN_AT_ONCE:
        desk.world.open(desk.now, by=desk.dice.choice([desk.world.marina, desk.world.joao]))


def replied(desk: Desk) -> None:
    by = desk.anyone
    upload = ContentFile(b"%PDF-1.7 um arquivo", name="tela.pdf")
    kept = [files.keep(by.subject, upload, by=by).pk] if desk.dice.random() < 0.2 else []
    actions.reply(desk.some(), body=f"Mensagem {desk.now:%H%M}", by=by, now=desk.now, attachments=kept)


def noted(desk: Desk) -> None:
    actions.note(desk.some(), body="Nota.", by=desk.agent, now=desk.now)


def asked(desk: Desk) -> None:
    what = desk.dice.choice([Asked.INFORMATION, Asked.QUOTE, Asked.AUTHORIZATION])
    actions.ask_customer(desk.some(), body="Qual versão?", asked=what, by=desk.agent, now=desk.now)


def solved(desk: Desk) -> None:
    actions.send_solution(desk.some(), body="Atualize.", by=desk.agent, now=desk.now)


def judged(desk: Desk) -> None:
    number, by = desk.some(), desk.customer
    verb: Callable[..., object] = desk.dice.choice([actions.accept_solution, actions.approve, actions.decline])
    if desk.dice.random() < 0.4:
        actions.reject_solution(number, reason="Continua igual.", by=by, now=desk.now)
    else:
        verb(number, by=by, now=desk.now)


def assigned(desk: Desk) -> None:
    to = desk.dice.choice([desk.world.rafael, desk.world.jussara, None])
    actions.assign_ticket(desk.some(), to=to, by=desk.agent, now=desk.now)


def reclassified(desk: Desk) -> None:
    severity = desk.dice.choice(list(Severity))
    actions.reclassify_ticket(desk.some(), severity=severity, reason="Medido.", by=desk.agent, now=desk.now)


def transferred(desk: Desk) -> None:
    area = desk.dice.choice([desk.world.fiscal, desk.world.factory])
    actions.transfer_ticket(desk.some(), area=area, reason="É de lá.", by=desk.agent, now=desk.now)


def worked(desk: Desk) -> None:
    actions.log_work(
        desk.some(), started_at=desk.now - timedelta(minutes=desk.dice.randrange(1, 30)), ended_at=desk.now,
        activity="Análise", is_billable=desk.dice.random() < 0.5, by=desk.agent, now=desk.now,
    )  # fmt: skip


def cancelled(desk: Desk) -> None:
    actions.cancel_ticket(desk.some(), reason="Não precisa mais.", by=desk.anyone, now=desk.now)


def merged(desk: Desk) -> None:
    actions.merge_ticket(desk.some(), into=desk.some(), by=desk.agent, now=desk.now)


def linked(desk: Desk) -> None:
    is_child = desk.dice.random() < 0.5
    actions.link_ticket(desk.some(), to=desk.some(), is_child=is_child, by=desk.agent, now=desk.now)


def split(desk: Desk) -> None:
    number = desk.some()
    said = Entry.objects.filter(subject=f"ticket:{number}").exclude(body="").values_list("pk", flat=True)
    entries = desk.dice.sample(list(said), min(2, len(said)))
    actions.split_ticket(
        number, subject="Outro assunto", description="Outro assunto, dito no mesmo chamado.", entries=entries,
        by=desk.agent, now=desk.now,
    )  # fmt: skip


def undone(desk: Desk) -> None:
    if Link.objects.exists():
        link = desk.link()
        number = desk.dice.choice([link.source_id, link.target_id])
        actions.undo_link(number, link.pk, by=desk.agent, now=desk.now)


def continued(desk: Desk) -> None:
    actions.continue_ticket(desk.some(), by=desk.customer, now=desk.now)


def waited(desk: Desk) -> None:
    desk.now += timedelta(days=desk.dice.choice([1, 1, 3, 16]))
    jobs.run_deadlines(desk.now)


VERBS: list[tuple[Callable[[Desk], None], int]] = [
    (opened, 12), (replied, 16), (noted, 4), (asked, 6), (solved, 3), (judged, 5), (assigned, 6), (reclassified, 3),
    (transferred, 3), (worked, 6), (cancelled, 1), (merged, 10), (linked, 4), (split, 4), (undone, 9), (continued, 1),
    (waited, 1),
]  # fmt: skip


def roots() -> list[Ticket]:
    """The tickets that were not merged into another: each is read with all that went into it."""
    gone = Link.objects.filter(kind="duplicate", ended_at=None).values_list("source", flat=True)
    return list(Ticket.objects.exclude(pk__in=gone).order_by("pk"))


def check_sums(desk: Desk) -> None:
    """What is read in the tickets that stay is what was ever said, attached and logged, once each."""
    by = desk.world.by(desk.world.teresa)
    read: Counter[str] = Counter()
    for ticket in roots():
        ids = [entry.pk for entry in queries.timeline(ticket, by=by)]
        assert len(ids) == len(set(ids))
        read["entries"] += len(ids)
        read["files"] += len(queries.attachments(ticket, by=by))
        read["minutes"] += sum(entry.minutes for entry in queries.work(ticket))
    assert read["entries"] == Entry.objects.filter(subject__startswith="ticket:").count()
    assert read["files"] == Attachment.objects.filter(subject__startswith="ticket:").count()
    assert read["minutes"] == sum(WorkEntry.objects.values_list("minutes", flat=True))


def check_clocks() -> None:
    assert not list(queries.disagreements())
    for ticket in Ticket.objects.all():
        assert (ticket.closed_at is not None) == (ticket.state in CLOSED), ticket.pk
        if not ticket.is_closed:
            assert (ticket.paused_at is not None) == (ticket.state in PAUSED), ticket.pk
            assert ticket.windows.filter(ended_at=None).exists() == (ticket.state in PAUSED), ticket.pk
    assert not Window.objects.filter(ended_at=None, ticket__closed_at__isnull=False).exists()
    assert not Target.objects.filter(ended_at=None, ticket__closed_at__isnull=False).exists()
    running = Ticket.objects.filter(closed_at=None).values_list("pk", flat=True)
    assert set(Target.objects.filter(promise="solution", ended_at=None).values_list("ticket", flat=True)) == set(
        running
    )


def check_histories() -> None:
    """Each ticket's lines tell the states it went through, one after the other, to where it stands."""
    for ticket in Ticket.objects.all():
        state = State.OPEN.value
        last = 0
        for entry in Entry.objects.filter(subject=f"ticket:{ticket.pk}").order_by("id"):
            if "state" in entry.facts:
                before, after = entry.facts["state"]
                assert before == state, (ticket.pk, entry.pk, entry.name)
                state = after
            last = entry.pk
        assert state == ticket.state, ticket.pk
        assert ticket.last_entry_id <= last
    for link in Link.objects.filter(kind="duplicate", ended_at=None):
        assert Ticket.objects.get(pk=link.source_id).state == State.CANCELLED
        assert link.target_id not in queries.merged_into(link.source_id)


@pytest.mark.rule("R-052")
def test_whatever_two_agents_and_a_customer_do_nothing_is_lost(world: World) -> None:
    desk = Desk(world, random.Random(SEED), at("2026-03-02 09:00"))
    opened(desk)
    for number in range(1, STEPS + 1):
        desk.step()
        if number % EVERY == 0 or number == STEPS:
            check_sums(desk)
            check_clocks()
            check_histories()
    assert all(desk.done[name] for name in ("merged", "undone", "split")) or STEPS < 100
    print(f"{STEPS} steps, {Ticket.objects.count()} tickets; done {dict(desk.done)}; refused {dict(desk.refused)}")
