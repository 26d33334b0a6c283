"""Which team an access code leads to, and when it leads to none (R-041 to R-044).

>>> from dataclasses import replace
>>> folha = Installation(line=3, series="9", number=12, segment=1, is_latest=True, area="folha")
>>> decide("013900123", [folha], []).area
'folha'
>>> decide("013900123", [replace(folha, is_latest=False)], []).finding
<Finding.OLD_VERSION: 'old_version'>
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from farol.catalog.rules.access_code import AccessCode, WrongCode, parse


class Finding(StrEnum):
    """What came of a code. Only the first leads to a team; after the others the caller chooses the area."""

    FOUND = "found"
    UNREADABLE = "unreadable"  # a wrong entry
    NOT_IN_CONTRACT = "not_in_contract"
    OLD_VERSION = "old_version"
    OTHER_SEGMENT = "other_segment"  # CST is told
    NO_TEAM = "no_team"


@dataclass(frozen=True, slots=True)
class Installation:
    """A product in a customer's contract. A number or segment that nobody wrote down is none."""

    line: int
    series: str
    number: int | None
    segment: int | None
    is_latest: bool
    area: str


@dataclass(frozen=True, slots=True)
class Route:
    """The team of a line, or of one series of it, for what has no team of its own."""

    line: int
    series: str  # empty for the whole line
    area: str


@dataclass(frozen=True, slots=True)
class Verdict:
    finding: Finding
    area: str = ""
    is_unmapped: bool = False  # whoever keeps the catalogue should write the number down


def decide(keyed: str, installations: Sequence[Installation], routes: Sequence[Route]) -> Verdict:
    """Where the call goes by this code: product, then series and line, then line (R-041 to R-044)."""
    try:
        code = parse(keyed)
    except WrongCode:
        return Verdict(Finding.UNREADABLE)
    mine = _matching(code, installations)
    if not mine:
        return Verdict(Finding.NOT_IN_CONTRACT)
    current = [each for each in mine if each.is_latest]
    if not current:
        return Verdict(Finding.OLD_VERSION)
    right = [each for each in current if each.segment in (None, code.segment)]
    if not right:
        return Verdict(Finding.OTHER_SEGMENT)
    return _lead(code, right[0], routes)


def _matching(code: AccessCode, installations: Sequence[Installation]) -> list[Installation]:
    """Those with the very number; or, where the catalogue knows none, those of the line and series."""
    kin = [each for each in installations if each.line == code.line and each.series in ("", code.series)]
    return [each for each in kin if each.number == code.product] or [each for each in kin if each.number is None]


def _lead(code: AccessCode, found: Installation, routes: Sequence[Route]) -> Verdict:
    if found.number is not None:
        return Verdict(Finding.FOUND, found.area)
    for series in (code.series, ""):
        for route in routes:
            if (route.line, route.series) == (code.line, series):
                return Verdict(Finding.FOUND, route.area, is_unmapped=True)
    return Verdict(Finding.NO_TEAM, is_unmapped=True)
