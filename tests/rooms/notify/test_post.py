"""Exactly one letter, whatever is repeated, refused or killed."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.test.utils import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.notify import actions, queries
from farol.notify.models import Letter
from farol.notify.outbox import file_name
from farol.notify.rules import ATTEMPTS
from farol.tickets.jobs import run_deadlines
from farol.tickets.models import Task, Ticket
from farol.tickets.rules.tasks import TaskKind
from tests.rooms.notify.letters import POSTED
from tests.world import World, at

NOW = at("2026-11-23 09:00")
FOLDER = "farol.notify.outbox.FolderBackend"


def folder() -> list[Path]:
    return sorted(Path(settings.EMAIL_FILE_PATH).glob("*"))


@pytest.fixture
def letter(world: World, tmp_path: Path) -> Letter:
    world.open(NOW)
    deliver(Entry.objects.get())
    return Letter.objects.get()


class Refusing(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:  # type: ignore[override]
        raise ConnectionRefusedError("nobody listens on port 587")


def test_an_opening_that_is_rolled_back_leaves_neither_letter_nor_job(world: World) -> None:
    with transaction.atomic():
        world.open(NOW)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_a_change_and_the_job_that_tells_it_are_committed_together(world: World) -> None:
    world.open(NOW)
    assert [job.task_name for job in ProcrastinateJob.objects.all()] == ["journal.hear"]


def test_heard_twice_is_written_once(letter: Letter) -> None:
    assert deliver(letter.entry) == {}
    assert actions.write_letters(letter.entry) == []
    assert Letter.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="notify.post").count() == 1


def test_a_letter_is_posted_once(letter: Letter, mailoutbox: list[EmailMessage]) -> None:
    assert actions.post_letter(letter.pk, now=POSTED) is True
    assert actions.post_letter(letter.pk, now=POSTED) is False
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.attempts, len(mailoutbox)) == ("sent", POSTED, 1, 1)


def test_a_worker_killed_after_sending_leaves_one_file(letter: Letter, tmp_path: Path) -> None:
    with override_settings(EMAIL_BACKEND=FOLDER, EMAIL_FILE_PATH=tmp_path / "mail"):
        actions.post_letter(letter.pk, now=POSTED)
        Letter.objects.update(state="queued")  # what the kill leaves: sent, and not noted
        actions.post_letter(letter.pk, now=POSTED)
        (file,) = folder()
        mail = message_from_bytes(file.read_bytes(), policy=default)
    assert mail["Message-ID"] == letter.message_id
    assert file.name == f"{letter.ticket_number}-opened-{letter.entry_id}-{letter.person_id}.eml"


def test_a_name_cannot_leave_the_folder() -> None:
    assert file_name("<../../etc/passwd@evil>") == "etc-passwd.eml"


def test_a_server_that_is_down_is_tried_again_and_at_last_given_up(letter: Letter) -> None:
    with override_settings(EMAIL_BACKEND=f"{__name__}.Refusing"):
        for attempt in range(1, ATTEMPTS + 1):
            with pytest.raises(actions.NotPosted):
                actions.post_letter(letter.pk, now=POSTED)
            letter.refresh_from_db()
            assert letter.attempts == attempt
            assert letter.state == ("failed" if attempt == ATTEMPTS else "queued")
    assert "587" in letter.error


def test_a_letter_given_up_can_be_posted_again(letter: Letter, mailoutbox: list[EmailMessage]) -> None:
    Letter.objects.update(state="failed", attempts=ATTEMPTS, error="nobody listens")
    assert list(queries.failed()) == [letter]
    assert actions.retry([letter.pk + 1]) == 0
    assert actions.retry() == 1
    assert ProcrastinateJob.objects.filter(task_name="notify.post").count() == 2
    assert actions.post_letter(letter.pk, now=POSTED) is True
    assert not queries.failed().exists()
    assert len(mailoutbox) == 1


def test_what_failed_once_leaves_when_the_server_is_back(letter: Letter, mailoutbox: list[EmailMessage]) -> None:
    with override_settings(EMAIL_BACKEND=f"{__name__}.Refusing"), pytest.raises(actions.NotPosted):
        actions.post_letter(letter.pk, now=POSTED)
    assert actions.post_letter(letter.pk, now=POSTED) is True
    letter.refresh_from_db()
    assert (letter.attempts, letter.error, len(mailoutbox)) == (2, "", 1)


@pytest.mark.rule("R-070", "R-073")
def test_a_reminder_that_is_given_up_gives_a_person_a_task(world: World) -> None:
    world.solved(at("2026-11-24 15:20"))
    run_deadlines(at("2026-12-07 09:00"))
    deliver(Entry.objects.get(name="ticket.reminded"))
    letter = Letter.objects.get(kind="reminder")
    Letter.objects.filter(pk=letter.pk).update(attempts=ATTEMPTS - 1)
    with override_settings(EMAIL_BACKEND=f"{__name__}.Refusing"), pytest.raises(actions.NotPosted):
        actions.post_letter(letter.pk, now=at("2026-12-07 17:00"))
    assert Letter.objects.get(pk=letter.pk).state == Letter.State.FAILED
    assert Task.objects.get().kind == TaskKind.UNREACHED
    run_deadlines(at("2027-03-01 09:00"))
    assert Ticket.objects.get().state == "awaiting_acceptance"


@pytest.mark.rule("R-070", "R-073")
def test_a_reminder_that_comes_back_and_one_without_a_reader_do_too(world: World) -> None:
    for _ in range(2):
        world.solved(at("2026-11-24 15:20"))
    run_deadlines(at("2026-12-07 09:00"))
    first, second = Entry.objects.filter(name="ticket.reminded").order_by("id")
    deliver(first)
    actions.record_undelivered(Letter.objects.get().message_id, why="550 no such user", now=at("2026-12-07 10:00"))
    world.marina.is_active = False
    world.marina.save()
    deliver(second)
    assert Task.objects.filter(kind=TaskKind.UNREACHED).count() == 2
