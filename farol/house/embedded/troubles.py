"""Why the embedded database cannot run, and what to do about it."""

from __future__ import annotations

from pathlib import Path


class Trouble(Exception):
    """The machine stands in the way; the message ends with the next step."""


class FolderTaken(Trouble):
    def __init__(self, folder: Path, pid: str) -> None:
        self.pid = pid
        super().__init__(
            f"The data folder {folder} is in use by another Farol (process {pid or 'unknown'}). "
            f"Stop it first (kill {pid or 'PID'}), or give this copy a folder of its own: FAROL_HOME=/another/folder."
        )


class OtherMajor(Trouble):
    def __init__(self, folder: Path, found: str, expected: int) -> None:
        super().__init__(
            f"The data in {folder} was written by PostgreSQL {found}; this Farol runs PostgreSQL {expected}. "
            "Nothing was changed. docs/runbook/upgrade-postgresql.md shows how to bring the data over."
        )


class NoBinaries(Trouble):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The embedded PostgreSQL is not installed ({folder} is missing). "
            "Run bin/setup, or set DATABASE_URL to a PostgreSQL of your own."
        )


class DoesNotStart(Trouble):
    def __init__(self, log: Path, said: str) -> None:
        super().__init__(f"The embedded PostgreSQL does not start. Its last words in {log}:\n{said}")
