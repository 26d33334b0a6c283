"""Portuguese words that PostgreSQL's stemmer alone keeps apart meet in one form."""

from __future__ import annotations

import pytest

from farol.search.rules.words import canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("configuração", "configuracao"),
        ("erros", "erro"),
        ("fiscais", "fiscal"),
        ("papéis", "papel"),
        ("NOTAS", "nota"),
        ("devoluções", "devolução"),
        ("itens", "item"),
        ("disponíveis", "disponivel"),
        ("referências", "referencia"),
    ],
)
def test_inflections_and_accents_meet(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


def test_numbers_and_codes_stay_whole() -> None:
    assert canonical("Rejeição 778 (CFOP 5202)") == "rejeição 778 cfop 5202"
