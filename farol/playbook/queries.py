"""Which ready answers there are, and for whom."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import translation
from django.utils.translation import gettext

from farol.kernel.actor import Actor
from farol.kernel.errors import gettext_noop
from farol.people import queries as people
from farol.people.models import Area
from farol.playbook.models import Macro, ReadyAnswer
from farol.tickets.models import Ticket

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
SEVERITIES = {
    "critical": gettext_noop("Crítica"),
    "high": gettext_noop("Alta"),
    "medium": gettext_noop("Média"),
    "low": gettext_noop("Baixa"),
}


def answers() -> QuerySet[ReadyAnswer]:
    """All that are in use, by area and title."""
    return (
        ReadyAnswer.objects.select_related("area").filter(removed_at=None).order_by("area__position", "area", "title")
    )


def answers_for(area_id: int) -> QuerySet[ReadyAnswer]:
    """All in use, those of the area that has the ticket first."""
    first = Case(When(area=area_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    return answers().order_by(first, "area__position", "area", "title")


def answer(answer_id: int) -> ReadyAnswer | None:
    return answers().filter(pk=answer_id).first()


def macros() -> QuerySet[Macro]:
    """All that are in use, by area and title."""
    return Macro.objects.select_related("area").filter(removed_at=None).order_by("area__position", "area", "title")


def macros_for(area_id: int) -> QuerySet[Macro]:
    """All in use, those of the area that has the ticket first."""
    first = Case(When(area=area_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    return macros().order_by(first, "area__position", "area", "title")


def macro(macro_id: int) -> Macro | None:
    return macros().filter(pk=macro_id).first()


def plain_blanks(ticket: Ticket) -> dict[str, str]:
    """What fills the blanks where nobody is at a page: what the house says by itself."""
    due = ticket.due_at.astimezone(SAO_PAULO)
    with translation.override(ticket.contact.language):
        return {
            "contato": ticket.contact.first_name,
            "empresa": ticket.organization.name,
            "numero": str(ticket.pk),
            "assunto": ticket.subject,
            "produto": ticket.product.name,
            "prazo": f"{due:%Y-%m-%d %H:%M}" if ticket.contact.language == "en" else f"{due:%d/%m/%Y, %H:%M}",
            "severidade": gettext(SEVERITIES[ticket.severity]).lower(),
            "area": ticket.area.name,
            "analista": ticket.assignee.first_name if ticket.assignee else ticket.area.name,
        }


def areas_written_by(by: Actor) -> list[Area]:
    """The teams whose entries this person may write: their own, all for a manager."""
    if by.is_manager:
        return list(people.areas())
    person = people.people_by_id([by.person_id]).get(by.person_id)
    return people.areas_of(person) if person else []


def may_write(by: Actor, area_ids: Iterable[int]) -> bool:
    mine = {area.pk for area in areas_written_by(by)}
    return set(area_ids) <= mine
