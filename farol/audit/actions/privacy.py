"""Keeping, holding, answering: what the law on personal data asks of us, each on the trail."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max
from procrastinate.contrib.django import app

from farol.audit.actions import record
from farol.audit.models import Hold, Incident, Link, Remark, Request, Term
from farol.audit.rules import Act
from farol.audit.rules.privacy import DataClass, IdentityUnproven, Wish, WordsMissing, check_term, request_due
from farol.kernel.actor import HOUSE, Actor

ORDER = "house.privacy"
PRUNE = """
    DELETE FROM audit_record r USING audit_link l
    WHERE l.record_id = r.id AND l.position <= %s AND r.name <> 'audit.pruned'
"""


@transaction.atomic
def set_term(data_class: DataClass, days: int, *, by: Actor, now: datetime) -> None:
    """This class of data is kept for so many days (R-238). Raises TermRefused."""
    check_term(data_class, days)
    before = Term.objects.filter(pk=data_class).values_list("days", flat=True).first()
    Term.objects.update_or_create(data_class=data_class, defaults={"days": days})
    record(Act.RETENTION_CHANGED, by, f"class:{data_class}", {"days": [before, days]}, at=now)


@transaction.atomic
def place_hold(subject: str, *, reason: str, by: Actor, now: datetime) -> Hold:
    """Nothing of this subject is deleted from now on (R-238). Raises WordsMissing."""
    hold, is_new = Hold.objects.get_or_create(
        subject=subject[:60],
        lifted_at=None,
        defaults={"reason": _words(reason)[:400], "placed_at": now, "placed_by": by.person_id},
    )
    if is_new:
        record(Act.HOLD_PLACED, by, hold.subject, {"reason": hold.reason}, at=now)
    return hold


@transaction.atomic
def lift_hold(hold_id: int, *, by: Actor, now: datetime) -> None:
    for hold in Hold.objects.select_for_update().filter(pk=hold_id, lifted_at=None):
        hold.lifted_at = now
        hold.save(update_fields=["lifted_at"])
        record(Act.HOLD_LIFTED, by, hold.subject, at=now)


def prove_deletion(data_class: DataClass, ids: Collection[int], *, before: datetime) -> None:
    """What was deleted is on the trail: how many, older than when, and a digest of which (R-238)."""
    if ids:
        digest = hashlib.sha256(",".join(map(str, sorted(ids))).encode()).hexdigest()
        facts = {"count": len(ids), "before": before.isoformat(), "digest": digest}
        record(Act.RETENTION_RUN, HOUSE, f"class:{data_class}", facts)


@transaction.atomic
def prune_trail(before: datetime) -> int:
    """Records older than that are gone, their links stay, and the trail says up to where; answers how many."""
    through = Link.objects.filter(linked_at__lt=before).aggregate(last=Max("position"))["last"]
    if not through:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL farol.pruning = 'on'")
        cursor.execute(PRUNE, [through])
        count = int(cursor.rowcount)
        cursor.execute("SET LOCAL farol.pruning = 'off'")
    if count:
        record(Act.TRAIL_PRUNED, HOUSE, "audit", {"through": through, "count": count})
    return count


@transaction.atomic
def receive_request(
    wish: Wish, *, email: str, person_id: int | None, words: str, identity: str, by: Actor, now: datetime
) -> Request:
    """A person's request stands in its own queue, due in fifteen days (R-239)."""
    request = Request.objects.create(
        wish=wish,
        email=email[:254],
        person_id=person_id,
        words=words.replace("\x00", ""),
        identity=identity.replace("\x00", "").strip()[:400],
        received_at=now,
        due_on=request_due(now),
    )
    record(Act.REQUEST_RECEIVED, by, f"request:{request.pk}", {"wish": wish, "person": person_id}, at=now)
    return request


@transaction.atomic
def order(request_id: int, *, identity: str, by: Actor, now: datetime) -> None:
    """The house gathers the person's data, or erases it, in the background. Raises IdentityUnproven (R-239)."""
    request = Request.objects.select_for_update().get(pk=request_id)
    request.identity = identity.replace("\x00", "").strip()[:400] or request.identity
    if len(request.identity) < 10 or request.person_id is None:
        raise IdentityUnproven
    request.ordered_at = now
    request.save(update_fields=["identity", "ordered_at"])
    act = Act.PERSON_ERASED if request.wish == Wish.ERASURE else Act.PERSON_EXPORTED
    record(act, by, f"person:{request.person_id}", {"request": request.pk, "ordered": True}, at=now)
    app.configure_task(ORDER, queueing_lock=f"{ORDER}:{request.pk}").defer(request_id=request.pk)


def report(request_id: int, told: Mapping[str, object], *, file_id: int | None = None) -> None:
    """What the house did for the request."""
    Request.objects.filter(pk=request_id).update(report=dict(told), file_id=file_id)


@transaction.atomic
def answer_request(request_id: int, *, answer: str, by: Actor, now: datetime) -> None:
    """The person was answered with these words. Raises WordsMissing."""
    request = Request.objects.select_for_update().get(pk=request_id)
    request.answer, request.answered_at = _words(answer), now
    request.save(update_fields=["answer", "answered_at"])
    record(Act.REQUEST_ANSWERED, by, f"request:{request.pk}", at=now)


@transaction.atomic
def open_incident(
    *, title: str, words: str, known_at: datetime, tell_by: date, complete_by: date, by: Actor, now: datetime
) -> Incident:
    """An incident is on record, with the days by which the authority and the people are told (R-240)."""
    incident = Incident.objects.create(
        title=_words(title)[:200], words=_words(words), known_at=known_at, tell_by=tell_by, complete_by=complete_by
    )
    record(Act.INCIDENT_OPENED, by, f"incident:{incident.pk}", {"tell_by": tell_by.isoformat()}, at=now)
    return incident


@transaction.atomic
def add_to_incident(
    incident_id: int, *, words: str, told_authority: bool, told_people: bool, is_closed: bool, by: Actor, now: datetime
) -> None:
    """The incident has gone on; an instant that is written down stays. Raises WordsMissing."""
    incident = Incident.objects.select_for_update().get(pk=incident_id)
    Remark.objects.create(incident=incident, words=_words(words), at=now, by_id=by.person_id)
    incident.authority_told_at = incident.authority_told_at or (now if told_authority else None)
    incident.people_told_at = incident.people_told_at or (now if told_people else None)
    incident.closed_at = incident.closed_at or (now if is_closed else None)
    incident.save(update_fields=["authority_told_at", "people_told_at", "closed_at"])
    record(Act.INCIDENT_CHANGED, by, f"incident:{incident.pk}", at=now)


def _words(text: str) -> str:
    text = text.replace("\x00", "").strip()
    if len(text) < 3:
        raise WordsMissing
    return text
