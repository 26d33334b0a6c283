"""Every text is said in three languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import polib
import pytest

from tests.architecture.catalogues import LANGUAGES, catalogue, messages

languages = pytest.mark.parametrize("language", LANGUAGES)


def entries(language: str) -> list[polib.POEntry]:
    return list(polib.pofile(str(catalogue(language))))


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def places(text: str) -> set[str]:
    """The names to be filled in, of either kind: %(name)s and {name}."""
    braces = {name for _, name, _, _ in Formatter().parse(text) if name}
    return braces | set(re.findall(r"%\((\w+)\)", text))


@languages
def test_nothing_is_empty_and_nothing_is_a_guess(language: str) -> None:
    for entry in entries(language):
        assert all(text.strip() for text in said(entry)), f"no translation: {entry.msgid}"
        assert not entry.fuzzy, f"a guess: {entry.msgid}"
        assert not entry.obsolete, f"said nowhere any more: {entry.msgid}"


@languages
def test_a_translation_fills_in_what_the_text_fills_in(language: str) -> None:
    for entry in entries(language):
        if entry.msgid_plural:
            assert places(said(entry)[1]) == places(entry.msgid_plural), entry.msgid
            assert places(said(entry)[0]) <= places(entry.msgid_plural), entry.msgid
        else:
            assert places(entry.msgstr) == places(entry.msgid), entry.msgid


@languages
def test_a_sentence_ends_as_a_sentence(language: str) -> None:
    for entry in entries(language):
        for text, translated in zip([entry.msgid, entry.msgid_plural], said(entry), strict=False):
            assert text.startswith(" ") == translated.startswith(" "), entry.msgid
            assert text.endswith((" ", ":", "?", "…")) == translated.endswith((" ", ":", "?", "…")), entry.msgid


@languages
def test_what_runs_is_what_was_written(language: str) -> None:
    compiled = polib.mofile(str(catalogue(language).with_suffix(".mo")))
    written = {(entry.msgid, entry.msgid_plural): said(entry) for entry in entries(language)}
    assert {(entry.msgid, entry.msgid_plural): said(entry) for entry in compiled} == written


@languages
def test_every_text_of_the_code_is_in_the_catalogue_and_no_other(language: str) -> None:
    """A new text: run bin/messages, then write its English and Spanish where it says so."""
    known = {(entry.msgid, entry.msgid_plural) for entry in entries(language)}
    said_in_code = set(messages())
    assert said_in_code - known == set(), "run bin/messages and translate"
    assert known - said_in_code == set(), "run bin/messages"


def test_texts_are_found_where_they_are_marked() -> None:
    english = {entry.msgid: entry.occurrences[0][0] for entry in entries("en")}
    assert Path(english["Este chamado está encerrado e não pode ser reaberto."]).parts[1] == "tickets", "rules"
    assert Path(english["Chamado %(number)s aberto. Retorno até %(due)s."]).name == "opened.html"
    assert Path(english["{date}, às {time}"]).name == "words.py"
