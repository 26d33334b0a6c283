"""Charts drawn on the server: plain SVG with percentages for places, so that they stretch with the page."""

from farol.ui.charts.acceptance_bar import acceptance_bar, acceptance_words
from farol.ui.charts.clock_timeline import clock_timeline, clock_words
from farol.ui.charts.share_bar import share_bar

__all__ = ["acceptance_bar", "acceptance_words", "clock_timeline", "clock_words", "share_bar"]
