"""The scanner at its socket: ClamAV's INSTREAM, spoken directly.

A command, then the content in pieces that begin with their length (four bytes,
the biggest first), then a piece of no length; the answer is one line.
"""

from __future__ import annotations

import re
import socket
import struct
from collections.abc import Iterable

from django.conf import settings

PIECE = 64 * 1024
ANSWER = re.compile(r"^stream: (?:(?P<virus>.+) FOUND|(?P<clean>OK))$")
LONGEST_ANSWER = 4096


class ScannerUnavailable(Exception):
    """It is not there, does not answer in time, or says that it could not look."""


def virus_in(chunks: Iterable[bytes]) -> str:
    """The name of what the scanner found in the content; empty when it found nothing. Raises ScannerUnavailable."""
    try:
        with _connected() as line:
            line.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                for start in range(0, len(chunk), PIECE):
                    piece = chunk[start : start + PIECE]
                    line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            answer = _read(line)
    except OSError as error:
        raise ScannerUnavailable(str(error)) from error
    found = ANSWER.match(answer)
    if found is None:
        raise ScannerUnavailable(answer[:200] or "no answer")
    return found["virus"] or ""


def _connected() -> socket.socket:
    """`unix:/run/clamav/clamd.ctl`, or `host:3310`."""
    name = settings.SCANNER
    if name.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(settings.SCANNER_SECONDS)
        try:
            line.connect(name.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _, port = name.rpartition(":")
    if not host or not port.isdecimal():
        raise OSError(f"FAROL_SCANNER names no socket: {name}")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=settings.SCANNER_SECONDS)


def _read(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith((b"\0", b"\n")) and len(answer) < LONGEST_ANSWER:
        piece = line.recv(1024)
        if not piece:
            break
        answer += piece
    return answer.decode("utf-8", "replace").strip("\0\r\n ")
