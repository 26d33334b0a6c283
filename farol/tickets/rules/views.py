"""Searches that people come back to.

>>> checked_name("  Críticos   do mês ")
'Críticos do mês'
"""

from __future__ import annotations

from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop

LONGEST_NAME, LONGEST_QUERY = 60, 2_000
MOST = 100
"""Of one person: enough for anybody, and the page of searches stays a page."""


def checked_name(name: str) -> str:
    """Raises FieldsRefused."""
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise FieldsRefused({"name": [gettext_noop("Dê um nome a esta busca.")]})
    if len(name) > LONGEST_NAME:
        raise FieldsRefused({"name": [gettext_noop("Use até 60 caracteres.")]})
    return name


class ViewNotFound(Refusal):
    code = "view.not_found"
    status = 404
    message = gettext_noop("Esta busca salva não existe mais, ou é de outra pessoa.")


class TooManyViews(Refusal):
    code = "view.too_many"
    message = gettext_noop("Você já tem 100 buscas salvas.")
    remedy = gettext_noop("Remova as que não usa mais.")


class NotInArea(Refusal):
    code = "view.not_in_area"
    status = 403
    message = gettext_noop("Só quem é da área compartilha buscas com ela.")
