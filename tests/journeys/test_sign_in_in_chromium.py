"""Coming in as people do, in a browser: four mistakes, a code, a key in the device, the word of one's company."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from farol.people.rules.one_time import code_at, step_of
from tests.browsing import barriers, chromium
from tests.house.running import Copy, free_port
from tests.identity import identity_provider, tell
from tests.world import PASSWORD

PEOPLE = """
from farol.house.embedded.at_hand import database_at_hand
with database_at_hand():
    from farol.catalog.models import Vendor
    from farol.people import actions
    Vendor.objects.update_or_create(pk=1, defaults={{"name": "Maré", "telephone": "4003-0000"}})
    company = actions.register_organization(name="Serra Azul", legal_name="Serra Azul Ltda.", cnpj="12ABC34501DE35")
    for name in ("Marina Prado", "João Pires", "Bruno Sá"):
        email = f"{{name.split()[0].lower().replace('ã', 'a')}}@serraazul.example"
        actions.register_contact(organization=company, name=name, email=email, password="{password}")
"""
SLOW_START = 180.0
MARINA, JOAO, BRUNO = (f"{name}@serraazul.example" for name in ("marina", "joao", "bruno"))


@dataclass(frozen=True)
class Place:
    base: str
    provider: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A Farol without a demonstration, at a name that browsers keep keys for, and a provider that it trusts."""
    port = free_port()
    base = f"http://localhost:{port}"
    with identity_provider() as issuer:
        about = {"ISSUER": issuer, "CLIENT": "farol", "SECRET": "secret", "NAME": "Acme"}
        trust = {"FAROL_OPENID": "acme"} | {f"FAROL_OPENID_ACME_{name}": said for name, said in about.items()}
        copy = Copy(tmp_path_factory.mktemp("entry") / "home", port, FAROL_URL=base, FAROL_LIVE_PORT="0", **trust)
        copy.start().ready(SLOW_START)
        inside = os.environ | {"FAROL_HOME": str(copy.home), "DJANGO_SETTINGS_MODULE": "farol.house.settings"}
        subprocess.run([sys.executable, "-c", PEOPLE.format(password=PASSWORD)], env=inside, check=True)
        yield Place(base, issuer)
        assert copy.stop() == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@contextmanager
