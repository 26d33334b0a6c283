"""Which files are taken."""

from __future__ import annotations

import pytest

from farol.files.rules import MB, FileEmpty, FileTooLarge, TypeForbidden, check


def test_a_file_over_the_limit_says_its_size_and_the_limit() -> None:
    check("tela.png", size=50 * MB, limit=50 * MB)
    with pytest.raises(FileTooLarge, match=r"64 MB. O limite é 50 MB"):
        check("base.zip", size=64 * MB, limit=50 * MB)


@pytest.mark.parametrize("name", ["virus.exe", "MACRO.VBS", "pagina.html", "desenho.svg", "a.tar.js"])
def test_what_would_run_is_refused(name: str) -> None:
    with pytest.raises(TypeForbidden):
        check(name, size=1, limit=MB)


@pytest.mark.parametrize("head", [b"MZ\x90", b"\x7fELF", b"#!/bin/sh"])
def test_a_program_under_another_name_is_refused(head: bytes) -> None:
    with pytest.raises(TypeForbidden):
        check("nota.xml", size=10, limit=MB, head=head)


def test_an_empty_file_is_refused_by_name() -> None:
    with pytest.raises(FileEmpty, match=r"nota\.xml"):
        check("nota.xml", size=0, limit=MB)


@pytest.mark.parametrize("name", ["virus.bat.", "virus.bat. ", "macro.vbs ", "virus.exe::$DATA", "foto 10:30.exe"])
def test_an_ending_that_windows_would_drop_hides_nothing(name: str) -> None:
    with pytest.raises(TypeForbidden):
        check(name, size=1, limit=MB)
