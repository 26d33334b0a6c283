"""docs/security.md has a row for each line of the standard, and each test it names is there; so are advisories."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.architecture import advisories

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text()
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
LINES = {  # OWASP ASVS 5.0.0, levels 1 and 2
    "1.1": "1-2", "1.2": "1-9", "1.3": "1-11", "1.4": "1-3", "1.5": "1-2",
    "2.1": "1-3", "2.2": "1-3", "2.3": "1-4", "2.4": "1",
    "3.2": "1-2", "3.3": "1-4", "3.4": "1-6", "3.5": "1-5", "3.7": "1-2",
    "4.1": "1-3", "4.2": "1", "4.3": "1-2", "4.4": "1-4",
    "5.1": "1", "5.2": "1-3", "5.3": "1-2", "5.4": "1-3",
    "6.1": "1-3", "6.2": "1-12", "6.3": "1-4", "6.4": "1-4", "6.5": "1-5", "6.6": "1-3", "6.8": "1-4",
    "7.1": "1-3", "7.2": "1-4", "7.3": "1-2", "7.4": "1-5", "7.5": "1-2", "7.6": "1-2",
    "8.1": "1-2", "8.2": "1-3", "8.3": "1", "8.4": "1", "9.1": "1-3", "9.2": "1-4",
    "10.1": "1-2", "10.2": "1-2", "10.3": "1-4", "10.4": "1-11", "10.5": "1-5", "10.6": "1-2", "10.7": "1-3",
    "11.1": "1-2", "11.2": "1-3", "11.3": "1-3", "11.4": "1-4", "11.5": "1", "11.6": "1",
    "12.1": "1-3", "12.2": "1-2", "12.3": "1-4", "13.1": "1", "13.2": "1-5", "13.3": "1-2", "13.4": "1-5",
    "14.1": "1-2", "14.2": "1-4", "14.3": "1-3", "15.1": "1-3", "15.2": "1-3", "15.3": "1-7",
    "16.1": "1", "16.2": "1-5", "16.3": "1-4", "16.4": "1-3", "16.5": "1-3",
}  # fmt: skip


def test_each_line_of_the_standard_has_one_row() -> None:
    wanted = []
    for section, span in LINES.items():
        first, _, last = span.partition("-")
        wanted += [f"{section}.{number}" for number in range(int(first), int(last or first) + 1)]
    found = [number for number, _how, _shown in ROW.findall(PAGE)]
    assert sorted(found) == sorted(wanted)


def test_each_row_says_how_and_each_test_it_names_is_there() -> None:
    for number, how, shown in ROW.findall(PAGE):
        assert how.strip(), number
        if shown and not shown.startswith("`"):
            assert (ROOT / "tests" / shown).exists(), (number, shown)


@contextmanager
def source(answer: bytes) -> Iterator[str]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answered(*, weak: bool) -> bytes:
    count = len(advisories.locked(advisories.LOCK.read_text()))
    results: list[dict[str, object]] = [{} for _ in range(count)]
    if weak:
        results[0] = {"vulns": [{"id": "GHSA-xxxx"}]}
    return json.dumps({"results": results}).encode()


def test_a_known_weakness_fails_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with source(answered(weak=True)) as url:
        assert advisories.main([], source=url) == 1
    assert "GHSA-xxxx" in capsys.readouterr().out


def test_without_a_known_weakness_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    with source(answered(weak=False)) as url:
        assert advisories.main(["--required"], source=url) == 0


@pytest.mark.parametrize("answer", [b"<html>", b"{}", b'{"results": []}', b'{"results": [null]}'])
def test_a_source_that_does_not_answer_is_said_aloud(answer: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    with source(answer) as url:
        assert advisories.main([], source=url) == 0
        assert "NOT CHECKED" in capsys.readouterr().out
        assert advisories.main(["--required"], source=url) == 3
