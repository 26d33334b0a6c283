"""The severity of every combination of answers (R-065)."""

from __future__ import annotations

import itertools

import pytest

from farol.tickets.rules.severity import (
    WORDS,
    Corruption,
    Impact,
    Reason,
    Severity,
    Usability,
    Workaround,
    severity_of,
)

U, W, C = Usability, Workaround, Corruption
ALL = [Impact(*answers) for answers in itertools.product(Usability, Workaround, (False, True), Corruption)]


def expected(impact: Impact) -> Severity:
    """R-065 read aloud, in its order."""
    stopped = impact.usability is U.UNUSABLE and impact.critical_operation and impact.workaround is W.NO
    if stopped or impact.data_corruption is C.YES:
        return Severity.CRITICAL
    if impact.usability in {U.UNUSABLE, U.SEVERE} or impact.workaround is W.MANUAL:
        return Severity.HIGH
    return Severity.MEDIUM if impact.usability is U.MINOR else Severity.LOW


@pytest.mark.parametrize("impact", ALL, ids=str)
@pytest.mark.rule("R-065")
def test_every_combination_has_its_severity_and_its_reasons(impact: Impact) -> None:
    grade = severity_of(impact)
    assert grade.severity is expected(impact)
    assert grade.reasons
    assert len(set(grade.reasons)) == len(grade.reasons)


@pytest.mark.parametrize(
    ("impact", "reasons"),
    [
        (Impact(U.COSMETIC, W.YES, data_corruption=C.YES), (Reason.CORRUPTION,)),
        (Impact(U.UNUSABLE, W.NO, critical_operation=True), (Reason.UNUSABLE, Reason.STOPPED)),
        (Impact(U.UNUSABLE, W.NO), (Reason.UNUSABLE,)),
        (Impact(U.SEVERE, W.MANUAL), (Reason.SEVERE, Reason.MANUAL_WORKAROUND)),
        (Impact(U.MINOR, W.MANUAL), (Reason.MANUAL_WORKAROUND,)),
        (Impact(U.MINOR, W.YES, data_corruption=C.UNKNOWN), (Reason.MINOR, Reason.CORRUPTION_UNKNOWN)),
        (Impact(U.COSMETIC, W.NO), (Reason.COSMETIC,)),
    ],
)
@pytest.mark.rule("R-065")
def test_the_reasons_name_the_answers_that_decided(impact: Impact, reasons: tuple[Reason, ...]) -> None:
    assert severity_of(impact).reasons == reasons


def test_every_reason_has_words() -> None:
    assert set(WORDS) == set(Reason)


def test_ranks_follow_the_guide() -> None:
    assert [severity.rank for severity in Severity] == [1, 2, 3, 4]
