from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from farol.phone.doors import sounds
from farol.phone.doors.sounds import NoVoice, Studio
from farol.phone.script.menus import SEED, Menus
from farol.phone.script.prompts import file_of
from tests.rules.test_call_script import ANA, BRUNO, CARLA, Known, called

MENUS = Menus.read(SEED)
SPEAK = """#!/bin/sh
while [ $# -gt 1 ]; do [ "$1" = -w ] && out=$2; shift; done
printf '%s.' "$1" > "$out"
"""
JOIN = """#!/bin/sh
into=
for word in "$@"; do
  case $word in
    *.new.wav) into=$word ;;
    *.wav) [ -z "$into" ] && from="$from $word" ;;
  esac
done
cat $from > "$into"
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Programs that write words instead of sounds."""
    for name, text in (("espeak-ng", SPEAK), ("sox", JOIN)):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(text)
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return tmp_path


@pytest.mark.parametrize(
    "keys",
    [
        f"{ANA} 2 1",
        f"{ANA} 1 9# 9# 9# 9 2",
        f"{ANA} 1 123456789# - 1",
        "2 2 1# - 1# 1# 1# 1# 1# 1# 1#",
        CARLA,
        BRUNO,
        "9 9 9 9",
        "- - -",
        "2 9 - * 5",
    ],
)
def test_every_file_that_a_call_asks_for_is_made(keys: str) -> None:
    made = {file_of(names) for names in sounds.files(MENUS)}
    for closed in (frozenset[str](), frozenset({"suporte", "cst", "ouvidoria", "assessoria", "datacenter"})):
        assert {file_of(each.split("+")) for each in heard(keys.split(), closed)} <= made


def heard(tokens: list[str], closed: frozenset[str]) -> list[str]:
    """What is said until the call ends, by itself or with the keys."""
    for length in range(len(tokens), -1, -1):
        with contextlib.suppress(AssertionError):  # these keys are too many: the call had ended before
            return called(" ".join(tokens[:length]), Known(closed=closed))[0]
    return []


def test_prompts_are_made_once_and_a_persons_voice_takes_their_place(programs: Path) -> None:
    studio = Studio(programs / "sounds", "ura")
    made = studio.make(MENUS, "pt-br")
    first = programs / "sounds" / "pt_BR" / "ura" / "saudacao+menu-principal.wav"
    assert made > 60
    assert first.read_text().startswith("Bem-vindo à central de relacionamento.")
    assert studio.make(MENUS, "pt-br") == 0
    recorded = programs / "sounds" / "recorded" / "pt_BR" / "saudacao.wav"
    recorded.parent.mkdir(parents=True)
    recorded.write_text("Olá!")
    assert studio.make(MENUS, "pt-br") == 2
    assert first.read_text().startswith("Olá!")
    assert studio.make(MENUS, "en") == made
    assert "Welcome" in (programs / "sounds" / "en" / "ura" / "saudacao.wav").read_text()


def test_where_nothing_can_speak_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoVoice, match="espeak-ng, sox"):
        Studio(tmp_path, "ura").make(MENUS, "es")
