"""The four questions about the impact, asked after the opening."""

from __future__ import annotations

from typing import Any

from django import forms

from farol.portal.forms.opening import SAY_IF_CRITICAL, DetailsStep, impact_of
from farol.tickets.rules.severity import Impact, Usability

QUESTIONS = ("usability", "critical_operation", "workaround", "data_corruption")


class ImpactForm(forms.Form):
    """As at the opening, word for word."""

    usability, critical_operation, workaround, data_corruption = (DetailsStep.base_fields[name] for name in QUESTIONS)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("usability") == Usability.UNUSABLE and not facts.get("critical_operation"):
            self.add_error("critical_operation", SAY_IF_CRITICAL)
        return facts

    @property
    def impact(self) -> Impact | None:
        return impact_of(self.cleaned_data)
