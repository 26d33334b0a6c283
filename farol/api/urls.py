"""Everything under /api/."""

from __future__ import annotations

from django.urls import path, re_path

from farol.api.door import api
from farol.api.frame import unknown
from farol.api.views.docs import show_docs

urlpatterns = [
    path("v1/docs", show_docs),
    path("v1/", api.urls),
    re_path("", unknown),
]
