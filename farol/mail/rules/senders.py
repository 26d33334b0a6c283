"""Whether the mail server that we trust confirms who wrote (RFC 8601).

>>> fields = ["mx.farol.example; dkim=pass header.d=serraazul.example; dmarc=pass header.from=serraazul.example"]
>>> is_confirmed(fields, trusted="mx.farol.example", sender="marina@serraazul.example")
True
>>> is_confirmed(fields, trusted="mx.farol.example", sender="rafael@farol.example")
False
"""

from __future__ import annotations

import re
from collections.abc import Sequence

COMMENT = re.compile(r"\([^()]*\)")
RESULT = re.compile(r"^\s*(\w+)\s*=\s*(\w+)(.*)$", re.DOTALL)
PROPERTY = re.compile(r"(?<![\w.-])([\w.-]{1,60})\s{0,5}=\s*\"?([^\s\";]+)")


def is_confirmed(fields: Sequence[str], *, trusted: str, sender: str) -> bool:
    """By the topmost result of `trusted`: others may have been written by the sender.

    DMARC passed for the sender's domain; or, where the domain has no policy, SPF or DKIM of that domain did.
    """
    domain = sender.rpartition("@")[2]
    for field in fields:
        authority, _, results = COMMENT.sub("", field).partition(";")
        if authority.split(maxsplit=1)[:1] == [trusted]:
            return _passed(results, domain)
    return False


def _passed(results: str, domain: str) -> bool:
    aligned = False
    for result in results.split(";"):
        if not (match := RESULT.match(result)):
            continue
        method, outcome, rest = match.groups()
        told = dict(PROPERTY.findall(rest))
        if method == "dmarc" and outcome == "pass":
            return bool(told.get("header.from", domain).lower() == domain)
        if method == "dmarc" and outcome not in {"none", "pass"}:
            return False
        named = {"spf": "smtp.mailfrom", "dkim": "header.d"}.get(method, "")
        by = told.get(named, "").lower().rpartition("@")[2]
        aligned = aligned or (outcome == "pass" and by == domain)
    return aligned
