"""Programs that receive webhooks, well or badly, on a port of their own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer


@dataclass
class Received:
    """What came in; `status` is what is answered from now on."""

    url: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    messages: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def receiver() -> Iterator[Received]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.messages.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(received.status)
            for name, value in received.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"ok " + b"x" * 10_000)

        def log_message(self, *arguments: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        received = Received(f"http://127.0.0.1:{server.server_port}/farol?x=1")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield received
        server.shutdown()
        thread.join()


@contextmanager
def raw(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """A server that does with each line whatever `talk` does, until the test is over."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"

        def serve() -> None:
            while not over.is_set():
                with suppress(OSError):
                    line, _ = server.accept()
                    with line:
                        talk(line, over)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield address
        over.set()
        thread.join()


def says_nothing(line: socket.socket, over: threading.Event) -> None:
    over.wait()


def drips(line: socket.socket, over: threading.Event) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\n")
    while not over.wait(0.02):
        line.sendall(b"X-More: and more\r\n")


def drips_its_body(line: socket.socket, over: threading.Event) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n")
    while not over.wait(0.02):
        line.sendall(b"x")


def talks_nonsense(line: socket.socket, over: threading.Event) -> None:
    line.recv(100)
    line.sendall(b"\x00\xff SSH-2.0\r\n\r\n")


def hangs_up(line: socket.socket, over: threading.Event) -> None:
    line.recv(100)
