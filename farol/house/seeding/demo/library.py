"""The cases that customers report, with what is said about each; read from `cases/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from farol.tickets.rules.severity import Impact, Kind, Usability, Workaround

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """One subject, and the words of everyone who writes about it."""

    code: str
    product: str
    module: str
    kind: Kind
    impact: Impact
    subjects: tuple[str, ...]
    description: str
    ask: str
    answer: str
    note: str
    finding: str
    solution: str
    refusal: str
    second: str
    activities: tuple[str, ...]
    file: str = ""
    transfer: str = ""
    quote: str = ""
    authorization: str = ""
    redirect: str = ""


def cases() -> dict[str, Case]:
    """Every case by its code, in the order of the files."""
    found = {}
    for path in sorted(CASES.glob("*.toml")):
        for code, words in tomllib.loads(path.read_text()).items():
            found[code] = _case(code, words)
    return found


def _case(code: str, words: dict[str, str | list[str]]) -> Case:
    texts = {key: value.strip() for key, value in words.items() if isinstance(value, str)}
    product, _, module = texts.pop("about").partition("/")
    usability, workaround, critical = texts.pop("impact").split()
    return Case(
        code=code,
        product=product,
        module=module,
        kind=Kind(texts.pop("kind")),
        impact=Impact(Usability(usability), Workaround(workaround), critical_operation=critical == "yes"),
        subjects=tuple(words["subjects"]),
        activities=tuple(words["activities"]),
        **texts,
    )
