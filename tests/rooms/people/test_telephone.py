from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from farol.kernel import documents
from farol.people import actions, queries
from farol.people.models import Organization, Person, WrongPin
from farol.people.queries import telephone
from farol.people.rules.telephone import MOST_BY_CALLER, MOST_OF_SUBJECT, CpfTaken, PinRefused, PinTaken
from tests.world import World, at

NOW = at("2026-11-24 09:00")
SERRA_AZUL, BOA_VISTA = "12222345013335", "11222333000181"  # as they are keyed


@pytest.mark.rule("R-017", "R-028")
def test_a_pin_is_kept_as_a_keyed_hash_that_the_row_does_not_give_away(world: World) -> None:
    actions.choose_pin(world.marina, "314159")
    actions.choose_pin(world.bruno, "314159")  # of another customer
    kept = Person.objects.get(pk=world.marina.pk)
    assert queries.pin_matches(kept, "314159")
    assert not queries.pin_matches(kept, "314158")
    assert not queries.pin_matches(world.joao, "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM people_person p")
        assert not [row for (row,) in cursor.fetchall() if "314159" in row]
    assert kept.pin_digest != Person.objects.get(pk=world.bruno.pk).pin_digest


@pytest.mark.rule("R-027")
def test_two_contacts_of_a_customer_do_not_share_a_pin(world: World) -> None:
    actions.choose_pin(world.marina, "314159")
    with pytest.raises(PinTaken):
        actions.choose_pin(world.joao, "314159")
    actions.choose_pin(world.marina, "271828")
    actions.choose_pin(world.joao, "314159")


@pytest.mark.rule("R-017")
@pytest.mark.parametrize(
    "pin", ["", "12345", "123456", "987654", "111111", "121212", "31415a", "３１４１５９", "314159265", "345013"]
)
def test_a_pin_that_is_easily_guessed_is_refused(world: World, pin: str) -> None:
    with pytest.raises(PinRefused):
        actions.choose_pin(world.marina, pin)


@pytest.mark.rule("R-027")
def test_a_cpf_is_of_one_contact(world: World) -> None:
    actions.record_cpf(world.marina, "529.982.247-25")
    assert telephone.contact_keyed("52998224725") == world.marina
    assert telephone.contact_keyed("52998224724") is None
    with pytest.raises(CpfTaken):
        actions.record_cpf(world.bruno, "52998224725")
    with pytest.raises(documents.CpfRefused):
        actions.record_cpf(world.bruno, "52998224724")


@pytest.mark.rule("R-031", "R-032", "R-033")
def test_a_cnpj_with_letters_is_found_by_its_keys(world: World) -> None:
    actions.choose_pin(world.marina, "314159")
    assert telephone.customers_keyed(SERRA_AZUL) == [world.serra_azul]
    assert actions.identify_caller(SERRA_AZUL, "314159", number="1133334444", now=NOW).person == world.marina
    assert telephone.customers_keyed("12ABC34501DE35") == []


@pytest.mark.rule("R-031")
def test_the_pin_tells_customers_keyed_alike_apart_and_then_the_cpf_does(world: World) -> None:
    twin = Organization.objects.create(name="Gêmea", legal_name="Gêmea", cnpj="12ABA34501FE35")
    other = actions.register_contact(name="Davi", email="davi@gemea.example", organization=twin)
    assert telephone.customers_keyed(SERRA_AZUL) == [world.serra_azul, twin]
    actions.choose_pin(world.marina, "314159")
    actions.choose_pin(other, "271828")
    assert actions.identify_caller(SERRA_AZUL, "271828", number="", now=NOW).person == other
    actions.choose_pin(other, "314159")
    found = actions.identify_caller(SERRA_AZUL, "314159", number="", now=NOW)
    assert found.person is None
    assert found.is_ambiguous
    actions.record_cpf(other, "52998224725")
    assert actions.identify_caller("52998224725", "314159", number="", now=NOW).person == other


@pytest.mark.rule("R-028")
def test_guessing_across_numbers_stops_being_answered_and_the_customer_still_comes_in(world: World) -> None:
    actions.choose_pin(world.marina, "314159")
    assert actions.identify_caller(SERRA_AZUL, "314159", number="1133334444", now=NOW).person
    for guess in range(MOST_OF_SUBJECT + 5):
        number = f"11900000{guess:03}"
        assert not actions.identify_caller(SERRA_AZUL, f"40{guess:04}", number=number, now=NOW).person
    assert WrongPin.objects.count() == MOST_OF_SUBJECT
    assert not actions.identify_caller(SERRA_AZUL, "314159", number="11988887777", now=NOW).person
    assert actions.identify_caller(SERRA_AZUL, "314159", number="1133334444", now=NOW).person
    later = NOW + timedelta(hours=24, minutes=1)
    assert actions.identify_caller(SERRA_AZUL, "314159", number="11988887777", now=later).person


@pytest.mark.rule("R-028")
def test_guessing_across_customers_from_one_number_stops_being_answered(world: World) -> None:
    actions.choose_pin(world.marina, "314159")
    actions.choose_pin(world.bruno, "271828")
    for guess in range(MOST_BY_CALLER):
        document = (SERRA_AZUL, BOA_VISTA)[guess % 2]
        actions.identify_caller(document, f"40{guess:04}", number="11900000001", now=NOW)
    assert not actions.identify_caller(SERRA_AZUL, "314159", number="11900000001", now=NOW).person
    assert actions.identify_caller(SERRA_AZUL, "314159", number="11900000002", now=NOW).person


@pytest.mark.rule("R-028")
def test_the_same_wrong_pin_again_is_no_new_guess(world: World) -> None:
    actions.choose_pin(world.marina, "314159")
    for _ in range(MOST_OF_SUBJECT * 2):
        actions.identify_caller(SERRA_AZUL, "000000", number="1133334444", now=NOW)
    assert WrongPin.objects.count() == 1
    assert actions.identify_caller(SERRA_AZUL, "314159", number="1133334444", now=NOW).person
    assert actions.forget_guesses(NOW + timedelta(days=2)) == 1
