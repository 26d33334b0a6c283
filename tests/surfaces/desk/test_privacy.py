"""Requests of people, terms, holds and incidents at the desk."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from farol.audit.models import Hold, Incident, Record, Request, Term
from farol.house.privacy.orders import fulfil
from farol.people.models import Person
from tests.world import World

pytestmark = pytest.mark.django_db

ROOT = "/mesa/privacidade"
PROVEN = "Documento conferido por vídeo"


@pytest.fixture
def desk(world: World) -> Client:
    client = Client()
    client.force_login(world.teresa)
    return client


def asked(desk: Client, wish: str, email: str = "joao@serraazul.example", identity: str = "") -> Request:
    told = {"wish": wish, "email": email, "words": "Quero meus dados.", "identity": identity}
    assert desk.post(f"{ROOT}/pedidos/novo", told).status_code == 302
    return Request.objects.latest("pk")


@pytest.mark.rule("R-239")
def test_a_request_is_due_in_fifteen_days_and_gives_an_archive_once_identity_is_proven(
    desk: Client, world: World
) -> None:
    found = asked(desk, "access")
    assert (found.due_on - found.received_at.date()).days in {14, 15}
    there = f"{ROOT}/pedidos/{found.pk}"
    refused = desk.post(f"{there}/preparo", {"identity": ""})
    assert refused.status_code == 422
    assert "Falta dizer como a identidade foi conferida." in refused.content.decode()
    assert desk.post(f"{there}/preparo", {"identity": PROVEN}).status_code == 302
    fulfil(found.pk)
    given = desk.get(f"{there}/arquivo")
    packed = ZipFile(BytesIO(b"".join(given.streaming_content)))  # type: ignore[attr-defined]
    assert "pessoa.json" in packed.namelist()
    assert Record.objects.filter(name="privacy.person_exported", subject=f"person:{world.joao.pk}").count() == 2
    assert desk.post(f"{there}/resposta", {"answer": "Enviado por e-mail."}).status_code == 302
    assert "Pedidos respondidos" in desk.get(ROOT).content.decode()


@pytest.mark.rule("R-239")
def test_an_erasure_is_ordered_and_reported_at_the_request(desk: Client, world: World) -> None:
    found = asked(desk, "erasure", identity=PROVEN)
    desk.post(f"{ROOT}/pedidos/{found.pk}/preparo", {"identity": ""})
    fulfil(found.pk)
    assert "O que saiu, e o que a lei manda ficar" in desk.get(f"{ROOT}/pedidos/{found.pk}").content.decode()
    assert not Person.objects.get(pk=world.joao.pk).is_active


def test_an_erasure_that_is_refused_says_so(desk: Client, world: World) -> None:
    found = asked(desk, "erasure", email="marina@serraazul.example", identity=PROVEN)
    desk.post(f"{ROOT}/pedidos/{found.pk}/preparo")
    fulfil(found.pk)
    assert "A eliminação foi recusada." in desk.get(f"{ROOT}/pedidos/{found.pk}").content.decode()
    assert Person.objects.get(pk=world.marina.pk).is_active


def test_of_a_stranger_there_is_nothing_to_gather(desk: Client) -> None:
    found = asked(desk, "access", email="ninguem@nada.example", identity=PROVEN)
    assert desk.post(f"{ROOT}/pedidos/{found.pk}/preparo", {"identity": PROVEN}).status_code == 422


@pytest.mark.rule("R-238")
def test_terms_and_holds_are_set_at_the_desk(desk: Client, world: World) -> None:
    assert desk.post(f"{ROOT}/prazos", {"data_class": "mails", "days": "200"}).status_code == 302
    assert Term.objects.get().days == 200
    for days in ("", "x", "0", "1" * 30):
        assert desk.post(f"{ROOT}/prazos", {"data_class": "trail", "days": days}).status_code == 422
    told = {"subject": "joao@serraazul.example", "reason": "Processo 123"}
    assert desk.post(f"{ROOT}/guardas", told).status_code == 302
    hold = Hold.objects.get()
    assert hold.subject == f"person:{world.joao.pk}"
    assert desk.post(f"{ROOT}/guardas/{hold.pk}/fim").status_code == 302
    assert "Nada está em guarda legal." in desk.get(ROOT).content.decode()
    for subject in ("", "x" * 80, "zebra:1", "a@b", "\x00"):
        assert desk.post(f"{ROOT}/guardas", {"subject": subject, "reason": "Processo"}).status_code == 422


@pytest.mark.rule("R-240")
def test_an_incident_has_its_days_and_its_course(desk: Client) -> None:
    told = {"title": "Planilha ao cliente errado", "words": "12 nomes e e-mails", "known_at": "2026-12-23T10:00"}
    assert desk.post(f"{ROOT}/incidentes/novo", told).status_code == 302
    incident = Incident.objects.get()
    assert incident.tell_by.isoformat() == "2026-12-29"
    there = f"{ROOT}/incidentes/{incident.pk}"
    assert desk.post(there, {"words": ""}).status_code == 422
    assert desk.post(there, {"words": "Comunicado.", "told_authority": "on", "told_people": "on"}).status_code == 302
    incident.refresh_from_db()
    assert incident.authority_told_at
    assert "Comunicado." in desk.get(there).content.decode()


@pytest.mark.parametrize("rest", ["/pedidos/999", "/incidentes/999", f"/pedidos/{2**70}", f"/incidentes/{2**70}"])
def test_what_is_not_there_is_not_there(desk: Client, rest: str) -> None:
    assert desk.get(f"{ROOT}{rest}").status_code == 404
