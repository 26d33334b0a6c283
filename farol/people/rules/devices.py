"""What a browser says it is, in a person's words.

>>> device_named("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36")
Device(browser='Chrome', system='Linux')
>>> device_named("curl/8")
Device(browser='', system='')
"""

from __future__ import annotations

from dataclasses import dataclass

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
"""The first that is found: each calls itself by the names of those before it."""
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Device:
    browser: str
    system: str

    @property
    def is_known(self) -> bool:
        return bool(self.browser or self.system)


def device_named(agent: str) -> Device:
    return Device(_first(agent, BROWSERS), _first(agent, SYSTEMS))


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in agent), "")
