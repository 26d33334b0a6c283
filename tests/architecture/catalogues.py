"""The catalogues of translations: what the code says in Portuguese, in English and Spanish.

`bin/messages` renews them: texts that came are added, empty; texts that went are removed; the compiled form follows.
Needs no tools but Python, so that the test can hold the catalogues to the code on any machine.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"en": "English", "es": "Spanish"}
SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
METADATA = {
    "Project-Id-Version": "farol",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
Message = tuple[str, str]
"""The text, and its plural or nothing."""


def catalogue(language: str) -> Path:
    return ROOT / "farol" / "locale" / language / "LC_MESSAGES" / "django.po"


def messages() -> dict[Message, str]:
    """Every text marked for translation under farol/, and the first file that says it."""
    found: dict[Message, str] = {}
    for path in sorted((ROOT / "farol").rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
            for message in _said_in(path):
                found.setdefault(message, str(path.relative_to(ROOT)))
    return found


def _said_in(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _in_python(ast.parse(source))
    else:
        yield from _in_template(templatize(source, origin=str(path)))


def _in_python(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [text.value for text in node.args if isinstance(text, ast.Constant) and isinstance(text.value, str)]
        if name in SINGULAR and len(texts) == 1:
            yield texts[0], ""
        elif name in PLURAL and len(texts) == 2:
            yield texts[0], texts[1]


def _in_template(code: str) -> Iterator[Message]:
    """Django turns a template into calls among crosses; each call is read as Python."""
    line = " ".join(part for part in code.splitlines() if not part.lstrip().startswith("#"))
    tokens = [token.string for token in tokenize.generate_tokens(io.StringIO(line).readline)]
    for at, name in enumerate(tokens):
        if name in SINGULAR and tokens[at + 1] == "(":
            yield ast.literal_eval(tokens[at + 2]), ""
        elif name in PLURAL and tokens[at + 1] == "(":
            yield ast.literal_eval(tokens[at + 2]), ast.literal_eval(tokens[at + 4])


def renewed(language: str) -> polib.POFile:
    """The catalogue as the code wants it, with the translations it has."""
    path = catalogue(language)
    known = {(entry.msgid, entry.msgid_plural): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = METADATA | {"Language": language}
    for message, source in sorted(messages().items(), key=lambda item: (item[1], item[0])):
        entry = known.get(message) or polib.POEntry(msgid=message[0], msgid_plural=message[1])
        if message[1] and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        entry.occurrences = [(source, "")]
        fresh.append(entry)
    return fresh


def renew() -> int:
    """Write both catalogues in both forms; answers how many texts still wait for a translation."""
    waiting = 0
    for language, name in LANGUAGES.items():
        path = catalogue(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        file = renewed(language)
        file.save(str(path))
        file.save_as_mofile(str(path.with_suffix(".mo")))
        missing = [entry for entry in file if not entry.translated()]
        waiting += len(missing)
        print(f"{name}: {len(file)} texts, {len(missing)} to translate")
        for entry in missing:
            print(f"  {entry.occurrences[0][0]}: {entry.msgid!r}")
    return waiting


if __name__ == "__main__":
    sys.exit(1 if renew() else 0)
