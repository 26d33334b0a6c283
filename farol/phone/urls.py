"""The addresses of the telephone."""

from __future__ import annotations

from django.urls import path

from farol.phone import views

app_name = "phone"
urlpatterns = [
    path("twiml", views.call, name="twiml"),
    path("twiml/fim", views.end, name="twiml_end"),
]
