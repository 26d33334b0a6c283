"""The description of the API, and the page to read it."""

from __future__ import annotations

import pytest

from tests.architecture import contract


def test_the_description_is_the_one_in_the_repository(capsys: pytest.CaptureFixture[str]) -> None:
    assert contract.main(["--check"]) == 0, capsys.readouterr().out
