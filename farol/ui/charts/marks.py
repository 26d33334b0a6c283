"""The strokes of a chart. Places along it are shares of its width (0 to 1)."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def percent(share: float) -> str:
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def box(
    css: str, start: float, end: float, y: float, height: float, *, fill: str = "", radius: float = 0
) -> SafeString:
    extra = format_html(' fill="{}"', fill) if fill else ""
    round_ends = format_html(' rx="{}"', radius) if radius else ""
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}{}/>',
        css, percent(start), y, percent(max(end - start, 0)), height, round_ends, extra,
    )  # fmt: skip


def tick(css: str, at: float, top: float, bottom: float) -> SafeString:
    place = percent(at)
    return format_html('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', css, place, place, top, bottom)


def rule(css: str, start: float, end: float, y: float) -> SafeString:
    return format_html('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', css, percent(start), percent(end), y, y)


def leaning(at: float) -> str:
    """A label leans inwards near the ends so that it is never cut."""
    return "start" if at < 0.06 else "end" if at > 0.94 else "middle"


def word(css: str, at: float, y: float, text: str, anchor: str = "") -> SafeString:
    anchor = anchor or leaning(at)
    return format_html('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', css, percent(at), y, anchor, text)


def hatch(name: str) -> SafeString:
    return format_html(
        '<defs><pattern id="{}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="hatch-back" width="6" height="6"/><path class="hatch-line" d="M0 0v6"/></pattern></defs>',
        name,
    )


def chart(css: str, height: int, text: str, marks: list[SafeString]) -> SafeString:
    inside = format_html_join("", "{}", ((mark,) for mark in marks))
    return format_html(
        '<svg class="chart {}" height="{}" role="img" aria-label="{}">{}</svg>', css, height, text, inside
    )
