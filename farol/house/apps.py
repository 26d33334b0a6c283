"""The roof opens last: every room's listeners are known before anyone tells anything."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class HouseConfig(AppConfig):
    name = "farol.house"

    def ready(self) -> None:
        autodiscover_modules("listeners")
