"""What was uploaded and never used is swept; what anything uses is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from farol.files import actions as files
from farol.files.models import Attachment
from farol.people.models import Person
from farol.tickets import actions
from farol.tickets.jobs import Swept, sweep_trays
from farol.tickets.models import Draft
from tests.world import World, at

NOW = at("2026-11-24 09:00")
BEFORE = NOW - timedelta(days=30)
CONTENT = b"<nfe/>"


def uploaded(world: World, person: Person, *, days_ago: int, subject: str = "") -> Attachment:
    by = world.by(person)
    kept = files.keep(subject or by.subject, SimpleUploadedFile("nota.xml", CONTENT), by=by)
    Attachment.objects.filter(pk=kept.pk).update(uploaded_at=NOW - timedelta(days=days_ago))
    return kept


def drafted(world: World, file: Attachment, *, days_ago: int) -> Draft:
    draft = actions.save_draft(None, by=world.by(world.marina), answers={"subject": "Nota"}, now=NOW)
    actions.attach_to_draft(draft.pk, file.pk, by=world.by(world.marina))
    Draft.objects.filter(pk=draft.pk).update(updated_at=NOW - timedelta(days=days_ago))
    return draft


def test_a_file_that_lay_too_long_is_gone_with_its_content(world: World, django_capture_on_commit_callbacks) -> None:
    old, new = uploaded(world, world.marina, days_ago=31), uploaded(world, world.joao, days_ago=29)
    storage, name = old.content.storage, old.content.name
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_trays(BEFORE) == Swept(files=1, octets=len(CONTENT))
    assert list(Attachment.objects.all()) == [new]
    assert not storage.exists(name)
    assert sweep_trays(BEFORE) == Swept()


def test_an_abandoned_draft_keeps_its_words_and_names_no_file_that_is_gone(world: World) -> None:
    file = uploaded(world, world.marina, days_ago=40)
    draft = drafted(world, file, days_ago=35)
    assert sweep_trays(BEFORE).files == 1
    draft.refresh_from_db()
    assert draft.answers == {"subject": "Nota", "attachments": []}


def test_a_file_of_a_draft_that_is_still_written_stays(world: World) -> None:
    file = uploaded(world, world.marina, days_ago=40)
    drafted(world, file, days_ago=2)
    assert sweep_trays(BEFORE) == Swept()
    assert Attachment.objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize("internal", [False, True])
def test_a_file_of_a_ticket_stays_however_old(world: World, internal: bool) -> None:
    ticket, rafael = world.open(NOW), world.by(world.rafael)
    file = uploaded(world, world.rafael, days_ago=400)
    say = actions.note if internal else actions.reply
    say(ticket.pk, body="Segue.", by=rafael, now=NOW, attachments=[file.pk])
    uploaded(world, world.rafael, days_ago=400, subject="ticket:1")
    assert sweep_trays(BEFORE) == Swept()


def test_a_file_given_to_a_ticket_while_the_sweep_runs_stays(world: World) -> None:
    ticket, file = world.open(NOW), uploaded(world, world.marina, days_ago=40)
    actions.reply(ticket.pk, body="Segue.", by=world.by(world.marina), now=NOW, attachments=[file.pk])
    assert actions.sweep_file(file, before=BEFORE) == 0
