"""Every address of the house, door by door."""

from __future__ import annotations

from django.urls import include, path

from farol.house import health

urlpatterns = [
    path("mesa/", include("farol.desk.urls")),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("api/", include("farol.api.urls")),
]
