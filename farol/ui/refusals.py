"""A refusal in the reader's words: rules hold marked texts, the door that shows them translates."""

from __future__ import annotations

from django.utils.translation import gettext as _

from farol.kernel.errors import FieldsRefused, Refusal


def said(refusal: Refusal) -> str:
    """What was refused, and why."""
    return _filled(refusal.message, refusal)


def remedy(refusal: Refusal) -> str:
    """What can be done now."""
    return _filled(refusal.remedy, refusal) if refusal.remedy else ""


def field_errors(refusal: Refusal) -> dict[str, list[str]]:
    """The field's name → what is wrong with it, if the refusal names fields."""
    if not isinstance(refusal, FieldsRefused):
        return {}
    return {name: [_(text) for text in texts] for name, texts in refusal.errors.items()}


def _filled(text: str, refusal: Refusal) -> str:
    facts = {name: _(fact) if isinstance(fact, str) and fact else fact for name, fact in refusal.facts.items()}
    return _(text).format(**facts)
