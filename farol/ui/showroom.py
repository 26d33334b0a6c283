"""Invented companies, people and tickets for the page that shows every piece in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

from farol.ui import pieces, words
from farol.ui.charts import clock_words
from farol.ui.choices import Choice
from farol.worktime.ledger import Kind, LedgerSpan, Reason, Why

NOW = datetime(2025, 11, 18, 10, 12, tzinfo=words.SAO_PAULO)
TOKENS = (
    ("bg", "fundo"), ("surface", "superfície"), ("sunken", "rebaixo"), ("ink", "tinta"), ("action", "ação"),
    ("lamp", "luz"), ("lamp-tint", "luz suave"), ("red", "vermelho"), ("orange", "laranja"), ("green", "verde"),
    ("blue", "azul"), ("violet", "violeta"),
)  # fmt: skip


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return NOW.replace(day=day, hour=hour, minute=minute)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the queue, as the desk gives it."""

    number: int
    subject: str
    customer: str
    severity: str
    state: str
    minutes: int
    owner: str = "Rafael Tanaka"
    plan: str = "standard"
    area: str = ""
    postponed_until: date | None = None
    is_paused: bool = False
    is_met: bool = False
    is_mine: bool = False
    is_unread: bool = False
    working_day: int = words.SUPPORT_DAY
    url: str = "#queue"

    @property
    def due_at(self) -> datetime:
        return NOW + timedelta(minutes=self.minutes)

    @property
    def updated_at(self) -> datetime:
        return NOW - timedelta(minutes=self.number % 47 * 9)


OVERDUE = Row(118391, "SPED Fiscal recusado no PVA: registro C190 sem CFOP", "Transportes Pampa Sul", "critical",
              "in_analysis", -52, owner="Diego Nascimento", plan="sla", is_unread=True)  # fmt: skip
TODAY = (
    Row(118455, "Folha de 13º: rateio por centro de custo zerado", "Laticínios Serra Azul", "critical",
        "in_analysis", 108, is_mine=True, is_unread=True),
    Row(118449, "NF-e em contingência não sai do estado “aguardando”", "Cerâmica Itaboraí", "high", "open", 140,
        owner="", plan="bso", is_unread=True),
    Row(118460, "Servidor de licenças não sobe depois do Update 12.4.3", "Hospital Santa Clara", "critical",
        "in_analysis", 185, owner="Jussara Lima", plan="datacenter", area="a Sustentação"),
    Row(118443, "DANFE impresso sem o protocolo de autorização", "Atacado Boa Vista", "high", "in_analysis", 310,
        is_mine=True),
)  # fmt: skip
PAUSED = (
    Row(118377, "Saldo em estoque não confere após inventário", "Laticínios Serra Azul", "medium",
        "awaiting_customer", 1_700, owner="Jussara Lima", is_paused=True),
    Row(118402, "Rejeição 778 ao transmitir NF-e de devolução", "Laticínios Serra Azul", "high",
        "awaiting_acceptance", 344, is_paused=True),
    Row(118350, "Erro 1422 ao fechar o período fiscal", "Cooperativa Rio Doce", "low", "awaiting_acceptance", 390,
        plan="sla", is_paused=True, postponed_until=date(2025, 12, 27)),
)  # fmt: skip


