"""From a bare clone to an environment, with nothing but Python's standard library.

Started by path (`python3 -I farol/house/launcher.py`) before anything is installed. Finds `uv`, or gets it from the
package index into a folder of its own, and installs exactly what `uv.lock` says; a stamp of the lock skips that.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMP = VENV / "farol-stamp"
OWN_UV = ROOT / ".uv"
WANTED_UV = "uv>=0.9,<1"


def main() -> int:
    parser = argparse.ArgumentParser(description="Install what this clone needs into .venv, unless it is there.")
    parser.add_argument("--no-dev", action="store_true", help="without what only tests and checks need")
    wants_dev = not parser.parse_args().no_dev
    stamps = [_stamp(dev=True)] if wants_dev else [_stamp(dev=True), _stamp(dev=False)]
    found = STAMP.read_text() if STAMP.exists() else ""
    if found in stamps:
        return 0
    if found and found.split("\n")[:2] != stamps[0].split("\n")[:2]:  # another Python, or a copied folder
        shutil.rmtree(VENV)
    print("farol: installing what uv.lock lists; the first time takes a minute or two", file=sys.stderr, flush=True)
    try:
        _sync(_uv(), dev=wants_dev)
    except subprocess.CalledProcessError as error:
        print(f"farol: {error.cmd[0]} could not install the packages (exit {error.returncode}).", file=sys.stderr)
        print("farol: is the package index within reach? A proxy belongs in HTTPS_PROXY.", file=sys.stderr)
        return 2
    STAMP.write_text(stamps[0] if wants_dev else stamps[1])
    return 0


def _stamp(*, dev: bool) -> str:
    lock = hashlib.sha256((ROOT / "uv.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return "\n".join([str(ROOT), sys.version, lock, "dev" if dev else "run"])


def _sync(uv: str, *, dev: bool) -> None:
    options = ["--frozen", "--quiet", "--python", sys.executable, *([] if dev else ["--no-dev", "--inexact"])]
    subprocess.run([uv, "sync", *options], cwd=ROOT, env=_environment(), check=True)


def _environment() -> Mapping[str, str]:
    ours = {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(VENV), "UV_LINK_MODE": _link_mode()}
    return {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"} | ours


def _link_mode() -> str:
    """Links are quickest, but only inside one file system; uv would say so at length."""
    cache = Path(os.environ.get("UV_CACHE_DIR") or Path.home() / ".cache")
    known = next(folder for folder in (cache, *cache.parents) if folder.exists())
    return "hardlink" if known.stat().st_dev == ROOT.stat().st_dev else "copy"


def _uv() -> str:
    own = OWN_UV / "bin" / "uv"
    if own.exists():
        return str(own)
    on_path = shutil.which("uv")
    if on_path and _version(on_path) >= (0, 9):
        return on_path
    return _fetch_uv(own)


def _version(uv: str) -> tuple[int, ...]:
    said = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return tuple(int(part) for part in said[1].split(".")[:2]) if len(said) > 1 else (0,)


def _fetch_uv(own: Path) -> str:
    """uv in an environment of its own. Some systems split pip off Python: then the system's pip serves it."""
    python = str(own.with_name("python"))
    pip = ["install", "--quiet", "--disable-pip-version-check", WANTED_UV]
    try:
        import ensurepip  # noqa: F401  # absent where the system splits it off

        subprocess.run([sys.executable, "-m", "venv", "--clear", str(OWN_UV)], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([python, "-m", "pip", *pip], check=True)
    except (ImportError, subprocess.CalledProcessError):
        subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(OWN_UV)], check=True)
        with_pip = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False)
        if with_pip.returncode:
            print("farol: this Python has neither venv nor pip. On Debian: apt install python3-venv", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "pip", "--python", python, *pip], check=True)
    return str(own)


if __name__ == "__main__":
    sys.exit(main())
