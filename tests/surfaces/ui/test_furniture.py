"""What holds for every sheet, script and template of the furniture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from farol.ui import bundle

UI = Path(bundle.__file__).parent
SHEETS = sorted(bundle.FOLDER.glob("*.css"))
SCRIPTS = sorted((UI / "static/ui/js").glob("*.js"))
TEMPLATES = sorted((UI.parent).rglob("templates/**/*.html"))
SCENES = {"hero_scene.html", "scene.html"}
HEX = re.compile(r"#[0-9A-Fa-f]{3,8}\b(?![-\w])")

named = lambda path: path.name  # noqa: E731


@pytest.mark.parametrize("path", SHEETS, ids=named)
def test_a_style_sheet_is_small_and_lives_in_a_layer(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 300
    assert "@layer" in text or path.name == "fonts.css"


@pytest.mark.parametrize("path", SHEETS, ids=named)
def test_only_the_tokens_define_colours(path: Path) -> None:
    if path.name != "tokens.css":
        assert not HEX.findall(path.read_text())


def test_every_token_that_is_used_exists() -> None:
    text = "\n".join(path.read_text() for path in SHEETS)
    sprite = (UI / "static/ui/icons.svg").read_text()
    known = set(re.findall(r"(--[\w-]+)\s*:", text))
    optional = {"--glyph-gap"}
    assert not set(re.findall(r"var\((--[\w-]+)", text + sprite)) - known - optional


def test_utilities_are_few() -> None:
    assert len(set(re.findall(r"^\s*\.([\w-]+)", (bundle.FOLDER / "utilities.css").read_text(), re.M))) <= 40


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_a_script_is_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 60


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_is_small_and_holds_to_the_content_policy(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 60
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "<style" not in text or "notify" in path.parts  # a letter has nowhere else to keep its dark theme


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_raw_colours_stand_only_in_the_night_scenes(path: Path) -> None:
    if path.name not in SCENES:
        assert not re.findall(r"(?:fill|stroke|color)=\"#", path.read_text())


def test_every_icon_that_is_named_is_drawn() -> None:
    sprite = (UI / "static/ui/icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    text = "\n".join(path.read_text() for path in TEMPLATES)
    used = set(re.findall(r'{% (?:icon|drawing) "([\w-]+)"', text)) | set(re.findall(r'glyph="([\w-]+)"', text))
    assert not used - drawn


def test_the_order_of_the_layers_is_declared_first() -> None:
    assert bundle.sheets()[0] == "ui/css/00-order.css"
