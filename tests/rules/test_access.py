"""The gate as one table: every person with every contract, debt and product wanting every thing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product as every
from typing import NamedTuple

import pytest

from farol.access.rules import Action, Allowed, Contact, Contract, Debt, Decision, Refused, decide
from farol.people.rules.contacts import USUAL, Service

TODAY = date(2026, 11, 24)
OURS, THEIRS = 7, 8
ERP, OTHER = 3, 4

PERSONS = {
    "nobody": None,
    "gone": Contact(OURS, is_active=False, is_administrator=True),
    "bare": Contact(OURS),
    "contact": Contact(OURS, services=frozenset(USUAL) - {Service.DOWNLOADS}),
    "consulting": Contact(OURS, services=frozenset({Service.CONSULTING})),
    "downloads": Contact(OURS, services=frozenset({Service.DOWNLOADS})),
    "administrator": Contact(OURS, is_administrator=True),
    "stranger": Contact(THEIRS, is_administrator=True),
    "staff": Contact(is_staff=True),
}
CONTRACTS = {
    "none": [],
    "lapsed": [Contract(date(2020, 1, 1), date(2026, 11, 23), frozenset({ERP}), is_datacenter=True)],
    "last day": [Contract(date(2020, 1, 1), TODAY, frozenset({ERP}))],
    "first day": [Contract(TODAY, None, frozenset({ERP}))],
    "not begun": [Contract(date(2026, 11, 25), None, frozenset({ERP}), is_datacenter=True)],
    "other product": [Contract(date(2020, 1, 1), None, frozenset({OTHER}))],
    "datacenter": [Contract(date(2020, 1, 1), None, frozenset({ERP}), is_datacenter=True)],
}
DEBTS = {
    "none": Debt(),
    "tomorrow": Debt(date(2026, 11, 25)),
    "today": Debt(TODAY),
    "long": Debt(date(2026, 1, 1)),
}
PRODUCTS = {"unknown": None, "sold": ERP}


class Asked(NamedTuple):
    person: str
    contract: str
    debt: str
    product: str
    action: Action


def cases() -> Iterator[Asked]:
    return (Asked(*case) for case in every(PERSONS, CONTRACTS, DEBTS, PRODUCTS, Action))


def answer(asked: Asked) -> Decision:
    return decide(
        PERSONS[asked.person],
        OURS,
        CONTRACTS[asked.contract],
        PRODUCTS[asked.product],
        DEBTS[asked.debt],
        asked.action,
        on=TODAY,
    )


# What the guide says, read a second time: as lists of who is stopped by what, in the order of asking.
ALWAYS = {Action.CALL_ADMINISTRATIVE, Action.CALL_OMBUDSMAN}
STAFF_SEES = {Action.VIEW_TICKETS, Action.OPEN_FILE, Action.ANSWER_TICKET, Action.DOWNLOAD}
UNDER_CONTRACT = {
    Action.OPEN_TICKET, Action.OPEN_CONSULTING, Action.FORECAST, Action.SPLIT_TICKET, Action.DOWNLOAD,
    Action.CALL_SUPPORT, Action.CALL_CONSULTING,
}  # fmt: skip
BLOCKED = {
    Action.OPEN_TICKET, Action.OPEN_CONSULTING, Action.VIEW_TICKETS, Action.OPEN_FILE, Action.DOWNLOAD,
    Action.CALL_SUPPORT, Action.CALL_CONSULTING,
}  # fmt: skip
RELEASED = {
    Action.OPEN_TICKET: "support", Action.CALL_SUPPORT: "support", Action.OPEN_ADMINISTRATIVE: "cst",
    Action.OPEN_OMBUDSMAN: "ombudsman",
}  # fmt: skip
CHARGED = {Action.OPEN_CONSULTING, Action.AGREE_TO_CONSULTING, Action.CALL_CONSULTING}


def expected(asked: Asked) -> str:
    is_staff = asked.person == "staff"
    if asked.action in ALWAYS or (is_staff and asked.action in STAFF_SEES):
        return "allowed"
    if asked.person in {"nobody", "gone", "stranger"}:
        return "unknown → advisory"
    return of_contract(asked) or of_debt(asked) or of_release(asked) or "allowed"


def of_contract(asked: Asked) -> str:
    _, contract, _, product, action = asked
    is_sold = contract in {"last day", "first day", "other product", "datacenter"}
    if action is Action.CALL_DATACENTER and contract != "datacenter":
        return "no_datacenter → hours"
    if action in UNDER_CONTRACT and not is_sold:
        return "no_contract → relationship"
    if action in UNDER_CONTRACT and product == "sold" and contract == "other product":
        return "no_product → relationship"
    return ""


def of_debt(asked: Asked) -> str:
    return "debt → cst" if asked.action in BLOCKED and asked.debt in {"today", "long"} else ""


def of_release(asked: Asked) -> str:
    if asked.action in CHARGED and asked.person not in {"consulting", "administrator", "staff"}:
        return "consulting → administrator"
    if asked.action is Action.DOWNLOAD and asked.person not in {"downloads", "administrator", "staff"}:
        return "downloads → administrator"
    if asked.action is Action.CALL_DATACENTER and asked.person not in {"administrator", "staff"}:
        return "no_datacenter → administrator"
    if asked.action in RELEASED and asked.person not in {"contact", "administrator", "staff"}:
        return f"{RELEASED[asked.action]} → administrator"
    return ""


def said(decision: Decision) -> str:
    return "allowed" if isinstance(decision, Allowed) else f"{decision.why} → {decision.where}"


@pytest.mark.rule("R-014")
@pytest.mark.rule("R-016")
@pytest.mark.rule("R-152")
def test_every_combination_has_the_answer_of_the_guide() -> None:
    wrong = [(case, said(answer(case))) for case in cases() if said(answer(case)) != expected(case)]
    assert wrong == []
    assert sum(1 for _ in cases()) == 9 * 7 * 4 * 2 * len(Action) == 8064


@pytest.mark.rule("R-014")
@pytest.mark.rule("R-015")
@pytest.mark.rule("R-114")
def test_debt_alone_shuts_exactly_opening_consulting_and_downloads() -> None:
    shut = {
        case.action
        for case in cases()
        if case.debt == "long" and said(answer(case)) != said(answer(case._replace(debt="none")))
    }
    assert shut == BLOCKED
    assert {case for case in cases() if said(answer(case)) == "debt → cst" and case.action not in BLOCKED} == set()


@pytest.mark.rule("R-023")
def test_on_the_telephone_debt_leads_to_the_cst_from_software_alone() -> None:
    def called(action: Action) -> str:
        return said(answer(Asked("administrator", "datacenter", "long", "unknown", action)))

    assert called(Action.CALL_SUPPORT) == called(Action.CALL_CONSULTING) == "debt → cst"
    assert called(Action.CALL_DATACENTER) == "allowed"
    assert called(Action.CALL_ADMINISTRATIVE) == called(Action.CALL_OMBUDSMAN) == "allowed"


@pytest.mark.rule("R-024")
def test_consulting_by_telephone_takes_the_administrators_release() -> None:
    asked = Asked("contact", "first day", "none", "unknown", Action.CALL_CONSULTING)
    assert said(answer(asked)) == "consulting → administrator"
    assert said(answer(asked._replace(person="consulting"))) == "allowed"


@pytest.mark.rule("R-026")
@pytest.mark.rule("R-122")
def test_without_a_datacenter_contract_the_hours_are_told_and_nobody_on_call_is_woken() -> None:
    asked = Asked("administrator", "first day", "none", "unknown", Action.CALL_DATACENTER)
    assert answer(asked) == Refused("no_datacenter", "hours")  # type: ignore[arg-type]
    assert said(answer(asked._replace(contract="datacenter", debt="long"))) == "allowed"


@pytest.mark.rule("R-021")
def test_nobody_is_asked_about_money_before_they_are_known_and_under_contract() -> None:
    for case in cases():
        first = said(answer(case))
        if first == "debt → cst":
            assert case.person not in {"nobody", "gone", "stranger"}
            assert case.contract not in {"none", "lapsed", "not begun"} or case.action in {
                Action.VIEW_TICKETS,
                Action.OPEN_FILE,
            }


def test_every_refusal_has_its_words_and_its_rule() -> None:
    for case in cases():
        if isinstance(found := answer(case), Refused):
            refusal = found.refusal(product="Horizonte ERP")
            assert refusal.code.startswith("access.")
            assert refusal.rule
            assert refusal.remedy
