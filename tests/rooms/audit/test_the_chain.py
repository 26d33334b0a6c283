"""The trail cannot be changed unseen."""

from __future__ import annotations

import json
import time
from argparse import Namespace

import pytest
from django.db import Error, connection, transaction

from farol.audit import actions, queries
from farol.audit.models import Link, Record, Waiting
from farol.audit.rules import Act, digest_of
from farol.house.commands.audit import export, verify
from farol.kernel.actor import HOUSE, Actor, Channel, Side

ANALYST = Actor(Side.STAFF, Channel.PORTAL, person_id=7, address="203.0.113.7")

pytestmark = pytest.mark.django_db


@pytest.fixture
def unguarded() -> None:
    """What somebody could do who owns the database."""
    with connection.cursor() as cursor:
        for table in ("audit_record", "audit_link"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def some(count: int) -> list[int]:
    numbers = [actions.record(Act.SIGNED_IN, ANALYST, f"person:{n}", {"way": "senha", "n": n}) for n in range(count)]
    actions.link_waiting()
    return numbers


def test_what_is_recorded_waits_for_the_linker_and_is_then_in_the_chain() -> None:
    number = actions.record(Act.SIGNED_IN, ANALYST, "person:7", {"way": "senha"})
    assert Waiting.objects.filter(pk=number).exists()
    assert actions.link_waiting() == 1
    assert actions.link_waiting() == 0
    link, record = Link.objects.get(), Record.objects.get()
    assert (link.position, link.record_id) == (1, number)
    assert (record.actor_id, record.address, record.facts) == (7, "203.0.113.7", {"way": "senha"})
    assert queries.verdict().is_whole


def test_recording_costs_one_statement(django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        actions.record(Act.VIEWED, ANALYST, "person:9")


@pytest.mark.parametrize("table", ["audit_record", "audit_link"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete(table: str, change: str) -> None:
    some(2)
    column = "name" if table == "audit_record" else "digest"
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table, column))


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize(
    ("change", "position", "why"),
    [
        ("UPDATE audit_record SET address = '203.0.113.8' WHERE id = %s", 3, "the record was changed"),
        ("""UPDATE audit_record SET facts = facts || '{"n": 9}' WHERE id = %s""", 3, "the record was changed"),
        ("DELETE FROM audit_record WHERE id = %s", 3, "the record is missing"),
        ("DELETE FROM audit_link WHERE record_id = %s", 3, "link 3 is missing"),
        ("UPDATE audit_link SET content = repeat('0', 64) WHERE record_id = %s", 3, "the record was changed"),
        ("UPDATE audit_link SET digest = repeat('0', 64) WHERE record_id = %s", 3, "the link was changed"),
    ],
)
def test_the_first_broken_link_is_named(
    change: str, position: int, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = some(6)
    with connection.cursor() as cursor:
        cursor.execute(change, [numbers[2]])
    broken = queries.verdict().broken
    assert broken is not None
    assert (broken.position, broken.why) == (position, why)
    assert verify.run(Namespace(head="", json=False)) == 1
    assert f"broken at link {position}" in capsys.readouterr().out


@pytest.mark.usefixtures("unguarded")
def test_a_record_and_its_link_forged_together_break_the_link_after_them() -> None:
    numbers = some(4)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_record SET subject = 'person:99' WHERE id = %s", [numbers[1]])
        cursor.execute(f"SELECT {queries.CONTENT} FROM audit_record r WHERE id = %s", [numbers[1]])
        content = queries.content_of(queries.values(cursor.fetchone()))
        digest = digest_of(2, Link.objects.get(pk=1).digest, content)
        cursor.execute("UPDATE audit_link SET content = %s, digest = %s WHERE position = 2", [content, digest])
    broken = queries.verdict().broken
    assert broken is not None
    assert (broken.position, broken.why) == (3, "the link was changed")


@pytest.mark.usefixtures("unguarded")
def test_a_head_written_down_shows_that_the_end_was_cut_off(capsys: pytest.CaptureFixture[str]) -> None:
    numbers = some(5)
    head = queries.verdict().head
    assert verify.run(Namespace(head=head, json=False)) == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_link WHERE position > 3")
        cursor.execute("DELETE FROM audit_record WHERE id >= %s", [numbers[3]])
    assert queries.verdict().is_whole
    assert verify.run(Namespace(head=head, json=False)) == 1
    assert "not in the chain" in capsys.readouterr().out


def test_a_record_put_in_past_the_list_of_work_is_named() -> None:
    some(2)
    record = Record.objects.create(name="x", channel="house", subject="house")
    found = queries.verdict()
    assert (found.is_whole, found.loose, found.first_loose) == (False, 1, record.pk)


def test_the_export_bears_the_chain_and_can_be_reckoned_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    some(3)
    assert export.run(Namespace()) == 0
    before = "0" * 64
    for position, line in enumerate(map(json.loads, capsys.readouterr().out.splitlines()), start=1):
        assert line["content"] == queries.content_of(list(line["record"].values()))
        before = digest_of(position, before, line["content"])
        assert line["digest"] == before
    assert position == 4
    assert line["record"]["name"] == Act.TRAIL_EXPORTED


def test_odd_facts_are_kept_and_verified() -> None:
    actions.record("odd", HOUSE, "house", {"text": "ç\x00\u2028'\"", "number": 1.50, "big": 2**70, "none": None})
    actions.link_waiting()
    assert queries.verdict().is_whole


def test_a_hundred_thousand_links_are_verified_in_ten_seconds_and_one_changed_byte_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            WITH put AS (
                INSERT INTO audit_record (name, actor_id, channel, address, subject, facts, happened_at)
                SELECT 'data.viewed', n % 300, 'portal', '203.0.113.7', 'person:' || n, '{"a": 1}', now()
                FROM generate_series(1, 100000) n RETURNING id
            )
            INSERT INTO audit_waiting SELECT id FROM put
        """)
    assert actions.link_waiting() == 100_000
    begun = time.perf_counter()
    assert queries.verdict().links == 100_000
    assert time.perf_counter() - begun < 10
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_record DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_record SET subject = 'person:77778' WHERE subject = 'person:77777'")
    broken = queries.verdict().broken
    assert broken is not None
    assert broken.position == 77_777
