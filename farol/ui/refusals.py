"""A refusal in the reader's words: rules hold marked texts, the door that shows them translates."""

from __future__ import annotations

from django.utils.translation import gettext as _

from farol.kernel.errors import FieldsRefused, Refusal


def said(refusal: Refusal) -> str:
    """What was refused, and why."""
    return _(refusal.message).format(**refusal.facts)


def remedy(refusal: Refusal) -> str:
    """What can be done now."""
    return _(refusal.remedy).format(**refusal.facts) if refusal.remedy else ""


def field_errors(refusal: Refusal) -> dict[str, list[str]]:
    """The field's name → what is wrong with it, if the refusal names fields."""
    if not isinstance(refusal, FieldsRefused):
        return {}
    return {name: [_(text) for text in texts] for name, texts in refusal.errors.items()}
