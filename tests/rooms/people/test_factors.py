"""Codes of an application and of a paper: right once, and never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.audit.models import Record
from farol.kernel.actor import HOUSE
from farol.people.actions import factors
from farol.people.models import CodeApp, RecoveryCode
from farol.people.queries.keys import factors_of, keys_of
from farol.people.rules.one_time import code_at, step_of
from farol.people.rules.proofs import CodeUsed, CodeWrong, TelephoneClockWrong
from tests.instants import at
from tests.world import World

NOW = at("2026-11-23 09:00")
SECRET = b"12345678901234567890"


def code(seconds: int = 0) -> str:
    return code_at(SECRET, step_of(NOW.timestamp() + seconds))


@pytest.fixture
def paper(world: World) -> list[str]:
    """Marina's application is on since yesterday."""
    yesterday = NOW - timedelta(days=1)
    first = code_at(SECRET, step_of(yesterday.timestamp()))
    return factors.add_code_app(world.marina, SECRET, first, by=world.by(world.marina), now=yesterday)


def use(world: World, typed: str, seconds: int = 0) -> None:
    factors.use_code(world.marina, typed, by=world.by(world.marina), now=NOW + timedelta(seconds=seconds))


def test_an_application_counts_once_its_code_was_right(world: World) -> None:
    by = world.by(world.marina)
    with pytest.raises(CodeWrong):
        factors.add_code_app(world.marina, SECRET, "000000", by=by, now=NOW)
    assert not factors_of(world.marina).are_there
    codes = factors.add_code_app(world.marina, SECRET, code(), by=by, now=NOW)
    assert factors_of(world.marina).has_app
    assert len(set(codes)) == 10
    with pytest.raises(CodeUsed):
        use(world, code())


def test_the_secret_and_the_paper_cannot_be_read_in_the_database(world: World, paper: list[str]) -> None:
    kept = CodeApp.objects.get().sealed.encode()
    assert SECRET not in kept
    assert not RecoveryCode.objects.filter(digest__in=paper).exists()
    assert not {digest for digest in RecoveryCode.objects.values_list("digest", flat=True) if len(digest) != 64}


def test_a_code_is_right_once(world: World, paper: list[str]) -> None:
    use(world, f"{code()[:3]} {code()[3:]}")
    with pytest.raises(CodeUsed):
        use(world, code())
    use(world, code(30), seconds=30)
    with pytest.raises(CodeUsed):
        use(world, code(), seconds=30)


def test_a_code_of_the_step_before_or_after_is_right_too(world: World, paper: list[str]) -> None:
    use(world, code(-30))
    use(world, code(30))


def test_a_telephone_that_is_two_minutes_off_is_told_so_and_the_code_is_burnt(world: World, paper: list[str]) -> None:
    for seconds in (-120, 120):
        with pytest.raises(TelephoneClockWrong) as told:
            use(world, code(seconds))
        assert told.value.facts == {"seconds": 120}
    with pytest.raises(CodeUsed):
        use(world, code(120), seconds=120)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "000000", "\x00" * 6, "aaaaa-aaaaa"])
def test_what_is_no_code_is_refused(world: World, paper: list[str], typed: str) -> None:
    with pytest.raises(CodeWrong):
        use(world, typed)


def test_a_paper_code_is_right_once_however_it_is_typed(world: World, paper: list[str]) -> None:
    use(world, paper[0].upper().replace("-", " "))
    with pytest.raises(CodeWrong):
        use(world, paper[0])
    assert keys_of(world.marina).recovery_codes_left == 9


def test_nobody_uses_the_paper_of_another(world: World, paper: list[str]) -> None:
    with pytest.raises(CodeWrong):
        factors.use_code(world.joao, paper[0], by=world.by(world.joao), now=NOW)


def test_fresh_codes_make_the_old_ones_worthless_and_no_factor_needs_none(world: World, paper: list[str]) -> None:
    fresh = factors.renew_recovery_codes(world.marina, by=world.by(world.marina))
    with pytest.raises(CodeWrong):
        use(world, paper[0])
    use(world, fresh[0])
    factors.remove_code_app(world.marina, by=world.by(world.marina))
    assert not RecoveryCode.objects.exists()


def test_the_trail_tells_what_happened_to_the_keys_of_an_account(world: World, paper: list[str]) -> None:
    use(world, paper[0])
    factors.remove_code_app(world.marina, by=world.by(world.marina))
    names = list(
        Record.objects.filter(subject=f"person:{world.marina.pk}").order_by("id").values_list("name", flat=True)
    )
    assert names == [
        "person.code_app_added",
        "person.recovery_codes_renewed",
        "person.recovery_code_used",
        "person.code_app_removed",
    ]


def test_who_has_lost_everything_begins_anew_and_the_trail_says_why(world: World, paper: list[str]) -> None:
    factors.forget_factors(world.marina, reason="called back at the number of the contract", by=HOUSE)
    assert not factors_of(world.marina).are_there
    assert not RecoveryCode.objects.exists()
    record = Record.objects.get(name="person.factors_forgotten")
    assert (record.actor_id, record.facts) == (None, {"reason": "called back at the number of the contract"})
