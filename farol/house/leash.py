"""Runs a command that cannot outlive its parent, and that need not be root.

Started by path, in a fresh interpreter (`python -I -S leash.py …`), never between fork and exec of a large process:
what has to happen in the child happens in a process with one thread and nothing loaded. Linux only; elsewhere the
command runs without a leash.

    leash.py PARENT SIGNAL as-is|as-nobody|UID:GID COMMAND [ARGUMENT …]
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Sequence
from signal import Signals

FORBIDDEN = 90
"""The exit code when the machine allows no user namespace."""

AS_IS = "as-is"
AS_NOBODY = "as-nobody"

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000
_NOBODY = 65534


def leashed(command: Sequence[str], *, signal: Signals, user: str = AS_IS) -> list[str]:
    """`command`, so that it gets `signal` when the thread that started it ends, however it ends."""
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(int(signal)), user, *command]


def die_with_parent(signal: int, *, parent: int | None = None) -> None:
    """From now on this process gets `signal` when its parent dies."""
    if sys.platform != "linux":
        return
    parent = parent or os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal)
    if os.getppid() != parent:  # it died before we could ask to be told
        os.kill(os.getpid(), signal)


def _become_nobody() -> None:
    """Ourselves outside, an ordinary user inside: files stay our own and no folder has to be opened to anyone."""
    uid, gid = os.geteuid(), os.getegid()
    if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER):
        sys.exit(FORBIDDEN)
    try:
        for name, line in (("setgroups", "deny"), ("uid_map", f"{_NOBODY} {uid} 1"), ("gid_map", f"{_NOBODY} {gid} 1")):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(line)
    except OSError:
        sys.exit(FORBIDDEN)


def _become(user: str) -> None:
    if user == AS_NOBODY:
        _become_nobody()
    elif user != AS_IS:
        uid, gid = map(int, user.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)


def main(arguments: Sequence[str]) -> None:
    parent, signal, user, *command = arguments
    _become(user)
    die_with_parent(int(signal), parent=int(parent))  # after the change of user, which would take the leash off
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
