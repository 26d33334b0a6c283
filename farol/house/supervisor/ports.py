"""Whether the port is free, and if not, who has it."""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

from farol.house.embedded.troubles import Trouble


class PortTaken(Trouble):
    def __init__(self, address: str, port: int, holder: str) -> None:
        super().__init__(
            f"Port {port} on {address} is taken{f' by {holder}' if holder else ''}. "
            f"Stop that program, or choose another port: FAROL_PORT={port + 1} make run"
        )


def require_free(address: str, port: int) -> None:
    """Refuse a port that somebody listens on, by name where the system tells us."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the web server does: closed ones do not count
        try:
            probe.bind((address, port))
            probe.listen(1)
        except PermissionError:
            raise Trouble(f"Port {port} is for root only. Choose one above 1023: FAROL_PORT=8000 make run") from None
        except OSError:
            raise PortTaken(address, port, _holder(port)) from None


def free_beside(address: str, port: int) -> int:
    """The next port if nobody has it, or else any that is free."""
    for candidate in (port + 1, 0):
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError, OverflowError):
                probe.bind((address, candidate))
                probe.listen(1)
                return int(probe.getsockname()[1])
    return 0


def _holder(port: int) -> str:
    wanted = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for descriptor in Path("/proc").glob("[0-9]*/fd/*") if wanted else ():
        with contextlib.suppress(OSError):
            if os.readlink(descriptor) in wanted:
                process = descriptor.parents[1]
                return f"process {process.name} ({(process / 'comm').read_text().strip()})"
    return ""


def _listening_inodes(port: int) -> set[str]:
    rows: list[list[str]] = []
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        with contextlib.suppress(OSError):
            rows += [line.split() for line in table.read_text().splitlines()[1:]]
    return {row[9] for row in rows if row[3] == "0A" and int(row[1].rpartition(":")[2], 16) == port}
