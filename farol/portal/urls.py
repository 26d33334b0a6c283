"""The customer's addresses."""

from __future__ import annotations

from django.urls import path

from farol.portal.views import (
    billing,
    drafts,
    following,
    home,
    impact,
    listing,
    opening,
    preferences,
    preview,
    sign_in,
    survey,
    ticket,
    tools,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("entrar", sign_in.SignIn.as_view(), name="sign_in"),
    path("sair", sign_in.sign_out, name="sign_out"),
    path("preferencias", preferences.preferences, name="preferences"),
    path("pesquisas/<str:token>", survey.survey, name="survey"),
    path("chamados", listing.listing, name="tickets"),
    path("chamados.csv", listing.export, name="export"),
    path("chamados/novo", opening.opening, name="opening"),
    path("chamados/novo/<int:draft_id>", opening.draft, name="draft"),
    path("chamados/novo/<int:draft_id>/previsao", opening.forecast, name="forecast"),
    path("chamados/novo/<int:draft_id>/anexos", opening.draft_files, name="draft_files"),
    path("chamados/novo/<int:draft_id>/descarte", opening.draft_removal, name="draft_removal"),
    path("chamados/novo/<int:draft_id>/<slug:step>", opening.draft_step, name="draft_step"),
    path("chamados/<int:number>", ticket.ticket, name="ticket"),
    path("chamados/<int:number>/rascunho", drafts.keep, name="unsent"),
    path("chamados/<int:number>/rascunho/descarte", drafts.discard, name="unsent_discarded"),
    path("chamados/<int:number>/interacoes", ticket.message, name="message"),
    path("chamados/<int:number>/aceite", ticket.acceptance, name="acceptance"),
    path("chamados/<int:number>/recusa", ticket.rejection, name="rejection"),
    path("chamados/<int:number>/adiamento", ticket.postponement, name="postponement"),
    path("chamados/<int:number>/aprovacao", ticket.approval, name="approval"),
    path("chamados/<int:number>/desaprovacao", ticket.disapproval, name="disapproval"),
    path("chamados/<int:number>/cancelamento", ticket.cancellation, name="cancellation"),
    path("chamados/<int:number>/impacto/<str:token>", impact.impact, name="impact"),
    path("chamados/<int:number>/acompanhantes", following.watchers, name="watchers"),
    path("chamados/<int:number>/acompanhantes/<int:person_id>/remocao", following.removal, name="watcher_removal"),
    path("chamados/<int:number>/acompanhamento/<str:token>", following.unfollowing, name="unfollowing"),
    path("chamados/<int:number>/contestacao", ticket.contest, name="contest"),
    path("chamados/<int:number>/continuacao", ticket.continuation, name="continuation"),
    path("ferramentas", tools.tools, name="tools"),
    path("faturamento", billing.billing, name="billing"),
    path("previa", preview.preview, name="preview"),
    path("arquivos/<int:file_id>", ticket.file, name="file"),
    path("arquivos/<int:file_id>/ver", preview.file, name="file_preview"),
]
