"""Every role over every page of the desk, and what each sees of the tickets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern

from farol.desk.urls import urlpatterns
from farol.kernel.actor import HOUSE, Channel
from farol.people import actions as people
from farol.people import queries
from farol.people.actions import staff
from farol.people.models import Area, Person
from farol.people.rules.staff import NotYourRole, Role
from farol.tickets import actions
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket
from tests.world import World, at

pytestmark = pytest.mark.django_db

NOW = at("2026-11-23 10:00")
WORKERS = {Role.ANALYST, Role.CONSULTANT, Role.CST, Role.OMBUDSMAN, Role.MANAGER, Role.ADMINISTRATOR}
MANAGERS = {Role.MANAGER, Role.ADMINISTRATOR}
EVERYBODY = set(Role)
WRITERS = {Role.ANALYST, Role.CONSULTANT, Role.KNOWLEDGE_EDITOR, *MANAGERS}
POSTMEN = {Role.ANALYST, Role.CST, *MANAGERS}
ENTER = {  # what is not named here is for those who work on tickets; what starts so is for managers
    **dict.fromkeys(
        ("first", "ticket", "search", "preferences", "glance", "file", "file_preview", "showroom"), EVERYBODY
    ),
    "export": {Role.ANALYST, Role.CONSULTANT, Role.OMBUDSMAN, *MANAGERS},
    **dict.fromkeys(("playbook", "new_answer", "answer", "answer_removal"), WRITERS),
    **dict.fromkeys(("mails", "mail", "mail_original", "mail_joining", "mail_discarding"), POSTMEN),
    "portfolio": {Role.GAR, Role.EAR},
}
FOR_MANAGERS = (
    "hour", "years", "holiday", "version", "special_day", "rule", "new_rule", "rehearsal", "hook", "new_hook",
    "surveys", "simulation",
    "staff", "portfolios", "portfolio_", "trail", "pause", "removal", "acting", "privacy",
)  # fmt: skip
SHOWN = {
    "first", "mine", "team", "unassigned", "awaiting", "proposed", "area", "tasks", "search", "ticket", "mails",
    "trail", "staff", "portfolios", "portfolio", "playbook", "hours", "surveys", "rules", "rosters",
    "export", "trail_export", "preferences", "opening", "environment",
}  # fmt: skip
PAGES = [pattern for pattern in urlpatterns if isinstance(pattern, URLPattern)]


@pytest.fixture
def cast(world: World) -> dict[Role, Person]:
    """One of each role, all of the fiscal area; the customer is the EAR's, and the EAR in the GAR's portfolio."""
    hired = {
        role: people.hire(name=role.value, email=f"{role.value}@farol.example", role=role, areas=[world.fiscal])
        for role in Role
    }
    staff.employ(hired[Role.EAR], kind="franchise", employer="Franquia Norte")
    staff.put_in_portfolio(hired[Role.EAR], manager=hired[Role.GAR], by=HOUSE, now=NOW)
    staff.look_after(world.serra_azul, executive=hired[Role.EAR], by=HOUSE, now=NOW)
    return hired


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def entered(name: str) -> set[Role]:
    if name in ENTER:
        return ENTER[name]
    return MANAGERS if name.startswith(FOR_MANAGERS) and name not in {"remove_view"} else WORKERS


def address(pattern: URLPattern, ticket: Ticket) -> str:
    """Of something that is there as often as possible."""
    route = "/mesa/" + str(pattern.pattern)
    for part, value in (
        ("<int:number>", str(ticket.pk)),
        ("<slug:noun>", "severidade"),
        ("<slug:code>", "fiscal"),
        ("<slug:day>", "2026-12-24"),
    ):
        route = route.replace(part, value)
    while "<" in route:
        route = route[: route.index("<")] + "1" + route[route.index(">") + 1 :]
    return route


@pytest.mark.rule("R-003")
@pytest.mark.parametrize("role", Role)
def test_each_role_comes_in_where_the_table_says_and_nowhere_else(
    world: World, cast: dict[Role, Person], role: Role
) -> None:
    """Where a role may not come in there is nothing, whatever it sends."""
    ticket = world.open(NOW)
    client = signed_in(cast[role])
    for pattern in PAGES:
        if role not in entered(pattern.name or ""):
            there = address(pattern, ticket)
            assert 404 in (found := {client.get(there).status_code, client.post(there).status_code}), pattern.name
            assert found <= {404, 405}, pattern.name


@pytest.mark.parametrize("role", Role)
def test_whoever_may_come_in_does(world: World, cast: dict[Role, Person], role: Role) -> None:
    ticket = world.open(NOW)
    client = signed_in(cast[role])
    for pattern in PAGES:
        if pattern.name in SHOWN and role in entered(pattern.name):
            assert client.get(address(pattern, ticket)).status_code in {200, 302}, pattern.name


@pytest.mark.rule("R-003")
def test_relationship_sees_its_own_customers_tickets_and_no_others(world: World, cast: dict[Role, Person]) -> None:
    own, other = world.open(NOW), world.open(NOW, by=world.bruno)
    for role in (Role.EAR, Role.GAR):
        by = queries.actor_of(cast[role], Channel.PORTAL)
        assert set(tickets.visible_to(by)) == {own}
        assert tickets.ticket(own.pk, by=by)
        assert tickets.ticket(other.pk, by=by) is None
        client = signed_in(cast[role])
        assert client.get(f"/mesa/chamados/{own.pk}").status_code == 200
        assert client.get(f"/mesa/chamados/{other.pk}").status_code == 404
        assert str(other.pk) not in client.get("/mesa/busca?q=rejeição").content.decode()
        assert "Laticínios" in client.get("/mesa/carteira").content.decode()


@pytest.mark.rule("R-003")
def test_an_ear_does_not_see_a_colleagues_customer_and_a_gar_sees_both(world: World, cast: dict[Role, Person]) -> None:
    colleague = people.hire(name="Outra", email="outra@farol.example", role=Role.EAR, areas=[])
    staff.put_in_portfolio(colleague, manager=cast[Role.GAR], by=HOUSE, now=NOW)
    staff.look_after(world.boa_vista, executive=colleague, by=HOUSE, now=NOW)
    other = world.open(NOW, by=world.bruno)
    assert tickets.ticket(other.pk, by=queries.actor_of(cast[Role.EAR], Channel.PORTAL)) is None
    assert tickets.ticket(other.pk, by=queries.actor_of(cast[Role.GAR], Channel.PORTAL))


@pytest.mark.rule("R-003")
def test_relationship_reads_nothing_internal_and_changes_nothing(world: World, cast: dict[Role, Person]) -> None:
    ticket = world.open(NOW)
    actions.note(ticket.pk, body="A senha do servidor é girassol.", by=world.by(world.rafael), now=NOW)
    for role in (Role.EAR, Role.GAR):
        client = signed_in(cast[role])
        shown = client.get(f"/mesa/chamados/{ticket.pk}").content.decode()
        assert "girassol" not in shown
        assert "/notas" not in shown
        assert "/responsavel" not in shown
        assert str(ticket.pk) not in client.get("/mesa/busca?q=girassol").content.decode()
        with pytest.raises(NotYourRole):
            actions.reply(ticket.pk, body="Olá", by=queries.actor_of(cast[role], Channel.API), now=NOW)


@pytest.mark.rule("R-112")
def test_a_complaint_is_seen_by_its_area_and_not_by_whom_it_is_about(world: World, cast: dict[Role, Person]) -> None:
    """Nor by the manager of that person (R-112)."""
    area = people.register_area(code="ouvidoria", name="Ouvidoria", with_name="a Ouvidoria", kind="ombudsman")
    ticket = world.open(NOW)
    Ticket.objects.filter(pk=ticket.pk).update(area=area)
    seen = {role for role in Role if tickets.ticket(ticket.pk, by=queries.actor_of(cast[role], Channel.PORTAL))}
    assert seen == {Role.OMBUDSMAN, Role.ADMINISTRATOR, Role.EAR, Role.GAR}
    analyst = cast[Role.ANALYST]
    client = signed_in(analyst)
    assert client.get("/mesa/areas/ouvidoria").status_code == 404
    other = world.open(NOW)
    assert str(ticket.pk) not in client.get(f"/mesa/chamados/{other.pk}").content.decode()
    analyst.areas.add(area)
    assert tickets.ticket(ticket.pk, by=queries.actor_of(analyst, Channel.PORTAL))


def test_the_list_and_the_single_ticket_agree_for_every_role(world: World, cast: dict[Role, Person]) -> None:
    closed = people.register_area(code="ouvidoria", name="Ouvidoria", with_name="a Ouvidoria", kind="ombudsman")
    made = [world.open(NOW), world.open(NOW, by=world.bruno), world.open(NOW), world.open(NOW)]
    Ticket.objects.filter(pk=made[2].pk).update(area=closed)
    Ticket.objects.filter(pk=made[3].pk).update(area=Area.objects.get(code="fabrica"))
    for role in Role:
        by = queries.actor_of(cast[role], Channel.PORTAL)
        listed = set(tickets.visible_to(by).values_list("pk", flat=True))
        assert listed == {one.pk for one in made if tickets.ticket(one.pk, by=by)}, role


@pytest.mark.rule("R-001")
def test_a_customer_has_one_ear_and_the_history_is_kept(world: World, cast: dict[Role, Person]) -> None:
    new = people.hire(name="Nova", email="nova@farol.example", role=Role.EAR, areas=[])
    later = NOW + timedelta(days=3)
    staff.look_after(world.serra_azul, executive=new, by=world.by(world.teresa), now=later, reason="Mudou de região")
    history = [(one.executive_id, one.since, one.until) for one in queries.assignments_of(world.serra_azul.pk)]
    assert history == [(new.pk, later, None), (cast[Role.EAR].pk, NOW, later)]
    assert queries.executive_of(world.serra_azul.pk) == new


@pytest.mark.rule("R-002")
def test_an_ear_works_for_the_vendor_a_franchise_or_a_partner(cast: dict[Role, Person]) -> None:
    executive = queries.executives().get()
    assert (executive.person, executive.employer_kind) == (cast[Role.EAR], "franchise")
