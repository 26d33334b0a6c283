"""Which files are taken, and why not the others.

>>> check("nota.xml", size=18_000, limit=50 * MB)
>>> check("nota.exe", size=18_000, limit=50 * MB)
Traceback (most recent call last):
farol.files.rules.TypeForbidden: Arquivos .exe não são aceitos.

And which part of a file was asked for (RFC 9110, 14.2):

>>> part("bytes=-500", size=2000)
range(1500, 2000)
>>> part("bytes=9000-", size=2000)
range(0, 0)
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from farol.kernel.errors import Refusal, gettext_noop

MB = 1024 * 1024
ONE_PART = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII | re.IGNORECASE)

FORBIDDEN = frozenset(
    {
        *(".exe", ".com", ".bat", ".cmd", ".scr", ".pif", ".msi", ".msp", ".cpl", ".dll", ".jar", ".lnk", ".reg"),
        *(".js", ".jse", ".vbs", ".vbe", ".wsf", ".wsh", ".ps1", ".psm1", ".hta", ".sh", ".php", ".app", ".apk"),
        *(".deb", ".rpm", ".iso", ".img", ".vhd", ".html", ".htm", ".xhtml", ".svg"),
    }
)
"""What runs, or what a browser would run, when opened from our address."""

FORBIDDEN_CONTENT = frozenset({b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!"})
"""How programs begin, whatever their name says."""


class Verdict(StrEnum):
    """What the scanner said; where none is configured, nothing."""

    CLEAN = ""
    HELD = "held"  # not looked at yet: the scanner did not answer
    INFECTED = "infected"


class FileInfected(Refusal):
    code = "file.infected"
    status = 422
    message = gettext_noop("O arquivo {name} contém um vírus ({virus}) e não foi aceito.")
    remedy = gettext_noop("Verifique o computador de origem e envie o arquivo limpo.")


class FileHeld(Refusal):
    """Until the scanner has looked at it, a file is kept and given to nobody."""

    code = "file.held"
    status = 409
    message = gettext_noop("O arquivo {name} está em verificação.")
    remedy = gettext_noop("Tente de novo em alguns minutos.")


class FileTooLarge(Refusal):
    code = "file.too_large"
    status = 413
    message = gettext_noop("O arquivo tem {size} MB. O limite é {limit} MB.")
    remedy = gettext_noop("Compacte ou envie em partes.")


class FileEmpty(Refusal):
    code = "file.empty"
    status = 422
    message = gettext_noop("O arquivo {name} está vazio.")
    remedy = gettext_noop("Confira o arquivo e envie de novo.")


class TypeForbidden(Refusal):
    code = "file.type_forbidden"
    status = 415
    message = gettext_noop("Arquivos {kind} não são aceitos.")
    remedy = gettext_noop("Compacte em .zip, ou envie como PDF, imagem, texto ou planilha.")


def check(name: str, *, size: int, limit: int, head: bytes = b"") -> None:
    """Raise the refusal for a file of `size` bytes that begins with `head`, if there is one."""
    if size > limit:
        raise FileTooLarge(size=-(-size // MB), limit=limit // MB)
    if size == 0:
        raise FileEmpty(name=name)
    for kind in _endings(name):
        if kind in FORBIDDEN:
            raise TypeForbidden(kind=kind)
    if any(head.startswith(start) for start in FORBIDDEN_CONTENT):
        raise TypeForbidden(kind=gettext_noop("executáveis"))


def refuse_unchecked(verdict: str, name: str) -> None:
    """Raises FileHeld or FileInfected unless the file may be given out."""
    if verdict == Verdict.HELD:
        raise FileHeld(name=name)
    if verdict == Verdict.INFECTED:
        raise FileInfected(name=name, virus="?")


SHOWN = {
    "image/png": "image",
    "image/jpeg": "image",
    "image/gif": "image",
    "image/webp": "image",
    "application/pdf": "pdf",
    "text/plain": "text",
    "text/csv": "text",
    "application/xml": "text",
    "text/xml": "text",
    "application/json": "text",
}
"""What a browser shows without running it, and as what."""
BEGINNINGS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
    "application/pdf": (b"%PDF-",),
}


def shown_as(content_type: str, head: bytes | None = None) -> str:
    """image, pdf, text, or nothing: what a preview is. With the `head`, its content must agree.

    >>> shown_as("image/png"), shown_as("image/png", b"<html>"), shown_as("text/html")
    ('image', '', '')
    """
    kind = SHOWN.get(content_type.partition(";")[0].strip().lower(), "")
    if head is not None and kind not in {"", "text"} and not head.startswith(BEGINNINGS[content_type]):
        return ""
    return kind


def part(asked: str, *, size: int) -> range | None:
    """The bytes that a `Range` header asks for: none of them when it begins behind the end.

    None when there is nothing to go by: another unit, several parts, no header at
    all. Then the whole file is given, as the standard allows.
    """
    found = ONE_PART.fullmatch(asked)
    if found is None:
        return None
    first, last = found.groups()
    if not first:
        return range(max(size - int(last), 0), size) if last else None
    if last and int(last) < int(first):
        return None
    start, stop = int(first), min(int(last) + 1, size) if last else size
    return range(start, stop) if start < stop else range(0)


def _endings(name: str) -> list[str]:
    """Whatever the file may end in when saved: Windows drops dots and spaces at the end, and what follows a colon."""
    return [PurePath(part.rstrip(". ")).suffix.lower() for part in name.split(":")]