def opened(browser: Browser, place: Place, path: str = "/entrar", *, width: int = 1280) -> Iterator[Page]:
    context = browser.new_context(
        base_url=place.base, viewport={"width": width, "height": 900}, locale="pt-BR", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(path)
    yield page
    context.close()


def enter(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/entrar")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Entrar", exact=True).click()


def leave(page: Page) -> None:
    page.goto("/conta/seguranca")
    page.get_by_role("button", name="Abrir menu da conta").click()
    page.get_by_role("button", name="Sair").click()
    page.wait_for_url("**/entrar")


def has_device(page: Page) -> None:
    """The browser has a device that knows its owner and keeps keys."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    about = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": about})


@pytest.mark.rule("R-013")
def test_the_fourth_mistake_locks_and_shows_the_assessoria(place: Place, browser: Browser) -> None:
    with opened(browser, place, width=390) as page:
        for left in ("Restam 3 tentativas", "Restam 2 tentativas", "Resta 1 tentativa"):
            enter(page, JOAO, "errada")
            expect(page.get_by_text(left)).to_be_visible()
        enter(page, JOAO, "errada")
        expect(page.get_by_text("Fale com a Assessoria (4003-0000) ou espere 15 minutos.")).to_be_visible()
        enter(page, JOAO)
        expect(page.get_by_text("Fale com a Assessoria (4003-0000)")).to_be_visible()
        assert not barriers(page)


def test_a_code_application_is_turned_on_and_asked_for(place: Place, browser: Browser) -> None:
    with opened(browser, place) as page:
        enter(page, MARINA)
        page.goto("/conta/seguranca")
        page.get_by_role("link", name="Ligar o aplicativo de códigos").click()
        secret = base64.b32decode(page.locator(".secret").inner_text().replace(" ", ""))
        assert not barriers(page)
        page.fill("[name=code]", code_at(secret, step_of(time.time())))
        page.get_by_role("button", name="Ligar").click()
        paper = page.locator(".recovery-codes code").all_inner_texts()
        assert len(paper) == 10
        leave(page)
        enter(page, MARINA)
        expect(page.get_by_text("Falta o código do aplicativo.")).to_be_visible()
        assert not barriers(page)
        page.fill("[name=code]", code_at(secret, step_of(time.time()) + 1))
        page.get_by_role("button", name="Confirmar").click()
        expect(page).to_have_title("Início · Farol")
        leave(page)
        enter(page, MARINA)
        page.fill("[name=code]", paper[0])
        page.get_by_role("button", name="Confirmar").click()
        page.goto("/conta/seguranca")
        expect(page.get_by_text("Restam 9 códigos")).to_be_visible()
        page.get_by_role("button", name="Desligar").click()
        expect(page.get_by_role("link", name="Ligar o aplicativo de códigos")).to_be_visible()


def test_a_passkey_opens_the_door_alone_and_as_a_second_proof(place: Place, browser: Browser) -> None:
    with opened(browser, place) as page:
        has_device(page)
        enter(page, MARINA)
        page.goto("/conta/chaves")
        assert not barriers(page)
        page.fill("[name=name]", "Notebook do escritório")
        page.get_by_role("button", name="Guardar a chave").click()
        expect(page.get_by_text("com ela você entra sem senha")).to_be_visible()
        page.goto("/conta/seguranca")
        expect(page.locator("strong", has_text="Notebook do escritório")).to_be_visible()
        assert not barriers(page)
        leave(page)
        page.get_by_role("button", name="Entrar com a chave de acesso").click()
        expect(page).to_have_title("Início · Farol")
        leave(page)
        enter(page, MARINA)
        page.get_by_role("button", name="Usar a chave de acesso").click()
        expect(page).to_have_title("Início · Farol")
        page.goto("/conta/seguranca")
        page.get_by_role("button", name="Retirar Notebook do escritório").click()
        leave(page)
        page.get_by_role("button", name="Entrar com a chave de acesso").click()
        expect(page.get_by_text("Esta chave de acesso não foi aceita.")).to_be_visible()


def test_the_word_of_ones_company_opens_the_door(place: Place, browser: Browser) -> None:
    tell(place.provider, "bruno", email=BRUNO, email_verified=True)
    tell(place.provider, "stranger", email="stranger@serraazul.example", email_verified=True)
    with opened(browser, place, "/entrar?next=/conta/sessoes") as page:
        page.get_by_role("link", name="Entrar com Acme").click()
        page.fill("[name=sub]", "bruno")
        page.get_by_role("button", name="Authorize").click()
        expect(page).to_have_title("Onde você entrou · Farol")
        assert page.url == f"{place.base}/conta/sessoes"
    with opened(browser, place) as page:
        page.get_by_role("link", name="Entrar com Acme").click()
        page.fill("[name=sub]", "stranger")
        page.get_by_role("button", name="Authorize").click()
        expect(page.get_by_text("Não há conta ativa no Farol para stranger@serraazul.example")).to_be_visible()
        assert not barriers(page)


def test_one_signs_ones_other_browsers_out(place: Place, browser: Browser) -> None:
    with opened(browser, place) as here, opened(browser, place) as there:
        enter(there, BRUNO)
        enter(here, BRUNO)
        here.goto("/conta/sessoes")
        expect(here.get_by_text("Chrome em Linux").first).to_be_visible()
        expect(here.get_by_text("127.0.0.1").first).to_be_visible()
        assert not barriers(here)
        here.get_by_role("button", name="Encerrar todas as outras").click()
        there.goto("/chamados")
        expect(there).to_have_title("Entrar · Farol")
        here.goto("/chamados")
        expect(here).to_have_title("Chamados · Farol")
