"""Refusals: what the business says no to, with a reason and a way forward.

>>> class DoorShut(Refusal):
...     code = "door.shut"
...     message = gettext_noop("A porta fechou às {hour}.")
>>> str(DoorShut(hour="19h"))
'A porta fechou às 19h.'
"""

from __future__ import annotations


def gettext_noop(text: str) -> str:
    """Mark `text` (pt-BR) for translation; the door that shows it translates."""
    return text


class Refusal(Exception):
    """The request is understood and declined by a rule of the house.

    A refusal is an answer, not a crash: every surface shows it in its own
    voice (a page, a problem+json body, a telephone prompt) from these fields.
    """

    code = "refused"
    rule = ""
    status = 409
    message = gettext_noop("Não foi possível concluir.")
    remedy = ""
    retry_after = 0  # seconds after which the same may be granted, if waiting helps

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message.format(**facts))


class FieldsRefused(Refusal):
    """What was sent is understood but wrong; `errors` names each field and says why."""

    code = "fields.refused"
    status = 422
    message = gettext_noop("Há campos para corrigir.")
    remedy = gettext_noop("Corrija os campos indicados e envie de novo.")

    def __init__(self, errors: dict[str, list[str]], **facts: object) -> None:
        self.errors = errors
        super().__init__(**facts)
