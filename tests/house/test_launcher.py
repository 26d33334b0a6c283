"""From a bare clone: the right Python, or a sentence that says which."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from farol.house import launcher

ENVIRONMENT = launcher.ROOT / "bin" / "environment"


def environment(**variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ENVIRONMENT], env={**os.environ, **variables}, capture_output=True, text=True, check=False)


def test_an_old_python_is_refused_by_name_with_the_way_forward(folder: Path) -> None:
    old = folder / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.9.2 && exit\nexit 1\n')
    old.chmod(0o755)
    done = environment(FAROL_PYTHON=str(old))
    assert done.returncode == 2
    assert f"{old} is Python 3.9.2" in done.stderr
    assert "FAROL_PYTHON=" in done.stderr


def test_a_missing_python_is_refused_too(folder: Path) -> None:
    done = environment(FAROL_PYTHON=str(folder / "none"))
    assert (done.returncode, "missing" in done.stderr) == (2, True)


def test_the_stamp_follows_the_lock_the_python_and_the_folder() -> None:
    run, dev = launcher._stamp(dev=False), launcher._stamp(dev=True)
    assert run != dev
    assert run.startswith(str(launcher.ROOT))


def test_the_files_of_the_package_index_stand_in_the_lock_alone() -> None:
    """Who runs Farol behind a mirror changes their configuration, not ours."""
    scripts = [*launcher.ROOT.glob("bin/*"), *launcher.ROOT.glob(".ci/*"), launcher.ROOT / "Makefile"]
    named = [path for path in (*scripts, launcher.ROOT / "pyproject.toml") if "pypi" in path.read_text().lower()]
    assert named == []
