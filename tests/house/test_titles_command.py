"""`farol titles import`"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from farol.billing.models import Title
from farol.billing.rules.titles import SheetUnreadable
from farol.house.commands import titles
from tests.world import World, build

HEAD = "cnpj;numero;vencimento;valor;situacao\n"
GOOD = "12.ABC.345/01DE-35;NF 1;10/11/2026;1.234,50;aberto\n"
BAD = "11.444.777/0001-61;NF 2;10/11/2026;1,00;aberto\n"


@pytest.fixture
def world(db: None) -> World:
    return build()


def bring(*asked: str) -> int:
    parser = argparse.ArgumentParser()
    titles.arguments(parser)
    return titles.run(parser.parse_args(["import", *asked]))


def test_good_lines_are_kept_and_bad_ones_named(world: World, tmp_path: Path, capsys) -> None:
    file = tmp_path / "titulos.csv"
    file.write_text(HEAD + GOOD + BAD, encoding="latin-1")
    assert bring(str(file), "--preview", "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["good"], [bad["line"] for bad in said["refused"]]) == (1, [3])
    assert not Title.objects.exists()
    assert bring(str(file)) == 1
    out, wrong = capsys.readouterr()
    assert (out, wrong.startswith("line 3: ")) == ("1 new, 0 changed, 0 as they were\n", True)
    assert Title.objects.get().amount_cents == 123_450


def test_told_again_nothing_changes(world: World, tmp_path: Path, capsys) -> None:
    file = tmp_path / "titulos.csv"
    file.write_bytes(("\ufeff" + HEAD + GOOD).encode())
    assert [bring(str(file)), bring(str(file))] == [0, 0]
    assert capsys.readouterr().out.splitlines()[1] == "0 new, 0 changed, 1 as they were"


def test_what_is_no_sheet_is_refused(world: World, tmp_path: Path) -> None:
    file = tmp_path / "titulos.csv"
    file.write_bytes(b"PK\x03\x04\x00nada")
    with pytest.raises(SheetUnreadable):
        bring(str(file))
