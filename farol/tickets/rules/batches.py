"""Doing one thing to many tickets: how many, and what is said when it cannot be begun or taken back.

>>> str(NothingChosen())
'Selecione ao menos um chamado.'
"""

from __future__ import annotations

from farol.kernel.errors import Refusal, gettext_noop

MOST = 500
TAKEN_BACK = gettext_noop("Ação em lote desfeita.")


class NothingChosen(Refusal):
    code = "batch.nothing_chosen"
    status = 422
    message = gettext_noop("Selecione ao menos um chamado.")


class TooManyChosen(Refusal):
    code = "batch.too_many"
    status = 422
    message = gettext_noop("São chamados demais de uma vez: o limite é {most}.")
    remedy = gettext_noop("Faça em mais de uma vez.")


class BatchNotFound(Refusal):
    code = "batch.not_found"
    status = 404
    message = gettext_noop("Esta ação em lote não existe, ou é de outra pessoa.")


class BatchStillRuns(Refusal):
    code = "batch.still_runs"
    message = gettext_noop("A ação ainda está em andamento.")
    remedy = gettext_noop("Espere terminar para desfazer.")
