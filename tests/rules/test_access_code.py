"""The access code: shown by a product, keyed by a caller, led to a team (section 4)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farol.catalog.rules.access_code import AccessCode, WrongCode, check_digit, generate, parse
from farol.catalog.rules.code_routes import Finding, Installation, Route, Verdict, decide

FOLHA = Installation(line=3, series="9", number=12, segment=1, is_latest=True, area="folha")
FISCAL = Installation(line=4, series="T", number=12, segment=1, is_latest=True, area="fiscal")
LINES = [Route(3, "", "triagem"), Route(3, "9", "nove")]

codes = st.builds(
    generate,
    segment=st.integers(1, 99),
    line=st.integers(0, 9),
    series=st.sampled_from([*"01234567", "9", "T"]),
    product=st.integers(1, 9999),
)


@pytest.mark.rule("R-040")
def test_points_change_nothing() -> None:
    assert parse("05.0.1.0001-6") == parse("050100016") == AccessCode(5, 0, "1", 1)


@pytest.mark.rule("R-040")
@pytest.mark.parametrize(
    ("digits", "check"),
    [("05010001", "6"), ("05010002", "7"), ("05010003", "4"), ("05010004", "2"), ("01390012", "3"), ("01480012", "9")],
)
def test_worked_examples_have_their_check_digit(digits: str, check: str) -> None:
    assert check_digit(digits) == check


@pytest.mark.rule("R-040")
@pytest.mark.parametrize(
    "text",
    [
        "", "9", "05010001", "0501000166", "050100017", "000100016", "05-0-1-٠٠٠١-6", "05 0 1 0001 6#", "*50100016",
        "0" * 9, "T50100016", "05.0.T.0001-6", "x" * 100_000, "050100016\x00", "０５０１０００１６",
    ],
)  # fmt: skip
def test_anything_else_is_a_wrong_entry(text: str) -> None:
    with pytest.raises(WrongCode):
        parse(text)
    assert decide(text, [FOLHA], LINES) == Verdict(Finding.UNREADABLE)


@pytest.mark.rule("R-045")
@pytest.mark.parametrize("shown", ["01.4.T.0012-9", "01.4.t.0012-9", "01.4.8.0012-9", "014T00129", "014800129"])
def test_series_t_is_keyed_eight_and_always_shown_as_t(shown: str) -> None:
    code = parse(shown)
    assert (code.series, code.keyed, str(code)) == ("T", "014800129", "01.4.T.0012-9")


@pytest.mark.rule("R-046")
@given(codes)
def test_what_a_product_generates_is_what_the_telephone_reads(code: AccessCode) -> None:
    assert parse(code.keyed) == parse(str(code)) == code


@pytest.mark.rule("R-046")
@given(codes, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(code: AccessCode, place: int, away: int) -> None:
    keys = code.keyed
    other = str((int(keys[place]) + away) % 10)
    with pytest.raises(WrongCode):
        parse(keys[:place] + other + keys[place + 1 :])


@pytest.mark.rule("R-046")
@given(codes, st.integers(0, 7))
def test_two_digits_in_each_others_place_are_always_seen(code: AccessCode, place: int) -> None:
    keys = code.keyed
    swapped = keys[:place] + keys[place + 1] + keys[place] + keys[place + 2 :]
    if swapped != keys:
        with pytest.raises(WrongCode):
            parse(swapped)


@pytest.mark.rule("R-046")
@pytest.mark.parametrize(
    "parts",
    [(0, 3, "9", 12), (100, 3, "9", 12), (1, 10, "9", 12), (1, 3, "TT", 12), (1, 3, "9", 0), (1, 3, "9", 10000)],
)
def test_no_code_is_made_out_of_range(parts: tuple[int, int, str, int]) -> None:
    segment, line, series, product = parts
    with pytest.raises(WrongCode):
        generate(segment=segment, line=line, series=series, product=product)


@pytest.mark.rule("R-044")
def test_the_two_fixtures_lead_to_their_teams() -> None:
    assert decide("013900123", [FISCAL, FOLHA], []).area == "folha"
    assert decide("014800129", [FISCAL, FOLHA], []).area == "fiscal"


@pytest.mark.rule("R-043")
def test_a_product_outside_the_contract_leads_nowhere() -> None:
    assert decide("013900123", [FISCAL], LINES) == Verdict(Finding.NOT_IN_CONTRACT)


@pytest.mark.rule("R-041")
def test_only_the_latest_version_has_a_code() -> None:
    old = replace(FOLHA, is_latest=False)
    assert decide("013900123", [old], LINES) == Verdict(Finding.OLD_VERSION)
    assert decide("013900123", [old, FOLHA], LINES).area == "folha"


@pytest.mark.rule("R-042")
def test_another_segment_than_the_licence_s_leads_nowhere() -> None:
    assert decide("013900123", [replace(FOLHA, segment=2)], LINES) == Verdict(Finding.OTHER_SEGMENT)
    assert decide("013900123", [replace(FOLHA, segment=None)], LINES).finding is Finding.FOUND


@pytest.mark.rule("R-044")
def test_the_longest_match_leads_product_then_series_then_line() -> None:
    unnumbered = replace(FOLHA, number=None)
    assert decide("013900123", [unnumbered, FOLHA], LINES) == Verdict(Finding.FOUND, "folha")
    assert decide("013900123", [unnumbered], LINES) == Verdict(Finding.FOUND, "nove", is_unmapped=True)
    assert decide("013900123", [unnumbered], LINES[:1]) == Verdict(Finding.FOUND, "triagem", is_unmapped=True)
    assert decide("013900123", [unnumbered], []) == Verdict(Finding.NO_TEAM, is_unmapped=True)
