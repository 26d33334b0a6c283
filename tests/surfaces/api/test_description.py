"""The description of the API, and the page to read it."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from tests.architecture import contract


def test_the_description_is_the_one_in_the_repository(capsys: pytest.CaptureFixture[str]) -> None:
    assert contract.main(["--check"]) == 0, capsys.readouterr().out


def test_it_is_served_as_openapi_3_1_to_anyone(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert "/api/v1/tickets/{number}/postponement" in document["paths"]
    opening = document["components"]["schemas"]["Opening"]
    assert opening["required"] == ["product", "kind", "subject", "description", "impact"]


def test_every_call_and_every_reference_has_one_name(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    calls = [call["operationId"] for methods in document["paths"].values() for call in methods.values()]
    assert len(calls) == len(set(calls))
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert named <= document["components"]["schemas"].keys()


def test_no_two_bodies_share_a_name(client: Client) -> None:
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert schemas["Kind"]["enum"] == ["question", "nonconformity", "administrative"]
    assert schemas["SpanKind"]["enum"] == ["running", "paused", "closed"]
    assert schemas["Sold"]["enum"] == ["consulting", "emergency", "preparation"]
    assert schemas["Service"]["enum"] == ["support", "consulting"]
    assert schemas["Offered"]["properties"].keys() == {"id", "name"}
    assert schemas["Forecast"]["properties"].keys() == {"severity", "allowance_minutes", "due_at", "reasons", "codes"}


def test_the_page_shows_every_call_and_problem_and_no_script_of_its_own(db: None, client: Client) -> None:
    answer = client.get("/api/v1/docs")
    page = answer.text
    assert answer.status_code == 200
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    for text in ("/api/v1/tickets/{number}/clock", 'id="acceptance.postponement_refused"', 'id="Ticket"', "R-072"):
        assert text in page
    assert not re.search(r"<script(?![^>]* src=)[^>]*>|<style| style=|https?://(?!www\.w3\.org)", page)
