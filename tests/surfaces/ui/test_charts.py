from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from farol.ui.charts import acceptance_bar, acceptance_words, clock_timeline, clock_words
from farol.ui.showroom import NOW, SPANS, at, span
from farol.worktime.ledger import Kind, Reason

SENT = date(2025, 11, 12)


def bar(today: date, days: int = 15) -> str:
    last = SENT + timedelta(days=days)
    return acceptance_bar(sent=SENT, today=today, last_day=last, reminder_on=last - timedelta(days=2))


def passed(html: str) -> str:
    found = re.search(r'class="passed" x="0%" y="8" width="([^"]+)"', html)
    assert found
    return found[1]


@pytest.mark.rule("R-072")
@pytest.mark.parametrize("days", [15, 45])
def test_the_bar_has_one_segment_a_day_even_when_postponed(days: int) -> None:
    assert bar(SENT, days).count('class="gap"') == days - 1


def test_the_lamp_fills_the_days_that_passed() -> None:
    assert passed(bar(SENT)) == "0%"
    assert passed(bar(date(2025, 11, 18))) == "40%"
    assert passed(bar(date(2025, 11, 27))) == "100%"
    assert passed(bar(date(2025, 12, 30))) == "100%"


def test_the_bar_can_be_read_aloud() -> None:
    text = acceptance_words(
        sent=SENT, today=date(2025, 11, 18), last_day=date(2025, 11, 27), reminder_on=date(2025, 11, 25)
    )
    assert text == "Dia 6 de 15. Lembrete em 25 nov. Aceite automático depois de 27 nov."


def test_labels_that_would_collide_give_way_to_today_and_the_end() -> None:
    assert "lembrete" in bar(date(2025, 11, 18))
    assert "lembrete" not in bar(date(2025, 11, 24))
    assert "12 nov." not in re.sub(r'aria-label="[^"]*"', "", bar(date(2025, 11, 13)))


def timeline(**changes: object) -> str:
    facts = {"now": NOW, "due": at(18, 12), "state": "near", "text": "O prazo correu 8h12."} | changes
    return clock_timeline(SPANS, **facts)  # type: ignore[arg-type]


def test_each_kind_of_time_has_its_own_stroke() -> None:
    html = timeline()
    assert html.count('class="running"') == 2
    assert html.count('class="paused"') == 1
    assert html.count('class="closed"') == 1
    assert html.count('class="left-box"') == 1


def test_a_night_is_drawn_shorter_than_the_afternoon_before_it() -> None:
    night = re.search(r'class="closed" x1="([\d.]+)%" x2="([\d.]+)%"', timeline())
    afternoon = re.search(r'class="running" x="0%" y="\d+" width="([\d.]+)%"', timeline())
    assert night
    assert afternoon
    assert float(night[2]) - float(night[1]) < float(afternoon[1])


def test_once_late_the_overrun_is_drawn_and_nothing_is_left() -> None:
    html = timeline(now=at(18, 13), state="overdue")
    assert 'class="late"' in html
    assert "left-box" not in html


def test_many_nights_still_leave_room_for_the_work_between_them() -> None:
    spans = []
    for day in range(10, 20):
        spans.append(span(at(day, 8), at(day, 18), Kind.RUNNING, Reason.RUNNING))
        spans.append(span(at(day, 18), at(day + 1, 8), Kind.CLOSED, Reason.OUTSIDE_HOURS))
    html = clock_timeline(spans[:-1], now=at(19, 17), due=at(19, 18))
    widths = [float(width) for width in re.findall(r'class="running" x="[\d.]+%" y="\d+" width="([\d.]+)%"', html)]
    assert len(widths) == 10
    assert sum(widths) > 50


def test_no_places_outside_the_picture() -> None:
    for now in (at(17, 11), NOW, at(18, 12), at(20, 9)):
        places = [float(place) for place in re.findall(r'(?:x|x1|x2)="(-?[\d.]+)%"', timeline(now=now))]
        assert all(-0.5 <= place <= 100 for place in places)


def test_an_empty_ledger_draws_nothing() -> None:
    assert clock_timeline((), now=NOW, due=NOW) == ""


def test_the_clock_can_be_read_aloud() -> None:
    assert clock_words(ran=492, paused=114, left=108) == "O prazo correu 8h12. Ficou pausado 1h54. Restam 1h48."
    assert clock_words(ran=652, paused=0, left=-52) == "O prazo correu 10h52. Venceu há 0h52."
