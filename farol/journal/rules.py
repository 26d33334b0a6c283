"""What the journal refuses: one idempotency key serves one request.

>>> str(KeyReused())
'Esta chave de idempotência já serviu a outro pedido.'
"""

from __future__ import annotations

from farol.kernel.errors import Refusal, gettext_noop


class KeyReused(Refusal):
    """The key came again with another path or body."""

    code = "idempotency.key_reused"
    message = gettext_noop("Esta chave de idempotência já serviu a outro pedido.")
    remedy = gettext_noop("Use uma chave nova para cada pedido; repita a mesma só para repetir o mesmo pedido.")
