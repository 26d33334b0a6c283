"""What a ticket must say, and its place in the queue."""

from __future__ import annotations

import pytest

from farol.kernel.actor import Channel
from farol.kernel.errors import FieldsRefused
from farol.tickets.rules.opening import check, rank, text
from farol.tickets.rules.severity import Severity


@pytest.mark.rule("R-050")
def test_every_missing_field_is_named_at_once() -> None:
    with pytest.raises(FieldsRefused) as refused:
        check("  ", "curta")
    assert set(refused.value.errors) == {"subject", "description"}


@pytest.mark.rule("R-050")
def test_too_long_is_refused_with_the_limit() -> None:
    with pytest.raises(FieldsRefused) as refused:
        check("x" * 161, "x" * 100_001)
    assert "160" in refused.value.errors["subject"][0]
    assert "100.000" in refused.value.errors["description"][0]


def test_blank_text_is_refused_under_its_field() -> None:
    with pytest.raises(FieldsRefused) as refused:
        text(" \n ", field="reason", missing="Diga por quê.")
    assert refused.value.errors == {"reason": ["Diga por quê."]}


@pytest.mark.rule("R-018")
def test_severity_outranks_channel_and_portal_goes_before_phone() -> None:
    places = [(s, c) for s in Severity for c in (Channel.PORTAL, Channel.EMAIL, Channel.PHONE)]
    ranks = [rank(severity, channel) for severity, channel in places]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)
