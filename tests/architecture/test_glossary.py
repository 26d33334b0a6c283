"""Every name in the glossary is a name in the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = re.findall(r"^\| (?!pt-BR|---)(.+?) \| (.+?) \| (.+?) \|$", (ROOT / "docs" / "glossary.md").read_text(), re.M)
WORDS = {
    word
    for path in (ROOT / "farol").rglob("*.py")
    if "migrations" not in path.parts
    for word in re.findall(r"\w+", path.read_text())
}


@pytest.mark.parametrize(("portuguese", "english", "names"), ROWS, ids=[row[0] for row in ROWS])
def test_a_word_of_the_glossary_is_the_word_of_the_code(portuguese: str, english: str, names: str) -> None:
    missing = set(re.findall(r"`(\w+)`", names)) - WORDS
    assert not missing, f"{portuguese} ({english}) is called something else in the code"
