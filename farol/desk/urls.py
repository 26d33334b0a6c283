"""The staff's addresses, under /mesa/."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from farol.desk.views import (
    acts,
    drafts,
    files,
    hours,
    links,
    many,
    opening,
    pauses,
    preferences,
    queue,
    rosters,
    search,
    showroom,
    simulation,
    tasks,
    time_log,
    workspace,
)

app_name = "desk"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="desk:mine")),
    path("minha-fila", queue.mine, name="mine"),
    path("equipe", queue.team, name="team"),
    path("sem-responsavel", queue.unassigned, name="unassigned"),
    path("aguardando-cliente", queue.awaiting, name="awaiting"),
    path("solucao-enviada", queue.proposed, name="proposed"),
    path("areas/<slug:code>", queue.area, name="area"),
    path("responsavel", many.take_many, name="take_many"),
    path("pendencias", tasks.tasks, name="tasks"),
    path("pendencias/<int:task_id>/conclusao", tasks.conclusion, name="task_conclusion"),
    path("busca", search.search, name="search"),
    path("preferencias", preferences.preferences, name="preferences"),
    path("chamados", opening.create, name="create"),
    path("chamados/novo", opening.opening, name="opening"),
    path("chamados/novo/previsao", opening.forecast, name="forecast"),
    path("chamados/<int:number>", workspace.ticket, name="ticket"),
    path("chamados/<int:number>/interacoes", workspace.reply, name="reply"),
    path("chamados/<int:number>/notas", workspace.note, name="note"),
    path("chamados/<int:number>/pedidos", workspace.ask, name="ask"),
    path("chamados/<int:number>/pausas/<int:window_id>", pauses.correction, name="pause"),
    path("chamados/<int:number>/apontamentos/<int:entry_id>", time_log.correction, name="work_correction"),
    path("chamados/<int:number>/rascunho", drafts.keep, name="unsent"),
    path("chamados/<int:number>/rascunho/descarte", drafts.discard, name="unsent_discarded"),
    path("chamados/<int:number>/cronometro", time_log.timer, name="timer"),
    path("chamados/<int:number>/ligacoes/<int:link_id>", links.link, name="link"),
    path("chamados/<int:number>/<slug:noun>", acts.act, name="act"),
    path("arquivos/<int:file_id>", files.file, name="file"),
    path("plantao", rosters.rosters, name="rosters"),
    path("plantao/nova", rosters.new_roster, name="new_roster"),
    path("plantao/<int:roster_id>", rosters.roster, name="roster"),
    path("plantao/<int:roster_id>/publicacao", rosters.publication, name="publication"),
    path("plantao/<int:roster_id>/turnos/<int:shift_id>/remocao", rosters.removal, name="shift_removal"),
    path("simulacao", simulation.simulation, name="simulation"),
    path("horarios", hours.hours, name="hours"),
    path("horarios/feriados/novo", hours.holiday, name="holiday"),
    path("horarios/<slug:code>/versoes/nova", hours.version, name="version"),
    path("horarios/<slug:code>/dias/novo", hours.special_day, name="special_day"),
    path("ui", showroom.showroom, name="showroom"),
]
