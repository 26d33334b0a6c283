"""The customer's addresses."""

from __future__ import annotations

from django.urls import path

from farol.portal.views import home, listing, opening, sign_in

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("entrar", sign_in.SignIn.as_view(), name="sign_in"),
    path("sair", sign_in.sign_out, name="sign_out"),
    path("chamados", listing.listing, name="tickets"),
    path("chamados/novo", opening.opening, name="opening"),
    path("chamados/novo/<int:draft_id>", opening.draft, name="draft"),
    path("chamados/novo/<int:draft_id>/previsao", opening.forecast, name="forecast"),
    path("chamados/novo/<int:draft_id>/anexos", opening.draft_files, name="draft_files"),
    path("chamados/novo/<int:draft_id>/descarte", opening.draft_removal, name="draft_removal"),
    path("chamados/novo/<int:draft_id>/<slug:step>", opening.draft_step, name="draft_step"),
    path("chamados/<int:number>", home.home, name="ticket"),
]
