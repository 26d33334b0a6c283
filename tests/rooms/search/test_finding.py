"""What is found, by whom, in which order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.people.actions.customers import correct_customer
from farol.people.rules.customers import Company
from farol.search.models import Document
from farol.search.queries import Search
from farol.tickets import actions, queries
from farol.tickets.jobs import make_company_findable
from farol.tickets.queries import Filters
from tests.world import World, at

NOW = at("2026-11-23 10:00")


def found(world: World, person: str, text: str, **filters: object) -> list[int]:
    by = world.by(getattr(world, person))
    page = queries.found_page(by, Filters(text=text, **filters), limit=50)  # type: ignore[arg-type]
    return [ticket.pk for ticket in page.tickets]


def heard() -> None:
    """What the worker does after the commit."""
    for entry in Entry.objects.order_by("id"):
        assert not deliver(entry)


@pytest.mark.parametrize(
    "text",
    [
        "rejeicao", "REJEIÇÕES", "transmitindo nota", "devolu", "devoluç", "nfe", "NF-e", "nf e", "778", "45231",
        "45.231", "4523", "serra azul", "laticinio", "12.ABC.345/01DE-35", "12abc34501de35", "12.abc.345", "horizonte",
        "marina", "sefaz ncm", "  rejeição   ", "rejeição e a", "não rejeição",
    ],
)  # fmt: skip
def test_accents_inflections_beginnings_and_ways_of_writing_meet(world: World, text: str) -> None:
    ticket = world.open(NOW)
    actions.reply(ticket.pk, body="Emitimos a nota outra vez.", by=world.by(world.marina), now=NOW)
    heard()
    expected = [ticket.pk]
    assert found(world, "rafael", text) == expected
    assert found(world, "marina", text) == expected
    assert found(world, "bruno", text) == []


@pytest.mark.parametrize("text", ["a e o", "não", "?!", "", "\\", "'", "& |", ":*", "~", "@1", "#10.0", "!open", "e"])
def test_words_that_say_nothing_find_nothing_and_are_no_error(world: World, text: str) -> None:
    world.open(NOW)
    page = queries.found_page(world.by(world.rafael), Filters(text=text or " "), limit=50)
    assert not page.tickets or text in {"@1", "#10.0", "!open"}


def test_ten_thousand_letters_are_cut_to_the_first_words(world: World) -> None:
    ticket = world.open(NOW)
    assert found(world, "rafael", "rejeição " * 1200) == [ticket.pk]
    assert found(world, "rafael", "x" * 10_000) == []
    assert len(Search("palavra " * 10 + " ".join(f"p{n}" for n in range(5000)), with_inner=True).query) < 5_000


def test_a_word_of_a_note_finds_the_ticket_for_the_staff_alone(world: World) -> None:
    ticket = world.open(NOW)
    actions.note(ticket.pk, body="Parece fraude do contador.", by=world.by(world.rafael), now=NOW)
    heard()
    assert found(world, "rafael", "fraude rejeição") == [ticket.pk]
    for text in ("fraude", "~fraud", "'~fraud'", "fraude rejeição", "contador", "fraud"):
        assert found(world, "marina", text) == []


def test_the_note_is_no_part_of_what_a_customer_is_shown(world: World) -> None:
    ticket = world.open(NOW)
    actions.note(ticket.pk, body="A rejeição é culpa nossa, dizer amanhã.", by=world.by(world.rafael), now=NOW)
    actions.reply(ticket.pk, body="Vamos corrigir amanhã cedo.", by=world.by(world.rafael), now=NOW)
    heard()
    by = world.by(world.marina)
    page = queries.found_page(by, Filters(text="amanhã"), limit=5)
    said = "".join(piece.text for piece in queries.answers(by, page)[ticket.pk].said)
    assert said == "Vamos corrigir amanhã cedo."


def test_the_newest_come_first_and_pages_have_neither_gap_nor_double(world: World) -> None:
    numbers = [world.open(NOW + timedelta(minutes=minute)).pk for minute in range(12)]
    by, seen, after = world.by(world.rafael), [], None
    for _page in range(6):
        page = queries.found_page(by, Filters(text="rejeição"), after=after, limit=5)
        seen += [ticket.pk for ticket in page.tickets]
        after = page.next
        if after is None:
            break
    assert seen == numbers[::-1]


def test_what_lies_far_back_is_found_too(world: World) -> None:
    """Steps of a thousand, eight thousand and more lead there."""
    ticket = world.open(NOW)
    Document.objects.filter(subject=f"ticket:{ticket.pk}").delete()
    actions.make_findable(ticket.pk)
    from farol.search.queries import newest

    for below in (ticket.pk + 1, ticket.pk + 900, ticket.pk + 5_000, ticket.pk + 900_000, ticket.pk + 40_000_000):
        assert newest(Search("rejeição", with_inner=False), below=below, most=5) == [ticket.pk]
    assert newest(Search("rejeição", with_inner=False), below=ticket.pk, most=5) == []


def test_filters_go_with_the_words(world: World) -> None:
    opened, solved = world.open(NOW), world.solved(NOW)
    assert found(world, "rafael", "rejeição", states=["awaiting_acceptance"]) == [solved.pk]
    assert found(world, "rafael", "rejeição", areas=[world.factory.pk]) == []
    assert found(world, "rafael", "rejeição", organizations=[world.boa_vista.pk]) == []
    assert found(world, "rafael", "rejeição", people=[world.marina.pk], opened_from=NOW) == [opened.pk]
    assert found(world, "rafael", "rejeição", opened_before=NOW) == [solved.pk]


def test_a_closed_ticket_is_not_among_the_open_ones(world: World) -> None:
    ticket = world.solved(NOW)
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=NOW)
    assert found(world, "rafael", "rejeição", open_only=True) == []
    heard()
    assert found(world, "rafael", "rejeição", open_only=True) == []
    assert found(world, "rafael", "rejeição") == [ticket.pk]


def test_a_number_comes_first_and_somebody_elses_stays_hidden(world: World) -> None:
    ticket = world.open(NOW)
    mentions = world.open(NOW, subject=f"De novo o {ticket.pk}")
    assert found(world, "rafael", str(ticket.pk)) == [ticket.pk, mentions.pk]
    assert found(world, "rafael", f"#{ticket.pk}") == [ticket.pk, mentions.pk]
    assert found(world, "bruno", str(ticket.pk)) == []


def test_indexing_twice_changes_nothing(world: World) -> None:
    ticket = world.open(NOW)
    heard()
    before = Document.objects.get(subject=f"ticket:{ticket.pk}").words
    actions.make_findable(ticket.pk)
    assert Document.objects.get(subject=f"ticket:{ticket.pk}").words == before


@pytest.mark.parametrize("longest", ["{0:x}" * 3, "字" * 52 + "{0:x}"], ids=["latin", "three octets each"])
def test_a_ticket_of_more_words_than_a_row_holds_is_found_by_its_first_ones(world: World, longest: str) -> None:
    ticket = world.open(NOW)
    words = [longest.format(number * 0x9E3779B97F4A7C15 % 2**64) for number in range(24_000)]
    for start in range(0, len(words), 1_200):
        actions.note(ticket.pk, body=" ".join(words[start : start + 1_200]), by=world.by(world.rafael), now=NOW)
        actions.reply(ticket.pk, body=" ".join(words[start : start + 1_200]), by=world.by(world.rafael), now=NOW)
    actions.make_findable(ticket.pk)
    assert found(world, "marina", "rejeição") == [ticket.pk]


def test_tickets_are_found_by_the_new_name_of_their_company(world: World) -> None:
    ticket = world.open(NOW)
    correct_customer(
        world.serra_azul.pk,
        Company.written(
            name="Queijaria Mantiqueira", legal_name="Queijaria Mantiqueira Ltda.", cnpj=world.serra_azul.cnpj,
            financial_email="contas@mantiqueira.example",
        ),
        by=world.by(world.teresa),
        now=NOW,
    )  # fmt: skip
    deliver(Entry.objects.get(name="customer.corrected"))
    job = ProcrastinateJob.objects.get(task_name="tickets.make_company_findable")
    make_company_findable(**job.args)
    page = queries.found_page(world.by(world.rafael), Filters(text="mantiqueira"), limit=5)
    assert [found.pk for found in page.tickets] == [ticket.pk]
