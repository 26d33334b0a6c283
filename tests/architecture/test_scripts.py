"""Every file that a page names is there: with hashed names a missing one is not a gap in the page, but no page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FAROL = Path(__file__).resolve().parents[2] / "farol"
NAMED = re.compile(r"\{% (?:scripts|static) ([^%]+)%\}")


@pytest.mark.parametrize("template", sorted(FAROL.rglob("*.html")), ids=lambda path: path.stem)
def test_every_script_and_picture_that_a_page_names_exists(template: Path) -> None:
    named = [name for names in NAMED.findall(template.read_text()) for name in re.findall(r'"([^"]+)"', names)]
    assert not [name for name in named if not list(FAROL.glob(f"*/static/{name}"))]
