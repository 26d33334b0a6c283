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
