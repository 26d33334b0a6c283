"""One bar of a table that is a chart: from zero, in one hue, its figures beside it in the row."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from farol.ui.charts import marks


def share_bar(share: float) -> SafeString:
    """`share` is from 0 to 1. The row says the figure in words, so the picture is silent."""
    drawn = [
        marks.box("track", 0, 1, 2, 12, radius=2),
        marks.box("filled", 0, min(max(share, 0.0), 1.0), 2, 12, radius=2),
    ]
    return format_html('<svg class="chart share-bar" height="16" aria-hidden="true">{}{}</svg>', *drawn)
