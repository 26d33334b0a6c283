"""Ready answers: texts with blanks that are filled in from the ticket.

>>> filled("Olá {{contato}}, o chamado {{ Número }} …", {"contato": "Marina", "numero": "118402"})
'Olá Marina, o chamado 118402 …'
>>> unknown_in("{{contato}}, seu {{pedido}}")
('pedido',)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop

BLANK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
BLANKS = {
    "contato": gettext_noop("primeiro nome do contato"),
    "empresa": gettext_noop("nome da empresa"),
    "numero": gettext_noop("número do chamado"),
    "assunto": gettext_noop("assunto do chamado"),
    "produto": gettext_noop("produto"),
    "prazo": gettext_noop("retorno previsto"),
    "severidade": gettext_noop("severidade"),
    "area": gettext_noop("área com o chamado"),
    "analista": gettext_noop("quem escreve"),
}
"""What may stand between double braces, and what it means."""

LONGEST_TITLE = 80
LONGEST_TEXT = 20_000


class UnknownBlank(Refusal):
    """A blank that nothing fills would reach the customer as it stands."""

    code = "playbook.unknown_blank"
    status = 422
    message = gettext_noop("Não há o que preencher em {blank}.")
    remedy = gettext_noop("Use apenas: {known}.")


class EntryNotFound(Refusal):
    code = "playbook.not_found"
    status = 404
    message = gettext_noop("Este modelo não existe mais.")
    remedy = gettext_noop("Escolha outro na lista.")


class TitleTaken(Refusal):
    code = "playbook.title_taken"
    status = 409
    message = gettext_noop("A equipe já tem um modelo com este título.")
    remedy = gettext_noop("Escolha outro título.")


class NotYourTeam(Refusal):
    """A team's words are written by that team, or by a manager."""

    code = "playbook.not_your_team"
    status = 403
    message = gettext_noop("Os modelos desta área são de outra equipe.")
    remedy = gettext_noop("Peça a mudança a alguém da área ou a um gestor.")


def checked(title: str, text: str) -> tuple[str, str]:
    """Title and text without blank edges. Raises FieldsRefused, UnknownBlank."""
    title, text = " ".join(title.split()), text.replace("\x00", "").strip()
    errors = {}
    if not title:
        errors["title"] = [gettext_noop("Dê um título para achar este modelo.")]
    elif len(title) > LONGEST_TITLE:
        errors["title"] = [gettext_noop("O título passa de 80 caracteres.")]
    if not text:
        errors["text"] = [gettext_noop("Escreva o texto do modelo.")]
    elif len(text) > LONGEST_TEXT:
        errors["text"] = [gettext_noop("O texto passa de 20.000 caracteres.")]
    if errors:
        raise FieldsRefused(errors)
    refuse_unknown(text)
    return title, text


def refuse_unknown(text: str) -> None:
    """Raises UnknownBlank for the first blank that nothing fills."""
    if unknown := unknown_in(text):
        raise UnknownBlank(blank="{{" + unknown[0][:40] + "}}", known=", ".join("{{" + name + "}}" for name in BLANKS))


def unknown_in(text: str) -> tuple[str, ...]:
    """The blanks of `text` that nothing fills."""
    return tuple(name for name in BLANK.findall(text) if _plain(name) not in BLANKS)


def filled(text: str, facts: Mapping[str, str]) -> str:
    """`text` with its blanks filled in; what is put in is not looked at again."""
    return BLANK.sub(lambda blank: facts.get(_plain(blank[1]), blank[0]), text)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.strip().lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
