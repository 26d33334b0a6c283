"""R-number → sentence → where it is kept → what tests it. Writes `docs/rules.md`; exits 1 when a link is missing."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SENTENCES = ROOT / "docs" / "rules-of-service.md"
TARGET = ROOT / "docs" / "rules.md"
CITED = re.compile(r"\bR-(\d{3})(?: to R-(\d{3}))?\b")

Places = dict[str, list[str]]


def main(arguments: list[str]) -> int:
    sentences, kept, tested = read_sentences(), read_code(), read_tests()
    page = render(sentences, kept, tested)
    stale = not TARGET.exists() or TARGET.read_text() != page
    problems = [
        f"{rule} is cited in code and has no test: {', '.join(kept[rule])}" for rule in kept if rule not in tested
    ]
    problems += [f"{rule} has no sentence in {SENTENCES.name}" for rule in {*kept, *tested} if rule not in sentences]
    if "--check" in arguments and stale:
        problems.append("docs/rules.md is not what the code says; run bin/rules and commit it")
    elif stale:
        TARGET.write_text(page)
    print("\n".join(sorted(problems)) or f"{len({*kept, *tested})} rules, each with a sentence and a test")
    return 1 if problems else 0


def read_sentences() -> dict[str, str]:
    return dict(re.findall(r"^- \*\*(R-\d{3})\*\* (.+)$", SENTENCES.read_text(), re.MULTILINE))


def read_code() -> Places:
    places: Places = defaultdict(list)
    for path in sorted((ROOT / "farol").rglob("*.py")):
        if "migrations" in path.parts:
            continue
        source = path.read_text()
        scopes = list(_scopes(ast.parse(source)))
        for number, line in enumerate(source.splitlines(), start=1):
            for rule in cited(line):
                name = next((name for name, first, last in scopes if first <= number <= last), "")
                _add(places, rule, _where(path, name))
    return dict(sorted(places.items()))


def read_tests() -> Places:
    places: Places = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "rule":
                continue
            for argument in node.args:
                if isinstance(argument, ast.Constant):
                    _add(places, str(argument.value), str(path.relative_to(ROOT)))
    return dict(places)


def cited(text: str) -> Iterator[str]:
    for first, last in CITED.findall(text):
        yield from (f"R-{number:03}" for number in range(int(first), int(last or first) + 1))


def render(sentences: dict[str, str], kept: Places, tested: Places) -> str:
    rows = [
        f"| {rule} | {sentences.get(rule, '')} | {_list(kept.get(rule, []))} | {_list(tested.get(rule, []))} |"
        for rule in sorted({*kept, *tested})
    ]
    head = ["# The rules, and where they are kept", "", "Written by `bin/rules`; do not edit.", ""]
    return "\n".join([*head, "| rule | says | kept by | tested by |", "|---|---|---|---|", *rows, ""])


def _scopes(tree: ast.Module) -> Iterator[tuple[str, int, int]]:
    """(name, first line, last line) of every class and function, the innermost first."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    found = [(n.name, n.lineno, n.end_lineno or n.lineno) for n in ast.walk(tree) if isinstance(n, kinds)]
    yield from sorted(found, key=lambda scope: scope[2] - scope[1])


def _where(path: Path, name: str) -> str:
    module = ".".join(path.relative_to(ROOT / "farol").with_suffix("").parts).removesuffix(".__init__")
    return f"{module}.{name}" if name else module


def _add(places: Places, rule: str, place: str) -> None:
    if place not in places[rule]:
        places[rule].append(place)


def _list(places: list[str]) -> str:
    return "<br>".join(f"`{place}`" for place in places)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
