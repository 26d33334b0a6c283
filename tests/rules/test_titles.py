"""Files of titles as accounting systems write them: all that is good is read, all that is bad is named."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farol.billing.rules.debt import TitleState
from farol.billing.rules.titles import SheetTooLong, SheetUnreadable, cents_in, day_in, read

HEAD = "CNPJ;Número;Vencimento;Valor;Situação"
CNPJ = "12.ABC.345/01DE-35"


def sheet(*lines: str, head: str = HEAD) -> str:
    return "\r\n".join([head, *lines])


@pytest.mark.rule("R-100")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_of_500_lines_three_are_bad_and_each_says_why(encoding: str, mark: str) -> None:
    lines = [mark.join((CNPJ, f"NF {number}/1", "10/11/2026", "1234.50", "aberto")) for number in range(497)]
    lines.insert(100, mark.join(("12.ABC.345/01DE-36", "NF 900", "10/11/2026", "10.00", "")))
    lines.insert(200, mark.join((CNPJ, "", "31/02/2026", "abc", "talvez")))
    lines.insert(300, mark.join((CNPJ, "NF 5/1", "10/11/2026", "1234.50", "Em aberto")))
    found = read(sheet(*lines, head=HEAD.replace(";", mark)).encode(encoding))
    assert (len(found.good), [bad.line for bad in found.bad]) == (497, [102, 202, 302])
    assert [len(bad.reasons) for bad in found.bad] == [1, 4, 1]
    assert {(row.cnpj, row.amount_cents, row.due_on) for row in found.good} == {
        ("12ABC34501DE35", 123_450, date(2026, 11, 10))
    }


@pytest.mark.rule("R-100", "R-231")
def test_letters_stay_and_lost_zeros_come_back() -> None:
    found = read(sheet("12abc34501de35;1;2026-11-10;R$ 1.234,56;pago", "191;2;10/11/2026;0,01;CANCELADO").encode())
    assert [(r.cnpj, r.amount_cents, r.state) for r in found.good] == [
        ("12ABC34501DE35", 123_456, TitleState.PAID),
        ("00000000000191", 1, TitleState.CANCELLED),
    ]


def test_what_is_no_table_of_titles_is_refused_whole() -> None:
    for content in (b"", b"\x00\x01", b"%PDF-1.4", b"nome;idade\n1;2", b"\xff\xfe\x00"):
        with pytest.raises(SheetUnreadable):
            read(content)
    with pytest.raises(SheetTooLong):
        read(sheet(*[f"{CNPJ};{number};10/11/2026;1" for number in range(10_001)]).encode())


def test_a_line_that_is_too_short_or_too_long_is_read_as_far_as_it_goes() -> None:
    found = read(sheet(f"{CNPJ};NF 1", f"{CNPJ};NF 2;10/11/2026;5,00;aberto;e;mais", ";;;;", "").encode())
    assert ([row.number for row in found.good], [bad.line for bad in found.bad]) == (["NF 2"], [2])


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reader(content: bytes) -> None:
    for told in (content, HEAD.encode() + b"\n" + content):
        with suppress(SheetUnreadable, SheetTooLong):
            assert len(read(told).good) <= told.count(b"\n") + told.count(b"\r")


@given(st.integers(1, 10**12))
def test_money_is_read_to_the_cent(cents: int) -> None:
    whole, rest = divmod(cents, 100)
    grouped = f"{whole:,}".replace(",", ".")
    assert cents_in(f"R$ {grouped},{rest:02d}") == cents_in(f"{whole}.{rest:02d}") == cents


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_days_are_read_as_brazil_and_machines_write_them(day: date) -> None:
    assert day_in(f"{day:%d/%m/%Y}") == day_in(day.isoformat()) == day
