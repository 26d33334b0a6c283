"""The draft of the telephone's menus: edited, checked, published with a day, and tried in the browser (R-020)."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from farol.people import actions as people
from farol.people.actions import telephone
from farol.phone import queries
from farol.phone.models import Call, MenuVersion
from farol.phone.script.menus import SEED
from tests.world import World, at, build

NOW = at("2026-11-24 09:00")


@pytest.fixture
def world(db: None) -> World:
    world = build()
    people.register_area(code="folha", name="Folha", with_name="a Folha", kind="support", position=9)
    return world


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    client.force_login(world.teresa)
    return client


def form_of(page: HttpResponse) -> dict[str, str]:
    """What a browser would send of the editor's form as it stands."""
    html = page.content.decode()
    told = {}
    for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        told[name] = chosen.group(1) if chosen else ""
    told |= {
        name: unescape(text)
        for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.DOTALL)
    }
    return told | {"replays": "3", "silences": "3", "tries": "4", "codes": "3"}


@pytest.mark.rule("R-020")
def test_saved_as_it_stands_the_draft_says_what_holds_now(desk: Client) -> None:
    assert desk.post("/mesa/ura/rascunho", form_of(desk.get("/mesa/ura/rascunho"))).status_code == 302
    draft = queries.draft_of_menus()
    assert draft is not None
    assert {name: draft.data[name] for name in SEED} == SEED


@pytest.mark.rule("R-020")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"key-menu.principal-9": "menu:menu.nenhum"}, "não existe"),
        ({f"key-menu.area-{digit}": "" for digit in "12"}, "sem saída"),
        ({"key-menu.area-3": "area:lua"}, "área que não existe: lua"),
        ({"replays": "0"}, "números de 1 a 9"),
        ({"tries": "muitas"}, "números de 1 a 9"),
        ({"key-menu.principal-9": "teleporte:lua"}, "não está completo"),
    ],
)
def test_a_key_that_leads_nowhere_is_told_and_nothing_is_saved(desk: Client, change: dict[str, str], why: str) -> None:
    answer = desk.post("/mesa/ura/rascunho", {**form_of(desk.get("/mesa/ura/rascunho")), **change})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert queries.draft_of_menus() is None


@pytest.mark.rule("R-020")
def test_a_new_menu_is_drafted_published_and_heard(desk: Client) -> None:
    told = form_of(desk.get("/mesa/ura/rascunho"))
    desk.post("/mesa/ura/rascunho", {**told, "new_menu": "Treinamento", "add": "1"})
    told = form_of(desk.get("/mesa/ura/rascunho"))
    told |= {"key-menu.principal-7": "menu:menu.treinamento", "text-menu.treinamento": "Para cursos, tecle zero."}
    assert desk.post("/mesa/ura/rascunho", told).status_code == 302
    assert "Para cursos, tecle zero." not in called(desk, ["7"])
    assert "Para cursos, tecle zero." in called(desk, ["7"], versao="rascunho")
    assert "Menu publicado" in desk.post("/mesa/ura/rascunho/publicacao", follow=True).content.decode()
    assert "Para cursos, tecle zero." in called(desk, ["7"])
    assert MenuVersion.objects.exclude(published_at=None).count() == 1


@pytest.mark.rule("R-020")
def test_a_publication_in_the_past_or_without_a_draft_is_refused(desk: Client) -> None:
    assert desk.post("/mesa/ura/rascunho/publicacao").status_code == 422
    desk.post("/mesa/ura/rascunho", form_of(desk.get("/mesa/ura/rascunho")))
    assert desk.post("/mesa/ura/rascunho/publicacao", {"valid_from": "2020-01-01T08:00"}).status_code == 422
    assert desk.post("/mesa/ura/rascunho/publicacao", {"valid_from": "x"}).status_code == 422
    assert desk.post("/mesa/ura/rascunho/publicacao", {"valid_from": "2034-01-01T08:00"}).status_code == 302
    assert queries.menus_in_force(NOW).pk is None, "it holds from its day on"


def test_only_who_manages_changes_menus(world: World, client: Client) -> None:
    client.force_login(world.rafael)
    for address in ("/mesa/ura/rascunho", "/mesa/ura/rascunho/publicacao", "/mesa/ura/rascunho/descarte"):
        assert client.post(address).status_code in {403, 404}


def test_a_call_tried_out_goes_where_a_real_one_would_and_leaves_no_trace(world: World, desk: Client) -> None:
    telephone.choose_pin(world.marina, "314159")
    told = {"caller": str(world.marina.pk), "now": "2026-11-24T09:00"}
    page = called(desk, ["2", "2", "11222333000181#", "314159#", "2", "2"], **told)
    assert "fila · suporte-fiscal · area" in page
    assert "314159" not in page, "a PIN is shown as dots"
    assert Call.objects.count() == 0


def test_a_call_tried_out_by_nobody_known_ends_at_the_advisory(desk: Client) -> None:
    page = called(desk, ["2", "2", *["1#", "1#"] * 4], now="2026-11-24T09:00")
    assert "fila · assessoria · identificacao" in page


@pytest.mark.parametrize("told", [{"call": "forged"}, {"now": "x"}, {"caller": "abc"}, {"keys": "☎" * 50, "call": ""}])
def test_whatever_is_sent_a_call_begins(desk: Client, told: dict[str, str]) -> None:
    assert desk.post("/mesa/ura/simulacao", told).status_code == 200


def called(desk: Client, keys: list[str], **told: str) -> str:
    page = desk.get("/mesa/ura/simulacao", told).content.decode()
    for key in keys:
        (call,) = re.findall(r'name="call" value="([^"]+)"', page)
        page = desk.post("/mesa/ura/simulacao", {**told, "call": call, "keys": key}).content.decode()
    return page
