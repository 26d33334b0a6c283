"""Every address of the house, door by door."""

from __future__ import annotations

from django.urls import include, path

from farol.house import health

handler400 = "farol.house.wrong.malformed"
handler403 = "farol.house.wrong.forbidden"
handler404 = "farol.house.wrong.not_found"
handler500 = "farol.house.wrong.broken"

urlpatterns = [
    path("", include("farol.portal.urls")),
    path("mesa/", include("farol.desk.urls")),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("api/", include("farol.api.urls")),
    path("phone/", include("farol.phone.urls")),
]
