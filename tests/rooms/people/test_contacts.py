"""Who keeps a customer's contacts, and how many there may be (R-010, R-011)."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from farol.files import actions as files
from farol.files.queries import attached_to
from farol.kernel.documents import CnpjRefused
from farol.kernel.errors import Refusal
from farol.people.actions import contacts, customers
from farol.people.actions.passwords import remind
from farol.people.models import Area, Organization, Person
from farol.people.queries import contacts as queries
from farol.people.rules.contacts import (
    AddressTaken,
    AdministratorStays,
    ContactRefused,
    Details,
    NoPlaceLeft,
    NotAdministrator,
    NotCustomersKeeper,
    NotInvited,
    ProofNeeded,
)
from farol.people.rules.customers import Company, CustomerRefused
from tests.rooms.people.inviting import letters_to, secret_sent_to
from tests.world import World, at, build

NOW = at("2026-11-24 09:00")


def invite(world: World, email: str, *, by: Person | None = None) -> Person:
    details = Details.written(name=email.partition("@")[0], email=email)
    return contacts.invite_contact(world.serra_azul.pk, details, by=world.by(by or world.marina), now=NOW)


def full(world: World) -> list[Person]:
    """João is there already: four more."""
    return [invite(world, f"p{number}@serraazul.example") for number in range(4)]


@pytest.mark.rule("R-010")
def test_the_sixth_contact_is_refused_with_the_limit_and_the_way_out(world: World) -> None:
    full(world)
    with pytest.raises(NoPlaceLeft, match="os 5 contatos") as refused:
        invite(world, "sexto@serraazul.example")
    assert "desative um contato" in refused.value.remedy
    assert "CST" in refused.value.remedy


@pytest.mark.rule("R-010")
def test_deactivating_a_contact_frees_a_place_and_coming_back_takes_one(world: World) -> None:
    first = full(world)[0]
    contacts.deactivate_contact(world.serra_azul.pk, first.pk, by=world.by(world.marina), now=NOW)
    invite(world, "outro@serraazul.example")
    with pytest.raises(NoPlaceLeft):
        contacts.reactivate_contact(world.serra_azul.pk, first.pk, by=world.by(world.marina), now=NOW)
    contacts.deactivate_contact(world.serra_azul.pk, world.joao.pk, by=world.by(world.marina), now=NOW)
    contacts.reactivate_contact(world.serra_azul.pk, first.pk, by=world.by(world.marina), now=NOW)
    assert queries.places_of(world.serra_azul).free == 0


@pytest.mark.rule("R-010")
def test_the_administrator_is_not_counted_and_neither_are_those_who_left(world: World) -> None:
    places = queries.places_of(world.serra_azul)
    assert (places.active, places.invited, places.limit) == (1, 0, 5)


@pytest.mark.rule("R-010")
def test_the_limit_is_configuration_for_all_and_for_one(world: World, settings) -> None:
    settings.MAX_CONTACTS = 1
    with pytest.raises(NoPlaceLeft):
        invite(world, "um@serraazul.example")
    customers.allow_contacts(world.serra_azul.pk, 2, by=world.by(world.teresa), now=NOW)
    invite(world, "um@serraazul.example")


@pytest.mark.rule("R-010")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_are_invited_to_the_last_place_at_once_one_gets_it() -> None:
    world = build()
    full(world)[0]
    contacts.deactivate_contact(world.serra_azul.pk, world.joao.pk, by=world.by(world.marina), now=NOW)
    together, results = threading.Barrier(6), list[str]()

    def one(number: int) -> None:
        together.wait()
        try:
            invite(world, f"ultimo{number}@serraazul.example")
            results.append("in")
        except NoPlaceLeft:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["in", *["refused"] * 5]
    assert queries.places_of(world.serra_azul).used == 5


@pytest.mark.rule("R-011")
@pytest.mark.parametrize("who", ["joao", "bruno", "rafael"])
def test_nobody_else_keeps_the_contacts(world: World, who: str) -> None:
    by, there = world.by(getattr(world, who)), world.serra_azul.pk
    attempts = [
        lambda: invite(world, "novo@serraazul.example", by=getattr(world, who)),
        lambda: contacts.deactivate_contact(there, world.joao.pk, by=by, now=NOW),
        lambda: contacts.reactivate_contact(there, world.joao.pk, by=by, now=NOW),
        lambda: contacts.invite_again(there, world.joao.pk, by=by, now=NOW),
        lambda: contacts.grant_service(there, world.joao.pk, "consulting", is_granted=True, by=by, now=NOW),
        lambda: contacts.correct_contact(there, world.joao.pk, name="X", title="", services=[], by=by, now=NOW),
        lambda: contacts.invite_contacts(there, [], by=by, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises((NotAdministrator, NotCustomersKeeper)):
            attempt()
    assert Person.objects.get(pk=world.joao.pk).is_active


@pytest.mark.rule("R-011")
def test_the_administrator_grants_services_and_takes_them_back(world: World) -> None:
    by, there = world.by(world.marina), world.serra_azul.pk
    assert not world.joao.holds("consulting")
    contacts.grant_service(there, world.joao.pk, "consulting", is_granted=True, by=by, now=NOW)
    contacts.grant_service(there, world.joao.pk, "consulting", is_granted=True, by=by, now=NOW)
    assert Person.objects.get(pk=world.joao.pk).services.count("consulting") == 1
    contacts.grant_service(there, world.joao.pk, "consulting", is_granted=False, by=by, now=NOW)
    assert not Person.objects.get(pk=world.joao.pk).holds("consulting")
    with pytest.raises(ContactRefused):
        contacts.grant_service(there, world.joao.pk, "tudo", is_granted=True, by=by, now=NOW)


@pytest.mark.rule("R-011")
def test_the_administrator_can_neither_leave_nor_lose_services(world: World) -> None:
    by, there = world.by(world.marina), world.serra_azul.pk
    with pytest.raises(AdministratorStays):
        contacts.deactivate_contact(there, world.marina.pk, by=by, now=NOW)
    with pytest.raises(AdministratorStays):
        contacts.grant_service(there, world.marina.pk, "support", is_granted=False, by=by, now=NOW)


def test_whoever_is_in_is_not_invited_again(world: World) -> None:
    with pytest.raises(NotInvited):
        contacts.invite_again(world.serra_azul.pk, world.joao.pk, by=world.by(world.marina), now=NOW)
    with pytest.raises(AddressTaken):
        invite(world, "JOAO@serraazul.example ")


def test_whoever_left_is_taken_back_by_a_new_invitation_without_the_old_password(world: World) -> None:
    by = world.by(world.marina)
    contacts.deactivate_contact(world.serra_azul.pk, world.joao.pk, by=by, now=NOW)
    again = invite(world, "joao@serraazul.example")
    assert (again.pk, again.is_invited, again.has_usable_password()) == (world.joao.pk, True, False)


@pytest.mark.parametrize(
    "bad", [{"name": ""}, {"email": "nada"}, {"email": "a@b"}, {"name": "x" * 121}, {"title": "x" * 81}]
)
def test_what_is_wrong_with_a_contact_is_named(world: World, bad: dict[str, str]) -> None:
    details = Details.written(**{"name": "Ana", "email": "ana@serraazul.example", **bad})
    with pytest.raises(ContactRefused) as refused:
        contacts.invite_contact(world.serra_azul.pk, details, by=world.by(world.marina), now=NOW)
    assert refused.value.errors.keys() == bad.keys()


def test_a_batch_is_invited_whole_or_not_at_all(world: World) -> None:
    batch = [Details.written(name="P", email=f"p{number}@serraazul.example") for number in range(5)]
    with pytest.raises(NoPlaceLeft):
        contacts.invite_contacts(world.serra_azul.pk, batch, by=world.by(world.marina), now=NOW)
    batch[3] = Details.written(name="P", email="bruno@boavista.example")
    with pytest.raises(AddressTaken):
        contacts.invite_contacts(world.serra_azul.pk, batch[:4], by=world.by(world.marina), now=NOW)
    assert queries.places_of(world.serra_azul).used == 1
    assert len(contacts.invite_contacts(world.serra_azul.pk, batch[:3], by=world.by(world.marina), now=NOW)) == 3


SERRA = {"name": "Moinho Vale", "legal_name": "", "cnpj": "11.444.777/0001-61", "financial_email": "fin@vale.example"}
FIRST = Details.written(name="Ana Reis", email="ana@vale.example")


def register(world: World, by: Person, first: Details = FIRST, **other: str) -> Organization:
    return customers.register_customer(Company.written(**{**SERRA, **other}), first, by=world.by(by), now=NOW)


@pytest.mark.rule("R-011", "R-012")
def test_the_staff_registers_a_customer_and_its_first_contact_administers_it(world: World) -> None:
    made = register(world, world.teresa)
    assert made.cnpj == "11444777000161"
    ana = Person.objects.get(email="ana@vale.example")
    assert (ana.is_administrator, ana.is_invited, ana.organization_id) == (True, True, made.pk)
    assert secret_sent_to("ana@vale.example")


@pytest.mark.rule("R-011")
def test_the_assessoria_keeps_customers_and_analysts_do_not(world: World) -> None:
    with pytest.raises(NotCustomersKeeper):
        register(world, world.rafael)
    with pytest.raises(NotCustomersKeeper):
        register(world, world.marina)
    assessoria = Area.objects.create(code="assessoria", name="Assessoria", with_name="a Assessoria", kind="advisory")
    world.rafael.areas.add(assessoria)
    register(world, world.rafael)


@pytest.mark.rule("R-231", "R-033")
@pytest.mark.parametrize("written", ["12abc34501de35", "12.ABC.345/01DE-35", " 12 abc 345 01de35 "])
def test_a_known_customer_is_not_registered_twice_however_its_cnpj_is_written(world: World, written: str) -> None:
    with pytest.raises(CustomerRefused) as refused:
        register(world, world.teresa, cnpj=written)
    assert refused.value.errors.keys() == {"cnpj"}


@pytest.mark.rule("R-231")
@pytest.mark.parametrize("wrong", ["11.444.777/0001-62", "1144477700016", "11.444.777/0001-611", "AAAAAAAAAAAAAA"])
def test_a_wrong_cnpj_is_told(world: World, wrong: str) -> None:
    with pytest.raises(CnpjRefused):
        register(world, world.teresa, cnpj=wrong)


def test_a_first_contact_who_is_somebody_elses_registers_nothing(world: World) -> None:
    with pytest.raises(AddressTaken):
        register(world, world.teresa, first=Details.written(name="Bruno", email="bruno@boavista.example"))
    assert not Organization.objects.filter(name="Moinho Vale").exists()


def proof(world: World, by: Person) -> list[int]:
    kept = files.keep(f"person:{by.pk}", ContentFile(b"%PDF-1.4 ata", name="ata.pdf"), by=world.by(by))
    return [kept.pk]


def replace(world: World, successor: int | Details, *, by: Person, stays: bool = False, **other) -> Person:
    facts = {"reason": "Ata da diretoria, conferida por telefone.", "proof": proof(world, by), **other}
    return customers.replace_administrator(
        world.serra_azul.pk, successor, stays=stays, by=world.by(by), now=NOW, **facts
    )


@pytest.mark.rule("R-011")
def test_the_administrator_is_replaced_by_the_staff_with_proof(world: World) -> None:
    Organization.objects.filter(pk=world.serra_azul.pk).update(financial_email="financeiro@serraazul.example")
    replace(world, world.joao.pk, by=world.teresa)
    assert queries.administrator_of(world.serra_azul.pk) == world.joao
    assert not Person.objects.get(pk=world.marina.pk).is_active
    (kept,) = attached_to(f"organization:{world.serra_azul.pk}")
    assert (kept.name, kept.is_internal) == ("ata.pdf", True)
    assert kept.entry_id is not None
    assert letters_to("joao@serraazul.example") == ["Você administra os contatos · Horizonte"]
    assert letters_to("marina@serraazul.example") == ["Troca de administrador · Horizonte"]
    assert letters_to("financeiro@serraazul.example") == ["Troca de administrador · Horizonte"]


@pytest.mark.rule("R-011")
def test_without_a_document_or_a_reason_nobody_is_replaced(world: World) -> None:
    for missing in ({"proof": []}, {"reason": "  "}, {"proof": [10**9]}):
        with pytest.raises(ProofNeeded):
            replace(world, world.joao.pk, by=world.teresa, **missing)
    assert queries.administrator_of(world.serra_azul.pk) == world.marina


@pytest.mark.rule("R-011")
@pytest.mark.parametrize("who", ["marina", "joao", "rafael"])
def test_nobody_else_replaces_the_administrator(world: World, who: str) -> None:
    with pytest.raises(NotCustomersKeeper):
        replace(world, world.joao.pk, by=getattr(world, who))


@pytest.mark.rule("R-010", "R-011")
def test_an_administrator_who_stays_needs_a_place(world: World) -> None:
    full(world)
    new = Details.written(name="Novo", email="novo@serraazul.example")
    with pytest.raises(NoPlaceLeft):
        replace(world, new, by=world.teresa, stays=True)
    replace(world, world.joao.pk, by=world.teresa, stays=True)
    assert queries.places_of(world.serra_azul).used == 5
    assert secret_sent_to("p0@serraazul.example")


@pytest.mark.rule("R-017")
def test_whoever_may_agree_to_consulting_is_reminded_once_before_the_password_gets_too_old(world: World) -> None:
    chosen = NOW - timedelta(days=84)
    Person.objects.filter(pk__in=[world.marina.pk, world.joao.pk]).update(password_changed_at=chosen)
    assert remind(NOW - timedelta(days=2)) == 0
    assert remind(NOW) == 1, "João has no consulting"
    assert remind(NOW) == 0
    assert letters_to("marina@serraazul.example") == ["Troque a sua senha · Horizonte"]
    Person.objects.filter(pk=world.marina.pk).update(password_changed_at=NOW + timedelta(hours=1))
    assert remind(NOW + timedelta(days=84)) == 1


def test_every_refusal_has_a_way_forward() -> None:
    for kind in (NoPlaceLeft, NotAdministrator, NotCustomersKeeper, AdministratorStays, NotInvited):
        assert issubclass(kind, Refusal)
        assert kind.remedy
