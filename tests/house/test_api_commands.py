"""`farol token` and `farol deadlines run`."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from farol.house.command_line import execute, main
from farol.house.embedded.troubles import Trouble
from farol.people.models import Token
from tests.calling import Program
from tests.world import World, at, build


@pytest.fixture
def world(db: None) -> World:
    return build()


def test_a_token_is_printed_once_and_opens_the_door(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["token", "Marina@SerraAzul.example "]) == 0
    token = capsys.readouterr().out.strip()
    me = Program(token).get("/me")
    assert (me["person"]["name"], me["scopes"]) == ("Marina Prado", [])


def test_a_token_has_the_scopes_it_was_given(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["token", "rafael@farol.example", "--scope", "import", "--name", "carga", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["email"], told["scopes"]) == ("rafael@farol.example", ["import"])
    kept = Token.objects.get()
    assert (kept.name, kept.scopes) == ("carga", ["import"])
    assert kept.expires_at.isoformat(timespec="seconds") == told["expires_at"]
    assert Program(told["token"]).get("/me")["scopes"] == ["import"]


def test_nobody_gets_no_token(world: World) -> None:
    with pytest.raises(Trouble, match="Nobody signs in"):
        execute(["token", "nobody@farol.example"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["token"],
        ["token", "a@b.example", "--scope", "everything"],
        ["deadlines"],
        ["deadlines", "run", "--now", "2027-01-10T00:00:00"],
        ["deadlines", "run", "--now", "tomorrow"],
    ],
)
def test_a_command_that_cannot_run_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "farol" in capsys.readouterr().err


@pytest.mark.rule("R-070", "R-073", "R-075")
def test_deadlines_do_what_is_due_and_may_be_run_again(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    sent = at("2026-11-24 15:20")
    world.solved(sent)

    def done(now: str) -> dict[str, int]:
        assert execute(["deadlines", "run", "--now", now, "--json"]) == 0
        told: dict[str, int] = json.loads(capsys.readouterr().out)
        return told

    assert done((sent + timedelta(days=1)).isoformat())["reminded"] == 0
    assert done("2026-12-07T00:00:00-03:00")["reminded"] == 1
    assert done("2026-12-10T00:00:00-03:00") | {"warned": 0} == {"reminded": 0, "closed": 1, "warned": 0}
    assert done("2027-12-10T00:00:00-03:00") | {"warned": 0} == {"reminded": 0, "closed": 0, "warned": 0}
    assert execute(["deadlines", "run"]) == 0
    assert capsys.readouterr().out.startswith("0 reminded, 0 closed")
