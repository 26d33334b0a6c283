"""What customers owe: brought in, paid, agreed, and the doors that follow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail as django_mail

from farol.access import queries as access
from farol.access.rules import Action, CustomerInDebt
from farol.audit.models import Record
from farol.billing import actions, queries
from farol.billing.models import Block, Title, TurnedAway
from farol.billing.rules.debt import TitleState
from farol.billing.rules.settling import AgreementOver, CstOnly, TitleNotFound, TitleSettled
from farol.billing.rules.titles import Row
from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.kernel.actor import Channel
from farol.kernel.errors import FieldsRefused
from farol.notify import actions as notify
from farol.notify.models import Letter
from farol.people.models import Organization
from tests.world import World, at

NOW = at("2026-11-24 10:00")
TODAY = date(2026, 11, 24)


def row(number: str = "NF 1", *, due: date = TODAY - timedelta(days=10), **changes: object) -> Row:
    told = {"line": 2, "cnpj": "12ABC34501DE35", "number": number, "due_on": due, "amount_cents": 123_450}
    return Row(**{**told, **changes})  # type: ignore[arg-type]


def owe(world: World, *rows: Row) -> list[Title]:
    actions.bring_titles(rows or [row()], by=world.by(world.teresa), now=NOW)
    return queries.titles_of(world.serra_azul.pk)


def blocked_from(world: World) -> date | None:
    return Organization.objects.get(pk=world.serra_azul.pk).blocked_from


def told(name: str) -> list[Entry]:
    return list(Entry.objects.filter(name=name))


@pytest.mark.rule("R-100")
def test_a_title_overdue_shuts_doors_from_the_day_it_is_known(world: World) -> None:
    owe(world)
    assert blocked_from(world) == TODAY
    entry = told("billing.blocked")[0]
    assert (entry.subject, entry.facts["began_on"]) == (f"organization:{world.serra_azul.pk}", "2026-11-24")


@pytest.mark.rule("R-014")
def test_a_debtor_opens_nothing_and_the_refusal_names_the_cst(world: World) -> None:
    owe(world)
    with pytest.raises(CustomerInDebt, match="pendência financeira") as refused:
        world.open(NOW)
    assert "CST" in refused.value.remedy
    assert world.open(NOW - timedelta(days=1)).pk  # history brought in from before the debt


@pytest.mark.rule("R-101")
def test_paying_the_last_title_opens_the_doors_at_once_and_is_told(world: World) -> None:
    first, second = owe(world, row("NF 1"), row("NF 2"))
    actions.register_payment(first.pk, by=world.by(world.teresa), now=NOW)
    assert blocked_from(world) == TODAY
    assert not told("billing.unblocked")
    actions.register_payment(second.pk, by=world.by(world.teresa), now=NOW)
    assert blocked_from(world) is None
    assert told("billing.unblocked")[0].facts["because"] == "payment"
    assert world.open(NOW).pk


@pytest.mark.rule("R-101")
def test_an_agreement_opens_the_doors_at_once_and_to_its_last_day(world: World) -> None:
    titles = owe(world)
    until = TODAY + timedelta(days=30)
    agreed = actions.sign_agreement(
        world.serra_azul.pk, titles=[t.pk for t in titles], valid_until=until, terms="Em 3 vezes",
        by=world.by(world.teresa), now=NOW,
    )  # fmt: skip
    assert blocked_from(world) == until + timedelta(days=1)
    assert told("billing.unblocked")[0].facts["because"] == "agreement"
    assert world.open(NOW).pk
    assert actions.announce_blocks(NOW + timedelta(days=30)) == 0
    assert actions.announce_blocks(NOW + timedelta(days=31)) == 1
    assert actions.announce_blocks(NOW + timedelta(days=31)) == 0
    assert told("billing.blocked")[-1].facts["began_on"] == "2026-12-25"
    with pytest.raises(AgreementOver):
        actions.break_agreement(agreed.pk, reason="", by=world.by(world.teresa), now=NOW + timedelta(days=31))


@pytest.mark.rule("R-101")
def test_a_broken_agreement_shuts_the_doors_again_today(world: World) -> None:
    titles = owe(world)
    agreed = actions.sign_agreement(
        world.serra_azul.pk, titles=[t.pk for t in titles], valid_until=TODAY, terms="À vista",
        by=world.by(world.teresa), now=NOW,
    )  # fmt: skip
    assert blocked_from(world) == TODAY + timedelta(days=1)
    actions.break_agreement(agreed.pk, reason="Não pagou", by=world.by(world.teresa), now=NOW)
    assert blocked_from(world) == TODAY
    assert [block.ended_at is None for block in Block.objects.order_by("id")] == [False, True]


@pytest.mark.rule("R-100")
def test_a_file_told_again_changes_nothing_and_opens_no_title_that_was_paid(world: World) -> None:
    rows = [row("NF 1"), row("NF 2", due=TODAY + timedelta(days=30)), row("NF 3", state=TitleState.PAID)]
    first = actions.bring_titles(rows, by=world.by(world.teresa), now=NOW)
    assert (first.created, first.changed, first.unchanged) == (3, 0, 0)
    entries = Entry.objects.count()
    again = actions.bring_titles(rows, by=world.by(world.teresa), now=NOW + timedelta(days=1))
    assert (again.created, again.changed, again.unchanged) == (0, 0, 3)
    assert Entry.objects.count() == entries
    actions.register_payment(Title.objects.get(number="NF 1").pk, by=world.by(world.teresa), now=NOW)
    late = actions.bring_titles(rows, by=world.by(world.teresa), now=NOW + timedelta(days=2))
    assert (late.settled, late.unchanged) == (1, 2)
    assert Title.objects.get(number="NF 1").state == TitleState.PAID


@pytest.mark.rule("R-101")
def test_a_file_that_says_paid_opens_the_doors(world: World) -> None:
    owe(world)
    actions.bring_titles([row(state=TitleState.PAID)], by=world.by(world.teresa), now=NOW)
    assert blocked_from(world) is None
    assert told("billing.unblocked")[0].facts["because"] == "titles"


@pytest.mark.rule("R-100")
def test_days_of_grace_are_data_and_hold_for_every_title(world: World) -> None:
    owe(world)
    actions.set_terms(grace_days=15, extends_windows=True, by=world.by(world.teresa), now=NOW)
    assert blocked_from(world) == TODAY + timedelta(days=6)
    with pytest.raises(CstOnly):
        actions.set_terms(grace_days=90, extends_windows=True, by=world.by(world.rafael), now=NOW)


def test_what_cannot_be_settled_is_refused(world: World) -> None:
    title = owe(world)[0]
    by = world.by(world.teresa)
    with pytest.raises(CstOnly):
        actions.register_payment(title.pk, by=world.by(world.marina), now=NOW)
    with pytest.raises(TitleNotFound):
        actions.register_payment(title.pk, by=world.by(world.bruno), now=NOW)
    with pytest.raises(FieldsRefused):
        actions.sign_agreement(world.boa_vista.pk, titles=[title.pk], valid_until=TODAY, terms="x", by=by, now=NOW)
    with pytest.raises(FieldsRefused) as refused:
        actions.sign_agreement(
            world.serra_azul.pk, titles=[], valid_until=TODAY - timedelta(days=1), terms=" ", by=by, now=NOW
        )
    assert set(refused.value.errors) == {"terms", "titles", "valid_until"}
    actions.register_payment(title.pk, by=by, now=NOW)
    with pytest.raises(TitleSettled):
        actions.register_payment(title.pk, by=by, now=NOW)


def test_a_customer_nobody_knows_is_named_and_nothing_is_made_of_it(world: World) -> None:
    outcome = actions.bring_titles([row(cnpj="11444777000161"), row()], by=world.by(world.teresa), now=NOW)
    assert (outcome.created, [bad.line for bad in outcome.unknown]) == (1, [2])


@pytest.mark.rule("R-101")
def test_shut_doors_are_counted_one_row_a_day_and_kind(world: World) -> None:
    for hour in range(3):
        actions.turn_away(
            world.serra_azul.pk, "open_ticket", by=world.by(world.marina), now=NOW + timedelta(hours=hour)
        )
    actions.turn_away(world.serra_azul.pk, "open_ticket", by=world.by(world.marina, Channel.EMAIL), now=NOW)
    rows = queries.turned_away([world.serra_azul.pk], since=TODAY)[world.serra_azul.pk]
    assert {(r.channel, r.count) for r in rows} == {("portal", 3), ("email", 1)}
    assert TurnedAway.objects.count() == 2


@pytest.mark.rule("R-014")
def test_reading_is_decided_by_the_customers_row_with_no_query(world: World, django_assert_num_queries: object) -> None:
    owe(world)
    world.marina.organization.refresh_from_db()  # type: ignore[union-attr]
    with django_assert_num_queries(0), pytest.raises(CustomerInDebt):  # type: ignore[operator]
        access.admit(world.marina, Action.VIEW_TICKETS, on=TODAY)
    assert access.admit(world.rafael, Action.VIEW_TICKETS, on=TODAY, organization=world.serra_azul.pk) is None


@pytest.mark.rule("R-101")
def test_the_customer_is_written_to_at_its_administrator_and_its_financial_address(world: World) -> None:
    Organization.objects.filter(pk=world.serra_azul.pk).update(financial_email="contas@serraazul.example")
    title = owe(world)[0]
    assert deliver(told("billing.blocked")[0]) == {}
    assert set(Letter.objects.values_list("kind", "address")) == {
        ("blocked", "marina@serraazul.example"),
        ("blocked", "contas@serraazul.example"),
    }
    late = Letter.objects.get(address="contas@serraazul.example")
    first = Letter.objects.get(address="marina@serraazul.example")
    assert notify.post_letter(first.pk, now=NOW)
    actions.register_payment(title.pk, by=world.by(world.teresa), now=NOW)
    assert deliver(told("billing.unblocked")[0]) == {}
    assert not notify.post_letter(late.pk, now=NOW)  # it was no longer true
    late.refresh_from_db()
    assert late.state == "withdrawn"
    for letter in Letter.objects.filter(kind="unblocked"):
        assert notify.post_letter(letter.pk, now=NOW)
    assert len(django_mail.outbox) == 3


@pytest.mark.rule("R-101")
def test_blocks_and_openings_are_on_the_trail(world: World) -> None:
    title = owe(world)[0]
    actions.register_payment(title.pk, by=world.by(world.teresa), now=NOW)
    about = f"organization:{world.serra_azul.pk}"
    names = list(Record.objects.filter(subject=about).order_by("id").values_list("name", flat=True))
    assert names == ["billing.blocked", "billing.unblocked"]
