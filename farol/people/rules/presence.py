"""Whether a member of the staff takes calls now, and if not, why.

>>> Presence("available"), PauseReason("lunch").words
(<Presence.AVAILABLE: 'available'>, 'Almoço')
"""

from __future__ import annotations

from enum import StrEnum

from farol.kernel.errors import Refusal, gettext_noop


class Presence(StrEnum):
    OFF = "off"
    AVAILABLE = "available"
    PAUSED = "paused"


class PauseReason(StrEnum):
    BREAK = "break"
    LUNCH = "lunch"
    MEETING = "meeting"
    TRAINING = "training"
    WRITING = "writing"  # what the last call left to be written down

    @property
    def words(self) -> str:
        """Marked for translation; whoever shows it translates."""
        return WORDS[self]


WORDS: dict[PauseReason, str] = {
    PauseReason.BREAK: gettext_noop("Intervalo"),
    PauseReason.LUNCH: gettext_noop("Almoço"),
    PauseReason.MEETING: gettext_noop("Reunião"),
    PauseReason.TRAINING: gettext_noop("Treinamento"),
    PauseReason.WRITING: gettext_noop("Registro do atendimento"),
}


class ExtensionTaken(Refusal):
    code = "people.extension_taken"
    message = gettext_noop("O ramal {extension} já é de {name}.")
    remedy = gettext_noop("Confira o número do ramal.")
