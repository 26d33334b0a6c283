"""The table by which answers become a severity (R-065; section 6): rows, in order; the first that fits decides.

A row fits when every answer it names is among those it lists; a reason may be added when one more
answer was given. Changing the table means a new version: a ticket keeps the version it was graded by,
so that its reasons can be read, and reckoned again, years later.

>>> answers = {"usability": "minor", "workaround": "yes", "critical_operation": False, "data_corruption": "no"}
>>> row = decided(CURRENT, answers)
>>> row.severity, row.reasons
('medium', ('minor',))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """When the answers are these, the severity is that, for these reasons."""

    when: Mapping[str, tuple[object, ...]]
    severity: str
    reasons: tuple[str, ...]

    def fits(self, answers: Answers) -> bool:
        return all(answers[question] in allowed for question, allowed in self.when.items())


@dataclass(frozen=True, slots=True)
class Added:
    """A reason that is told too, whatever row decided, if its severities include the row's."""

    when: Mapping[str, tuple[object, ...]]
    severities: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Scheme:
    rows: tuple[Row, ...]
    added: tuple[Added, ...] = ()


ALL = ("critical", "high", "medium", "low")
SCHEMES: dict[int, Scheme] = {
    1: Scheme(
        rows=(
            Row({"data_corruption": ("yes",)}, "critical", ("corruption",)),
            Row(
                {"usability": ("unusable",), "critical_operation": (True,), "workaround": ("no",)},
                "critical",
                ("unusable", "stopped"),
            ),
            Row({"usability": ("unusable",)}, "high", ("unusable",)),
            Row({"usability": ("severe",)}, "high", ("severe",)),
            Row({"workaround": ("manual",)}, "high", ()),
            Row({"usability": ("minor",)}, "medium", ("minor",)),
            Row({"usability": ("cosmetic",)}, "low", ("cosmetic",)),
        ),
        added=(
            Added({"workaround": ("manual",)}, ("high",), "manual_workaround"),
            Added({"data_corruption": ("unknown",)}, ALL, "corruption_unknown"),
        ),
    ),
}
"""Version → table. A version that tickets were graded by never changes."""

CURRENT = max(SCHEMES)


def decided(version: int, answers: Answers) -> Row:
    """The row that fits first, with every reason that is told."""
    scheme = SCHEMES[version]
    row = next(row for row in scheme.rows if row.fits(answers))
    more = [
        added.reason
        for added in scheme.added
        if row.severity in added.severities and Row(added.when, "", ()).fits(answers)
    ]
    return Row(row.when, row.severity, (*row.reasons, *more))
