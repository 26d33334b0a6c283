"""A week of a duty roster: a column for each day, a block for each stretch that somebody must cover.

The hours that nobody has to cover are drawn short, the others at least as high as two lines
of words, and all columns share one axis, so that the same hour stands at the same height.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from farol.ui.charts import marks

REST = 10
LEAST = 42
PER_MINUTE = 0.2
MOST = 24


@dataclass(frozen=True, slots=True)
class Block:
    """From minute to minute of a day: who is there, in what colour, and the whole of it as a tooltip."""

    start: int
    end: int
    kind: str  # on_call, integration, local_holiday or hole
    who: str
    hours: str
    title: str


class Axis:
    """Where each minute of the day stands, the same for every day of the week."""

    def __init__(self, days: Iterable[Sequence[Block]]) -> None:
        blocks = [block for day in days for block in day]
        self.points = sorted({edge for block in blocks for edge in (block.start, block.end)})
        stretches = list(pairwise(self.points))
        self.heights = [self._height(start, end, blocks) for start, end in stretches]
        for block in sorted(blocks, key=lambda block: block.end - block.start):
            inside = [n for n, (start, end) in enumerate(stretches) if block.start <= start and end <= block.end]
            missing = LEAST - sum(self.heights[n] for n in inside)
            for n in inside if missing > 0 else ():
                self.heights[n] += missing / len(inside)

    @property
    def height(self) -> int:
        return round(sum(self.heights))

    def at(self, minute: int) -> float | None:
        """How far down; nowhere before the first stretch or after the last."""
        down = 0.0
        for (start, end), height in zip(pairwise(self.points), self.heights, strict=True):
            if start <= minute <= end:
                return round(down + height * (minute - start) / (end - start), 1)
            down += height
        return None

    def _height(self, start: int, end: int, blocks: Sequence[Block]) -> float:
        if any(block.start <= start and end <= block.end for block in blocks):
            return min((end - start) * PER_MINUTE, MOST)
        return REST


def roster_day(blocks: Sequence[Block], axis: Axis, *, hatch_id: str, now: int | None = None) -> SafeString:
    """One column; `now` is the minute of today. What it says stands in the table beside it."""
    drawn = [_hatch(hatch_id)] if any(block.kind == "hole" for block in blocks) else []
    drawn += [_block(block, axis, hatch_id) for block in blocks]
    if now is not None and (down := axis.at(now)) is not None:
        drawn.append(format_html('<circle class="now-dot" cx="3" cy="{}" r="3"/>', down))
        drawn.append(marks.rule("now-line", 0, 1, down))
    inside = format_html_join("", "{}", ((mark,) for mark in drawn))
    return format_html('<svg class="chart roster-day" height="{}" focusable="false">{}</svg>', axis.height, inside)


def _block(block: Block, axis: Axis, hatch_id: str) -> SafeString:
    top, bottom = axis.at(block.start) or 0, axis.at(block.end) or 0
    middle = (top + bottom) / 2
    fill = f"url(#{hatch_id})" if block.kind == "hole" else ""
    words = [_word("who", middle - 3, block.who), _word("hours", middle + 13, block.hours)]
    return format_html(
        '<g class="block {}"><title>{}</title>{}{}{}</g>',
        block.kind, block.title, marks.box("", 0, 1, top + 1, bottom - top - 2, fill=fill, radius=4), *words,
    )  # fmt: skip


def _word(css: str, y: float, text: str) -> SafeString:
    return format_html('<text class="{}" x="10" y="{}">{}</text>', css, round(y, 1), text)


def _hatch(name: str) -> SafeString:
    return format_html(
        '<defs><pattern id="{}" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="hole-back" width="8" height="8"/><path class="hole-line" d="M0 0v8"/></pattern></defs>',
        name,
    )
