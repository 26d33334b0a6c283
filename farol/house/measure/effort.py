"""How much processor time some processes and their offspring have used: what a busy machine cannot hide."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def used_ms(roots: Collection[int]) -> float:
    """Milliseconds that these processes and all below them, as far as they live, have used so far."""
    parents, used = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        pid = int(path.parent.name)
        parents[pid], used[pid] = int(fields[1]), int(fields[11]) + int(fields[12])
    return sum(ticks for pid, ticks in used.items() if _is_below(pid, roots, parents)) * TICK_MS


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def _is_below(pid: int, roots: Collection[int], parents: dict[int, int]) -> bool:
    while pid and pid not in roots:
        pid = parents.get(pid, 0)
    return pid in roots
