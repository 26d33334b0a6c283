"""Whoever asks, whatever they ask for: nobody reads or changes what is not theirs, and nothing breaks.

Eight people, from nobody to a manager, go to every address that the house and the API's description know, with things
that exist, their own and others', and send every form that any page shows to anybody. What is written anywhere carries
a mark that says whose it is (`tests/crowd.py`); what a request changed is read from the database (`tests/watching.py`).

`FAROL_RANDOM_SEED` and `FAROL_RANDOM_TIMES` make the walk another or a longer one.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from farol.desk.kept import Kept
from farol.house.live.readers import reader_of
from farol.journal.models import Entry
from farol.notify import actions as notify
from farol.notify.writing import message
from farol.people.actions import issue_token
from farol.people.models import Person
from farol.tickets.models import Ticket
from tests.crowd import MARK, Crowd, gathered
from tests.walking import NOWHERE, Address, Form, calls, forms, named, pages, said, unknown
from tests.watching import Change, Watched

SEED = int(os.environ.get("FAROL_RANDOM_SEED", "7"))
TIMES = int(os.environ.get("FAROL_RANDOM_TIMES", "1"))
FOR_EVERYBODY = {"people_mistakes", "people_pace", "audit_record", "audit_waiting"}
"""What somebody who is not signed in may leave behind."""
MANAGED = {"hours", "catalog", "contracts", "automation"}
STAFFS = {*MANAGED, "playbook", "mail"}
LOOKING = {
    *FOR_EVERYBODY,
    "audit_record",
    "audit_waiting",
    "people_session",
    "people_person",
    "tickets_seen",
    "tickets_unsent",
}
"""What looking at a page may leave behind."""
OPENING = {"tickets_quoteopening", "tickets_ticket", "journal_entry"}
"""And opening the document of a quote (R-193)."""
BLIND = {"body": "Texto", "reason": "Porque sim", "name": "Nome", "email": "alguem@serraazul.example"}
HTMX = {"HX-Request": "true"}


class Actor:
    """Somebody with a browser and a program, and what they may read."""

    def __init__(self, name: str, person: Person | None, marks: str) -> None:
        self.name, self.person, self.marks = name, person, set(marks)
        self.client = Client(raise_request_exception=False)
        self.headers: dict[str, str] = {}
        self.is_in = name not in {"nobody", "gone"}
        self.company = person.organization_id or 0 if person and self.is_in else 0
        self.cookies: dict[str, str] = {}
        if person:
            self.client.force_login(person)
            self.cookies = {name: cookie.value for name, cookie in self.client.cookies.items()}
            self.headers = {"Authorization": f"Bearer {issue_token(person, now=datetime.now(UTC))}"}

    def send(self, method: str, path: str, data: Any, headers: dict[str, str] | None) -> Any:
        is_call = path.startswith("/api/")
        self.client.cookies.clear()  # a sign-out that was taken back leaves the browser without its key
        self.client.cookies.load(self.cookies)
        options = {"content_type": "application/json"} if is_call and method != "GET" else {}
        ask = getattr(self.client, method.lower())
        return ask(path, data, headers=self.headers if is_call else headers, **options)

    def reads_too_much(self, text: str, sent: str) -> list[str]:
        return sorted({mark[0] for mark in MARK.finditer(text) if mark[1] not in self.marks and mark[0] not in sent})

    def oversteps(self, changes: list[Change], *, is_looking: bool) -> Iterator[str]:
        tables = {change.table for change in changes}
        is_opening = is_looking and "tickets_quoteopening" in tables
        for change in changes:
            where = f"{change.table} {change.row.get('id')}"
            if is_looking and change.table not in LOOKING | (OPENING if is_opening else set()):
                yield f"changes {where} by looking"
            if fault := self._fault_of(change):
                yield f"changes {where}, {fault}"

    def _fault_of(self, change: Change) -> str:
        if change.table in FOR_EVERYBODY or (change.table, change.row.get("person_id")) == ("people_session", None):
            return ""
        if not self.is_in or self.person is None:
            return "and may change nothing"
        whose = change.row.get("person_id") if change.room == "people" else None
        if whose not in {None, self.person.pk} and not self._governs(change):
            return "another person's own"
        if not self.company:
            return "the managers'" if change.room in MANAGED and not self.person.is_manager else ""
        if change.room in STAFFS or (change.row.get("name") == "ticket.noted"):
            return "the staff's"
        is_theirs = change.companies == {self.company} or (not change.companies and self.person.pk in change.people)
        return "" if is_theirs else f"which is of {set(change.companies) or 'nobody'}"

    def _governs(self, change: Change) -> bool:
        """Over a contact there is the administrator of their company, and the vendor's managers."""
        assert self.person
        return self.person.is_manager or (self.person.is_administrator and change.companies == {self.company})


