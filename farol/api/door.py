"""The API as a whole: its calls, its token, its refusals."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation

from farol.access import actions as access
from farol.api import described, problems, validation
from farol.api.callers import BearerToken, Caller
from farol.api.once import answering
from farol.api.views import (
    attachments,
    charges,
    contacts,
    desk,
    environment,
    judgement,
    openings,
    opinions,
    talk,
    ties,
    titles,
    whereabouts,
)
from farol.kernel.errors import Refusal


class Door(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> Any:
        return described.completed(super().get_openapi_schema(**options))

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = Door(
    title="Farol",
    version="1",
    description=described.ABOUT,
    urls_namespace="api",
    docs_url=None,
    auth=BearerToken(),
)
for views in (
    *(whereabouts, openings, talk, desk, ties, judgement, charges, environment, opinions, attachments, titles),
    contacts,
):
    views.router.add_decorator(answering)
    api.add_router("", views.router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    caller = getattr(request, "auth", None)
    if isinstance(caller, Caller):
        access.note_refusal(refusal, by=caller.by, now=caller.now)
    return problems.answer(refusal)


@api.exception_handler(ValidationError)
def misfilled(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.answer(validation.refused(error.errors))


@api.exception_handler(AuthenticationError)
def unknown_caller(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problems.answer(problems.TokenNeeded())


@api.exception_handler(HttpError)
def malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problems.answer(problems.BY_STATUS.get(error.status_code, problems.Malformed)())


@api.exception_handler(Exception)
def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """A bug is a crash: Django logs it, and the frame says so as a problem."""
    raise error
