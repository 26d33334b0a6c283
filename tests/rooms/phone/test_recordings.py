"""Recordings: they come with their call's name, late or never; who hears one is on the trail (R-091, R-092)."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from farol.audit.models import Record
from farol.people.models import Person
from farol.phone import actions
from farol.phone.actions import Snapshot, recordings
from farol.phone.models import Call, Tape
from farol.phone.rules.recordings import (
    ListeningForbidden,
    NotTheirRecording,
    RecordingNotThere,
    RecordingState,
    name_for,
)
from farol.tickets.models import Task
from tests.world import World, at

NOW = at("2026-11-24 09:00")
KEY = "1732450000.7"


def ended(world: World, *, route: str = "suporte-fiscal", person: Person | None = None) -> Call:
    ticket = world.open(NOW)
    call = Snapshot(door="agi", key=KEY, started_at=NOW, state=Call.State.QUEUED, ticket_id=ticket.pk)
    call.route_kind, call.route_target, call.route_reason, call.routed_at = "fila", route, "area", NOW
    call.person_id = (person or world.marina).pk
    (number,) = actions.write_down([call])
    actions.connect(number, agent=world.rafael, now=NOW)
    actions.end_call("agi", KEY, now=NOW + timedelta(minutes=5))
    return Call.objects.get(pk=number)


def left(folder: Path, name: str = name_for(KEY, "2026-11-24") + ".wav", sound: bytes = b"RIFFsound") -> Path:
    path = folder / name
    path.write_bytes(sound)
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    return path


@pytest.mark.rule("R-091")
def test_a_recording_is_known_by_its_calls_name_however_late_it_comes(world: World, tmp_path: Path) -> None:
    call = ended(world)
    assert Tape.objects.get(call=call).state == RecordingState.AWAITED
    recordings.sweep(now=NOW + timedelta(days=2))
    assert Tape.objects.get(call=call).state == RecordingState.MISSING
    left(tmp_path)
    assert recordings.gather(tmp_path, now=NOW + timedelta(days=3)) == 1
    tape = Tape.objects.get(call=call)
    assert (tape.state, tape.size, len(tape.digest)) == (RecordingState.ARRIVED, 9, 64)
    assert recordings.gather(tmp_path, now=NOW + timedelta(days=3)) in {0, 1}


@pytest.mark.parametrize("name", ["x.wav", "20261124-1-1.wav", "20261124-1732450000-7.txt", "..wav"])
def test_files_of_no_call_stay_where_they_are(world: World, tmp_path: Path, name: str) -> None:
    ended(world)
    path = left(tmp_path, name)
    assert recordings.gather(tmp_path, now=NOW + timedelta(days=1)) == 0
    assert path.exists()
    assert recordings.gather(tmp_path / "nowhere", now=NOW) == 0


def test_a_file_that_still_grows_waits_for_the_next_look(world: World, tmp_path: Path) -> None:
    ended(world)
    path = left(tmp_path)
    os.utime(path, (NOW.timestamp() + 3, NOW.timestamp() + 3))
    assert recordings.gather(tmp_path, now=NOW + timedelta(seconds=9)) == 0


@pytest.mark.rule("R-091")
def test_a_mandatory_recording_that_never_comes_is_a_task_once(world: World) -> None:
    ended(world, route="consultoria-fiscal")
    for day in (2, 3):
        recordings.sweep(now=NOW + timedelta(days=day))
    assert Task.objects.filter(kind="recording").count() == 1


@pytest.mark.rule("R-092")
def test_who_cares_for_the_ticket_or_manages_listens_and_it_is_on_the_trail(world: World, tmp_path: Path) -> None:
    call = ended(world)
    left(tmp_path)
    recordings.gather(tmp_path, now=NOW + timedelta(days=1))
    tape = Tape.objects.get(call=call)
    for person in (world.rafael, world.teresa):
        assert recordings.listen(tape.pk, person=person, by=world.by(person))[1] == b"RIFFsound"
    with pytest.raises(ListeningForbidden):
        recordings.listen(tape.pk, person=world.jussara, by=world.by(world.jussara))
    assert Record.objects.filter(name="recording.heard", subject=f"call:{call.pk}").count() == 2


@pytest.mark.rule("R-092")
def test_a_recording_is_asked_for_and_given_only_to_whose_voice_it_is(world: World, tmp_path: Path) -> None:
    call = ended(world)
    by = world.by(world.teresa)
    for _ in range(2):
        recordings.ask_for_recording(call, asker=world.marina, by=by, now=NOW)
    assert Task.objects.filter(kind="recording").count() == 1
    tape = Tape.objects.get(call=call)
    with pytest.raises(RecordingNotThere):
        recordings.deliver(tape.pk, to=world.marina, how="CPF", by=by, now=NOW)
    left(tmp_path)
    recordings.gather(tmp_path, now=NOW + timedelta(days=1))
    with pytest.raises(NotTheirRecording, match="João"):
        recordings.deliver(tape.pk, to=world.joao, how="CPF", by=by, now=NOW)
    recordings.deliver(tape.pk, to=world.marina, how="CPF e senha", by=by, now=NOW)
    assert Record.objects.filter(name="recording.delivered").count() == 1


@pytest.mark.rule("R-238")
def test_at_the_end_of_its_days_the_sound_goes_and_the_fingerprint_stays(
    world: World, tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    call = ended(world)
    left(tmp_path, sound=b"RIFFlast")
    recordings.gather(tmp_path, now=NOW + timedelta(days=1))
    key = Tape.objects.get(call=call).storage_key
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        recordings.sweep(now=NOW + timedelta(days=91))
    tape = Tape.objects.get(call=call)
    assert (tape.state, tape.storage_key, len(tape.digest)) == (RecordingState.EXPIRED, "", 64)
    assert not default_storage.exists(key)
