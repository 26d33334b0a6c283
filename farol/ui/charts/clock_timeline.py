"""The deadline as it really went: solid where it ran, hatched where it paused, dotted outside hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from farol.ui import words
from farol.ui.charts import marks

TOP, HEIGHT, MIDDLE = 20, 16, 28
CLOSED_WEIGHT = 0.09
LEAST_WEIGHT = 0.035
LABEL_ROOM = 0.17


class SpanLike(Protocol):
    """What a span of the ledger offers; `kind` is running, paused or closed."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Stretch:
    start: datetime
    end: datetime
    kind: str

    @property
    def minutes(self) -> float:
        return (self.end - self.start).total_seconds() / 60


def clock_timeline(
    spans: Iterable[SpanLike],
    *,
    now: datetime,
    due: datetime,
    state: str = "running",
    text: str = "",
    hatch_id: str = "clock-hatch",
    language: str = words.PORTUGUESE,
) -> SafeString:
    """`spans` tile the time from opening to due. Closed hours are drawn short, or nights would be all one sees."""
    stretches = _stretches(spans, now, due)
    if not stretches:
        return SafeString()
    places = _places(stretches)
    at_now, at_due = _place_of(now, stretches, places), _place_of(due, stretches, places)
    drawn = [marks.hatch(hatch_id)]
    drawn += [mark for stretch, (start, end) in zip(stretches, places, strict=True)
              for mark in _bar(stretch, start, end, now, due, hatch_id)]  # fmt: skip
    if now < due:
        drawn.append(marks.box("left-box", at_now, at_due, TOP + 0.5, HEIGHT - 1))
    drawn += [marks.tick("due-tick", at_due, TOP - 6, TOP + 22), marks.tick("now-tick", at_now, TOP - 6, TOP + 22)]
    drawn += _labels(stretches, places, at_now, at_due, now, due, language)
    return marks.chart(f"clock-timeline clock-timeline-{state}", 64, text, drawn)


def clock_words(
    *, ran: int, paused: int, left: int, working_day: int = words.SUPPORT_DAY, language: str = words.PORTUGUESE
) -> str:
    """The timeline in a sentence: business minutes run, paused and left (below zero: late)."""

    def said(minutes: int) -> str:
        return words.business(minutes, working_day=working_day, language=language)

    with override(language):
        sentences = [_("O prazo correu {time}.").format(time=said(ran))]
        if paused:
            sentences.append(_("Ficou pausado {time}.").format(time=said(paused)))
        sentences.append((_("Restam {time}.") if left >= 0 else _("Venceu há {time}.")).format(time=said(left)))
        return " ".join(sentences)


def _stretches(spans: Iterable[SpanLike], now: datetime, due: datetime) -> list[Stretch]:
    """Neighbours of one kind become one; `now` cuts a stretch in two; past the due date it is all late."""
    joined: list[Stretch] = []
    for span in spans:
        if joined and joined[-1].kind == span.kind and joined[-1].end == span.start:
            joined[-1] = Stretch(joined[-1].start, span.end, span.kind)
        elif span.start < span.end:
            joined.append(Stretch(span.start, span.end, str(span.kind)))
    if joined and now > due and joined[-1].end < now:
        joined.append(Stretch(joined[-1].end, now, "late"))
    cut: list[Stretch] = []
    for stretch in joined:
        if stretch.start < now < stretch.end:
            cut += [Stretch(stretch.start, now, stretch.kind), Stretch(now, stretch.end, stretch.kind)]
        else:
            cut.append(stretch)
    return cut


def _places(stretches: Sequence[Stretch]) -> list[tuple[float, float]]:
    """Where each begins and ends: open time to scale, closed time a short fixed gap, nothing too thin to see."""
    closed = sum(1 for stretch in stretches if stretch.kind == "closed")
    gap = min(CLOSED_WEIGHT, 0.4 / closed) if closed else 0.0
    open_minutes = sum(stretch.minutes for stretch in stretches if stretch.kind != "closed") or 1.0
    room = 1 - gap * closed
    weights = [gap if stretch.kind == "closed" else max(stretch.minutes / open_minutes * room, LEAST_WEIGHT)
               for stretch in stretches]  # fmt: skip
    total, at, places = sum(weights), 0.0, []
    for weight in weights:
        places.append((at / total, (at + weight) / total))
        at += weight
    return places


def _place_of(at: datetime, stretches: Sequence[Stretch], places: Sequence[tuple[float, float]]) -> float:
    for stretch, (start, end) in zip(stretches, places, strict=True):
        if at <= stretch.end:
            share = max((at - stretch.start).total_seconds() / 60, 0) / stretch.minutes
            return start + (end - start) * share
    return 1.0


def _bar(stretch: Stretch, start: float, end: float, now: datetime, due: datetime, hatch_id: str) -> list[SafeString]:
    if stretch.start >= now and stretch.start < due:
        return []
    if stretch.kind == "closed":
        return [marks.rule("closed", start + 0.005, end - 0.005, MIDDLE)]
    if stretch.kind == "paused":
        return [marks.box("paused", start, end, TOP, HEIGHT, fill=f"url(#{hatch_id})")]
    return [marks.box(stretch.kind, start, end, TOP, HEIGHT)]


def _labels(
    stretches: Sequence[Stretch],
    places: Sequence[tuple[float, float]],
    at_now: float,
    at_due: float,
    now: datetime,
    due: datetime,
    language: str,
) -> list[SafeString]:
    """The start, the due time, `agora`, and between them the turns of the clock that have room."""
    base = TOP + 34
    with override(language):
        due_word = words.stamp(due, now=now, language=language)
        drawn = [
            marks.word("", 0, base, words.stamp(stretches[0].start, now=now, language=language), "start"),
            marks.word("due-word", at_due, base, due_word),
            marks.word("now-word", at_now, 9, _("agora")),
        ]
        used = [0.12, at_due - 0.03 if at_due > 0.9 else at_due]
        for stretch, (start, _end) in list(zip(stretches, places, strict=True))[1:]:
            is_free = all(abs(start - other) > LABEL_ROOM for other in used)
            if stretch.start < now and stretch.kind != "late" and is_free:
                drawn.append(marks.word("", start, base, words.opening_time(stretch.start, language=language)))
                used.append(start)
        return drawn
