"""The house and its arrows, from what the rooms really import. Prints it and writes `docs/house.md`."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "house.md"


def main(arguments: list[str]) -> int:
    page = render()
    if "--check" in arguments:
        if TARGET.exists() and TARGET.read_text() == page:
            return 0
        print("docs/house.md is not what the code says; run bin/map and commit it")
        return 1
    TARGET.write_text(page)
    print(page)
    return 0


def render() -> str:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    graph = grimp.build_graph("farol", cache_dir=None)
    lines = ["# The house", "", "Written by `bin/map`; do not edit. Each room calls only rooms below it.", ""]
    for layer in contracts[0]["layers"]:
        for room in layer.split(" | "):
            below = sorted(
                other
                for other in _rooms(contracts)
                if other != room
                and graph.direct_import_exists(importer=f"farol.{room}", imported=f"farol.{other}", as_packages=True)
            )
            lines += [f"- **{room}**: {_caption(room)}", f"  → {', '.join(below) or 'nobody'}"]
    return "\n".join([*lines, ""])


def _rooms(contracts: list[dict[str, list[str]]]) -> list[str]:
    return [room for layer in contracts[0]["layers"] for room in layer.split(" | ")]


def _caption(room: str) -> str:
    source = (ROOT / "farol" / room / "__init__.py").read_text()
    return " ".join((ast.get_docstring(ast.parse(source)) or "").split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
