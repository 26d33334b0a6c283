"""Recordings: matched by name when they arrive, kept with a fingerprint, heard with a trace (R-091, R-092)."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from farol.audit import actions as audit
from farol.kernel.actor import Actor
from farol.kernel.errors import gettext_noop
from farol.people import queries as people
from farol.people.models import Area, Person
from farol.people.rules.staff import Right
from farol.phone.models import Call, Tape
from farol.phone.rules.recordings import (
    LATE_AFTER,
    SUFFIXES,
    ListeningForbidden,
    NotTheirRecording,
    Obligation,
    RecordingNotThere,
    RecordingState,
    call_in,
    kept_until,
    obligation,
)
from farol.tickets import actions as tickets
from farol.tickets.models import Task
from farol.tickets.rules.tasks import TaskKind

SETTLED = timedelta(seconds=10)
"""A file that was written to so lately may still be growing."""
TYPES = {".wav": "audio/wav", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".gsm": "audio/x-gsm"}
LATE = gettext_noop("A gravação obrigatória desta ligação não chegou.")
ASKED = gettext_noop("{name} pede a gravação da ligação. Confira a identidade antes de entregar.")


@transaction.atomic
def await_tape(call: Call, *, is_refused: bool = False) -> Tape | None:
    """A call that has ended has a recording to come, or one that the caller refused (R-091, R-241)."""
    kind = obligation(call.route_target, is_refused=is_refused)
    if kind is Obligation.NONE or call.ended_at is None or call.answered_at is None:
        return None
    told = {"obligation": kind, "ended_at": call.ended_at, "kept_until": kept_until(call.ended_at, call.route_target)}
    tape, _ = Tape.objects.get_or_create(call=call, defaults={"name": call.recording, **told})
    return tape


def gather(folder: Path, *, now: datetime) -> int:
    """Every file that has come is kept with the call it is named after; answers how many. Others stay there."""
    count = 0
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        is_sound = path.suffix.lower() in SUFFIXES and path.is_file() and not path.is_symlink()
        if is_sound and now.timestamp() - path.stat().st_mtime >= SETTLED.total_seconds():
            count += take_in(path, now=now)
    return count


@transaction.atomic
def take_in(path: Path, *, now: datetime) -> bool:
    """The file is the recording of its call, whenever it comes; the first one counts (R-091)."""
    call = _named(path)
    if call is None or call.ended_at is None:
        return False
    tape = await_tape(call)
    if tape is None:
        return False
    tape = Tape.objects.select_for_update().get(pk=tape.pk)
    if tape.state in {RecordingState.AWAITED, RecordingState.MISSING}:
        content = path.read_bytes()
        tape.digest, tape.size = hashlib.sha256(content).hexdigest(), len(content)
        tape.storage_key = default_storage.save(
            f"recordings/{tape.digest[:2]}/{tape.digest}{path.suffix}", ContentFile(content)
        )
        tape.media_type, tape.name = TYPES[path.suffix.lower()], path.stem[:120]
        tape.state, tape.arrived_at = RecordingState.ARRIVED, now
        tape.save()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return True


def listen(tape_id: int, *, person: Person, by: Actor) -> tuple[Tape, bytes]:
    """The sound, for whoever has a reason to hear it; that they did is on the trail (R-092).

    Raises RecordingNotThere or ListeningForbidden.
    """
    tape = Tape.objects.select_related("call__ticket").filter(pk=tape_id).first()
    if tape is None or tape.state != RecordingState.ARRIVED:
        raise RecordingNotThere
    is_theirs = person.pk in {tape.call.agent_id, tape.call.ticket.assignee_id if tape.call.ticket else None}
    if not (person.may(Right.MANAGE) or (person.may(Right.RECORDINGS) and is_theirs)):
        raise ListeningForbidden
    audit.record("recording.heard", by, f"call:{tape.call_id}", {"digest": tape.digest})
    with default_storage.open(tape.storage_key) as file:
        content: bytes = file.read()
    return tape, content


@transaction.atomic
def ask_for_recording(call: Call, *, asker: Person, by: Actor, now: datetime) -> Task:
    """The customer wants the recording: CST checks who asks, and gives it (R-092). Raises RecordingNotThere."""
    if call.ticket_id is None:
        raise RecordingNotThere
    office = people.area_of_kind(Area.Kind.ADMINISTRATIVE)
    task, _ = tickets.raise_task(
        call.ticket_id, kind=TaskKind.RECORDING, source=f"recording:{call.pk}", now=now, by=by, area=office,
        words=ASKED.format(name=asker.name),
    )  # fmt: skip
    return task


@transaction.atomic
def deliver(tape_id: int, *, to: Person, how: str, by: Actor, now: datetime) -> Tape:
    """The recording was given to whom it belongs, and how that was made sure of is on the trail (R-092).

    Whoever spoke in it gets it, nobody else of the company: the voice is theirs.
    Raises RecordingNotThere or NotTheirRecording.
    """
    tape = Tape.objects.select_for_update(of=("self",)).select_related("call").filter(pk=tape_id).first()
    if tape is None or tape.state != RecordingState.ARRIVED:
        raise RecordingNotThere
    if tape.call.person_id != to.pk:
        raise NotTheirRecording(name=to.name)
    facts = {"digest": tape.digest, "to": to.pk, "identity": how.strip()[:200]}
    audit.record("recording.delivered", by, f"call:{tape.call_id}", facts)
    return tape


def sweep(*, now: datetime) -> tuple[int, int]:
    """Mandatory recordings that never came are somebody's task, and old ones are deleted; answers how many of each."""
    late = Tape.objects.filter(state=RecordingState.AWAITED, ended_at__lt=now - LATE_AFTER).select_related("call")
    missing = sum(_miss(tape, now=now) for tape in late)
    old = Tape.objects.filter(state=RecordingState.ARRIVED, kept_until__lt=now)
    return missing, sum(_expire(tape.pk) for tape in old)


@transaction.atomic
def _miss(tape: Tape, *, now: datetime) -> bool:
    Tape.objects.filter(pk=tape.pk, state=RecordingState.AWAITED).update(state=RecordingState.MISSING)
    if tape.obligation == Obligation.MANDATORY and tape.call.ticket_id:
        tickets.raise_task(tape.call.ticket_id, kind=TaskKind.RECORDING, source=f"tape:{tape.pk}", now=now, words=LATE)
    return True


@transaction.atomic
def _expire(tape_id: int) -> bool:
    """The sound is gone; its fingerprint says what it was (R-238)."""
    tape = Tape.objects.select_for_update().get(pk=tape_id)
    key, tape.storage_key, tape.state = tape.storage_key, "", RecordingState.EXPIRED
    tape.save(update_fields=["storage_key", "state"])
    if key and not Tape.objects.filter(storage_key=key).exists():
        transaction.on_commit(lambda: default_storage.delete(key))
    return True


def _named(path: Path) -> Call | None:
    by_name = Call.objects.filter(recording__in=[path.name, path.stem]).order_by("-id").first()
    key = call_in(path.name)
    return by_name or (Call.objects.filter(door=Call.Door.AGI, key=key).order_by("-id").first() if key else None)