class Walk:
    """All of them at every address; what was wrong is collected, so that one run tells everything."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd, self.chance = crowd, random.Random(SEED)
        self.actors = [Actor(name, *about) for name, about in crowd.actors.items()]
        Person.objects.filter(pk=crowd.gone.pk).update(is_active=False)
        self.companies = dict(Ticket.objects.values_list("pk", "organization_id"))
        self.forms: dict[str, list[Form]] = {}
        self.changing: set[str] = set()
        self.wrong: list[str] = []
        self.asked = 0

    def ask(self, actor: Actor, method: str, path: str, data: Any = None, headers: dict[str, str] | None = None) -> Any:
        """One request, of which only what was wrong with it stays."""
        self.asked += 1
        is_looking = method in {"GET", "HEAD"}
        with Watched() as watched:
            answer = actor.send(method, path, data, headers)
        faults = list(actor.oversteps(watched.changes, is_looking=is_looking))
        if answer.status_code >= 500:
            faults.append(f"fails with {answer.status_code}")
        if marks := actor.reads_too_much(_text(answer), f"{path}{data}"):
            faults.append(f"reads {marks[:3]}")
        if answer.status_code not in {404, 405} and (nowhere := self._if_foreign(actor, path)):
            with Watched():
                if actor.send(method, nowhere, data, headers).status_code != answer.status_code:
                    faults.append(f"learns by {answer.status_code} that it is there")
        self.wrong += [f"{actor.name} {method} {path}: {fault}" for fault in faults]
        if not is_looking and {change.table for change in watched.changes} - FOR_EVERYBODY:
            self.changing.add(path)
        return answer

    def _if_foreign(self, actor: Actor, path: str) -> str:
        """The same address of a ticket that is nowhere, if this one is another company's."""
        found = re.search(r"(?<=/chamados/)\d+|(?<=/tickets/)\d+", path)
        company = self.companies.get(int(found[0])) if found and actor.company else None
        return path.replace(found[0], str(NOWHERE)) if found and company not in {None, actor.company} else ""

    def look(self, address: Address) -> None:
        for actor in self.actors:
            for path in named(address, self.chance, times=TIMES + bool(actor.company)):
                answer = self.ask(actor, "GET", path, headers=HTMX if self.chance.random() < 0.2 else None)
                if answer.status_code == 200 and "text/html" in answer.headers.get("Content-Type", ""):
                    for form in forms(path, answer.content, self.chance):
                        self.forms.setdefault(form.path, []).append(form)

    def send(self, path: str) -> None:
        """A form that a page showed to somebody, sent by everybody."""
        for actor in self.actors:
            self.ask(actor, "POST", path, dict(self.chance.choice(self.forms[path]).said))

    def send_blindly(self, address: Address) -> None:
        for actor in self.actors:
            for path in named(address, self.chance, times=TIMES):
                if path not in self.forms:
                    self.ask(actor, "POST", path, BLIND)

    def call(self, address: Address) -> None:
        for actor in self.actors:
            for path in named(address, self.chance, times=TIMES + 1):
                body = json.dumps(said(address.body, self.chance)) if address.body else None
                answer = self.ask(actor, address.method, path, body)
                if not actor.is_in and answer.status_code not in {401, 415}:
                    self.wrong.append(f"{actor.name} {address.method} {path}: {answer.status_code}")

    def is_clean(self) -> bool:
        print("\n".join(self.wrong[:60]))
        return not self.wrong


@pytest.fixture
def walk(db: None) -> Iterator[Walk]:
    for forget in (cache.clear, Kept.forget):
        forget()
    yield Walk(gathered(SEED))
    cache.clear()


def _text(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{dict(answer.headers)} {body.decode('utf-8', 'replace')}"


@pytest.mark.slow
@pytest.mark.rule("R-055")
def test_nobody_reads_or_changes_on_any_page_what_is_not_theirs(walk: Walk) -> None:
    for address in pages():
        walk.look(address)
    for path in sorted(walk.forms):
        walk.send(path)
    for address in pages():
        walk.send_blindly(address)
    print(f"{walk.asked} requests, {len(walk.forms)} forms, {len(walk.changing)} of them changed something")
    assert walk.is_clean()
    assert len(walk.changing) > len(walk.forms) // 2, "most forms do something for those who may send them"


@pytest.mark.slow
@pytest.mark.rule("R-055")
def test_nobody_reads_or_changes_by_any_call_what_is_not_theirs(walk: Walk) -> None:
    for address in calls():
        walk.call(address)
    print(f"{walk.asked} calls, {len(walk.changing)} of them changed something")
    assert walk.is_clean()
    assert len(walk.changing) > len(calls()) // 3


@pytest.mark.rule("R-055")
def test_neither_search_nor_letters_nor_live_updates_tell_more(walk: Walk) -> None:
    marks = [walk.chance.choice(walk.crowd.marks[whose]) for whose in "aabbqqhmr"]
    for actor, mark, page in product(
        walk.actors, marks, ("/chamados", "/mesa/busca", "/mesa/busca.csv", "/api/v1/tickets")
    ):
        walk.ask(actor, "GET", f"{page}?q={mark}")
    readers = {person.pk: actor for actor in walk.actors if (person := actor.person)}
    for entry in Entry.objects.filter(subject__startswith="ticket:").order_by("pk"):
        for letter in notify.write_letters(entry):
            mail = message(letter, Ticket.objects.get(pk=letter.ticket_number))
            words = "".join(
                map(str, (mail.subject, mail.body, mail.alternatives, mail.extra_headers, mail.attachments))
            )
            if letter.person.pk in readers and (marks := readers[letter.person.pk].reads_too_much(words, "")):
                walk.wrong.append(f"the letter of {entry.name} to {letter.person}: {marks}")
    for actor, (number, company) in product(walk.actors, walk.companies.items()):
        session = actor.client.cookies.get(settings.SESSION_COOKIE_NAME)
        is_heard = bool(session and reader_of(session.value, ticket=number))
        if is_heard != (actor.is_in and actor.company in {0, company}):
            walk.wrong.append(f"{actor.name} hears of {number}")
    assert walk.is_clean()


def test_every_address_is_walked_with_things_that_exist(walk: Walk) -> None:
    strange = {address.path: unknown(address) for address in [*pages(), *calls()] if unknown(address)}
    assert not strange, "say in tests/walking.py what these are, or let tests/crowd.py have one of them"
