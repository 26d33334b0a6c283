"""What only a browser can tell: contrast, overflow, the content policy, dialogs, drafts and keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

Theme = Literal["light", "dark"]


@contextmanager
def visit(browser: Browser, url: str, *, width: int = 1440, theme: Theme = "light", **extra: Any) -> Iterator[Page]:
    """A page in its own context; whatever it complained about fails the test."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, locale="pt-BR", reduced_motion="reduce", **extra
    )
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    yield page
    context.close()
    assert not complaints


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_serious_barrier_in_either_theme(browser: Browser, showroom: str, theme: Theme) -> None:
    with visit(browser, showroom, theme=theme) as page:
        found = Axe().run(page).response["violations"]
    assert not [(each["id"], each["nodes"][0]["target"]) for each in found if each["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1440])
def test_nothing_hangs_over_the_edge(browser: Browser, showroom: str, width: int) -> None:
    with visit(browser, showroom, width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_dialog_opens_on_its_text_and_gives_the_focus_back(browser: Browser, showroom: str) -> None:
    with visit(browser, showroom) as page:
        opener = page.get_by_role("button", name="Não aceitar…").first
        opener.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        expect(page.locator("#sample-reason")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(opener).to_be_focused()


def test_escape_does_not_throw_away_what_was_typed(browser: Browser, showroom: str) -> None:
    with visit(browser, showroom) as page:
        page.get_by_role("button", name="Não aceitar…").first.click()
        page.locator("#sample-reason").fill("O erro continua.")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_visible()


def test_a_chosen_theme_is_kept(browser: Browser, showroom: str) -> None:
    with visit(browser, showroom) as page:
        page.evaluate("document.cookie = 'farol_theme=dark; path=/'")
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_file_that_is_chosen_is_listed_and_can_be_taken_out(browser: Browser, showroom: str) -> None:
    with visit(browser, showroom) as page:
        file = {"name": "nfe.xml", "mimeType": "text/xml", "buffer": b"x" * 18_000}
        page.locator("#id_attachments").set_input_files([file])  # type: ignore[list-item]
        expect(page.locator("#chosen-files")).to_contain_text("nfe.xml 18 kB")
        page.locator("#chosen-files").get_by_role("button", name="Remover").click()
        expect(page.locator("#chosen-files li")).to_have_count(0)


def test_the_composer_turns_violet_for_a_note(browser: Browser, showroom: str) -> None:
    with visit(browser, showroom) as page:
        page.locator(".composer-tabs").get_by_text("Nota interna").click()
        style = page.locator(".composer").evaluate("node => getComputedStyle(node).borderTopStyle")
        assert style == "dashed"


def test_a_draft_survives_a_reload_until_it_is_emptied(browser: Browser, showroom: str) -> None:
    with visit(browser, showroom) as page:
        page.locator("#composer-body").press_sequentially("O patch corrige o rateio.")
        expect(page.locator("[data-draft-status]")).to_have_text(re.compile(r"Rascunho salvo às \d+h\d\d"))
        page.reload()
        expect(page.locator("#composer-body")).to_have_value("O patch corrige o rateio.")


def test_single_keys_move_the_cursor_select_rows_and_open_the_composer(browser: Browser, showroom: str) -> None:
    with visit(browser, showroom) as page:
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(page.locator(".queue-row").nth(1)).to_have_class(re.compile("is-cursor"))
        page.keyboard.press("x")
        expect(page.locator(".queue-row").nth(1).get_by_role("checkbox")).to_be_checked()
        expect(page.locator(".bulk-bar")).to_be_visible()
        page.keyboard.press("n")
        expect(page.locator("#composer-body")).to_be_focused()
        expect(page.get_by_role("radio", name="Nota interna")).to_be_checked()


def test_keys_typed_into_a_text_are_only_text(browser: Browser, showroom: str) -> None:
    with visit(browser, showroom) as page:
        page.locator("#composer-body").press_sequentially("jn?")
        expect(page.locator("#composer-body")).to_have_value("jn?")
        expect(page.locator(".is-cursor")).to_have_count(0)
        expect(page.get_by_role("dialog")).to_be_hidden()


def test_single_keys_can_be_turned_off(browser: Browser, showroom: str) -> None:
    with visit(browser, showroom) as page:
        page.keyboard.press("?")
        page.get_by_label("Desligar as teclas simples neste navegador").check()
        page.get_by_role("button", name="Fechar").click()
        page.keyboard.press("j")
        expect(page.locator(".is-cursor")).to_have_count(0)


def test_everything_is_there_without_scripts(browser: Browser, showroom: str) -> None:
    with visit(browser, showroom, java_script_enabled=False) as page:
        expect(page.get_by_role("heading", name="Situação")).to_be_visible()
        expect(page.locator(".queue-row")).to_have_count(8)
