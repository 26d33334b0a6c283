"""The table of severities is data, has versions, and decides every combination of answers (R-065). And R-190."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farol.catalog.rules import Source, source_for
from farol.tickets.rules import scheme
from farol.tickets.rules.severity import (
    Corruption,
    Impact,
    Reason,
    Severity,
    Usability,
    Workaround,
    graded,
    severity_of,
)

ALL = [Impact(*answers) for answers in product(Usability, Workaround, (False, True), Corruption)]


@pytest.mark.rule("R-065")
@pytest.mark.parametrize("version", scheme.SCHEMES)
def test_every_version_decides_every_combination_with_a_reason(version: int) -> None:
    for impact in ALL:
        grade = severity_of(impact, version=version)
        assert grade.severity in Severity
        assert grade.reasons
        assert set(grade.reasons) <= set(Reason)


@pytest.mark.rule("R-065")
def test_a_ticket_keeps_the_version_it_was_graded_by() -> None:
    kept = graded(ALL[0])
    assert kept["scheme"] == scheme.CURRENT
    assert kept["usability"] == ALL[0].usability


@pytest.mark.rule("R-190")
@pytest.mark.parametrize(
    ("installed", "source"),
    [
        ("10.02", Source.CENTRAL),
        ("10.2", Source.CENTRAL),
        ("10.1", Source.ASSEMBLY),
        ("9.99", Source.ASSEMBLY),
        ("11", Source.CENTRAL),
        ("10", Source.ASSEMBLY),
        ("10.02.1", Source.CENTRAL),
        ("", Source.ASK),
        ("dez", Source.ASK),
        ("10..2", Source.ASK),
    ],
)
def test_versions_are_compared_number_by_number(installed: str, source: Source) -> None:
    assert source_for(installed) is source


@pytest.mark.rule("R-190")
@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    assert source_for(text) in Source
