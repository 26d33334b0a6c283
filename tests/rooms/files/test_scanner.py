"""Files are looked at by the scanner, where there is one; what it could not look at is kept and given to nobody."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from farol.files import actions, queries, scanner
from farol.files.jobs import look_at_held
from farol.files.models import Attachment
from farol.files.rules import FileHeld, FileInfected, Verdict, refuse_unchecked
from farol.files.scanner import ScannerUnavailable
from tests.scanning import EICAR, Clamd, clamd
from tests.world import World


@pytest.fixture
def server(settings: Settings) -> Iterator[Clamd]:
    with clamd() as running:
        settings.SCANNER = running.name
        yield running


@pytest.fixture
def nowhere(settings: Settings) -> str:
    """An address at which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        settings.SCANNER = f"127.0.0.1:{found.getsockname()[1]}"
    return str(settings.SCANNER)


def kept(world: World, content: bytes = b"nota", name: str = "nota.txt") -> Attachment:
    return actions.keep("person:1", SimpleUploadedFile(name, content), by=world.by(world.marina))


def test_a_clean_file_is_looked_at_whole_and_kept(world: World, server: Clamd) -> None:
    content = b"x" * 200_000
    assert kept(world, content).verdict == Verdict.CLEAN
    assert server.seen == [content]


def test_the_test_file_is_refused_with_its_name(world: World, server: Clamd) -> None:
    with pytest.raises(FileInfected) as refused:
        kept(world, EICAR)
    assert "nota.txt" in str(refused.value)
    assert "Win.Test.EICAR_HDB-1" in str(refused.value)
    assert not Attachment.objects.exists()


def test_where_no_scanner_is_named_none_is_asked(world: World) -> None:
    assert kept(world, EICAR).verdict == Verdict.CLEAN


def test_a_scanner_that_is_away_holds_the_file_and_loses_nothing(
    world: World, nowhere: str, settings: Settings
) -> None:
    good, bad = kept(world), kept(world, EICAR)
    assert [file.pk for file in queries.held()] == [good.pk, bad.pk]
    with pytest.raises(FileHeld):
        refuse_unchecked(good.verdict, good.name)
    assert not look_at_held()
    with clamd() as server:
        settings.SCANNER = server.name
        assert look_at_held() == {Verdict.CLEAN: 1, Verdict.INFECTED: 1}
    good.refresh_from_db()
    bad.refresh_from_db()
    refuse_unchecked(good.verdict, good.name)
    with pytest.raises(FileInfected):
        refuse_unchecked(bad.verdict, bad.name)
    assert not look_at_held()


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"\xff\xfe\0", b"stream: OK ERROR\0"]
)
def test_an_answer_that_says_nothing_clear_holds_the_file(world: World, server: Clamd, answer: bytes) -> None:
    server.answer = answer
    assert kept(world).verdict == Verdict.HELD


def test_a_scanner_that_never_answers_is_waited_for_no_longer_than_told(world: World, settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        settings.SCANNER, settings.SCANNER_SECONDS = f"127.0.0.1:{deaf.getsockname()[1]}", 0.1
        assert kept(world).verdict == Verdict.HELD


@pytest.mark.parametrize("name", ["unix:/nowhere/clamd.ctl", "clamd", "clamd:x"])
def test_a_socket_that_is_not_there_is_no_crash(settings: Settings, name: str) -> None:
    settings.SCANNER = name
    with pytest.raises(ScannerUnavailable):
        scanner.virus_in([b"x"])


def test_the_real_scanner_agrees_where_one_runs(settings: Settings) -> None:
    found = shutil.which("clamconf")
    said = subprocess.run([found], capture_output=True, text=True, check=False).stdout if found else ""
    sockets = [line.split('"')[1] for line in said.splitlines() if line.startswith("LocalSocket =") and '"' in line]
    if not sockets:
        pytest.skip("no ClamAV on this machine")
    settings.SCANNER = f"unix:{sockets[0]}"
    try:
        assert scanner.virus_in([EICAR])
    except ScannerUnavailable as away:
        pytest.skip(f"ClamAV does not run: {away}")
