"""Instants as a clock in São Paulo shows them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


def at(text: str) -> datetime:
    """``at("2026-11-23 09:00")``: aware, in São Paulo."""
    return datetime.fromisoformat(text).replace(tzinfo=SAO_PAULO)
