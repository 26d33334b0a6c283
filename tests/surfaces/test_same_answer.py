"""One decision, every channel: portal, API, mail and downloads give the answer that the gate gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product as every
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from farol.access import queries as access
from farol.access.rules import Action, Allowed
from farol.billing.models import TurnedAway
from farol.contracts.models import Contract, Item
from farol.files import actions as files
from farol.files.models import Attachment
from farol.house.urls import urlpatterns
from farol.kernel.actor import Channel
from farol.mail import actions as mail
from farol.mail.models import Received
from farol.people.models import Organization, Person
from farol.people.rules.contacts import USUAL, Service
from farol.portal import entitlement
from farol.portal.door import now
from farol.portal.urls import urlpatterns as portal
from farol.tickets import actions as tickets
from farol.tickets.models import Ticket
from farol.tickets.queries import Subject
from farol.tickets.rules.severity import Kind
from farol.tickets.rules.windows import day_of
from tests.calling import ANNOYING, Program
from tests.world import LOW, World, build

PERSONS = ("contact", "consulting", "administrator")
CONTRACTS = ("none", "lapsed", "other product", "in force")
DEBTS = ("none", "tomorrow", "today")
ACTIONS = (
    Action.OPEN_TICKET, Action.OPEN_CONSULTING, Action.OPEN_ADMINISTRATIVE, Action.VIEW_TICKETS, Action.OPEN_FILE,
)  # fmt: skip
KINDS = {Action.OPEN_CONSULTING: "consulting", Action.OPEN_ADMINISTRATIVE: "administrative"}
TOLD = {"none": None, "tomorrow": 1, "today": 0}


@dataclass
class Scene:
    """A company with a ticket and a file from better days."""

    world: World
    person: Person
    ticket: Ticket
    file: Attachment
    today: date

    def set(self, contract: str, debt: str) -> None:
        Contract.objects.filter(number="C-1").update(
            valid_from=date(2020, 1, 1) if contract != "none" else date(2100, 1, 1),
            valid_until=self.today - timedelta(days=1) if contract == "lapsed" else None,
        )
        sold = self.world.other_product if contract == "other product" else self.world.product
        Item.objects.filter(contract__number="C-1").update(product=sold)
        days = TOLD[debt]
        since = None if days is None else self.today + timedelta(days=days)
        Organization.objects.filter(pk=self.world.serra_azul.pk).update(blocked_from=since)

    def decided(self, action: Action) -> bool:
        person = Person.objects.select_related("organization").get(pk=self.person.pk)
        is_product = action in {Action.OPEN_TICKET, Action.OPEN_CONSULTING, Action.OPEN_ADMINISTRATIVE}
        product = self.world.product if is_product else None
        return isinstance(access.decision(person, action, on=self.today, product=product), Allowed)


@pytest.fixture(params=PERSONS)
def scene(db: None, request: pytest.FixtureRequest) -> Scene:
    world, moment = build(), now()
    person = world.marina if request.param == "administrator" else world.joao
    if request.param == "consulting":
        Person.objects.filter(pk=person.pk).update(services=[*USUAL, Service.CONSULTING])
    ticket = world.open(moment, impact=LOW)
    by = world.by(world.rafael)
    file = files.keep(by.subject, ContentFile(b"%PDF-1.4 nota", "nota.pdf"), by=by)
    tickets.reply(ticket.pk, body="Segue a nota.", by=by, now=moment, attachments=[file.pk])
    return Scene(world, person, ticket, file, day_of(moment))


def combinations() -> Iterator[tuple[str, str]]:
    return every(CONTRACTS, DEBTS)


def given(answer: Any) -> bool:
    """Whether it was; a file that was sent is read to its end, and let go."""
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return bool(answer.status_code == 200)


def by_api(scene: Scene, action: Action) -> bool:
    program = Program.of(scene.person)
    if action is Action.VIEW_TICKETS:
        seen = {
            program.send("GET", path).status_code == 200
            for path in ("/tickets", f"/tickets/{scene.ticket.pk}", f"/tickets/{scene.ticket.pk}/clock")
        }
        assert len(seen) == 1
        return seen.pop()
    if action is Action.OPEN_FILE:
        return given(program.send("GET", f"/attachments/{scene.file.pk}"))
    body = {"product": scene.world.product.pk, "subject": "ICMS", "impact": ANNOYING}
    body |= {"description": "Precisamos de orientação sobre o ICMS.", "kind": "question"}
    body |= {"service": "consulting"} if action is Action.OPEN_CONSULTING else {}
    body |= {"kind": "administrative"} if action is Action.OPEN_ADMINISTRATIVE else {}
    answer = program.send("POST", "/tickets", body)
    assert answer.status_code in {201, 403}
    if answer.status_code == 403:
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["remedy"]  # type: ignore[attr-defined]
    return answer.status_code == 201


def by_portal(scene: Scene, action: Action) -> bool:
    client = Client()
    client.force_login(scene.person)
    if action is Action.VIEW_TICKETS:
        seen = {given(client.get(path)) for path in ("/chamados", "/chamados.csv", f"/chamados/{scene.ticket.pk}")}
        assert len(seen) == 1
        return seen.pop()
    if action is Action.OPEN_FILE:
        seen = {given(client.get(f"/arquivos/{scene.file.pk}{end}")) for end in ("", "/ver")}
        assert len(seen) == 1
        return seen.pop()
    sold = Item.objects.get(contract__number="C-1").product_id  # the portal offers what was sold
    answers = {
        "product": sold if action is Action.OPEN_ADMINISTRATIVE else scene.world.product.pk,
        "module": "0", "version": "0", "usability": "minor", "workaround": "yes",
        "critical_operation": "no", "data_corruption": "no", "subject": "ICMS",
        "description": "Precisamos de orientação.", "kind": KINDS.get(action, "question"),
    }  # fmt: skip
    by = scene.world.by(scene.person)
    draft = tickets.save_draft(None, by=by, answers=answers, now=now())
    before = Ticket.objects.count()
    client.post(f"/chamados/novo/{draft.pk}/revisao")
    return Ticket.objects.count() == before + 1


def by_mail(scene: Scene) -> bool:
    raw = f"From: {scene.person.email}\nTo: suporte@farol.example\nSubject: ICMS {Received.objects.count()}\n"
    raw += f"Message-ID: <{Received.objects.count()}.{scene.person.pk}@x.example>\n\nComo lançar o ICMS da devolução?\n"
    kept = mail.receive(raw.encode(), source=Received.Source.PIPE, now=now())
    return mail.sort_mail(kept.pk, now=now()).decision == "opened"


@pytest.mark.rule("R-014", "R-015", "R-016")
def test_portal_and_api_answer_as_the_gate_does(scene: Scene) -> None:
    wrong = []
    for contract, debt in combinations():
        scene.set(contract, debt)
        for action in ACTIONS:
            expected = scene.decided(action)
            found = {"api": by_api(scene, action), "portal": by_portal(scene, action)}
            wrong += [(contract, debt, action, door) for door, answer in found.items() if answer is not expected]
    assert wrong == []


@pytest.mark.rule("R-014", "R-016")
def test_mail_opens_what_the_gate_lets_it_open(scene: Scene) -> None:
    for contract, debt in combinations():
        if contract != "other product":  # a mail names no product: it is about the one that was sold
            scene.set(contract, debt)
            assert by_mail(scene) is scene.decided(Action.OPEN_TICKET), (contract, debt)


@pytest.mark.rule("R-014")
def test_words_for_a_ticket_are_kept_by_every_channel_whatever_is_owed(scene: Scene) -> None:
    scene.set("in force", "today")
    assert Program.of(scene.person).post(f"/tickets/{scene.ticket.pk}/messages", {"body": "Já resolvido?"})["id"]
    client = Client()
    client.force_login(scene.person)
    assert client.post(f"/chamados/{scene.ticket.pk}/interacoes", {"body": "Segue o dado."}).status_code == 302


@pytest.mark.rule("R-101")
def test_each_shut_door_is_counted_by_channel_and_explained(scene: Scene) -> None:
    scene.set("in force", "today")
    by_api(scene, Action.OPEN_TICKET)
    by_api(scene, Action.OPEN_FILE)
    by_mail(scene)
    client = Client()
    client.force_login(scene.person)
    page = client.get(f"/chamados/{scene.ticket.pk}")
    assert (page.status_code, "CST" in page.text, scene.ticket.subject in page.text) == (403, True, False)
    home = client.get("/")
    assert (home.status_code, scene.ticket.subject in home.text) == (200, False)
    found = {(row.action, row.channel): row.count for row in TurnedAway.objects.all()}
    assert found == {
        ("open_ticket", Channel.API): 1,
        ("open_file", Channel.API): 1,
        ("open_ticket", Channel.EMAIL): 1,
        ("view_tickets", Channel.PORTAL): 1,
    }


def test_the_staff_reads_a_debtors_tickets_and_opens_none_but_for_the_cst(scene: Scene) -> None:
    scene.set("in force", "today")
    rafael = Program.of(scene.world.rafael)
    assert rafael.get(f"/tickets/{scene.ticket.pk}")["number"] == scene.ticket.pk
    body = {
        "product": scene.world.product.pk, "kind": "question", "subject": "ICMS", "impact": ANNOYING,
        "description": "Precisamos de orientação.", "organization": scene.world.serra_azul.pk,
        "contact": scene.person.pk,
    }  # fmt: skip
    assert rafael.post("/tickets", body, expect=403)["code"] == "access.customer_in_debt"
    assert rafael.post("/tickets", body | {"kind": "administrative"})["number"]


def test_no_address_of_tickets_or_files_is_open_by_oversight() -> None:
    """Whoever adds one decides: it is shut by debt, or named among those that are not."""
    names = {pattern.name: str(pattern.pattern) for pattern in portal}
    open_ones = {
        name for name, address in names.items()
        if address.startswith(("chamados", "arquivos")) and entitlement.needed(address, name or "") is None
    }  # fmt: skip
    assert open_ones == entitlement.DECIDED_BY_OPENING
    assert urlpatterns


def test_a_ticket_split_by_the_staff_is_no_new_request_of_the_customer(scene: Scene) -> None:
    scene.set("in force", "today")
    by = scene.world.by(scene.world.rafael)
    child = tickets.split_ticket(
        scene.ticket.pk, subject="Outro", description="Outro assunto do mesmo cliente.",
        entries=[scene.ticket.last_entry_id], by=by, now=now(),
    )  # fmt: skip
    assert child.pk != scene.ticket.pk


def subject_of(scene: Scene) -> Subject:
    return Subject(scene.world.product)


@pytest.mark.rule("R-015")
def test_what_is_administrative_waits_at_the_cst_even_without_a_contract(scene: Scene) -> None:
    from farol.people.actions import register_area

    cst = register_area(code="cst", name="CST", with_name="o CST", kind="administrative")
    scene.set("lapsed", "today")
    person = Person.objects.select_related("organization").get(pk=scene.person.pk)
    ticket = tickets.open_ticket(
        subject_of(scene), contact=person, kind=Kind.ADMINISTRATIVE, subject="Boleto",
        description="Preciso da segunda via do boleto.", impact=LOW, by=scene.world.by(person), now=now(),
    )  # fmt: skip
    assert ticket.area_id == cst.pk
