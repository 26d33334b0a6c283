"""Small files that people attach: made here, so that they open."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import PurePath

from django.core.files.base import ContentFile

WIDTH, HEIGHT = 480, 300


def paper(name: str, subject: str, rng: random.Random) -> ContentFile[bytes]:
    """A file of the kind that its name says, about `subject`."""
    kind = PurePath(name).suffix
    make = {".xml": _xml, ".csv": _csv, ".pdf": _pdf, ".png": _png}.get(kind, _text)
    return ContentFile(make(subject, rng), name=name)


def _xml(subject: str, rng: random.Random) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<retEnviNFe versao="4.00" xmlns="http://www.portalfiscal.inf.br/nfe">\n'
        f"  <tpAmb>1</tpAmb>\n  <nRec>{rng.randrange(10**14, 10**15)}</nRec>\n"
        f"  <cStat>778</cStat>\n  <xMotivo>{subject}</xMotivo>\n</retEnviNFe>\n"
    ).encode()


def _csv(subject: str, rng: random.Random) -> bytes:
    rows = [f"{rng.randrange(1000, 9999)};{rng.randrange(1, 400)};{rng.random() * 900:.2f}" for _ in range(40)]
    return "\n".join([f"# {subject}", "codigo;quantidade;valor", *rows, ""]).encode()


def _text(subject: str, rng: random.Random) -> bytes:
    rows = [f"{rng.randrange(7, 19):02}:{rng.randrange(60):02} registro {rng.randrange(10**6):06}" for _ in range(60)]
    return "\n".join([subject, "", *rows, ""]).encode()


def _pdf(subject: str, rng: random.Random) -> bytes:
    """One page with one line of text."""
    line = subject.encode("latin-1", "replace").replace(b"(", b"").replace(b")", b"")
    content = b"BT /F1 14 Tf 60 760 Td (" + line + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, obj in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, obj)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


def _png(subject: str, rng: random.Random) -> bytes:
    """A drawing of a window with a few fields."""
    fields = [(rng.randrange(40, 200), rng.randrange(60, 260), rng.randrange(60, 240)) for _ in range(9)]
    rows = bytearray()
    for y in range(HEIGHT):
        row = bytearray(b"\x0b\x2b\x3b" * WIDTH if y < 34 else b"\xf3\xf6\xf8" * WIDTH)
        for left, top, width in fields:
            if top <= y < top + 14:
                row[left * 3 : (left + width) * 3] = b"\xd6\xdf\xe5" * width
        rows += b"\0" + row
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
