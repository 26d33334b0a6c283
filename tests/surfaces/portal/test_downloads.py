"""Files given out by all doors: whole, in part, and as nothing a browser would run or keep."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from farol.files import actions as files
from farol.files.models import Attachment
from farol.tickets import actions
from tests.calling import BASE, Program
from tests.surfaces.portal.conftest import NOW, signed_in
from tests.world import World

CONTENT = bytes(range(200))


@pytest.fixture
def given(world: World) -> Attachment:
    """A file of a ticket."""
    ticket, by = world.open(NOW), world.by(world.marina)
    kept = files.keep(by.subject, SimpleUploadedFile("nota.pdf", CONTENT), by=by)
    actions.reply(ticket.pk, body="Segue.", by=by, now=timezone.now(), attachments=[kept.pk])
    return kept


@pytest.fixture(params=["portal", "desk", "api"])
def fetch(request: pytest.FixtureRequest, world: World, given: Attachment):
    """Fetches the file through a door."""
    client, headers, address = signed_in(world, "marina"), {}, f"/arquivos/{given.pk}"
    if request.param == "desk":
        client, address = signed_in(world, "rafael"), f"/mesa/arquivos/{given.pk}"
    if request.param == "api":
        client, address = Client(), f"{BASE}/attachments/{given.pk}"
        headers = {"Authorization": f"Bearer {Program.of(world.marina).token}"}
    return lambda **asked: client.get(address, headers=headers | asked)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_whole_file_says_that_parts_may_be_had(fetch, given: Attachment) -> None:
    answer = fetch()
    assert (answer.status_code, body(answer)) == (200, CONTENT)
    assert (answer["Accept-Ranges"], answer["Content-Length"]) == ("bytes", "200")
    assert answer["ETag"] == f'"{given.sha256}"'


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-0", 0, 1), ("bytes=10-19", 10, 20), ("bytes=190-", 190, 200), ("bytes=-5", 195, 200),
     ("bytes=150-9999", 150, 200), ("Bytes = 3 - 4", 3, 5), ("bytes=-9999", 0, 200)],
)  # fmt: skip
def test_one_part_is_given(fetch, asked: str, start: int, stop: int) -> None:
    answer = fetch(Range=asked)
    assert (answer.status_code, body(answer)) == (206, CONTENT[start:stop])
    assert answer["Content-Range"] == f"bytes {start}-{stop - 1}/200"
    assert answer["Content-Length"] == str(stop - start)
    assert answer["Content-Disposition"] == 'attachment; filename="nota.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("asked", ["bytes=200-", "bytes=500-600", "bytes=-0"])
def test_a_part_behind_the_end_is_refused_with_the_size(fetch, asked: str) -> None:
    answer = fetch(Range=asked)
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */200")
    if answer["Content-Type"].startswith("application/problem+json"):
        assert answer.json()["code"] == "request.range_refused"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "items=0-5", "bytes=9-3", "bytes=-", "bytes=a-b", "", "bytes=٣-"])
def test_what_is_no_single_part_gives_the_whole_file(fetch, asked: str) -> None:
    answer = fetch(Range=asked)
    assert (answer.status_code, body(answer)) == (200, CONTENT)


def test_a_part_is_given_only_of_the_file_one_began_with(fetch, given: Attachment) -> None:
    part = fetch(Range="bytes=10-19", **{"If-Range": f'"{given.sha256}"'})
    assert (part.status_code, body(part)) == (206, CONTENT[10:20])
    whole = fetch(Range="bytes=10-19", **{"If-Range": '"another"'})
    assert (whole.status_code, body(whole)) == (200, CONTENT)


def test_a_part_of_somebody_elses_file_is_not_there(world: World, given: Attachment) -> None:
    assert signed_in(world, "bruno").get(f"/arquivos/{given.pk}", headers={"Range": "bytes=0-1"}).status_code == 404
