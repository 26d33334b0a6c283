"""What somebody wrote themselves in a reply: without the history below it and without a signature.

When nothing would be left, or words stand between the quoted lines, all of it stays. Read line by line: a
pattern over several lines would take minutes on a text made for it.

>>> said("Segue o XML.\\n\\nEm seg., 23 de nov. de 2026 às 10:12, Farol <a@b.example> escreveu:\\n> Qual o XML?")
'Segue o XML.'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

OPENS = re.compile(r"\s*(?:Em|On|El|Le|Am|Il)\b", re.IGNORECASE)
WROTE = re.compile(r"(?:escreveu|wrote|escribió|a écrit|schrieb|ha scritto)\s?:\Z")
ATTRIBUTION_LINES = 3
"""The line above a quotation, which mail programs break into up to three."""
ORIGINAL = re.compile(
    r"-{3,} ?(?:Mensagem original|Original Message|Mensaje original|Message d'origine|Ursprüngliche Nachricht) ?-{3,}",
    re.IGNORECASE,
)
FROM = re.compile(r"\*?(?:De|From|Von)\*?:", re.IGNORECASE)
SENT = re.compile(r"\*?(?:Enviad[oa](?: em)?|Sent|Date|Data|Fecha|Gesendet|Para|To|An)\*?:", re.IGNORECASE)
SUBJECT = re.compile(r"\*?(?:Assunto|Subject|Asunto|Betreff)\*?:", re.IGNORECASE)
HEADER_LINES = 10
"""Within how many lines the headers that Outlook puts above a quotation end in a subject."""
SIGNATURES = {"--", "-- ", "--\xa0"}
SIGNATURE_LINES = 15
FROM_A_PHONE = re.compile(
    r"(?:Enviado|Sent|Obter o|Get|Obtener)\b.{0,20}\b"
    r"(?:iPhone|iPad|Android|Samsung|Galaxy|Outlook|Yahoo|celular)\b.{0,60}",
    re.IGNORECASE,
)


def said(text: str) -> str:
    """`text` without the history that a reply drags along, and without its signature."""
    lines = text.strip().split("\n")
    own = _without_signature(_without_history(lines))
    return "\n".join(own).strip() or text.strip()


def _without_history(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    copied = next((i for i in range(len(kept)) if _begins_copy(kept, i)), None)
    if copied is not None and any(line.strip() for line in kept[:copied]):
        kept = kept[:copied]
        while kept and not kept[-1].strip(" _"):
            kept.pop()
    for end, line in enumerate(kept):
        if WROTE.search(line.rstrip()) and (start := _attribution(kept, end)) is not None:
            return _around_quote(kept, start, end + 1)
    return _without_trailing_quote(kept)


def _begins_copy(lines: Sequence[str], at: int) -> bool:
    """That a copy of an earlier mail begins at this line, under a rule or under its headers."""
    line = lines[at].strip()
    if ORIGINAL.fullmatch(line):
        return True
    if not FROM.match(line):
        return False
    block = [other.strip() for other in lines[at + 1 : at + HEADER_LINES]]
    subject = next((i for i, other in enumerate(block) if SUBJECT.match(other)), 0)
    return any(SENT.match(other) for other in block[:subject])


def _attribution(lines: Sequence[str], end: int) -> int | None:
    """Where the sentence that ends with "escreveu:" begins, if it begins as such sentences do."""
    for start in range(end, max(end - ATTRIBUTION_LINES, -1), -1):
        if lines[start].startswith(">"):
            return None
        if OPENS.match(lines[start]):
            return start
    return None


def _around_quote(lines: list[str], start: int, end: int) -> list[str]:
    """What stands above the quotation and below it; all of it when answers stand between quoted lines."""
    above, below = lines[:start], lines[end:]
    first = next((i for i, line in enumerate(below) if line.startswith(">")), None)
    if first is None:
        return above
    rest = below[first:]
    after = next((i for i, line in enumerate(rest) if line.strip() and not line.startswith(">")), len(rest))
    if any(line.startswith(">") for line in rest[after:]):
        return lines
    return [*above, *rest[after:]]


def _without_trailing_quote(lines: list[str]) -> list[str]:
    while lines and (lines[-1].startswith(">") or not lines[-1].strip()):
        lines.pop()
    return lines


def _without_signature(lines: list[str]) -> list[str]:
    """After the two dashes of RFC 3676 come at most a few lines; more of them are text."""
    last = len(lines)
    for at in range(max(last - SIGNATURE_LINES - 1, 0), last):
        if lines[at] in SIGNATURES:
            lines = lines[:at]
            break
    while lines and (not lines[-1].strip() or FROM_A_PHONE.fullmatch(lines[-1].strip())):
        lines.pop()
    return lines
