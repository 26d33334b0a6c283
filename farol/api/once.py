"""The frame of every call: the answer as JSON, and a POST with a key done once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import Status
from pydantic import BaseModel

from farol.api import entitlement
from farol.api.asked import Imported
from farol.api.callers import Request
from farol.api.problems import KeyMalformed
from farol.journal import actions as journal

Call = Callable[..., Any]
REPLAYED = "Idempotency-Replayed"


def answering(call: Call) -> Call:
    """What the call returns, sent as JSON; with an Idempotency-Key, what it returned the first time.

    Change and receipt are one transaction: either both are kept or neither. A
    refusal is not remembered, so that the same key may try again.
    """

    @wraps(call)
    def run(request: Request, **said: Any) -> HttpResponseBase:
        entitlement.admit(request, call.__name__)
        key = request.headers.get("Idempotency-Key")
        if request.method != "POST" or key is None:
            return _done(call, request, said)
        if not (1 <= len(key) <= 200 and key.isascii() and key.isprintable()):
            raise KeyMalformed
        person, digest = request.auth.person.pk, _digest(request)
        with transaction.atomic():
            if receipt := journal.recall(person, key, digest=digest):
                return _json(receipt.answer, receipt.status, replayed=True)
            response = _done(call, request, said)
            if isinstance(response, HttpResponse):
                journal.remember(person, key, status=response.status_code, answer=response.text)
            return response

    return run


def _done(call: Call, request: Request, said: dict[str, Any]) -> HttpResponseBase:
    """The call, done; of history brought in nobody is told."""
    payload = said.get("payload")
    is_history = isinstance(payload, Imported) and payload.at is not None
    with journal.untold() if is_history else nullcontext():
        return _sent(call(request, **said))


def _sent(result: object) -> HttpResponseBase:
    if isinstance(result, HttpResponseBase):
        return result
    status, body = (result.status_code, result.value) if isinstance(result, Status) else (200, result)
    if not isinstance(body, BaseModel):
        raise TypeError(f"a call answers with a body of the contract, not {type(body)}")
    return _json(body.model_dump_json(by_alias=True), status)


def _json(text: str, status: int, *, replayed: bool = False) -> HttpResponse:
    headers = {REPLAYED: "true"} if replayed else {}
    return HttpResponse(text, "application/json", status, headers=headers)


def _digest(request: Request) -> str:
    """SHA-256 of what was asked: method, path and body; of an upload its name and content."""
    said = request.body if request.content_type != "multipart/form-data" else b"".join(_uploads(request))
    return hashlib.sha256(f"{request.method} {request.path}\n".encode() + said).hexdigest()


def _uploads(request: Request) -> Iterator[bytes]:
    for field, files in request.FILES.lists():
        for file in files:
            content = hashlib.sha256(file.read()).hexdigest()
            file.seek(0)
            yield f"{field}\n{file.name}\n{content}\n".encode()
