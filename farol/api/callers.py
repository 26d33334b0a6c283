"""Who is calling: a token, its person, and what it may say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation
from ninja.security import HttpBearer

from farol.api.asked import Imported
from farol.kernel.actor import Actor, Channel
from farol.kernel.errors import Refusal, gettext_noop
from farol.people.actions.pacing import Tally
from farol.people.models import Person, Token
from farol.people.queries import actor_of, token_of
from farol.people.rules.pace import CALLS_OF_A_TOKEN, UNKNOWN_TOKENS, network_of

calls, unknown_tokens = Tally(CALLS_OF_A_TOKEN), Tally(UNKNOWN_TOKENS)


class ImportRefused(Refusal):
    """Only an importer says when something happened, and by which channel."""

    code = "token.import_scope_needed"
    status = 403
    message = gettext_noop("Só um token com o escopo import informa at ou channel.")
    remedy = gettext_noop("Retire esses campos, ou use um token de importação.")


@dataclass(frozen=True, slots=True)
class Caller:
    """A person at the API's door."""

    person: Person
    scopes: frozenset[str]
    address: str
    now: datetime

    @property
    def by(self) -> Actor:
        return actor_of(self.person, Channel.API, self.address)

    @property
    def is_staff(self) -> bool:
        return self.person.is_staff_member

    def acting(self, said: Imported | None) -> tuple[Actor, datetime]:
        """As whom and when: now and through the API, unless an importer says otherwise. Raises ImportRefused."""
        if said is None or (said.at is None and said.channel is None):
            return self.by, self.now
        if Token.IMPORT not in self.scopes:
            raise ImportRefused
        channel = Channel(said.channel) if said.channel else Channel.API
        return actor_of(self.person, channel, self.address), said.at or self.now


class Request(HttpRequest):
    """A request that has shown its token."""

    auth: Caller


class BearerToken(HttpBearer):
    """`Authorization: Bearer TOKEN`, as `farol token` gives it."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        now = timezone.now()
        found = token_of(token, now=now)
        if found is None:
            unknown_tokens.count(network_of(str(request.META.get("REMOTE_ADDR", ""))), now=now)
            return None
        calls.count(str(found.pk), now=now)
        if "Accept-Language" not in request.headers and found.person.language in dict(settings.LANGUAGES):
            translation.activate(found.person.language)
        return Caller(found.person, frozenset(found.scopes), str(request.META.get("REMOTE_ADDR", "")), now)
