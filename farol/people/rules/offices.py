"""Offices of the regions: one for each state (R-096).

>>> StateServed(state="SC", name="Unidade Sul").facts
{'state': 'SC', 'name': 'Unidade Sul'}
"""

from __future__ import annotations

from farol.kernel.errors import Refusal, gettext_noop


class OfficesForManagers(Refusal):
    code = "office.managers_only"
    status = 403
    message = gettext_noop("Só a gestão muda as regionais.")
    remedy = gettext_noop("Peça a uma pessoa da gestão que faça a mudança.")


class StateServed(Refusal):
    """Of two offices for one state nobody knows which is meant."""

    code = "office.state_served"
    rule = "R-096"
    message = gettext_noop("{state} já é atendido por {name}.")
    remedy = gettext_noop("Tire o estado da outra regional antes.")
