"""Django's sessions in a table that knows whose they are: every page begins with this one query."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from farol.people import queries as people
from farol.people.models import Person, Session
from farol.people.rules.visits import BEGAN, DOUBLE, VISIT

_came_along: ContextVar[Person | None] = ContextVar("came_along", default=None)


class SessionStore(db.SessionStore):
    seen_at: datetime | None = None
    """When the person was last seen with it; it came along with the session."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session: Session = super().create_model_instance(data)  # type: ignore[assignment]
        session.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        session.seen_at = timezone.now()
        session.began_at = datetime.fromtimestamp(data.get(BEGAN, session.seen_at.timestamp()), UTC)
        session.address, session.agent = data.get(VISIT, ("", ""))
        return session

    def _get_session_from_db(self) -> Session | None:
        """The session, if there is one and it has not expired; without it the key is worth nothing.

        A cookie may say anything; what cannot be a key is not asked for.
        """
        key = self.session_key or ""
        if key.isascii() and key.isalnum() and (found := _session(key)):
            _came_along.set(found.person)
            self.seen_at = found.seen_at
            return found
        self._session_key = None
        return None


def _session(key: str) -> Session | None:
    return people.session_of(key, now=timezone.now(), idle=settings.SESSION_IDLE, longest=settings.SESSION_LONGEST)


def lacks_second_factor(person: Person, session: Mapping[str, Any]) -> bool:
    """The operator wants two proofs of such a person, and this session has seen one."""
    wanted = settings.STAFF_SECOND_FACTOR if person.is_staff_member else settings.CONTACT_SECOND_FACTOR
    return wanted and not session.get(DOUBLE)


def person_of_session(person_id: int) -> Person | None:
    """The person who was read along with this request's session, given out once; or else read now."""
    person = _came_along.get()
    _came_along.set(None)
    if person is None or person.pk != person_id:
        return people.person_signed_in(person_id)
    return person if person.is_active else None
