"""The staff's addresses, under /desk/."""

from __future__ import annotations

from django.urls import path

from farol.desk.views import showroom

app_name = "desk"
urlpatterns = [
    path("ui", showroom.showroom, name="showroom"),
]
