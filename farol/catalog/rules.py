"""What the catalogue refuses.

>>> str(UnknownSeed(name="mar", known="horizonte"))
'Não existe o catálogo mar. Conhecidos: horizonte.'
"""

from __future__ import annotations

from farol.kernel.errors import Refusal, gettext_noop


class UnknownSeed(Refusal):
    code = "catalog.unknown_seed"
    status = 404
    message = gettext_noop("Não existe o catálogo {name}. Conhecidos: {known}.")
