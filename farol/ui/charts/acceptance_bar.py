"""The days a customer has to judge a solution: one segment a day, 15 or, once postponed, 45."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from farol.ui import words
from farol.ui.charts import marks

CLOSE = 0.14


def acceptance_bar(
    *, sent: date, today: date, last_day: date, reminder_on: date | None = None, language: str = words.PORTUGUESE
) -> SafeString:
    """Passed days in lamp, a dark tick today, one tick for the reminder and one at the end."""
    segments = max((last_day - sent).days, 1)

    def place(on: date) -> float:
        return min(max((on - sent).days, 0), segments) / segments

    now = place(today)
    drawn = [
        marks.box("track", 0, 1, 8, 8, radius=4),
        marks.box("passed", 0, now, 8, 8, radius=4),
        *(marks.tick("gap", index / segments, 8, 16) for index in range(1, segments)),
    ]
    if reminder_on:
        drawn.append(marks.tick("reminder", place(reminder_on), 4, 20))
    if 0 < now < 1:
        drawn.append(marks.tick("today-gap", now, 2, 22))
    drawn += [marks.tick("end-tick", 1, 2, 22), marks.tick("today", now, 2, 22)]
    drawn += _labels(place, sent, today, last_day, reminder_on, language)
    text = acceptance_words(sent=sent, today=today, last_day=last_day, reminder_on=reminder_on, language=language)
    return format_html('<div class="bar-box">{}</div>', marks.chart("acceptance-bar", 48, text, drawn))


def acceptance_words(
    *, sent: date, today: date, last_day: date, reminder_on: date | None = None, language: str = words.PORTUGUESE
) -> str:
    """The bar in a sentence, for whoever does not see it."""
    with override(language):
        sentences = [_("Dia {day} de {days}.").format(day=max((today - sent).days, 0), days=(last_day - sent).days)]
        if reminder_on and reminder_on > today:
            sentences.append(
                _("Lembrete em {date}.").format(date=words.bare_day(reminder_on, language=language).rstrip("."))
            )
        end = words.bare_day(last_day, language=language).rstrip(".")
        sentences.append(_("Aceite automático depois de {date}.").format(date=end))
        return " ".join(sentences)


def _labels(
    place: Callable[[date], float], sent: date, today: date, last_day: date, reminder_on: date | None, language: str
) -> list[SafeString]:
    """The end always speaks, then today; the start and the reminder give way to both."""
    now, end = place(today), words.bare_day(last_day, language=language)
    with override(language):
        end = _("hoje, {date}").format(date=end) if today == last_day else end
        drawn = [marks.word("is-strong", 1, 40, end, "end")]
        if now < 1 - CLOSE:
            drawn.append(marks.word("is-strong", now, 40, _("hoje")))
        if now > CLOSE:
            drawn.append(marks.word("is-spare", 0, 40, words.bare_day(sent, language=language), "start"))
        if reminder_on and now < place(reminder_on) - 2 * CLOSE:
            text = _("lembrete {date}").format(date=words.bare_day(reminder_on, language=language))
            drawn.append(marks.word("is-spare", min(place(reminder_on) + 0.015, 1 - 0.9 * CLOSE), 40, text, "end"))
        return drawn
