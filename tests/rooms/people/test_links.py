"""Links that let somebody in: once, for so long, at one address, and what is stored opens nothing (R-012)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connection

from farol.people.actions import contacts, links, requests
from farol.people.models import AccessRequest, Link, Organization, Person
from farol.people.rules.contacts import AddressTaken, Details
from farol.people.rules.links import (
    LinkExpired,
    LinkReplaced,
    LinkUnknown,
    LinkUsed,
    LinkWithdrawn,
    Purpose,
)
from farol.people.rules.passwords import PasswordWeak, PasswordWrong
from tests.rooms.people.inviting import letters_to, secret_sent_to
from tests.world import PASSWORD, World, at

NOW = at("2026-11-24 09:00")
ANA = "ana@serraazul.example"
STRONG = "ponte azul trem girassol"


def invited(world: World) -> Person:
    details = Details.written(name="Ana Reis", email=ANA)
    return contacts.invite_contact(world.serra_azul.pk, details, by=world.by(world.marina), now=NOW)


def use(secret: str, *, password: str = STRONG, now=NOW, purpose: Purpose = Purpose.ACTIVATION) -> Person:
    return links.choose_password(secret, purpose, password, address="203.0.113.7", now=now)


@pytest.mark.rule("R-012")
def test_an_invitation_lets_in_once(world: World) -> None:
    person = invited(world)
    assert authenticate(username=ANA, password=STRONG) is None
    secret = secret_sent_to(ANA)
    use(secret)
    assert authenticate(username=ANA, password=STRONG) == person
    with pytest.raises(LinkUsed):
        use(secret, password="outra senha bem comprida mesmo")


@pytest.mark.rule("R-012")
def test_an_invitation_lasts_three_days_and_not_a_second_more(world: World) -> None:
    invited(world)
    secret, end = secret_sent_to(ANA), NOW + timedelta(hours=72)
    with pytest.raises(LinkExpired):
        use(secret, now=end)
    assert not use(secret, now=end - timedelta(seconds=1)).is_invited


@pytest.mark.rule("R-012")
def test_a_fresh_link_makes_the_older_one_worth_nothing(world: World) -> None:
    person = invited(world)
    first = secret_sent_to(ANA)
    contacts.invite_again(world.serra_azul.pk, person.pk, by=world.by(world.marina), now=NOW + timedelta(hours=1))
    second = secret_sent_to(ANA)
    with pytest.raises(LinkReplaced):
        use(first, now=NOW + timedelta(hours=2))
    use(second, now=NOW + timedelta(hours=2))


@pytest.mark.rule("R-012")
@pytest.mark.parametrize("change", [str.lower, str.upper, lambda secret: secret[:-1], lambda secret: secret + "A"])
def test_an_altered_link_is_nobodys(world: World, change) -> None:
    invited(world)
    secret = secret_sent_to(ANA)
    with pytest.raises(LinkUnknown):
        use(change(secret))
    with pytest.raises(LinkUnknown):
        use(secret, purpose=Purpose.PASSWORD)
    for nonsense in ("", "x" * 100_000, "\x00", "é"):
        with pytest.raises(LinkUnknown):
            use(nonsense)


@pytest.mark.rule("R-012")
def test_what_is_stored_opens_nothing(world: World) -> None:
    invited(world)
    secret = secret_sent_to(ANA)
    with connection.cursor() as cursor:
        for table in ("people_link", "journal_entry", "notify_letter", "procrastinate_jobs"):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            assert secret not in cursor.fetchone()[0], table


@pytest.mark.rule("R-012")
def test_a_cancelled_invitation_is_void(world: World) -> None:
    person = invited(world)
    secret = secret_sent_to(ANA)
    contacts.deactivate_contact(world.serra_azul.pk, person.pk, by=world.by(world.marina), now=NOW)
    with pytest.raises(LinkWithdrawn):
        use(secret)


@pytest.mark.rule("R-012")
def test_a_letter_whose_link_was_replaced_before_it_left_is_not_sent(world: World) -> None:
    person = invited(world)
    contacts.invite_again(world.serra_azul.pk, person.pk, by=world.by(world.marina), now=NOW)
    assert len(letters_to(ANA)) == 1


@pytest.mark.rule("R-017")
@pytest.mark.parametrize(
    "weak", ["curta", "senhasenhasenha", "marina laticinios", "qwertyuiopasdfgh", "123456789012345", "x" * 300, " "]
)
def test_a_weak_password_is_refused_and_the_link_stays(world: World, weak: str) -> None:
    invited(world)
    secret = secret_sent_to(ANA)
    with pytest.raises(PasswordWeak):
        use(secret, password=weak)
    use(secret)


@pytest.mark.rule("R-017")
@pytest.mark.parametrize(
    "strong", ["ponte azul trem girassol", "açúcar-vento-óculos-7", "月亮河流纸张山羊蓝色铁桥云朵木门"]
)
def test_no_capitals_digits_or_signs_are_asked_for(world: World, strong: str) -> None:
    invited(world)
    use(secret_sent_to(ANA), password=strong)


def test_whoever_forgot_the_password_gets_a_link_and_strangers_get_nothing(world: World) -> None:
    links.forget_password(" Marina@SerraAzul.example", address="", now=NOW)
    links.forget_password("ninguem@serraazul.example", address="", now=NOW)
    secret = secret_sent_to("marina@serraazul.example")
    assert Link.objects.count() == 1
    use(secret, purpose=Purpose.PASSWORD)
    assert authenticate(username="marina@serraazul.example", password=PASSWORD) is None
    assert authenticate(username="marina@serraazul.example", password=STRONG) == world.marina
    assert letters_to("marina@serraazul.example")[-1].startswith("Sua senha foi trocada")


def test_a_password_link_lasts_two_hours(world: World) -> None:
    links.forget_password("rafael@farol.example", address="", now=NOW)
    with pytest.raises(LinkExpired):
        use(secret_sent_to("rafael@farol.example"), purpose=Purpose.PASSWORD, now=NOW + timedelta(hours=2))


def test_nobodys_mailbox_is_filled_by_somebody_who_asks_again_and_again(world: World) -> None:
    for minute in range(120):
        links.forget_password("marina@serraazul.example", address="", now=NOW + timedelta(minutes=minute))
    assert Link.objects.count() == 5


def test_whoever_never_came_in_is_invited_again_instead(world: World) -> None:
    invited(world)
    links.forget_password(ANA, address="", now=NOW + timedelta(hours=80))
    use(secret_sent_to(ANA), now=NOW + timedelta(hours=81))


def test_an_expired_link_is_renewed_at_the_registered_address(world: World) -> None:
    invited(world)
    old, later = secret_sent_to(ANA), NOW + timedelta(hours=90)
    links.renew_link(old, Purpose.ACTIVATION, address="", now=later)
    fresh = secret_sent_to(ANA)
    assert fresh != old
    links.renew_link(old, Purpose.ACTIVATION, address="", now=later + timedelta(hours=1))
    assert Link.objects.count() == 2, "a link that was replaced renews nothing"
    use(fresh, now=later)


@pytest.mark.rule("R-017")
def test_a_password_is_changed_by_whoever_knows_it(world: World) -> None:
    by = world.by(world.joao)
    with pytest.raises(PasswordWrong):
        links.change_password(world.joao.pk, old="errada", new=STRONG, by=by, now=NOW)
    with pytest.raises(PasswordWeak):
        links.change_password(world.joao.pk, old=PASSWORD, new=PASSWORD, by=by, now=NOW)
    links.change_password(world.joao.pk, old=PASSWORD, new=STRONG, by=by, now=NOW)
    assert authenticate(username=world.joao.email, password=STRONG) == world.joao


FINANCE = "financeiro@serraazul.example"


def wish(world: World, *, cnpj: str = "12.abc.345/01de-35", email: str = ANA, now=NOW) -> None:
    Organization.objects.filter(pk=world.serra_azul.pk).update(financial_email=FINANCE)
    requests.ask_access(cnpj=cnpj, name="Ana Reis", email=email, address="", now=now)


@pytest.mark.rule("R-012")
def test_a_stranger_is_judged_by_the_financial_address_and_waits_for_the_administrator(world: World) -> None:
    wish(world)
    assert letters_to(ANA) == []
    secret = secret_sent_to(FINANCE)
    requests.answer_request(secret, is_theirs=True, address="", now=NOW)
    assert not Person.objects.filter(email=ANA).exists()
    assert letters_to("marina@serraazul.example") == ["Um pedido de acesso espera você · Horizonte"]
    with pytest.raises(LinkUsed):
        requests.answer_request(secret, is_theirs=True, address="", now=NOW)
    invited(world)
    assert AccessRequest.objects.get().state == "done"


@pytest.mark.rule("R-011", "R-012")
def test_the_first_contact_of_a_customer_becomes_its_administrator(world: World) -> None:
    Person.objects.filter(pk=world.marina.pk).update(is_administrator=False, is_active=False)
    wish(world)
    requests.answer_request(secret_sent_to(FINANCE), is_theirs=True, address="", now=NOW)
    use(secret_sent_to(ANA))
    assert Person.objects.get(email=ANA).is_administrator


def test_a_wish_that_is_declined_comes_to_nothing(world: World) -> None:
    wish(world)
    requests.answer_request(secret_sent_to(FINANCE), is_theirs=False, address="", now=NOW)
    assert AccessRequest.objects.get().state == "declined"
    assert letters_to(ANA) == letters_to("marina@serraazul.example") == []


@pytest.mark.parametrize("email", ["marina@serraazul.example", "bruno@boavista.example", "nada"])
def test_nobody_is_asked_about_people_who_are_known_or_cannot_be_written_to(world: World, email: str) -> None:
    wish(world, email=email)
    assert Link.objects.count() == 0


def test_an_unknown_customer_is_asked_nothing(world: World) -> None:
    wish(world, cnpj="11444777000161")
    assert Link.objects.count() == 0


def test_the_financial_address_is_not_filled_with_wishes(world: World) -> None:
    for number in range(20):
        wish(world, email=f"p{number}@x.example", now=NOW + timedelta(minutes=6 * number))
    assert Link.objects.count() == 5


def test_an_old_wish_is_forgotten(world: World) -> None:
    wish(world)
    requests.forget_requests(NOW + timedelta(days=31))
    assert (AccessRequest.objects.count(), Link.objects.count()) == (0, 0)


def test_the_address_of_somebody_else_is_not_taken_over(world: World) -> None:
    details = Details.written(name="Bruno", email="bruno@boavista.example")
    with pytest.raises(AddressTaken):
        contacts.invite_contact(world.serra_azul.pk, details, by=world.by(world.marina), now=NOW)
