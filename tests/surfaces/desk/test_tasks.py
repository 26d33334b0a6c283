"""The page of what waits for a person."""

from __future__ import annotations

from django.test import Client

from farol.tickets import actions
from farol.tickets.models import Task
from farol.tickets.rules.tasks import TaskKind
from tests.world import World, at


def raised(world: World, source: str = "survey:9") -> Task:
    ticket = world.open(at("2026-11-24 08:00"))
    return actions.raise_task(
        ticket.pk, kind=TaskKind.SURVEY, source=source, now=at("2026-11-24 08:30"), words="Nota 1 de 5."
    )[0]


def test_an_empty_page_says_so(rafael: Client) -> None:
    assert "Nenhuma pendência" in rafael.get("/mesa/pendencias").content.decode()


def test_a_task_is_read_and_finished(rafael: Client, world: World) -> None:
    task = raised(world)
    text = rafael.get("/mesa/pendencias").content.decode()
    assert "Nota 1 de 5." in text
    assert f"/mesa/chamados/{task.ticket_id}" in text
    assert rafael.post(f"/mesa/pendencias/{task.pk}/conclusao", {"outcome": "Falei com ela."}).status_code == 302
    assert "Nota 1 de 5." not in rafael.get("/mesa/pendencias").content.decode()
    assert "Falei com ela." in rafael.get(f"/mesa/chamados/{task.ticket_id}").content.decode()


def test_without_words_it_stays_open_and_the_field_says_why(rafael: Client, world: World) -> None:
    task = raised(world)
    refused = rafael.post(f"/mesa/pendencias/{task.pk}/conclusao", {"outcome": ""})
    assert (refused.status_code, Task.objects.filter(done_at=None).count()) == (422, 1)
    assert "Diga o que foi feito." in refused.content.decode()


def test_finished_twice_is_a_page_with_a_reason_and_none_is_not_found(rafael: Client, world: World) -> None:
    task = raised(world)
    address = f"/mesa/pendencias/{task.pk}/conclusao"
    rafael.post(address, {"outcome": "Feito."})
    assert rafael.post(address, {"outcome": "Feito."}).status_code == 409
    assert rafael.post("/mesa/pendencias/99999/conclusao", {"outcome": "Feito."}).status_code == 404


def test_more_than_a_page_goes_on(rafael: Client, world: World) -> None:
    tasks = [raised(world, f"survey:{n}") for n in range(52)]
    text = rafael.get("/mesa/pendencias").content.decode()
    assert f"?depois={tasks[49].pk}" in text
    assert f'id="task-{tasks[51].pk}"' in rafael.get(f"/mesa/pendencias?depois={tasks[49].pk}").content.decode()
    assert rafael.get("/mesa/pendencias?depois=x&areas=todas").status_code == 200


def test_a_customer_has_no_such_page(marina: Client) -> None:
    assert marina.get("/mesa/pendencias").status_code == 404
