from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from farol.tickets.rules.lifecycle import State
from farol.ui import pieces, words
from farol.ui.showroom import NOW, at


def test_a_bare_tower_still_says_its_severity() -> None:
    html = pieces.tower("critical", bare=True)
    assert "tower-critical" in html
    assert "Severidade crítica" in html


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_glyph_and_words_for_both_readers(state: State) -> None:
    assert pieces.GLYPHS[state] in pieces.situation(state)
    assert pieces.situation_word(state)
    assert pieces.situation_word(state, for_customer=True)


def test_the_customer_reads_other_words_than_the_desk() -> None:
    assert pieces.situation_word("awaiting_customer") == "Aguardando cliente"
    assert pieces.situation_word("awaiting_customer", for_customer=True) == "Falta uma informação"


def test_work_in_another_area_names_the_area() -> None:
    html = pieces.situation("in_analysis", area="a Fábrica")
    assert "situation-area" in html
    assert "Com a Fábrica" in html


def test_a_postponed_acceptance_shows_its_new_day_to_the_customer() -> None:
    html = pieces.situation("awaiting_acceptance", until=date(2025, 12, 27), for_customer=True)
    assert "situation-postponed" in html
    assert "Aceite adiado até 27 dez." in html


@pytest.mark.parametrize(
    ("minutes", "facts", "state"),
    [
        (241, {}, "running"),
        (240, {}, "near"),
        (0, {}, "near"),
        (-1, {}, "overdue"),
        (-1, {"paused": True}, "paused"),
        (30, {"met": True}, "met"),
    ],
)
def test_the_clock_is_near_at_four_business_hours(minutes: int, facts: dict[str, bool], state: str) -> None:
    assert pieces.clock_state(minutes, **facts) == state


def test_the_chip_carries_the_absolute_date_for_whoever_cannot_see_it() -> None:
    html = pieces.clock_chip(108, due=at(18, 12), now=NOW)
    assert "1h48" in html
    assert html.count("vence hoje, às 12h00") == 2


def test_an_overdue_chip_says_since_how_long() -> None:
    assert "há 0h52" in pieces.clock_chip(-52)


def test_a_person_keeps_the_same_colour_and_nobody_is_dashed() -> None:
    assert pieces.avatar("Rafael Tanaka") == pieces.avatar("Rafael Tanaka")
    assert "avatar-nobody" in pieces.avatar("")


def test_what_people_write_is_escaped() -> None:
    assert "<b>" not in pieces.badge("<b>oi</b>")
    assert "<b>" not in pieces.avatar("<b> x")


def test_contracts_are_known_by_their_plan() -> None:
    assert "badge-sla" in pieces.contract_badge("sla")
    assert "Padrão" in pieces.contract_badge("standard")
    assert words.SUPPORT_DAY == 720


@pytest.mark.parametrize(
    ("language", "said"), [("pt-br", "Com a Fábrica"), ("en", "With Fábrica"), ("es", "Con Fábrica")]
)
def test_an_area_leaves_its_article_behind_in_another_language(language: str, said: str) -> None:
    with translation.override(language):
        assert pieces.situation_word("in_analysis", area="a Fábrica", language=language) == said
