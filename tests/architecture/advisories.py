"""Known weaknesses of the versions in `uv.lock`, asked of an advisory source (OSV's format).

Exits 1 and names each, if there are any. A source that does not answer is no proof of anything:
it is said aloud, and with `--required` (or FAROL_ADVISORIES=required) it exits 3.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "uv.lock"
SOURCE = "https://api.osv.dev/v1/querybatch"
SECONDS = 15
UNKNOWN = 3
ACCEPTED: dict[str, str] = {}
"""Advisories that do not reach us, each with the reason."""


def main(arguments: list[str], *, source: str = "") -> int:
    source = source or os.environ.get("FAROL_ADVISORIES_URL", SOURCE)
    is_required = "--required" in arguments or os.environ.get("FAROL_ADVISORIES") == "required"
    versions = locked(LOCK.read_text())
    try:
        found = asked(versions, source)
    except (URLError, OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        print(f"NOT CHECKED: {len(versions)} packages, no advisory source answered at {source} ({trouble}).")
        print("Nothing is known about their weaknesses from this run.")
        return UNKNOWN if is_required else 0
    for package, ids in found.items():
        print(f"{package}: {', '.join(ids)}")
    print(f"{len(versions)} packages asked about, {len(found)} with known weaknesses")
    return 1 if found else 0


def locked(lock: str) -> list[tuple[str, str]]:
    """What is installed from a registry, name and version."""
    packages = tomllib.loads(lock)["package"]
    return sorted((one["name"], one["version"]) for one in packages if "registry" in one.get("source", {}))


def asked(versions: list[tuple[str, str]], source: str) -> dict[str, list[str]]:
    """Raises one of several errors when there is no answer."""
    queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in versions]
    request = Request(source, json.dumps({"queries": queries}).encode(), {"Content-Type": "application/json"})
    with urlopen(request, timeout=SECONDS) as answer:
        results = json.load(answer)["results"]
    if len(results) != len(versions):
        raise ValueError("the answer is about other packages")
    found = {}
    for (name, version), result in zip(versions, results, strict=True):
        ids = [one["id"] for one in result.get("vulns", []) if one["id"] not in ACCEPTED]
        if ids:
            found[f"{name} {version}"] = ids
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
