"""What companies owe: one shut out by debt, one under an agreement, one with nothing overdue (R-100, R-101)."""

from __future__ import annotations

from datetime import datetime, timedelta

from farol.access.rules import Action
from farol.billing import actions
from farol.billing import queries as billed
from farol.billing.rules.debt import day_of
from farol.billing.rules.titles import Row
from farol.house.seeding.demo.cast import Cast
from farol.kernel.actor import Channel
from farol.people.queries import actor_of

OWED = {
    "tucano": (("NF 4521/1", -21, 148_900), ("NF 4521/2", 9, 148_900)),
    "maracatu": (("NF 3977/3", -40, 612_350),),
    "serra-azul": (("NF 4688/1", 60, 389_000),),
}
"""Company → titles: number, days until it falls due, cents."""
SHUT_OUT = "tucano"
AGREED = "maracatu"


def keep(cast: Cast, *, now: datetime) -> None:
    """Two days ago the accounting system told of it; since then doors were met shut."""
    bruna = actor_of(cast.staff["bruna"], Channel.PORTAL)
    told, today = now - timedelta(days=2), day_of(now)
    rows = [
        Row(0, cast.companies[code].organization.cnpj, number, today + timedelta(days=days), cents)
        for code, titles in OWED.items()
        for number, days, cents in titles
    ]
    actions.bring_titles(rows, by=bruna, now=told)
    agreed = cast.companies[AGREED].organization
    actions.sign_agreement(
        agreed.pk,
        titles=[title.pk for title in billed.titles_of(agreed.pk)],
        valid_until=today + timedelta(days=60),
        terms="Em 3 parcelas, a primeira já paga",
        by=bruna,
        now=told + timedelta(hours=1),
    )
    company = cast.companies[SHUT_OUT]
    contacts = list(company.contacts.values())
    for hours, action in ((3, Action.VIEW_TICKETS), (4, Action.OPEN_TICKET), (29, Action.VIEW_TICKETS)):
        contact = actor_of(contacts[hours % len(contacts)], Channel.PORTAL)
        actions.turn_away(company.organization.pk, action, by=contact, now=told + timedelta(hours=hours))
