"""The pipe: kept is 0, anything else is 75, and the mail server offers the mail again."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import nullcontext

import pytest
from django.core.files.storage import default_storage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farol.house import command_line
from farol.house.embedded import at_hand
from farol.mail import queries
from farol.mail.models import Received
from tests.rooms.mail.post import mail
from tests.world import World


@pytest.fixture(autouse=True)
def _database_at_hand(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own."""
    monkeypatch.setattr(at_hand, "database_at_hand", nullcontext)


def piped(raw: bytes, *arguments: str) -> int:
    stdin, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(raw))
    try:
        return command_line.main(["mail", "receive", *arguments])
    finally:
        sys.stdin = stdin


def test_what_comes_through_the_pipe_is_kept_with_its_envelope(world: World) -> None:
    raw = mail(world.marina).as_bytes()
    assert piped(raw, "--from", "marina@serraazul.example", "--to", "a@farol.example", "--to", "b@farol.example") == 0
    kept = Received.objects.get()
    assert queries.content_of(kept) == raw
    assert (kept.source, kept.envelope_from, kept.recipients) == (
        "pipe", "marina@serraazul.example", ["a@farol.example", "b@farol.example"],
    )  # fmt: skip


@pytest.mark.parametrize("sender", ["", "<>"])
def test_the_null_path_is_told_apart_from_no_path(world: World, sender: str) -> None:
    assert piped(mail(world.marina).as_bytes(), "--from", sender) == 0
    assert piped(mail(world.marina).as_bytes()) == 0
    assert list(Received.objects.order_by("pk").values_list("envelope_from", flat=True)) == ["", None]


def test_a_disk_that_takes_nothing_leaves_no_row_and_asks_for_another_try(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "_save", full, raising=False)
    assert piped(mail(world.marina).as_bytes()) == 75
    assert not Received.objects.exists()


@given(raw=st.binary(max_size=300), sender=st.text(max_size=20), to=st.lists(st.text(max_size=20), max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_and_no_envelope_make_the_command_fail(world: World, raw: bytes, sender: str, to: list[str]) -> None:
    assert piped(raw, f"--from={sender}", *(f"--to={address}" for address in to)) == 0


@pytest.mark.slow
def test_without_a_database_the_mail_server_tries_again() -> None:
    environment = {**os.environ, "DATABASE_URL": "postgresql://127.0.0.1:1/none"}
    command = [sys.executable, "-m", "farol.house.command_line", "mail", "receive"]
    done = subprocess.run(command, input=b"From: a@b.example\n\noi", env=environment, capture_output=True, check=False)
    assert done.returncode == 75
