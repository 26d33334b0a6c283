"""Contacts from a spreadsheet: whatever separator, encoding or order of columns it was saved with (R-011).

>>> sheet = read("nome;e-mail;função\\nAna Reis;ana@serra.example;Fiscal\\nBia;bia@\\n".encode("utf-8-sig"))
>>> [(row.line, row.details.email, row.faults) for row in sheet.good]
[(2, 'ana@serra.example', ())]
>>> [(row.line, row.faults) for row in sheet.bad]
[(3, ('Este e-mail não está completo. Confira se tem @ e o domínio.',))]
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO

from farol.kernel.errors import Refusal, gettext_noop
from farol.people.rules.contacts import SERVICE_UNKNOWN, TAKEN_ELSEWHERE, TAKEN_HERE, USUAL, Details, Service

MOST_ROWS = 900
MOST_OCTETS = 1024 * 1024
SEPARATORS = ";,\t|"
COLUMNS = {
    "name": ("nome", "name", "nombre", "contato", "contact"),
    "email": ("email", "mail", "correo", "correoelectronico", "endereco"),
    "title": ("funcao", "cargo", "title", "jobtitle", "puesto"),
    "services": ("servicos", "servico", "services", "servicios"),
    "language": ("idioma", "language", "lingua"),
}
LANGUAGES = {"pt": "pt-br", "en": "en", "es": "es"}
SERVICE_WORDS = {
    "suporte": Service.SUPPORT, "soporte": Service.SUPPORT, "consultoria": Service.CONSULTING,
    "download": Service.DOWNLOADS, "descargas": Service.DOWNLOADS, "financeiro": Service.CST,
    "ouvidoria": Service.OMBUDSMAN, "licencas": Service.LICENCES, "licenses": Service.LICENCES,
    "licencias": Service.LICENCES, "licenca": Service.LICENCES,
} | {service.value: service for service in Service}  # fmt: skip
TWICE = gettext_noop("Este e-mail aparece em outra linha do arquivo.")
CUT = gettext_noop("Há aspas sem par: a linha não pôde ser lida.")


class SheetRefused(Refusal):
    """The file is no list of contacts."""

    code = "contacts.sheet_refused"
    rule = "R-011"
    status = 422
    message = gettext_noop("Este arquivo não é uma lista em CSV.")
    remedy = gettext_noop("Na planilha, salve como CSV, com uma coluna de nome e outra de e-mail.")


class SheetEmpty(SheetRefused):
    message = gettext_noop("Este arquivo não tem nenhuma pessoa.")


class SheetTooLong(SheetRefused):
    message = gettext_noop("Este arquivo tem mais de {most} linhas.")
    remedy = gettext_noop("Envie em partes.")


class NothingChosen(Refusal):
    code = "contacts.nothing_chosen"
    rule = "R-011"
    status = 422
    message = gettext_noop("Nenhuma pessoa foi escolhida.")
    remedy = gettext_noop("Marque quem convidar.")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file, and why nobody can be invited by it, if so."""

    line: int
    details: Details
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: tuple[Row, ...]

    @property
    def good(self) -> list[Row]:
        return [row for row in self.rows if not row.faults]

    @property
    def bad(self) -> list[Row]:
        return [row for row in self.rows if row.faults]


def read(content: bytes) -> Sheet:
    """Every line that says something, judged by itself and against the others. Raises SheetRefused."""
    lines = list(_cells(_text(content)))
    if not lines:
        raise SheetEmpty
    head = _columns(lines[0][1])
    if head:
        lines = lines[1:]
    elif not any("@" in cell for cell in lines[0][1]):
        raise SheetRefused
    if not lines:
        raise SheetEmpty
    if len(lines) > MOST_ROWS:
        raise SheetTooLong(most=MOST_ROWS)
    places = head or {"name": 0, "email": 1, "title": 2, "services": 3}
    return Sheet(tuple(_without_twins([_row(line, cells, places) for line, cells in lines])))


def judged(sheet: Sheet, *, here: Mapping[str, bool], elsewhere: Sequence[str]) -> Sheet:
    """With what is known of the addresses: contacts of the customer and whether they are active, and other people's."""
    return Sheet(tuple(_against(row, here, elsewhere) for row in sheet.rows))


def _against(row: Row, here: Mapping[str, bool], elsewhere: Sequence[str]) -> Row:
    if here.get(row.details.email):
        return replace(row, faults=(*row.faults, TAKEN_HERE))
    if row.details.email in elsewhere:
        return replace(row, faults=(*row.faults, TAKEN_ELSEWHERE))
    return row


def _text(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16, or what Windows writes in Portuguese. Raises SheetRefused."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content or content.startswith(b"PK"):
        raise SheetRefused
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """Where each line begins in the file, and its cells; empty ones are left out."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise SheetRefused from None
        if any(cell.strip() for cell in cells):
            yield begins, cells


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Which column is which; nothing, if the first line is no head."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        word = _plain(cell)
        for column, names in COLUMNS.items():
            if word in names:
                found.setdefault(column, place)
    return found if {"name", "email"} <= found.keys() else {}


def _row(line: int, cells: Sequence[str], places: Mapping[str, int]) -> Row:
    said = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
    services, unknown = _services(said.get("services", ""))
    details = Details.written(
        name=said["name"],
        email=said["email"],
        title=said.get("title", ""),
        services=services,
        language=LANGUAGES.get(_plain(said.get("language", ""))[:2], "pt-br"),
    )
    faults = [text for texts in details.faults().values() for text in texts]
    if any("\n" in cell for cell in cells):
        faults.append(CUT)
    if unknown:
        faults.append(SERVICE_UNKNOWN)
    return Row(line, details, tuple(faults))


def _services(cell: str) -> tuple[tuple[str, ...], bool]:
    """What is granted, and whether something was named that is no service."""
    words = [word for word in (_plain(part) for part in re.split(r"[,;|/+]", cell)) if word]
    known = tuple(SERVICE_WORDS[word] for word in words if word in SERVICE_WORDS)
    return (known or USUAL), len(known) < len(words)


def _without_twins(rows: Sequence[Row]) -> Iterator[Row]:
    """Of several lines with one address the first counts."""
    seen: set[str] = set()
    for row in rows:
        is_twin = row.details.email in seen and row.details.email != ""
        seen.add(row.details.email)
        yield replace(row, faults=(*row.faults, TWICE)) if is_twin else row


def _plain(text: str) -> str:
    """
    >>> _plain(" E-mail "), _plain("Função")
    ('email', 'funcao')
    """
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]", "", bare)
