"""Titles as another system writes them: a table of lines, each good or with its reasons (R-100).

What comes out of an accounting system has a byte order mark or not, semicolons or commas,
UTF-8 or Latin-1, Brazilian dates and money; all of it is read, and what cannot be is named
by its line, while the good lines stay good.

>>> sheet = "CNPJ;Número;Vencimento;Valor\\n12.ABC.345/01DE-35;NF 4521/1;10/11/2026;1.234,50\\n;;;"
>>> read(sheet.encode("latin-1")).good[0].amount_cents
123450
>>> read(sheet.encode("utf-8-sig")).good[0].due_on
datetime.date(2026, 11, 10)
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from farol.billing.rules.debt import TitleState
from farol.kernel import documents
from farol.kernel.errors import Refusal, gettext_noop

MOST_LINES = 10_000
MOST_BYTES = 5 * 1024 * 1024
MOST_CENTS = 10**13
YEARS = (2000, 2100)
COLUMNS = {
    "cnpj": "cnpj", "cliente": "cnpj", "customer": "cnpj",
    "numero": "number", "titulo": "number", "documento": "number", "number": "number",
    "vencimento": "due_on", "vence": "due_on", "due_on": "due_on", "due_date": "due_on",
    "valor": "amount", "amount": "amount",
    "situacao": "state", "estado": "state", "state": "state", "status": "state",
}  # fmt: skip
NEEDED = ("cnpj", "number", "due_on", "amount")
STATES = {
    "": TitleState.OPEN, "aberto": TitleState.OPEN, "em aberto": TitleState.OPEN, "vencido": TitleState.OPEN,
    "open": TitleState.OPEN, "pago": TitleState.PAID, "quitado": TitleState.PAID, "baixado": TitleState.PAID,
    "paid": TitleState.PAID, "cancelado": TitleState.CANCELLED, "cancelled": TitleState.CANCELLED,
}  # fmt: skip
MONEY = re.compile(r"[0-9]+|[0-9]{1,3}(\.[0-9]{3})+|[0-9]*[.,][0-9]{1,2}|[0-9]{1,3}([.,][0-9]{3})+[.,][0-9]{1,2}")
NO_NUMBER = gettext_noop("Falta o número do título.")
LONG_NUMBER = gettext_noop("O número do título passa de 40 caracteres.")
NO_DAY = gettext_noop("O vencimento não é uma data: escreva 31/12/2026.")
NO_AMOUNT = gettext_noop("O valor não é um valor em reais maior que zero: escreva 1.234,56.")
NO_STATE = gettext_noop("A situação é aberto, pago ou cancelado.")
UNKNOWN_CUSTOMER = gettext_noop("Nenhum cliente tem este CNPJ.")
TWICE = gettext_noop("Este título já está em outra linha do arquivo.")


class SheetUnreadable(Refusal):
    code = "titles.unreadable"
    rule = "R-100"
    status = 422
    message = gettext_noop("O arquivo não é uma tabela de títulos.")
    remedy = gettext_noop("A primeira linha diz as colunas: cnpj, numero, vencimento, valor e, se houver, situacao.")


class SheetTooLong(Refusal):
    code = "titles.too_long"
    rule = "R-100"
    status = 413
    message = gettext_noop("O arquivo passa de {limit} linhas.")
    remedy = gettext_noop("Divida o arquivo e envie uma parte por vez.")


@dataclass(frozen=True, slots=True)
class Row:
    """One title, as it was told."""

    line: int
    cnpj: str
    number: str
    due_on: date
    amount_cents: int
    state: TitleState = TitleState.OPEN

    def kept(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "cnpj": self.cnpj,
            "number": self.number,
            "due_on": self.due_on.isoformat(),
            "amount_cents": self.amount_cents,
            "state": self.state.value,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Row:
        """As `kept` wrote it."""
        due_on, state = date.fromisoformat(kept["due_on"]), TitleState(kept["state"])
        return cls(kept["line"], kept["cnpj"], kept["number"], due_on, kept["amount_cents"], state)


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that says nothing that can be kept, why, and what it said. The reasons are marked for translation."""

    line: int
    reasons: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    good: tuple[Row, ...]
    bad: tuple[Bad, ...]


def read(content: bytes) -> Sheet:
    """Every line of the table, the first being line 2. Raises SheetUnreadable, SheetTooLong."""
    lines = list(_lines(_text(content)))
    return checked((number, fields, text) for number, fields, text in lines)


