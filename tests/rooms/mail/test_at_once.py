"""The same mail twice at the same moment, and two robots of one person at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from farol.files.models import Attachment
from farol.journal.models import Entry
from farol.mail import actions
from farol.mail.models import Received
from farol.mail.rules.decisions import Decision
from farol.notify.models import Letter
from farol.tickets import actions as tickets
from tests.rooms.mail.post import NOW, mail, reply_to
from tests.world import World, at, build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build()


def at_once(*works: Callable[[], object]) -> None:
    barrier, troubles = Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            work()
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []


def kept(raw: bytes) -> Received:
    return actions.receive(raw, source=Received.Source.PIPE, now=NOW)


def test_a_mail_that_comes_twice_at_once_is_kept_and_sorted_once(world: World) -> None:
    ticket = world.open(at("2026-11-23 09:00"))
    raw = mail(world.marina, to=reply_to(ticket.pk, world.marina)).as_bytes()
    at_once(*[lambda: kept(raw)] * 4)
    received = Received.objects.get()
    assert (received.copies, Attachment.objects.count()) == (4, 1)
    at_once(*[lambda: actions.sort_mail(received.pk, now=NOW)] * 4)
    assert Entry.objects.filter(name="ticket.replied").count() == 1


def test_of_two_answers_to_one_person_at_once_one_leaves(world: World) -> None:
    ticket = world.solved(at("2026-11-23 10:00"))
    tickets.accept_solution(ticket.pk, by=world.by(world.marina), now=at("2026-11-23 10:30"))
    address = reply_to(ticket.pk, world.marina)
    mails = [kept(mail(world.marina, f"Obrigado! {n}", to=address).as_bytes()) for n in range(3)]
    at_once(*[lambda pk=one.pk: actions.sort_mail(pk, now=NOW) for one in mails])  # type: ignore[misc]
    assert Letter.objects.filter(kind="returned").count() == 1
    decisions = sorted(Received.objects.values_list("decision", flat=True))
    assert decisions == [Decision.ANSWERED, Decision.SET_ASIDE, Decision.SET_ASIDE]
