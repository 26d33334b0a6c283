"""A real Chromium, and one person's pages in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

Theme = Literal["light", "dark"]
CHROMIUM = os.environ.get("FAROL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ("--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; `make test` sees to it that there is one, or says plainly that there is not."""
    if not CHROMIUM:
        pytest.skip("no Chromium: install the package `chromium`, or name one in FAROL_CHROMIUM")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        yield browser
        browser.close()


@contextmanager
def signed_in(
    browser: Browser, base: str, email: str, password: str, *, theme: Theme = "light", width: int = 1440
) -> Iterator[Page]:
    """Somebody's browser after the sign-in page; whatever the pages complained about fails the test."""
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": 900},
        color_scheme=theme,
        locale="pt-BR",
        reduced_motion="reduce",
    )
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/entrar")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Entrar", exact=True).click()
    page.wait_for_url(lambda url: "/entrar" not in url)
    yield page
    context.close()
    assert not complaints


def barriers(page: Page) -> list[tuple[str, object]]:
    """What axe finds serious or critical on the page."""
    found = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["target"]) for each in found if each["impact"] in {"serious", "critical"}]
