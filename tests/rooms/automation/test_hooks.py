"""News for other programs: signed, in order, tried again, given up, and never sent into the house."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from farol.automation import actions
from farol.automation.actions.posting import NotDelivered, post
from farol.automation.models import Delivery, Hook
from farol.automation.rules.hooks import is_reachable, wait_after
from farol.automation.rules.matching import Event, ManagersOnly
from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.kernel.errors import FieldsRefused
from farol.tickets import actions as tickets
from tests.rooms.automation.receivers import (
    Received,
    drips,
    drips_its_body,
    hangs_up,
    raw,
    receiver,
    says_nothing,
    talks_nonsense,
)  # fmt: skip
from tests.world import World

HERE = ("127.0.0.0/8",)


@pytest.fixture(autouse=True)
def _here_is_ours(settings) -> None:
    settings.HOOK_NETWORKS = list(HERE)


@pytest.fixture
def received() -> Iterator[Received]:
    with receiver() as found:
        yield found


def hook_to(world: World, url: str, *events: Event) -> Hook:
    return actions.write_hook(
        None, name="ERP", url=url, events=events or (Event.OPENED, Event.REPLIED), is_active=True,
        by=world.by(world.teresa), now=timezone.now(),
    )  # fmt: skip


def told() -> None:
    for entry in Entry.objects.order_by("id"):
        assert deliver(entry) == {}


def test_a_message_is_signed_as_the_standard_says_and_tells_of_the_ticket(world: World, received: Received) -> None:
    hook = hook_to(world, received.url)
    ticket = world.open(timezone.now())
    told()
    assert actions.deliver(hook.pk, now=timezone.now()) is None
    [(headers, body)] = received.messages
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    mac = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mac}"
    message = json.loads(body)
    assert (message["type"], message["data"]["ticket"]["number"]) == ("ticket.opened", ticket.pk)
    assert (message["data"]["by"], message["data"]["ticket"]["severity"]) == ("customer", "high")
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.status, delivery.attempts) == ("sent", 200, 1)
    assert delivery.answer.startswith("ok xx")
    assert len(delivery.answer) <= 500


def test_an_internal_note_is_told_to_nobody(world: World, received: Received) -> None:
    hook = hook_to(world, received.url, *Event)
    ticket = world.open(timezone.now())
    tickets.note(ticket.pk, body="Senha: melancia", by=world.by(world.rafael), now=timezone.now())
    told()
    actions.deliver(hook.pk, now=timezone.now())
    assert [json.loads(body)["type"] for _headers, body in received.messages] == ["ticket.opened"]
    assert "melancia" not in str(received.messages)


def test_a_message_that_lost_its_job_is_sent_all_the_same(world: World, received: Received) -> None:
    hook, jobs = hook_to(world, received.url), ProcrastinateJob.objects.filter(queue_name="hooks", status="todo")
    world.open(timezone.now())
    told()
    _end_all_jobs()
    assert not jobs.all().exists()
    for _ in range(2):
        actions.wake_hooks()
        assert [job.args for job in jobs.all()] == [{"hook_id": hook.pk}]
    _end_all_jobs()
    actions.deliver(hook.pk, now=timezone.now())
    actions.wake_hooks()
    assert not jobs.all().exists()


def _end_all_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'cancelled' WHERE status = 'todo'")


def test_what_fails_waits_in_its_order_and_arrives_when_the_receiver_is_back(world: World, received: Received) -> None:
    hook = hook_to(world, received.url)
    ticket = world.open(timezone.now())
    tickets.reply(ticket.pk, body="Oi", by=world.by(world.marina), now=timezone.now())
    told()
    received.status = 500
    now = timezone.now()
    assert [actions.deliver(hook.pk, now=now) for _ in range(3)] == [wait_after(1), wait_after(2), wait_after(3)]
    assert [one.attempts for one in Delivery.objects.order_by("id")] == [3, 0]
    received.status = 204
    assert actions.deliver(hook.pk, now=now) is None
    assert [json.loads(body)["type"] for _headers, body in received.messages[3:]] == ["ticket.opened", "ticket.replied"]
    assert len({headers["webhook-id"] for headers, _body in received.messages[:4]}) == 1
    hook.refresh_from_db()
    assert hook.failures == 0


def test_after_three_days_a_message_is_given_up_and_can_be_sent_again(world: World, received: Received) -> None:
    hook = hook_to(world, received.url)
    world.open(timezone.now())
    told()
    received.status = 503
    actions.deliver(hook.pk, now=timezone.now())
    later = timezone.now() + timedelta(days=3, minutes=1)
    assert actions.deliver(hook.pk, now=later) is None
    delivery = Delivery.objects.get()
    assert (delivery.state, len(received.messages)) == ("failed", 1)
    received.status = 200
    actions.send_again(delivery.pk, by=world.by(world.teresa), now=later)
    actions.deliver(hook.pk, now=later)
    delivery.refresh_from_db()
    assert delivery.state == "sent"


def test_one_job_serves_a_hook_however_much_waits(world: World, received: Received) -> None:
    hook = hook_to(world, received.url)
    for _ in range(3):
        world.open(timezone.now())
    told()
    jobs = ProcrastinateJob.objects.filter(queue_name="hooks")
    assert {job.lock for job in jobs} == {f"hook:{hook.pk}"}
    assert sorted(job.priority for job in jobs) == [-10, -9], "one for what waits, one that woke it"
    actions.go_on_later(hook.pk, wait=timedelta(minutes=5))
    assert jobs.count() == 2
    told()
    assert Delivery.objects.count() == 3


def test_a_hook_that_is_off_gets_nothing(world: World, received: Received) -> None:
    hook = hook_to(world, received.url)
    world.open(timezone.now())
    told()
    Hook.objects.filter(pk=hook.pk).update(is_active=False)
    assert actions.deliver(hook.pk, now=timezone.now()) is None
    world.open(timezone.now())
    told()
    assert (received.messages, Delivery.objects.count()) == ([], 1)


def test_a_receiver_that_never_answers_is_left_when_its_time_is_up() -> None:
    with raw(says_nothing) as address:
        begun = monotonic()
        with pytest.raises(NotDelivered, match="timeout"):
            post(address, b"{}", {}, networks=HERE, limit=1.0)
        assert monotonic() - begun < 10, "the machine may be busy; without a limit it would be for ever"


@pytest.mark.parametrize("talk", [drips, drips_its_body])
def test_an_answer_without_end_counts_by_its_status_and_ends_in_time(
    talk: Callable[[socket.socket, object], None],
) -> None:
    with raw(talk) as address:
        begun = monotonic()
        assert post(address, b"{}", {}, networks=HERE, limit=1.0).is_good
        assert monotonic() - begun < 10, "the machine may be busy; without a limit it would be for ever"


@pytest.mark.parametrize("talk", [talks_nonsense, hangs_up])
def test_nonsense_is_a_failure_like_any_other(talk: Callable[[socket.socket, object], None]) -> None:
    with raw(talk) as address, pytest.raises(NotDelivered):
        post(address, b"{}", {}, networks=HERE, limit=2)


def test_nobody_listening_is_logged_and_tried_later(world: World) -> None:
    hook = hook_to(world, "http://127.0.0.1:9/")
    world.open(timezone.now())
    told()
    assert actions.deliver(hook.pk, now=timezone.now()) == wait_after(1)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.status) == ("queued", None)
    assert "ConnectionRefusedError" in delivery.answer


def test_a_redirect_is_not_followed(received: Received) -> None:
    received.status, received.headers = 302, {"Location": "http://127.0.0.1:9/secret"}
    answer = post(received.url, b"{}", {}, networks=HERE)
    assert (answer.status, answer.is_good, len(received.messages)) == (302, False, 1)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1",
     "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:53aa:64c:0:fffe:80ff:fffe", "::7f00:1", "nonsense"],
)  # fmt: skip
def test_no_news_goes_into_the_house(address: str) -> None:
    assert not is_reachable(address, ())


@pytest.mark.parametrize("address", ["200.147.3.157", "8.8.8.8", "2804:14c::1", "::ffff:8.8.8.8"])
def test_news_goes_outside(address: str) -> None:
    assert is_reachable(address, ())


@pytest.mark.parametrize(
    ("url", "networks"),
    [("https://127.0.0.1/", ()), ("https://localhost/", ()), ("https://[::1]/", ()), ("https://0x7f.1/", ()),
     ("https://2130706433/", ()), ("https://no.such.name.invalid/", ()), ("http://8.8.8.8/", HERE)],
)  # fmt: skip
def test_whatever_the_name_the_address_decides(received: Received, url: str, networks: tuple[str, ...]) -> None:
    with pytest.raises(NotDelivered):
        post(url, b"{}", {}, networks=networks, limit=3)


@pytest.mark.parametrize(
    "url",
    ["", "ftp://x.example/", "https://", "https://a:b@x.example/", "https://x.example:99999/", "https://x y.example/",
     "javascript:alert(1)", "https://x.example/" + "a" * 500, "https://ção.example/", "https://[::1", "https://x:0/"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(world: World, url: str) -> None:
    with pytest.raises(FieldsRefused) as refused:
        hook_to(world, url)
    assert list(refused.value.errors) == ["url"]


def test_without_a_network_of_ours_only_tls_will_do(world: World, settings) -> None:
    settings.HOOK_NETWORKS = []
    with pytest.raises(FieldsRefused):
        hook_to(world, "http://erp.example/farol")
    assert hook_to(world, "https://erp.example/farol").secret.startswith("whsec_")


def test_only_managers_set_up_hooks(world: World) -> None:
    with pytest.raises(ManagersOnly):
        actions.write_hook(
            None, name="ERP", url="https://erp.example/", events=[Event.OPENED], is_active=True,
            by=world.by(world.rafael), now=timezone.now(),
        )  # fmt: skip


def test_old_messages_are_forgotten_but_not_those_that_wait(world: World, received: Received) -> None:
    hook = hook_to(world, received.url)
    world.open(timezone.now())
    told()
    month = timezone.now() + timedelta(days=31)
    assert actions.forget_deliveries(month) == 0
    actions.deliver(hook.pk, now=timezone.now())
    assert actions.forget_deliveries(month) == 1
