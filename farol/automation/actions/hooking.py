"""Webhooks: set up by managers, told in order, tried again, and given up after three days."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from farol.automation import queries
from farol.automation.actions.posting import NotDelivered, post
from farol.automation.actions.ruling import refuse_overtaken
from farol.automation.models import Delivery, Hook
from farol.automation.rules.hooks import DELIVERIES_KEPT, GIVEN_UP_AFTER, SECRET, checked, signature, wait_after
from farol.automation.rules.matching import Event, ManagersOnly
from farol.journal.models import Entry
from farol.kernel.actor import Actor

DELIVER = "automation.deliver"
LAST, BEFORE_LAST = -10, -9
"""Other work of the house goes first; a receiver that dawdles holds up nobody else."""
AT_A_TIME = 20
TRIAL = "ping"


@transaction.atomic
def write_hook(
    hook_id: int | None,
    *,
    name: str,
    url: str,
    events: Sequence[Event],
    is_active: bool,
    by: Actor,
    now: datetime,
    seen: str = "",
) -> Hook:
    """The hook is as it was written; a new one has a secret.

    Raises ManagersOnly, FieldsRefused, WrittenMeanwhile when `seen` is older.
    """
    if not by.is_manager:
        raise ManagersOnly
    refuse_overtaken(Hook.objects.select_for_update().filter(pk=hook_id).first() if hook_id else None, seen)
    name, url = checked(name, url, events, networks=settings.HOOK_NETWORKS)
    told = {"name": name, "url": url, "events": list(events), "is_active": is_active}
    told |= {"failures": 0, "changed_by_id": by.person_id, "changed_at": now}
    fresh = {"secret": SECRET + base64.b64encode(secrets.token_bytes(32)).decode()}
    hook, _ = Hook.objects.update_or_create(pk=hook_id, defaults=told, create_defaults=told | fresh)
    if is_active:
        _wake(hook.pk, priority=BEFORE_LAST)
    return hook


@transaction.atomic
def queue_messages(entry: Entry, *, now: datetime) -> list[Delivery]:
    """Every program that wants to know of `entry` has one message waiting. Safe to repeat."""
    hooks = list(queries.hooks_told(entry.name))
    ticket = queries.ticket_of(entry) if hooks else None
    if ticket is None:
        return []
    body = json.dumps(queries.message_of(entry, ticket), ensure_ascii=False)
    return [delivery for hook in hooks if (delivery := _queued(hook, entry.name, body, now, entry_id=entry.pk))]


def try_hook(hook_id: int, *, by: Actor, now: datetime) -> Delivery | None:
    """A message that tells of nothing waits for the hook: does it arrive? Raises ManagersOnly."""
    hook = _managed(hook_id, by)
    body = json.dumps({"type": TRIAL, "timestamp": now.isoformat(), "data": {}})
    return _queued(hook, TRIAL, body, now, priority=BEFORE_LAST)


@transaction.atomic
def send_again(delivery_id: int, *, by: Actor, now: datetime) -> None:
    """A message that was given up waits again, as if it were new. Raises ManagersOnly."""
    if not by.is_manager:
        raise ManagersOnly
    given_up = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.FAILED)
    if given_up.update(state=Delivery.State.QUEUED, queued_at=now, ended_at=None):
        _wake(Delivery.objects.get(pk=delivery_id).hook_id, priority=BEFORE_LAST)


def deliver(hook_id: int, *, now: datetime) -> timedelta | None:
    """What waits for the hook is sent in its order, until one fails; answers how long to wait with what is left.

    One hook is served by one job at a time, so that a receiver who never answers holds
    up its own messages alone. A worker killed between sending and noting sends again,
    with the same id.
    """
    for _ in range(AT_A_TIME):
        hook = queries.hook(hook_id)
        delivery = queries.first_waiting(hook) if hook and hook.is_active else None
        if hook is None or delivery is None:
            return None
        if now - delivery.queued_at > GIVEN_UP_AFTER:
            _end(delivery, Delivery.State.FAILED, now)
        elif not _attempt(hook, delivery, now):
            return wait_after(hook.failures)
    return timedelta()


def go_on_later(hook_id: int, *, wait: timedelta) -> None:
    """A job serves the hook again after `wait`, unless one is waiting already."""
    _wake(hook_id, wait=wait)


def wake_hooks() -> None:
    """Every hook for which messages wait has a job.

    A message that is committed just after the job it counted on has looked for more would wait for the next one.
    """
    for hook_id in queries.hooks_waited_for():
        _wake(hook_id)


def forget_deliveries(now: datetime) -> int:
    """Messages older than 30 days are gone from the log; answers how many."""
    old = Delivery.objects.filter(queued_at__lt=now - DELIVERIES_KEPT).exclude(state=Delivery.State.QUEUED)
    return old.delete()[0]


def _attempt(hook: Hook, delivery: Delivery, now: datetime) -> bool:
    body, id = delivery.body.encode(), f"farol_{delivery.pk}"
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Farol-Webhooks/1",
        "webhook-id": id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature(hook.secret, id=id, at=int(now.timestamp()), body=body),
    }
    delivery.attempts += 1
    try:
        answer = post(hook.url, body, headers, networks=settings.HOOK_NETWORKS)
        delivery.status, delivery.answer, is_good = answer.status, answer.text, answer.is_good
    except NotDelivered as trouble:
        delivery.status, delivery.answer, is_good = None, str(trouble)[:500], False
    hook.failures = 0 if is_good else min(hook.failures + 1, 1000)
    Hook.objects.filter(pk=hook.pk).update(failures=hook.failures)
    _end(delivery, Delivery.State.SENT if is_good else Delivery.State.QUEUED, now)
    return is_good


def _end(delivery: Delivery, state: Delivery.State, now: datetime) -> None:
    delivery.state = state
    delivery.ended_at = None if state == Delivery.State.QUEUED else now
    delivery.save(update_fields=["state", "attempts", "status", "answer", "ended_at"])


def _queued(
    hook: Hook, event: str, body: str, now: datetime, *, entry_id: int | None = None, priority: int = LAST
) -> Delivery | None:
    told = {"event": event, "body": body, "queued_at": now}
    if entry_id is None:
        delivery, is_new = Delivery.objects.create(hook=hook, **told), True
    else:
        delivery, is_new = Delivery.objects.get_or_create(hook=hook, entry_id=entry_id, defaults=told)
    if is_new:
        _wake(hook.pk, priority=priority)
    return delivery if is_new else None


def _wake(hook_id: int, *, priority: int = LAST, wait: timedelta | None = None) -> None:
    """A job serves the hook, one at a time; with more than the last priority it overtakes one that waits."""
    name = f"hook:{hook_id}"
    job = app.configure_task(
        DELIVER,
        queue="hooks",
        priority=priority,
        lock=name,
        queueing_lock=f"{name}:{priority}",
        schedule_in={"seconds": int(wait.total_seconds())} if wait else None,
    )
    try:
        with transaction.atomic():
            job.defer(hook_id=hook_id)
    except AlreadyEnqueued:
        return


def _managed(hook_id: int, by: Actor) -> Hook:
    if not by.is_manager:
        raise ManagersOnly
    return Hook.objects.get(pk=hook_id)
