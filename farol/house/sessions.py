"""Django's sessions in the database, read by a statement that is compiled once: every page begins with it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from farol.statements.compiled import Statement


def _kept(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


KEPT = Statement(_kept, key=str, now=datetime)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        """The session, if there is one and it has not expired; without it the key is worth nothing."""
        if self.session_key and (found := KEPT.first(key=self.session_key, now=timezone.now())):
            return found
        self._session_key = None
        return None
