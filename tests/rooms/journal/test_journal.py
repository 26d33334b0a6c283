"""What happened is written once, inside its transaction, and heard once by each listener."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from farol.journal import hearing
from farol.journal.actions import tell
from farol.journal.hearing import deliver, hears
from farol.journal.jobs import SomeoneIsDeaf, hear
from farol.journal.models import Delivery, Entry
from farol.kernel.actor import HOUSE
from tests.world import at

NOW = at("2026-11-23 09:00")


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """Two listeners of `test.happened`, the second deaf until something else was heard."""
    said: list[str] = []

    @hears("test.happened")
    def attentive(entry: Entry) -> None:
        said.append("attentive")

    @hears("test.happened")
    def deaf(entry: Entry) -> None:
        said.append("deaf")
        if said.count("deaf") == 1:
            raise ValueError("what?")

    yield said
    del hearing._listeners["test.happened"]


def told() -> Entry:
    with transaction.atomic():
        return tell("test.happened", about="test:1", by=HOUSE, at=NOW)


@pytest.mark.rule("R-055")
@pytest.mark.django_db(transaction=True)
def test_telling_outside_a_transaction_is_a_bug() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        tell("test.happened", about="test:1", by=HOUSE, at=NOW)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_job_is_queued_with_the_entry_only_when_somebody_listens(heard: list[str]) -> None:
    told()
    tell("test.nobody_cares", about="test:1", by=HOUSE, at=NOW)
    assert ProcrastinateJob.objects.count() == 1


@pytest.mark.django_db
def test_a_failing_listener_hears_it_again_alone(heard: list[str]) -> None:
    entry = told()
    with pytest.raises(SomeoneIsDeaf, match="deaf"):
        hear(entry.pk)
    assert heard == ["attentive", "deaf"]
    hear(entry.pk)
    assert heard == ["attentive", "deaf", "deaf"]
    assert deliver(entry) == {}
    assert heard == ["attentive", "deaf", "deaf"]
    assert Delivery.objects.filter(entry=entry).count() == 2


@pytest.mark.rule("R-055")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    ["update journal_entry set body = 'outro' where id = %s", "delete from journal_entry where id = %s"],
)
def test_the_database_refuses_to_change_history(change: str) -> None:
    entry = told()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change, [entry.pk])
    assert Entry.objects.get(pk=entry.pk).body == ""
