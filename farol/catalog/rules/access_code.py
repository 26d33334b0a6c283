"""The access code that a product shows and a caller keys (section 4). Standard library only: a product may carry it.

>>> shown = generate(segment=5, line=0, series="1", product=1)
>>> str(shown), shown.keyed, shown.grouping
('05.0.1.0001-6', '050100016', '05.1.0001')
>>> parse("01.4.T.0012-9") == parse("014800129")
True
>>> parse("050100017")
Traceback (most recent call last):
    ...
farol.catalog.rules.access_code.WrongCode: 050100017: the check digit is another
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
"""An operation in which every wrong digit and every swap of neighbours shows."""

LETTER, KEY = "T", "8"
"""Series T is keyed where T lies on a telephone (R-045)."""

LENGTH = 9
SHAPE = re.compile(r"(?P<segment>[0-9]{2})(?P<line>[0-9])(?P<series>[0-9])(?P<product>[0-9]{4})(?P<check>[0-9])")
BETWEEN = re.compile(r"[.\-\s]")
LONGEST = 40


class WrongCode(ValueError):
    """It is no access code; a wrong entry, and not a failed identification (R-040)."""


@dataclass(frozen=True, slots=True)
class AccessCode:
    """Segment of the customer, line, series and number of the product."""

    segment: int
    line: int
    series: str
    product: int

    @property
    def keyed(self) -> str:
        """As a caller types it: eight digits and the check digit."""
        digits = f"{self.segment:02}{self.line}{_key_of(self.series)}{self.product:04}"
        return digits + check_digit(digits)

    @property
    def grouping(self) -> str:
        """As commercial lists have it: SS.S.PPPP (R-217)."""
        return f"{self.segment:02}.{self.series}.{self.product:04}"

    def __str__(self) -> str:
        return f"{self.segment:02}.{self.line}.{self.series}.{self.product:04}-{self.keyed[-1]}"


def generate(*, segment: int, line: int, series: str, product: int) -> AccessCode:
    """The code of a product at a customer of this segment (R-046). Raises WrongCode out of its ranges."""
    series = series.upper()
    if not (1 <= segment <= 99 and 0 <= line <= 9 and 1 <= product <= 9999):
        raise WrongCode("segments are 1 to 99, lines 0 to 9, products 1 to 9999")
    if not re.fullmatch(r"[0-9T]", series):
        raise WrongCode("a series is one digit, or T")
    return AccessCode(segment, line, LETTER if series == KEY else series, product)


def parse(text: str) -> AccessCode:
    """What was shown or keyed, with or without its points (R-040, R-045). Raises WrongCode."""
    if len(text) > LONGEST:
        raise WrongCode(f"{text[:LONGEST]}…: too long")
    keys = BETWEEN.sub("", text).upper()
    if keys[3:4] == LETTER:
        keys = keys[:3] + KEY + keys[4:]
    if len(keys) != LENGTH or not (found := SHAPE.fullmatch(keys)):
        raise WrongCode(f"{text}: an access code has nine digits")
    if check_digit(keys[:-1]) != found["check"]:
        raise WrongCode(f"{text}: the check digit is another")
    return generate(
        segment=int(found["segment"]), line=int(found["line"]), series=found["series"], product=int(found["product"])
    )


def check_digit(digits: str) -> str:
    """Damm's: behind it, no wrong digit and no swap of neighbours goes unseen.

    >>> check_digit("01390012")
    '3'
    """
    interim = 0
    for digit in digits:
        interim = DAMM[interim][int(digit)]
    return str(interim)


def _key_of(series: str) -> str:
    return KEY if series == LETTER else series
