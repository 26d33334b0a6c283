"""The page to read the API's description."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from farol.api import reference
from farol.api.described import ABOUT
from farol.api.door import api


def show_docs(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/docs"""
    document = api.get_openapi_schema()
    problems = [
        {"problem": problem, "message": _(problem.message), "remedy": _(problem.remedy) if problem.remedy else ""}
        for problem in reference.problems()
    ]
    context = {
        "about": reference.plain(ABOUT).split("\n\n"),
        "calls": reference.calls(document),
        "bodies": reference.bodies(document),
        "problems": problems,
    }
    return render(request, "api/reference.html", context)