def checked(told: Iterable[tuple[int, Mapping[str, str], str]]) -> Sheet:
    """Lines with their fields as words: the good ones as titles, the bad ones with their reasons."""
    good: list[Row] = []
    bad: list[Bad] = []
    known: set[tuple[str, str]] = set()
    for line, fields, text in told:
        row, reasons = _row(line, fields)
        if row and (row.cnpj, row.number) in known:
            row, reasons = None, [TWICE]
        if row:
            known.add((row.cnpj, row.number))
            good.append(row)
        else:
            bad.append(Bad(line, tuple(reasons), text[:300]))
    return Sheet(tuple(good), tuple(bad))


def _text(content: bytes) -> str:
    """UTF-8 if it is that, or else the Windows form of Latin-1, in which every byte says something."""
    if b"\x00" in content:
        raise SheetUnreadable
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _lines(text: str) -> Iterable[tuple[int, dict[str, str], str]]:
    head, _, _ = text.lstrip().partition("\n")
    mark = max(";,\t|", key=head.count)
    reader = csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=mark)
    try:
        names = [COLUMNS.get(_plain(name), "") for name in next(reader, [])]
        if any(name not in names for name in NEEDED):
            raise SheetUnreadable
        for place, cells in enumerate(reader):
            if place >= MOST_LINES:
                raise SheetTooLong(limit=MOST_LINES)
            if any(cell.strip() for cell in cells):
                yield reader.line_num, dict(zip(names, cells, strict=False)), mark.join(cells)
    except csv.Error:
        raise SheetUnreadable from None


def _row(line: int, fields: Mapping[str, str]) -> tuple[Row | None, list[str]]:
    reasons: list[str] = []
    number = " ".join(fields.get("number", "").split())
    if not number or len(number) > 40:
        reasons.append(LONG_NUMBER if number else NO_NUMBER)
    cnpj = _cnpj(fields.get("cnpj", ""), reasons)
    if (due_on := day_in(fields.get("due_on", ""))) is None:
        reasons.append(NO_DAY)
    if (cents := cents_in(fields.get("amount", ""))) is None:
        reasons.append(NO_AMOUNT)
    if (state := STATES.get(_plain(fields.get("state", "")))) is None:
        reasons.append(NO_STATE)
    if reasons or due_on is None or cents is None or state is None:
        return None, reasons
    return Row(line, cnpj, number, due_on, cents, state), reasons


def _cnpj(text: str, reasons: list[str]) -> str:
    """Spreadsheets eat the zeros a number begins with; a CNPJ of digits gets them back."""
    plain = re.sub(r"[./\s-]", "", text)
    try:
        return documents.cnpj(plain.zfill(14) if plain.isascii() and plain.isdigit() else plain)
    except documents.CnpjRefused as refusal:
        reasons.append(documents.CnpjRefused.message if plain else str(refusal))
        return ""


def day_in(text: str) -> date | None:
    """31/12/2026 or 2026-12-31.

    >>> day_in("31/12/2026") == day_in("2026-12-31") == date(2026, 12, 31), day_in("31/02/2026"), day_in("12/2026")
    (True, None, None)
    """
    for form, order in ((r"(\d{1,2})/(\d{1,2})/(\d{4})", (2, 1, 0)), (r"(\d{4})-(\d{2})-(\d{2})", (0, 1, 2))):
        if match := re.fullmatch(form, text.strip(), re.ASCII):
            year, month, day = (int(match.groups()[place]) for place in order)
            try:
                return date(year, month, day) if YEARS[0] <= year < YEARS[1] else None
            except ValueError:
                return None
    return None


def cents_in(text: str) -> int | None:
    """Money as it is written in Brazil or by a machine; more than nothing.

    >>> [cents_in(text) for text in ("R$ 1.234,56", "1234.56", "1.234", "10", "0,5", "1,234.56", "-3", "abc")]
    [123456, 123456, 123400, 1000, 50, 123456, None, None]
    """
    plain = re.sub(r"^R\$|[\s\u00a0]", "", text.strip())
    if not MONEY.fullmatch(plain):
        return None
    whole, cents = plain, "0"
    if match := re.fullmatch(r"(.*)[.,]([0-9]{1,2})", plain):
        whole, cents = match[1], match[2]
    total = int(re.sub(r"[.,]", "", whole) or "0") * 100 + int(cents.ljust(2, "0"))
    return total if 0 < total < MOST_CENTS else None


def _plain(name: str) -> str:
    """Without accents, case and edges."""
    letters = unicodedata.normalize("NFKD", name.strip().lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
