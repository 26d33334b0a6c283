"""Recordings: what they are called, how long they are kept, and which calls must have one (R-091, R-241).

>>> name_for("1732449600.17", "2026-11-24")
'20261124-1732449600-17'
>>> call_in("20261124-1732449600-17.wav")
'1732449600.17'
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum

from farol.kernel.errors import Refusal, gettext_noop

NAME = re.compile(r"[0-9]{8}-(?P<call>[0-9]{1,12}-[0-9]{1,8})(\.[a-z0-9]{2,5})?")
SUFFIXES = (".wav", ".mp3", ".ogg", ".gsm")
SUPPORT_DAYS, CONSULTING_DAYS = 90, 5 * 365 + 2
"""Days that a recording is kept: ninety, or five years when the call is charged for (R-238)."""
LATE_AFTER = timedelta(hours=24)
"""A mandatory recording that has not arrived by then is somebody's task."""


class Obligation(StrEnum):
    NONE = "none"
    OPTIONAL = "optional"
    MANDATORY = "mandatory"


class RecordingState(StrEnum):
    AWAITED = "awaited"
    ARRIVED = "arrived"
    MISSING = "missing"  # it never came
    EXPIRED = "expired"  # deleted at the end of its days; the hash stays


class RecordingNotThere(Refusal):
    code = "phone.recording_not_there"
    status = 404
    message = gettext_noop("A gravação desta ligação não está disponível.")
    remedy = gettext_noop("Ela pode não ter chegado ainda, ou já ter passado do prazo de guarda.")


class ListeningForbidden(Refusal):
    """Listening needs a reason of one's own: the ticket's, or that of whoever manages."""

    code = "phone.listening_forbidden"
    rule = "R-092"
    status = 403
    message = gettext_noop("Só quem cuida do chamado ou a gestão ouve esta gravação.")
    remedy = gettext_noop("Peça a uma pessoa da gestão.")


class NotTheirRecording(Refusal):
    """A recording is delivered to whom it belongs, and to nobody else."""

    code = "phone.not_their_recording"
    rule = "R-092"
    status = 409
    message = gettext_noop("Esta ligação não é de {name}.")
    remedy = gettext_noop("Confira a identidade de quem pede e a ligação escolhida.")


def obligation(queue: str, *, is_refused: bool = False) -> Obligation:
    """Consulting must be recorded; support goes on unrecorded if the caller refuses (R-091, R-241).

    >>> obligation("consultoria-folha", is_refused=True), obligation("suporte-folha", is_refused=True)
    (<Obligation.MANDATORY: 'mandatory'>, <Obligation.NONE: 'none'>)
    """
    if queue.startswith("consultoria"):
        return Obligation.MANDATORY
    return Obligation.NONE if is_refused else Obligation.OPTIONAL


def name_for(call: str, day: str) -> str:
    """The file's name, without its suffix; asked of the switchboard before the call is recorded."""
    return f"{day.replace('-', '')}-{call.replace('.', '-')}"


def call_in(file_name: str) -> str:
    """The call that a file of this name is the recording of; none if it is no such name."""
    found = NAME.fullmatch(file_name)
    return found["call"].replace("-", ".") if found else ""


def kept_until(ended_at: datetime, queue: str) -> datetime:
    """The instant after which it is deleted (R-238)."""
    days = CONSULTING_DAYS if obligation(queue) is Obligation.MANDATORY else SUPPORT_DAYS
    return ended_at + timedelta(days=days)
