"""People who sign in and read, first alone and then while others try passwords from a hundred addresses."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median, quantiles
from urllib.parse import urlencode

from django.db import connection

from farol.people import actions as people
from farol.people.models import Person

ADDRESSES = 100
ATTACKERS = 4
PASSWORD = "quatro palavras sem relação"
TARGET = 2.0
TABLES = ("people_pace", "people_mistakes", "people_session", "audit_record")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Result:
    """How long one thing took, in milliseconds, alone and during the attack; `ratio` is of the medians."""

    action: str
    alone_p50: float
    alone_p95: float
    under_p50: float
    under_p95: float

    @property
    def ratio(self) -> float:
        return self.under_p50 / self.alone_p50

    @property
    def is_met(self) -> bool:
        return self.ratio <= TARGET


@dataclass(slots=True)
class Attack:
    """What became of the wrong passwords."""

    answers: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    rows: dict[str, tuple[int, int]] = field(default_factory=dict)
    locked: int = 0


class Browser:
    """One address of this machine, its cookies, and the form that it sends again and again."""

    def __init__(self, port: int, address: str) -> None:
        self.port, self.address = port, address
        self.cookies: dict[str, str] = {}
        found = TOKEN.search(self.ask("GET", "/entrar")[1])
        self.token = found[1].decode() if found else ""

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, bytes]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(self.address, 0))
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, path, urlencode(fields) if fields else None, headers)
        answer = line.getresponse()
        body = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        line.close()
        return answer.status, body

    def enter(self, email: str, password: str) -> int:
        fields = {"email": email, "password": password, "csrfmiddlewaretoken": self.token}
        return self.ask("POST", "/entrar", fields)[0]


def people_at_hand() -> tuple[list[Person], list[Person]]:
    """Some who come in, and others whose passwords are tried."""
    company = people.register_organization(name="Serra Azul", legal_name="Serra Azul Ltda.", cnpj="12ABC34501DE35")
    return tuple(
        [
            people.register_contact(
                organization=company, name=f"{kind} {number}", email=f"{kind}{number}@x.example", password=PASSWORD
            )
            for number in range(count)
        ]
        for kind, count in (("calm", 4), ("tried", 20))
    )  # type: ignore[return-value]


def measured(
    port: int, calm: list[Person], tried: list[Person], *, tries: int, seconds: float
) -> tuple[list[Result], Attack]:
    alone = _visits(port, calm, seconds)
    attack = Attack()
    before = _rows()
    with _under_attack(port, tried, attack, tries=tries):
        under = _visits(port, calm, seconds)
    attack.rows = {name: (before[name], count) for name, count in _rows().items()}
    attack.locked = sum(Browser(port, "127.0.3.1").enter(person.email, PASSWORD) == 401 for person in tried)
    return [_result(action, alone[action], under[action]) for action in alone], attack


def _visits(port: int, calm: list[Person], seconds: float) -> dict[str, list[float]]:
    """Each comes in, reads two pages, goes out, and comes again: one after another."""
    took: dict[str, list[float]] = {"sign in": [], "read a page": []}
    until = time.monotonic() + seconds
    turn = 0
    while time.monotonic() < until:
        person = calm[turn % len(calm)]
        browser = Browser(port, f"127.0.2.{turn % len(calm) + 1}")
        turn += 1
        begun = time.perf_counter()
        if (status := browser.enter(person.email, PASSWORD)) != 302:
            raise RuntimeError(f"somebody who did nothing wrong was answered {status}")
        took["sign in"].append((time.perf_counter() - begun) * 1000)
        for _ in range(4):
            begun = time.perf_counter()
            if (status := browser.ask("GET", "/chamados")[0]) != 200:
                raise RuntimeError(f"somebody who is in was answered {status}")
            took["read a page"].append((time.perf_counter() - begun) * 1000)
    return took


@contextmanager
def _under_attack(port: int, tried: list[Person], attack: Attack, *, tries: int) -> Iterator[None]:
    """As fast as four threads can, until all were tried: half on known accounts, half on names that nobody has."""
    browsers = [Browser(port, f"127.0.1.{number + 1}") for number in range(ADDRESSES)]
    left, lock = iter(range(tries)), threading.Lock()

    def go() -> None:
        while True:
            with lock:
                number = next(left, None)
            if number is None:
                return
            email = tried[number % len(tried)].email if number % 2 else f"nobody{number}@x.example"
            status = browsers[number % ADDRESSES].enter(email, f"errada {number}")
            with lock:
                attack.answers[status] += 1

    begun = time.monotonic()
    threads = [threading.Thread(target=go, daemon=True) for _ in range(ATTACKERS)]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join()
    attack.seconds = time.monotonic() - begun


def _rows() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for name in TABLES:
            cursor.execute(f"SELECT count(*) FROM {name}")
            found[name] = int((cursor.fetchone() or [0])[0])
    return found


def _result(action: str, alone: list[float], under: list[float]) -> Result:
    return Result(action, median(alone), quantiles(alone, n=20)[-1], median(under), quantiles(under, n=20)[-1])
