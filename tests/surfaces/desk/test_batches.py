"""One thing done to many tickets: what was done, what was refused and why, and taking it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from farol.tickets import actions
from farol.tickets.models import Batch, BatchItem, Ticket
from tests.surfaces.desk.conftest import NOW, signed_in
from tests.world import World


def selected(tickets: list[Ticket], **said: object) -> dict[str, object]:
    return {"ticket": [f"{ticket.pk}.{Ticket.objects.get(pk=ticket.pk).last_entry_id}" for ticket in tickets], **said}


def outcomes(batch: Batch) -> list[str]:
    return list(batch.items.order_by("number").values_list("outcome", flat=True))


def worked() -> Batch:
    """What the worker does with the newest batch."""
    batch = Batch.objects.latest("pk")
    assert ProcrastinateJob.objects.filter(task_name="tickets.batch", args__batch_id=batch.pk).exists()
    actions.run_batch(batch.pk, now=NOW)
    return batch


def test_each_ticket_is_done_or_says_why_not(world: World, rafael: Client) -> None:
    free, taken, closed = (world.open(NOW - timedelta(days=1)) for _ in range(3))
    actions.assign_ticket(taken.pk, to=world.jussara, by=world.by(world.rafael), now=NOW)
    said = selected([free, taken, closed], verbo="assign", responsavel=world.jussara.pk)
    actions.cancel_ticket(closed.pk, reason="Resolvido aqui.", by=world.by(world.marina), now=NOW)
    assert rafael.post("/mesa/lotes/novo", said).status_code == 200
    address = rafael.post("/mesa/lotes", said).headers["Location"]
    assert "Em andamento" in rafael.get(address).content.decode()
    batch = worked()
    assert outcomes(batch) == ["done", "unchanged", "refused"]
    html = rafael.get(address).content.decode()
    assert all(text in html for text in ("1 chamado mudado", "1 já estava assim", "1 recusado", f">{closed.pk}</a>: "))
    assert Ticket.objects.get(pk=free.pk).assignee == world.jussara


def test_running_twice_does_nothing_more(world: World, rafael: Client) -> None:
    ticket = world.open(NOW - timedelta(days=1))
    rafael.post("/mesa/lotes", selected([ticket], verbo="assign", responsavel=world.jussara.pk))
    batch = worked()
    before = Ticket.objects.get(pk=ticket.pk).last_entry_id
    actions.run_batch(batch.pk, now=NOW + timedelta(minutes=5))
    assert Ticket.objects.get(pk=ticket.pk).last_entry_id == before


@pytest.mark.rule("R-067")
def test_a_transfer_is_taken_back_where_nobody_went_on(world: World, rafael: Client) -> None:
    quiet, moved = world.open(NOW - timedelta(days=1)), world.open(NOW - timedelta(days=1))
    actions.assign_ticket(quiet.pk, to=world.jussara, by=world.by(world.rafael), now=NOW)
    due = quiet.due_at
    rafael.post("/mesa/lotes", selected([quiet, moved], verbo="transfer", area=world.factory.pk, motivo="Correção."))
    batch = worked()
    assert set(Ticket.objects.values_list("area", flat=True)) == {world.factory.pk}
    actions.reply(moved.pk, body="E aí?", by=world.by(world.marina), now=NOW)
    address = rafael.post(f"/mesa/lotes/{batch.pk}/reversao").headers["Location"]
    assert outcomes(worked()) == ["done", "refused"]
    back = Ticket.objects.get(pk=quiet.pk)
    assert (back.area, back.assignee, back.due_at) == (world.fiscal, world.jussara, due)
    assert Ticket.objects.get(pk=moved.pk).area == world.factory
    assert rafael.post(f"/mesa/lotes/{batch.pk}/reversao").headers["Location"] == address, "asked twice, it is one"


def test_a_ticket_that_others_changed_meanwhile_is_left_alone(world: World, rafael: Client) -> None:
    ticket = world.open(NOW - timedelta(days=1))
    said = selected([ticket], verbo="assign", responsavel=world.jussara.pk)
    actions.assign_ticket(ticket.pk, to=world.teresa, by=world.by(world.teresa), now=NOW)
    rafael.post("/mesa/lotes", said)
    assert outcomes(worked()) == ["refused"]
    assert Ticket.objects.get(pk=ticket.pk).assignee == world.teresa


@pytest.mark.parametrize(
    "said",
    [
        {"verbo": "assign"}, {"verbo": "assign", "responsavel": "999999999999999999999"}, {"verbo": "transfer"},
        {"verbo": "transfer", "area": "x", "motivo": "a"}, {"verbo": "zz"}, {"ticket": ["x", "1", "1.x"]},
    ],
)  # fmt: skip
def test_what_makes_no_sense_begins_nothing(world: World, rafael: Client, said: dict[str, object]) -> None:
    ticket = world.open(NOW - timedelta(days=1))
    assert rafael.post("/mesa/lotes", {**selected([ticket]), **said}).status_code < 500
    assert rafael.post("/mesa/lotes/novo", {}).status_code < 500
    assert not Batch.objects.exists()


def test_more_than_five_hundred_at_once_are_refused(world: World, rafael: Client) -> None:
    said = {"ticket": [f"{number}.1" for number in range(1, 502)], "verbo": "assign", "responsavel": "ninguem"}
    assert rafael.post("/mesa/lotes", said).status_code < 500
    assert not BatchItem.objects.exists()


def test_a_batch_is_its_askers_alone(world: World, rafael: Client, marina: Client) -> None:
    rafael.post("/mesa/lotes", selected([world.open(NOW)], verbo="assign", responsavel="ninguem"))
    batch = worked()
    jussara = signed_in(world, "jussara")
    assert jussara.get(f"/mesa/lotes/{batch.pk}").status_code == 404
    assert jussara.post(f"/mesa/lotes/{batch.pk}/reversao").status_code in {302, 404}
    assert Batch.objects.count() == 1
    assert marina.get(f"/mesa/lotes/{batch.pk}").status_code == 404
    assert marina.post("/mesa/lotes", {}).status_code == 404
