"""CNPJ with letters (R-230, R-231, R-033)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from farol.kernel.documents import CnpjLengthRefused, CnpjRefused, cnpj, masked

VALID = ["12ABC34501DE35", "00000000000191", "53113791000122", "11222333000181", "AB12CD34000184"]


@pytest.mark.parametrize("number", VALID)
@pytest.mark.rule("R-230")
def test_the_vectors_of_the_rules(number: str) -> None:
    assert cnpj(number) == number
    assert cnpj(f" {masked(number).lower()} ") == number


@pytest.mark.rule("R-230")
def test_the_widespread_wrong_variant_is_refused() -> None:
    with pytest.raises(CnpjRefused):
        cnpj("12ABC34501DE45")


@pytest.mark.parametrize("number", ["11222333000182", "00000000000000", "12ABC34501DEA5", "12ABC345/01DE-3!"])
@pytest.mark.rule("R-231")
def test_wrong_digits_or_characters_are_refused(number: str) -> None:
    with pytest.raises(CnpjRefused):
        cnpj(number)


@pytest.mark.rule("R-231")
def test_a_wrong_length_names_itself() -> None:
    with pytest.raises(CnpjLengthRefused, match="13 caracteres"):
        cnpj("1122233300018")


@pytest.mark.rule("R-033")
def test_nothing_in_the_product_strips_what_is_not_a_digit() -> None:
    strippers = re.compile(r"^(\\D|\[\^0-9\]|\[\^\\d\])\+?$")
    for path in Path("farol").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not strippers.match(node.value), path
