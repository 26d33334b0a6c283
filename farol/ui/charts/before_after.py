"""Two shares on one line: an ink tick for how it was, a mark for how it would be.

A circle is at least as good as before, a diamond is worse: shape and words say it, colour repeats it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from farol.ui.charts import marks

HEIGHT, AXIS, MIDDLE = 40, 20, 20
MARGIN = 0.03
SCALES = (  # where the axis begins, and what is written along it
    (0.8, (0.8, 0.85, 0.9, 0.95, 1)),
    (0.5, (0.5, 0.625, 0.75, 0.875, 1)),
    (0, (0, 0.25, 0.5, 0.75, 1)),
)
CIRCLE = '<svg x="{}" y="{}" class="is-met" overflow="visible"><circle r="6"/></svg>'
DIAMOND = '<svg x="{}" y="{}" class="is-below" overflow="visible"><path d="M0-7.5 7.5 0 0 7.5-7.5 0Z"/></svg>'


def scale_for(shares: Iterable[float]) -> Sequence[float]:
    """The steps of the closest axis that holds these shares; it may be cut, since dots stand on it, not bars."""
    least = min(shares, default=0)
    return next(steps for begin, steps in SCALES if least >= begin)


def before_after(before: float, after: float, *, steps: Sequence[float]) -> SafeString:
    """The line of one row; shares from 0 to 1."""
    is_below = after < before
    first, last = sorted((before, after))
    drawn = [marks.tick("grid", place(step, steps), 0, HEIGHT) for step in steps]
    drawn.append(marks.rule("is-below" if is_below else "is-met", place(first, steps), place(last, steps), MIDDLE))
    drawn.append(marks.tick("was", place(before, steps), MIDDLE - 11, MIDDLE + 11))
    drawn.append(format_html(DIAMOND if is_below else CIRCLE, marks.percent(place(after, steps)), MIDDLE))
    return _svg(HEIGHT, drawn)


def axis(steps: Sequence[float]) -> SafeString:
    """What stands below the last line."""
    return _svg(
        AXIS,
        [
            marks.word("is-spare" if number % 2 else "", place(step, steps), 14, f"{step:.0%}", "middle")
            for number, step in enumerate(steps)
            if step * 100 == round(step * 100)
        ],
    )


def place(share: float, steps: Sequence[float]) -> float:
    begin, end = steps[0], steps[-1]
    return MARGIN + (share - begin) / (end - begin) * (1 - 2 * MARGIN)


def _svg(height: int, drawn: list[SafeString]) -> SafeString:
    return format_html(
        '<svg class="chart before-after" height="{}" focusable="false">{}</svg>', height, mark_safe("".join(drawn))
    )
