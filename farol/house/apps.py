"""The roof opens last: every room's listeners are known before anyone tells anything."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import trans_real


class HouseConfig(AppConfig):
    name = "farol.house"

    def ready(self) -> None:
        autodiscover_modules("listeners")
        say_portuguese_as_written()


def say_portuguese_as_written() -> None:
    """The texts are Portuguese already: one that Django's own catalogue does not know is said as it stands.

    Four further catalogues would be asked before, two hundred times a page.
    """
    trans_real.translation("pt-br")._fallback = None  # type: ignore[attr-defined]
