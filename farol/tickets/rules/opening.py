"""What a ticket must say to be opened (R-050), and who hears it first (R-018).

>>> check("", "curta demais")
Traceback (most recent call last):
farol.kernel.errors.FieldsRefused: Há campos para corrigir.
"""

from __future__ import annotations

from collections.abc import Collection

from farol.kernel.actor import Channel
from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop
from farol.tickets.rules.severity import Severity

MIN_DESCRIPTION = 20
MAX_SUBJECT = 160
MAX_TEXT = 100_000

CHANNEL_RANKS = {Channel.PORTAL: 1, Channel.API: 1, Channel.EMAIL: 2, Channel.PHONE: 3}
"""Portal first (R-018); the API is the portal's door for programs."""


class TicketNotFound(Refusal):
    """No such ticket, or not one of theirs: the two are told apart to nobody."""

    code = "ticket.not_found"
    status = 404
    message = gettext_noop("Não encontramos este chamado.")
    remedy = gettext_noop("Confira o número do protocolo.")


class TicketChanged(Refusal):
    """Someone was faster; nothing of what was typed is lost."""

    code = "ticket.changed"
    message = gettext_noop("Este chamado foi atualizado por {name} enquanto você escrevia.")
    remedy = gettext_noop("Leia o que mudou e envie de novo.")


class TicketStillOpen(Refusal):
    """Only a closed ticket is continued in a new one (R-053)."""

    code = "ticket.still_open"
    rule = "R-053"
    message = gettext_noop("Este chamado ainda está aberto.")
    remedy = gettext_noop("Escreva nele mesmo: a equipe está acompanhando.")


def check(subject: str, description: str) -> None:
    """Raise FieldsRefused with every field that is missing or out of bounds."""
    errors = {}
    if not subject.strip():
        errors["subject"] = [gettext_noop("Escreva o assunto em uma frase.")]
    elif len(subject) > MAX_SUBJECT:
        errors["subject"] = [gettext_noop("O assunto passa de 160 caracteres. Resuma em uma frase.")]
    if len(description.strip()) < MIN_DESCRIPTION:
        errors["description"] = [gettext_noop("Conte o que aconteceu em ao menos 20 caracteres.")]
    elif len(description) > MAX_TEXT:
        errors["description"] = [gettext_noop("O texto passa de 100.000 caracteres. Envie parte dele como anexo.")]
    if errors:
        raise FieldsRefused(errors)


def one_line(subject: str) -> str:
    """A subject stands in lists and in the heads of letters: every gap in it is one blank."""
    return " ".join(subject.split())


def text(body: str, *, field: str = "body", missing: str = gettext_noop("Escreva a mensagem.")) -> str:
    """`body` without blank edges and NULs. Raises FieldsRefused when empty or longer than 100,000 characters."""
    body = body.replace("\x00", "").strip()
    if not body:
        raise FieldsRefused({field: [missing]})
    if len(body) > MAX_TEXT:
        raise FieldsRefused(
            {field: [gettext_noop("O texto passa de 100.000 caracteres. Envie parte dele como anexo.")]}
        )
    return body


def rank(severity: Severity, channel: Channel) -> int:
    """Place in the order of service among running tickets: severity, then channel (R-018)."""
    return severity.rank * 10 + CHANNEL_RANKS.get(channel, 2)


def ranks(severities: Collection[str] = ()) -> list[int]:
    """All places in the order of service, or those of some severities."""
    return sorted(
        {rank(each, channel) for each in Severity if not severities or each in severities for channel in Channel}
    )
