"""No template says a word that cannot be translated."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

FAROL = Path(__file__).resolve().parents[2] / "farol"
SPECIMENS = FAROL / "ui" / "templates" / "ui" / "showroom"
"""Pieces as they look with invented words in them; shown to developers alone."""
TEMPLATES = [path for path in sorted(FAROL.rglob("*.html")) if SPECIMENS not in path.parents]
NAMES = {"Farol", "API", "JSON", "HTTP", "Authorization: Bearer TOKEN"}
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description"}
SILENT = {"script", "style", "kbd", "code", "pre"}


class Words(HTMLParser):
    """Collects what a reader would see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        self.found += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found += data.splitlines()


def words(source: str) -> list[str]:
    """The letters of a template outside its tags; what stands in blocktranslate is translated."""
    kept, is_translated = [], False
    for token in Lexer(source).tokenize():
        name = token.contents.split(maxsplit=1)[0] if token.token_type is TokenType.BLOCK else ""
        if name in {"blocktranslate", "comment"}:
            is_translated = True
        elif name in {"endblocktranslate", "endcomment"}:
            is_translated = False
        elif token.token_type is TokenType.TEXT and not is_translated:
            kept.append(token.contents)
    parser = Words()
    parser.feed("".join(kept))
    said = [text.strip(" ·") for text in parser.found if '="' not in text]  # a tag whose name is a variable
    return [text for text in said if re.search(r"[^\W\d_]{2}", text) and text not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FAROL)))
def test_every_word_of_a_template_is_translated(path: Path) -> None:
    assert words(path.read_text(encoding="utf-8")) == []


def test_a_bare_word_is_seen() -> None:
    assert words('{% if a %}<p title="Olá">{% translate "Certo" %} Errado</p>{% endif %}<kbd>Esc</kbd>') == [
        "Olá",
        "Errado",
    ]
