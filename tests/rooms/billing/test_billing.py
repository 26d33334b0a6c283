"""Nothing is charged twice, and a customer sees what is theirs."""

from __future__ import annotations

from farol.billing import actions, queries
from farol.billing.models import BillingEntry
from farol.journal.models import Entry
from farol.people.models import Organization
from tests.world import World, at


def charged(world: World, source: str, cents: int | None = 16_280, of: Organization | None = None) -> BillingEntry:
    return actions.charge(
        source=source,
        organization_id=(of or world.serra_azul).pk,
        title="Apuração do ICMS",
        lines=[],
        charges=[],
        minutes=37,
        total_cents=cents,
        ready_at=at("2026-11-24 10:00"),
        by=world.by(world.marina),
    )


def test_the_same_source_is_on_the_bill_once(world: World) -> None:
    assert charged(world, "ticket:1").pk == charged(world, "ticket:1", cents=99).pk
    assert BillingEntry.objects.get().total_cents == 16_280
    assert Entry.objects.filter(name="billing.charged").count() == 1


def test_a_customer_sees_their_own_entries_and_total(world: World) -> None:
    first, second = charged(world, "ticket:1"), charged(world, "ticket:2", cents=None)
    theirs = charged(world, "ticket:3", of=world.boa_vista)
    marina, staff = world.by(world.marina), world.by(world.rafael)
    assert queries.ready(marina) == [second, first]
    assert queries.ready(marina, before=second.pk) == [first]
    assert queries.total(marina) == queries.Total(entries=2, minutes=74, cents=16_280, unpriced=1)
    assert queries.ready(staff) == [theirs, second, first]
    assert theirs.ticket_number == 3
    assert queries.total(world.by(world.bruno)).entries == 1
