"""The client of the benchmark reads answers to their end, and refuses figures made of errors."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from farol.house.measure.desk_client import BadAnswer, drive, repeat, request


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = b"x" * 40_000
        self.send_response(500 if self.path == "/broken" else 200)
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))
        else:
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/plain", "/chunked"])
def test_answers_are_read_to_their_end_on_connections_that_stay_open(port: int, path: str) -> None:
    figures = drive(port, repeat(lambda number: request("GET", path)), clients=2, seconds=0.3)
    assert len(figures.latencies) > 10
    assert 0 < figures.p50_ms <= figures.p95_ms
    assert figures.per_second == pytest.approx(len(figures.latencies) / figures.seconds)


def test_an_error_is_no_figure(port: int) -> None:
    with pytest.raises(BadAnswer, match="500"):
        drive(port, repeat(lambda number: request("GET", "/broken")), clients=2, seconds=0.3)
