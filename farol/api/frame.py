"""The frame around `/api/`: whatever goes wrong there, wherever it does, is answered as a problem."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from farol.api import problems
from farol.api.problems import BodyTooLarge, LengthNeeded, MediaTypeRefused, NotFound
from farol.files.rules import MB, FileTooLarge
from farol.kernel.errors import Refusal

PREFIX = "/api/"
JSON, MULTIPART = "application/json", "multipart/form-data"
UPLOADS = "/attachments"
TOLD = {"Allow", "Content-Range", "Retry-After"}
"""What a program needs to know beside the problem."""


class Frame:
    """Middleware: no HTML ever leaves `/api/` as an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path_info.startswith(PREFIX):
            return response
        if "Authorization" in request.headers:
            response.headers.setdefault("Cache-Control", "no-store")
        is_told = response.get("Content-Type", "").startswith(problems.MEDIA_TYPE)
        if response.status_code < 400 or is_told:
            return response
        return _instead_of(response)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.path_info.startswith(PREFIX):
            return None
        refusal = _unreadable(request)
        return problems.answer(refusal) if refusal else None


def unknown(request: HttpRequest) -> HttpResponse:
    """Any address under /api/ that is none."""
    return problems.answer(NotFound())


def _instead_of(response: HttpResponseBase) -> HttpResponse:
    kind = (
        problems.BY_STATUS.get(response.status_code) or problems.BY_STATUS[500 if response.status_code >= 500 else 400]
    )
    problem = problems.answer(kind())
    for name in TOLD & response.headers.keys():
        problem[name] = response[name]
    return problem


def _unreadable(request: HttpRequest) -> Refusal | None:
    """Why the body is not even looked at: a format nobody reads here, or too much of it."""
    if "chunked" in request.headers.get("Transfer-Encoding", ""):
        return LengthNeeded()  # WSGI reads no further than the length it was told
    length = request.META.get("CONTENT_LENGTH") or "0"
    size = int(length) if length.isascii() and length.isdigit() else 0
    if size == 0:
        return None
    is_upload = request.path_info.endswith(UPLOADS)
    wanted = MULTIPART if is_upload else JSON
    if request.content_type != wanted:
        return MediaTypeRefused(wanted=wanted)
    if is_upload and size > settings.MAX_FILE_BYTES + MB:
        return FileTooLarge(size=-(-size // MB), limit=settings.MAX_FILE_BYTES // MB)
    if not is_upload and size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return BodyTooLarge()
    return None
