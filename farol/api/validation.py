"""What is wrong with each field, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from farol.api import asked
from farol.kernel.errors import FieldsRefused, gettext_noop

SOURCES = frozenset({"body", "query", "path", "form", "file"})
ARGUMENTS = frozenset({"payload", "wanted"})
"""Two parts of a place that come before the field: where it was sent, and what the call names it."""

WORDS = {
    "missing": gettext_noop("Informe este campo."),
    "extra_forbidden": gettext_noop("Este campo não existe aqui."),
    "string_type": gettext_noop("Informe um texto."),
    "string_too_long": gettext_noop("O texto passa de {max_length} caracteres."),
    "string_pattern_mismatch": gettext_noop("O texto não tem a forma esperada."),
    "int_type": gettext_noop("Informe um número inteiro."),
    "int_parsing": gettext_noop("Informe um número inteiro."),
    "int_parsing_size": gettext_noop("Este número é grande demais."),
    "int_from_float": gettext_noop("Informe um número inteiro."),
    "bool_type": gettext_noop("Informe true ou false."),
    "enum": gettext_noop("Escolha um destes: {expected}."),
    "greater_than_equal": gettext_noop("O menor valor é {ge}."),
    "less_than_equal": gettext_noop("O maior valor é {le}."),
    "list_type": gettext_noop("Informe uma lista."),
    "too_long": gettext_noop("São no máximo {max_length}."),
    "model_attributes_type": gettext_noop("Informe um objeto JSON."),
    "model_type": gettext_noop("Informe um objeto JSON."),
    "dict_type": gettext_noop("Informe um objeto JSON."),
    "timezone_aware": asked.NAIVE,
    "datetime_from_date_parsing": asked.NAIVE,
    "datetime_parsing": asked.NAIVE,
}
OTHERWISE = gettext_noop("Este valor não serve.")


def refused(errors: Sequence[Mapping[str, Any]]) -> FieldsRefused:
    """The findings of the schemas as the refusal that pages raise too."""
    fields: dict[str, list[str]] = {}
    for error in errors:
        fields.setdefault(_field(error["loc"]), []).append(_words(error))
    return FieldsRefused(fields)


def _field(place: Sequence[str | int]) -> str:
    parts = list(place)
    for kind in (SOURCES, ARGUMENTS):
        if parts and parts[0] in kind:
            parts.pop(0)
    return ".".join(str(part) for part in parts) or "body"


def _words(error: Mapping[str, Any]) -> str:
    kind = str(error["type"])
    text = WORDS.get(kind) or (str(error["msg"]) if kind in asked.OWN_ERRORS else OTHERWISE)
    facts = error.get("ctx") or {}
    return _(text).format(**facts) if "{" in text else _(text)