def span(start: datetime, end: datetime, kind: Kind, reason: Reason) -> LedgerSpan:
    return LedgerSpan(start, end, kind, int((end - start).total_seconds() // 60), Why(reason))


SPANS = (
    span(at(17, 12, 6), at(17, 17, 6), Kind.RUNNING, Reason.RUNNING),
    span(at(17, 17, 6), at(17, 19), Kind.PAUSED, Reason.PAUSE),
    span(at(17, 19), at(18, 7), Kind.CLOSED, Reason.OUTSIDE_HOURS),
    span(at(18, 7), at(18, 12), Kind.RUNNING, Reason.RUNNING),
)


class SampleForm(forms.Form):
    cnpj = forms.CharField(label="CNPJ ou CPF")
    subject = forms.CharField(label="Assunto")
    email = forms.CharField(label="E-mail")
    access_code = forms.CharField(
        label="Código de acesso", help_text="Aparece no produto, em Ajuda › Suporte.", disabled=True
    )
    usability = forms.ChoiceField(
        label="A função pode ser usada?",
        widget=forms.RadioSelect,
        choices=[
            ("unusable", Choice("Não dá para usar", "A operação está parada.")),
            ("severe", Choice("Dá, com muita restrição", "Só com intervenção manual ou por outro caminho.")),
            ("minor", Choice("Dá, com pequena restrição", "Atrapalha, mas a tarefa sai.")),
        ],
    )
    workaround = forms.ChoiceField(
        label="Existe um jeito de contornar?",
        widget=forms.RadioSelect,
        choices=[("yes", "Sim"), ("manual", "Sim, manual"), ("no", "Não")],
        error_messages={"required": "Diga se existe um jeito de contornar."},
    )

    def clean_email(self) -> str:
        if "@" not in self.cleaned_data["email"]:
            raise forms.ValidationError("Falta o @ no e-mail.")
        return str(self.cleaned_data["email"])


def sample_form() -> SampleForm:
    """Two fields right, one wrong, one closed, one question left out."""
    return SampleForm(
        {"cnpj": "12.ABC.345/01DE-35", "subject": "Boleto sem multa", "email": "celia.fontes", "usability": "severe"},
        initial={"access_code": "não disponível nesta versão"},
    )


def scene() -> dict[str, Any]:
    """Everything the showroom's templates need."""
    return marks() | acceptance() | opening() | queue() | talk()


def marks() -> dict[str, Any]:
    return {
        "now": NOW,
        "tokens": TOKENS,
        "states": tuple(pieces.GLYPHS),
        "allowances": {"critical": 600, "high": 1_200, "medium": 1_800, "low": 2_400},
        "form": sample_form(),
    }


def acceptance() -> dict[str, Any]:
    return {
        "sent": date(2025, 11, 12),
        "today": NOW.date(),
        "reminder_on": date(2025, 11, 25),
        "last_day": date(2025, 11, 27),
        "late_day": date(2025, 12, 27),
        "late_reminder": date(2025, 12, 25),
        "lines": (
            {"activity": "Análise da rejeição e do XML", "day": at(5, 9), "minutes": 70, "billable": True},
            {"activity": "Acesso remoto para reproduzir", "day": at(12, 9), "minutes": 80, "billable": False},
        ),
    }


def opening() -> dict[str, Any]:
    return {
        "steps": (
            {"name": "Produto", "state": "done", "url": "#stepper"},
            {"name": "Módulo", "state": "done"},
            {"name": "O que acontece", "state": "current"},
            {"name": "Revisar e enviar", "state": ""},
        ),
        "due": at(19, 18, 12),
        "reasons": (
            {"glyph": "check", "text": "Função com muita restrição e contorno só manual."},
            {"glyph": "clock", "text": "Contamos de segunda a sexta, das 7h às 19h."},
            {"glyph": "pause", "text": "O prazo pausa enquanto esperamos por você."},
        ),
    }


def queue() -> dict[str, Any]:
    return {"overdue_rows": (OVERDUE,), "today_rows": TODAY, "paused_rows": PAUSED}


def talk() -> dict[str, Any]:
    return {
        "said": mark_safe("<p>Segue o XML de retorno e o print da tela de parâmetros.</p>"),
        "said_at": at(12, 9, 14),
        "noted": mark_safe("<p>Reproduzi no 8.2.4 com verba 0013 sem incidência.</p>"),
        "noted_at": at(18, 8, 21),
        "files": ({"name": "nfe-45231-retorno.xml", "size": 18_000, "url": "#thread"},),
        "spans": SPANS,
        "clock_text": clock_words(ran=492, paused=114, left=108),
        "due_today": at(18, 12),
    }
