"""What is said to the pages of hours, and what they answer."""

from __future__ import annotations

from datetime import datetime
from html import unescape

from django.test import Client

from farol.tickets.models import Ticket

SUPPORT = "support_tech_07_19"
HOLIDAY = "/mesa/horarios/feriados/novo"
VERSION = f"/mesa/horarios/{SUPPORT}/versoes/nova"
SPECIAL = f"/mesa/horarios/{SUPPORT}/dias/novo"
TOMORROW = {"day": "2026-11-25", "name": "Dia do Farol", "level": "vendor", "place": ""}
REASON = {"reason": "Esquecemos de carregar este feriado."}
SHORTER = {
    "valid_from": "2026-12-01",
    "zone": "America/Sao_Paulo",
    "levels": ["national"],
    "place": "SP/São Paulo",
    "reason": "Acordo coletivo de 2026.",
    **{f"week_{day}": "08:00-12:00 13:00-17:00" for day in range(5)},
}


def post(client: Client, url: str, *said: dict[str, object], status: int = 200) -> str:
    facts = {name: value for part in said for name, value in part.items()}
    answer = client.post(url, facts)
    html = unescape(answer.content.decode())
    assert answer.status_code == status, html[-3000:]
    return html


def confirm(client: Client, url: str, *said: dict[str, object], status: int = 302) -> str:
    return post(client, url, *said, {"confirmar": "1"}, status=status)


def due(ticket: Ticket) -> datetime:
    return Ticket.objects.get(pk=ticket.pk).due_at
