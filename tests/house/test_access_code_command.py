"""`farol access-code`"""

from __future__ import annotations

import json

import pytest

from farol.house.command_line import execute, knows, main


@pytest.mark.rule("R-046")
def test_the_command_makes_and_reads_codes(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["access-code", "--segment", "1", "--line", "4", "--series", "8", "--product", "12", "--json"]
    assert execute(asked) == 0
    assert json.loads(capsys.readouterr().out) == {
        "shown": "01.4.T.0012-9", "keyed": "014800129", "grouping": "01.T.0012",
        "segment": 1, "line": 4, "series": "T", "product": 12,
    }  # fmt: skip
    assert execute(["access-code", "050100016"]) == 0
    assert capsys.readouterr().out == "05.0.1.0001-6  050100016\n"


@pytest.mark.rule("R-040")
@pytest.mark.parametrize(
    "arguments",
    [["050100017"], [], ["--segment", "1"], ["050100016", "--line", "1"], ["--segment", "0", "--line", "0"]],
)
def test_a_wrong_code_is_told_in_a_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["access-code", *arguments]) == 2
    assert capsys.readouterr().err.startswith("farol: ")


def test_the_command_is_known_by_the_name_one_types() -> None:
    assert knows("access-code")
