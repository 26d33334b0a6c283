"""What a person of the staff must do because the house cannot: a task (pendência) of a ticket.

>>> TITLES[TaskKind.UNREACHED]
'O cliente não recebeu o aviso'
"""

from __future__ import annotations

from enum import StrEnum

from farol.kernel.errors import Refusal, gettext_noop


class TaskKind(StrEnum):
    UNREACHED = "unreached"  # silence is not consent when the reminder never arrived
    CONTESTED = "contested"  # the customer does not agree with the severity
    SURVEY = "survey"  # somebody is unhappy and should be spoken to
    COPY = "copy"  # of a customer's data, kept longer than agreed
    RECORDING = "recording"  # of a call: asked for, or missing
    RULE = "rule"  # a rule of the managers asks for it


TITLES: dict[TaskKind, str] = {
    TaskKind.UNREACHED: gettext_noop("O cliente não recebeu o aviso"),
    TaskKind.CONTESTED: gettext_noop("O cliente contesta a severidade"),
    TaskKind.SURVEY: gettext_noop("Avaliação ruim: falar com o cliente"),
    TaskKind.COPY: gettext_noop("Excluir a cópia da base do cliente"),
    TaskKind.RECORDING: gettext_noop("Gravação de uma ligação"),
    TaskKind.RULE: gettext_noop("Pedido de uma regra"),
}


class TaskDone(Refusal):
    """Somebody else was faster."""

    code = "task.done"
    message = gettext_noop("Esta pendência já foi concluída por {name}.")
    remedy = gettext_noop("Nada mais a fazer nela.")
