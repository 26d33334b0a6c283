"""What fills the blanks of a ready answer on one ticket, in the words of whoever will read it."""

from __future__ import annotations

from django.utils import translation

from farol.desk.door import Visit
from farol.tickets.models import Ticket
from farol.ui import pieces, words


def of(ticket: Ticket, visit: Visit) -> dict[str, str]:
    language = ticket.contact.language
    with translation.override(language):
        return {
            "contato": ticket.contact.first_name,
            "empresa": ticket.organization.name,
            "numero": str(ticket.pk),
            "assunto": ticket.subject,
            "produto": ticket.product.name,
            "prazo": words.when(ticket.due_at, language=language),
            "severidade": str(pieces.severity_word(ticket.severity)).lower(),
            "area": ticket.area.name,
            "analista": visit.person.first_name,
        }
