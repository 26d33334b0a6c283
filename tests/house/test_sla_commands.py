"""`farol sla …` as the public contract says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from farol.hours.actions import seed_hours
from farol.house.command_line import execute, main

VECTORS = Path(__file__).parents[1] / "vectors" / "sla.json"
CUSTOMER = "2026-11-19T18:00:00-03:00/2026-11-21T11:00:00-03:00"
DUE = ["sla", "due", "--calendar", "support_tech_07_19", "--minutes", "1200", "--from", "2026-11-19T16:00:00-03:00"]


def test_the_cases_of_a_file_that_are_right_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sla", "check", str(VECTORS)]) == 0
    assert capsys.readouterr().out == "cases: 240, disagreements: 0\n"


def test_each_disagreement_of_a_file_is_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    book = json.loads(VECTORS.read_text())
    book["vectors"][2]["due"] = "2026-11-25T11:01:00-03:00"
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(book))
    assert main(["sla", "check", str(wrong)]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("#3 admin_finance_08_12_1330_18 2026-11-20T10:00:00-03:00 +1200 min: ")
    assert first.endswith("2026-11-25T11:01:00-03:00 ≠ 2026-11-25T11:00:00-03:00")
    assert last == "cases: 240, disagreements: 1"
    assert main(["sla", "check", "--json", str(wrong)]) == 1
    assert [each["case"] for each in json.loads(capsys.readouterr().out)["disagreements"]] == [3]


@pytest.mark.parametrize("text", ["", "[]", '{"timezone": "America/Sao_Paulo"}', '{"timezone": "Nowhere/Here"}'])
def test_a_file_that_is_no_book_of_cases_could_not_be_run(text: str, tmp_path: Path) -> None:
    (tmp_path / "book.json").write_text(text)
    assert main(["sla", "check", str(tmp_path / "book.json")]) == 2
    assert main(["sla", "check", str(tmp_path / "missing.json")]) == 2


@pytest.mark.django_db
def test_a_due_date_is_printed_below_its_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    seed_hours()
    assert execute([*DUE, "--pause", CUSTOMER]) == 0
    *spans, due = capsys.readouterr().out.splitlines()
    assert due == "2026-11-24T13:00:00-03:00"
    assert [line.split()[2:4] for line in spans] == [
        ["running", "120"],
        ["paused", "2460"],
        ["closed", "2220"],
        ["closed", "420"],
        ["running", "720"],
        ["closed", "720"],
        ["running", "360"],
    ]


@pytest.mark.django_db
def test_as_json_it_is_the_clock_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    seed_hours()
    assert execute([*DUE, "--json"]) == 0
    clock = json.loads(capsys.readouterr().out)
    assert (clock["due_at"], clock["allowance_minutes"]) == ("2026-11-24T12:00:00-03:00", 1200)
    assert set(clock["spans"][0]) == {"from", "to", "kind", "minutes", "why"}
    assert clock["spans"][2]["why"] == "Feriado: Dia Nacional de Zumbi e da Consciência Negra, 20 nov."
    assert sum(span["minutes"] for span in clock["spans"] if span["kind"] == "running") == 1200


@pytest.mark.django_db
def test_what_cannot_be_reckoned_could_not_be_run(capsys: pytest.CaptureFixture[str]) -> None:
    seed_hours()
    assert (
        execute(["sla", "due", "--calendar", "always", "--minutes", "-1", "--from", "2026-11-19T16:00:00-03:00"]) == 2
    )
    assert "minutes" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--from", "2026-11-19T16:00:00"], ["--pause", CUSTOMER.replace("21T", "18T")]])
def test_an_instant_without_its_offset_and_a_reversed_pause_are_refused(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        execute([*DUE, *wrong])
    assert ended.value.code == 2
