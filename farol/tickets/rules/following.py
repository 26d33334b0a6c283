"""Calling a colleague by name, and hearing of a ticket that is not one's own.

>>> staff = [Nameable(1, "Rafael Tanaka", "rafael.tanaka"), Nameable(2, "Jussara Lima", "jussara")]
>>> called_in("@Rafael, viu o XML? Copio @jussara.", staff)
(1, 2)
>>> called_in("Escreva para compras@rafael.example", staff)
()
>>> called_in("@rafael", [*staff, Nameable(3, "Rafael Souza", "rsouza")])
()
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from farol.kernel.errors import Refusal, gettext_noop

MOST_WATCHERS = 30
MOST_CALLED = 20
"""People whom one message calls; whoever is named after them is not told."""
CALL = re.compile(r"(?<![\w@.])@(?=\w)")


@dataclass(frozen=True, slots=True)
class Nameable:
    """A colleague, as one may write them: full name, the first one if nobody shares it, or the mailbox."""

    pk: int
    name: str
    mailbox: str


class NotAmongYours(Refusal):
    """Only whoever may read a ticket is told of it."""

    code = "ticket.watcher_not_found"
    status = 422
    message = gettext_noop("Esta pessoa não pode acompanhar o chamado.")
    remedy = gettext_noop("Escolha alguém da equipe ou um contato da empresa do chamado.")


class TooManyWatchers(Refusal):
    code = "ticket.too_many_watchers"
    message = gettext_noop("Pessoas demais acompanham este chamado: o limite é {most}.")
    remedy = gettext_noop("Retire alguém antes de incluir outra pessoa.")


def called_in(text: str, staff: Iterable[Nameable]) -> tuple[int, ...]:
    """Whom the text calls, in its order, each once; a name that several answer to calls nobody."""
    names = _names(staff)
    plain = _plain(text)
    found: dict[int, None] = {}
    for call in CALL.finditer(plain):
        said = plain[call.end() :]
        for name, pk in names:
            if said.startswith(name) and not said[len(name) :][:1].isalnum():
                found[pk] = None
                break
    return tuple(found)[:MOST_CALLED]


def _names(staff: Iterable[Nameable]) -> list[tuple[str, int]]:
    """Every way to write one of them that means nobody else, the longest first."""
    ways = Counter[str]()
    owners: dict[str, int] = {}
    for person in staff:
        for way in {_plain(person.name), _plain(person.name).split(" ", 1)[0], _plain(person.mailbox)}:
            ways[way] += 1
            owners[way] = person.pk
    return sorted(((way, owners[way]) for way, count in ways.items() if way and count == 1), key=lambda at: -len(at[0]))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
