"""Asking a provider of identities: a few short answers, in JSON, within seconds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPException
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

LIMIT = 5.0
"""Seconds for each answer: somebody is waiting for a page."""
LONGEST = 500_000
LOCAL = {"localhost", "127.0.0.1", "::1"}


class NotFetched(Exception):
    """No answer that can be read; the words are for the log."""


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **options: Any) -> None:
        return None


_opener = build_opener(_NoRedirects, ProxyHandler({}))


def fetch(url: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> Any:
    """What the address answers, read as JSON. Raises NotFetched. Without TLS only this machine is asked."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
        raise NotFetched(f"https is needed: {url[:200]}")
    body = urlencode(form).encode() if form is not None else None
    request = Request(url, body, {"Accept": "application/json", "User-Agent": "Farol", **(headers or {})})
    until = monotonic() + LIMIT
    try:
        with _opener.open(request, timeout=LIMIT) as answer:
            text = b""
            while part := answer.read1(65_536):
                text += part
                if len(text) > LONGEST or monotonic() > until:
                    raise NotFetched("too much, or too slow")
            return json.loads(text)
    except (OSError, HTTPException, ValueError) as error:
        raise NotFetched(f"{type(error).__name__}: {error}") from error
