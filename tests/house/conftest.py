from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short path: a socket's has 107 bytes, and pytest's own folders are named at length."""
    with tempfile.TemporaryDirectory(prefix="farol-") as path:
        yield Path(path)
