from __future__ import annotations

import re

from django.conf import settings
from django.test import Client


def test_every_piece_in_every_state_stands_in_the_showroom(client: Client) -> None:
    html = client.get("/mesa/ui").content.decode()
    for piece in ("tower-critical", "clock-overdue", "situation-abandoned", "notice-red", "turn-card", "ticket-row",
                  "queue-row", "is-internal", "composer", "acceptance-bar", "clock-timeline", "error-summary",
                  "stepper", "forecast-card", "dialog", "skeleton", "lighthouse-fog"):  # fmt: skip
        assert piece in html, piece


def test_a_stored_theme_is_painted_by_the_server(client: Client) -> None:
    assert "data-theme" not in first_tag(client)
    client.cookies["farol_theme"] = "dark"
    assert 'data-theme="dark"' in first_tag(client)


def test_a_theme_that_nobody_offered_is_ignored(client: Client) -> None:
    client.cookies["farol_theme"] = '"><script>'
    assert "script" not in first_tag(client)


def test_the_page_names_its_language(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert 'lang="en"' in first_tag(client)


def test_a_row_of_the_queue_stays_small(client: Client) -> None:
    html = client.get("/mesa/ui").content.decode()
    rows = re.findall(r'<tr class="queue-row.*?</tr>', html, re.S)
    assert len(rows) == 8
    assert max(len(row) for row in rows) < 2_600


def first_tag(client: Client) -> str:
    html = client.get("/mesa/ui").content.decode()
    found = re.search(r"<html[^>]*>", html)
    assert found
    return found[0]
