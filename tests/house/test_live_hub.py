"""Which open page hears what; pure, without a socket and without a database."""

from __future__ import annotations

import pytest

from farol.house.live.hub import ANEW, LOADING, SIGNED_OUT, WAITING, CallNews, Change, Hub, Page, Presence, Reader

RAFAEL = Reader("s1", 1, "Rafael Tanaka", is_staff=True)
JUSSARA = Reader("s2", 2, "Jussara Lima", is_staff=True)
MARINA = Reader("s3", 3, "Marina Prado", is_staff=False)
NOW = 1_000.0


def change(
    number: int = 7, entry: int = 100, *, internal: bool = False, areas: str = "4", people: str = "0,0"
) -> Change:
    return Change.read(f"{number} {entry} 9 {int(internal)} {areas} {people}")


def heard(page: Page) -> list[bytes]:
    return [page.waiting.get_nowait() for _ in range(page.waiting.qsize())]


@pytest.fixture
def hub() -> Hub:
    return Hub()


def test_a_queue_hears_of_its_areas_those_left_included(hub: Hub) -> None:
    page = Page(RAFAEL, areas=frozenset({4}))
    hub.enter(page, at=NOW)
    for areas in ("4,4", "4,5", "5,4", "5,5"):
        hub.publish(change(areas=areas), at=NOW)
    assert heard(page) == [b"id: 100\nevent: ticket\ndata: 7 100\n\n"] * 3


def test_ones_own_list_hears_of_what_one_has_and_had(hub: Hub) -> None:
    page = Page(RAFAEL, shows_own=True)
    hub.enter(page, at=NOW)
    for people in ("1,1", "0,1", "1,2", "2,0"):
        hub.publish(change(people=people), at=NOW)
    assert len(heard(page)) == 3


def test_a_contact_hears_of_the_ticket_they_read_and_of_nothing_internal(hub: Hub) -> None:
    page = Page(MARINA, areas=frozenset({4}), shows_own=True, ticket=7)
    hub.enter(page, at=NOW)
    hub.publish(change(internal=True), at=NOW)
    hub.publish(change(8, people="3,3"), at=NOW)
    assert heard(page) == []
    hub.publish(change(), at=NOW)
    assert len(heard(page)) == 1


def test_a_page_that_comes_back_hears_what_it_missed_in_the_order_of_arrival(hub: Hub) -> None:
    for entry in (100, 103, 101):
        hub.publish(change(entry=entry), at=NOW)
    page = Page(RAFAEL, ticket=7)
    hub.enter(page, at=NOW, last=103)
    assert heard(page) == [change(entry=101).message]


def test_a_page_hears_what_happened_while_it_was_loading(hub: Hub) -> None:
    hub.publish(change(entry=100), at=NOW - LOADING - 1)
    hub.publish(change(8, entry=101), at=NOW - 1)
    hub.publish(change(entry=102), at=NOW - 1)
    page = Page(MARINA, ticket=7)
    hub.enter(page, at=NOW)
    assert heard(page) == [change(entry=102).message]


def test_a_page_that_was_away_too_long_reads_anew(hub: Hub) -> None:
    hub.publish(change(entry=100), at=NOW)
    page = Page(RAFAEL, ticket=7)
    hub.enter(page, at=NOW, last=5)
    assert heard(page) == [ANEW]
    hub.start_anew()
    assert heard(page) == [ANEW]


def test_a_reader_too_slow_to_follow_is_let_go(hub: Hub) -> None:
    page = Page(RAFAEL, ticket=7)
    hub.enter(page, at=NOW)
    for _ in range(WAITING + 1):
        hub.publish(change(), at=NOW)
    assert page.is_over


def test_an_ended_session_closes_its_pages_and_no_other(hub: Hub) -> None:
    pages = [Page(RAFAEL, ticket=7), Page(RAFAEL, shows_own=True), Page(JUSSARA, ticket=7)]
    for page in pages:
        hub.enter(page, at=NOW)
    hub.sign_out(["s1"])
    assert [page.is_over for page in pages] == [True, True, False]
    assert heard(pages[0]) == [SIGNED_OUT]


def test_whoever_is_on_a_ticket_is_told_of_the_others_and_no_customer_is(hub: Hub) -> None:
    presence = Presence(hub)
    pages = [Page(RAFAEL, ticket=7), Page(JUSSARA, ticket=7), Page(MARINA, ticket=7), Page(JUSSARA, ticket=8)]
    for page in pages:
        hub.enter(page, at=NOW)
    assert presence.write(7, RAFAEL.person, at=0.0)
    assert not presence.write(7, RAFAEL.person, at=1.0)
    presence.tell(7, at=1.0)
    assert heard(pages[0]) == [b'event: people\ndata: [["Jussara Lima", false]]\n\n']
    assert heard(pages[1]) == [b'event: people\ndata: [["Rafael Tanaka", true]]\n\n']
    assert heard(pages[2]) == heard(pages[3]) == []
    assert presence.fall_silent(at=5.0) == set()
    assert presence.fall_silent(at=20.0) == {7}


def test_who_is_on_a_page_of_another_process_is_known_until_it_falls_silent(hub: Hub) -> None:
    presence = Presence(hub)
    page = Page(RAFAEL, ticket=7)
    hub.enter(page, at=NOW)
    presence.heard("other", 7, {2: ["Jussara Lima", False]}, until=60.0)
    presence.tell(7, at=1.0)
    assert b"Jussara" in heard(page)[0]
    assert presence.fall_silent(at=61.0) == {7}
    presence.tell(7, at=61.0)
    assert heard(page) == [b"event: people\ndata: []\n\n"]


def test_a_call_is_told_to_whom_it_rings_and_to_the_monitor_of_all_calls() -> None:
    ringing, other, monitor = Page(RAFAEL, ticket=7), Page(JUSSARA, ticket=7), Page(JUSSARA, shows_calls=True)
    customer = Page(MARINA, ticket=7, shows_calls=True)
    hub = Hub()
    for page in (ringing, other, monitor, customer):
        hub.enter(page, at=0.0)
    hub.publish_call(CallNews((77,), frozenset({RAFAEL.person})))
    assert [page.waiting.qsize() for page in (ringing, other, monitor, customer)] == [1, 0, 1, 0]
    assert ringing.waiting.get_nowait() == b"event: call\ndata: 77\n\n"
    hub.publish_call(CallNews.read("[78]"))
    assert [page.waiting.qsize() for page in (ringing, monitor)] == [0, 2]
