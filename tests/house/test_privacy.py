"""Retention proves what it deleted; a person is gathered and erased; what law needs stays."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.db import Error, connection, transaction
from django.utils import timezone

from farol.audit import actions as audit
from farol.audit import queries as trail
from farol.audit.actions import privacy
from farol.audit.models import Incident, Record
from farol.audit.queries.privacy import terms
from farol.audit.rules import Act
from farol.audit.rules.privacy import AT_LEAST, DataClass, OnHold, StillNeeded, TermRefused, nth_business_day
from farol.files import actions as files
from farol.files.models import Attachment
from farol.house.privacy.erasing import erase
from farol.house.privacy.gathering import archive
from farol.house.privacy.retention import SWEEPS, sweep_terms
from farol.journal.models import Delivery, Entry
from farol.kernel.actor import HOUSE
from farol.mail.models import Received
from farol.people.models import Person, Session
from farol.people.queries import people_named
from farol.tickets import actions
from farol.tickets.models import Draft, Ticket
from tests.rooms.conftest import world as world
from tests.world import World

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def received(world: World, days_ago: int, *, decision: str = "joined", ticket: Ticket | None = None) -> Received:
    mail = Received.objects.create(
        message_id=f"<{days_ago}{decision}@x>", digest="0" * 64, source="pipe", sender="joao@serraazul.example",
        received_at=NOW - timedelta(days=days_ago), decision=decision, ticket=ticket, person=world.joao,
    )  # fmt: skip
    files.keep_original(f"mail:{mail.pk}", "original.eml", b"From: joao", "message/rfc822")
    return mail


@pytest.mark.rule("R-238")
def test_what_is_past_its_term_goes_and_the_trail_proves_it(world: World) -> None:
    old, young, waiting = received(world, 400), received(world, 300), received(world, 500, decision="waiting")
    done = sweep_terms(NOW)
    assert done[DataClass.MAILS] == 1
    assert set(Received.objects.values_list("pk", flat=True)) == {young.pk, waiting.pk}
    assert not Attachment.objects.filter(subject=f"mail:{old.pk}").exists()
    proof = Record.objects.get(name=Act.RETENTION_RUN, subject="class:mails")
    assert proof.facts["count"] == 1
    assert len(proof.facts["digest"]) == 64
    assert sweep_terms(NOW)[DataClass.MAILS] == 0


@pytest.mark.rule("R-238")
@pytest.mark.parametrize("subject", ["person", "organization", "ticket"])
def test_what_is_held_stays_until_the_hold_is_lifted(world: World, subject: str) -> None:
    ticket = world.open(NOW)
    received(world, 400, ticket=ticket)
    named = {"person": world.joao.pk, "organization": world.serra_azul.pk, "ticket": ticket.pk}
    by = world.by(world.teresa)
    hold = privacy.place_hold(f"{subject}:{named[subject]}", reason="Processo 123", by=by, now=NOW)
    assert sweep_terms(NOW)[DataClass.MAILS] == 0
    privacy.lift_hold(hold.pk, by=by, now=NOW)
    assert sweep_terms(NOW)[DataClass.MAILS] == 1
    assert {row.name for row in Record.objects.all()} >= {Act.HOLD_PLACED, Act.HOLD_LIFTED}


@pytest.mark.rule("R-238")
def test_a_term_is_data_within_what_law_allows(world: World) -> None:
    by = world.by(world.teresa)
    privacy.set_term(DataClass.MAILS, 100, by=by, now=NOW)
    assert terms()[DataClass.MAILS] == 100
    for days in (0, AT_LEAST[DataClass.TRAIL] - 1, 10_000):
        with pytest.raises(TermRefused):
            privacy.set_term(DataClass.TRAIL, days, by=by, now=NOW)


def test_every_class_has_a_sweep() -> None:
    assert set(SWEEPS) == set(DataClass) == set(terms())


def test_abandoned_drafts_and_old_deliveries_go(world: World) -> None:
    long_ago = NOW - timedelta(days=200)
    Draft.objects.create(person=world.joao, answers={"subject": "nunca enviado"}, updated_at=long_ago)
    Draft.objects.create(person=world.joao, answers={}, updated_at=NOW)
    world.open(NOW)
    entry = Entry.objects.first()
    Delivery.objects.create(entry=entry, listener="x")
    done = sweep_terms(NOW)
    assert (done[DataClass.DRAFTS], done[DataClass.HEARD]) == (1, 0)
    assert sweep_terms(NOW + timedelta(days=91))[DataClass.HEARD] == 1


@pytest.mark.rule("R-238")
def test_the_trail_loses_what_is_past_its_term_and_still_verifies(world: World) -> None:
    for number in range(5):
        audit.record(Act.SIGNED_IN, HOUSE, f"person:{number}")
    audit.link_waiting()
    assert sweep_terms(NOW + timedelta(days=1827))[DataClass.TRAIL] == 5
    audit.link_waiting()
    assert trail.verdict().is_whole
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_record DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_record")
    assert not trail.verdict().is_whole


@pytest.mark.rule("R-239")
def test_the_archive_has_all_of_the_person_and_nothing_of_others(world: World) -> None:
    by = world.by(world.joao)
    file = files.keep(by.subject, ContentFile(b"linha 1", name="log ã.txt"), by=by)
    ticket = world.open(NOW, by=world.joao, subject="Erro do João")
    actions.reply(ticket.pk, body="Segue o log.", attachments=[file.pk], by=by, now=NOW)
    actions.note(ticket.pk, body="Cliente difícil.", by=world.by(world.rafael), now=NOW)
    actions.reply(ticket.pk, body="Vamos ver.", by=world.by(world.rafael), now=NOW)
    content, counts = archive(world.joao, now=NOW)
    packed = ZipFile(BytesIO(content))
    whole = b"".join(packed.read(name) for name in packed.namelist()).decode()
    assert json.loads(packed.read("pessoa.json"))[0]["email"] == "joao@serraazul.example"
    assert "Segue o log." in whole
    assert "linha 1" in whole
    assert "Cliente difícil." not in whole
    assert "Vamos ver." not in whole
    assert "password" not in whole
    assert counts["chamados"] == 1


@pytest.mark.rule("R-239")
def test_an_erased_person_is_found_nowhere_and_what_law_needs_stays(world: World) -> None:
    ticket = world.open(NOW, by=world.joao)
    mail = received(world, 3, ticket=ticket)
    Draft.objects.create(person=world.joao, answers={"subject": "segredo"})
    Session.objects.create(
        session_key="k" * 32, session_data="", expire_date=NOW + timedelta(days=1), person=world.joao
    )
    told = erase(world.joao.pk, by=world.by(world.teresa), now=NOW)
    person = Person.objects.get(pk=world.joao.pk)
    assert (person.name, person.email, person.is_active) == (
        f"Pessoa {person.pk}",
        f"{person.pk}@erased.invalid",
        False,
    )
    assert not person.has_usable_password()
    assert not Session.objects.filter(person=person).exists()
    assert not Draft.objects.filter(person=person).exists()
    mail.refresh_from_db()
    assert (mail.sender, mail.subject) == ("", "")
    assert not Attachment.objects.filter(subject=f"mail:{mail.pk}").exists()
    assert Ticket.objects.filter(pk=ticket.pk, contact=person).exists()
    assert people_named([person.pk])[person.pk].name == f"Pessoa {person.pk}"
    assert set(told["kept"]) == {"tickets", "journal", "billing", "audit"}  # type: ignore[call-overload]
    assert Record.objects.filter(name=Act.PERSON_ERASED, subject=f"person:{person.pk}").exists()
    erase(world.joao.pk, by=HOUSE, now=NOW)


@pytest.mark.rule("R-239")
def test_nobody_is_erased_who_is_held_or_still_needed(world: World) -> None:
    privacy.place_hold(f"person:{world.joao.pk}", reason="Processo 9", by=world.by(world.teresa), now=NOW)
    with pytest.raises(OnHold):
        erase(world.joao.pk, by=HOUSE, now=NOW)
    for person in (world.marina, world.rafael):
        with pytest.raises(StillNeeded):
            erase(person.pk, by=HOUSE, now=NOW)


@pytest.mark.rule("R-240")
def test_an_incident_is_told_in_three_business_days_and_stays_five_years(world: World) -> None:
    known = date(2026, 12, 23)
    assert nth_business_day(known, 3, closed={date(2026, 12, 25)}) == date(2026, 12, 29)
    incident = privacy.open_incident(
        title="Planilha enviada a outro cliente", words="Nomes e e-mails de 12 contatos.", known_at=NOW,
        tell_by=known, complete_by=known, by=world.by(world.teresa), now=NOW,
    )  # fmt: skip
    with pytest.raises(Error, match="five years"), transaction.atomic():
        incident.delete()
    assert Incident.objects.exists()
