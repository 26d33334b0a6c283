"""What the gate says when it stays shut.

>>> str(NoActiveContract())
'Não há contrato ativo para abrir chamados.'
"""

from __future__ import annotations

from farol.kernel.errors import Refusal, gettext_noop


class NoActiveContract(Refusal):
    """The customer has no contract in force (R-016)."""

    code = "access.no_active_contract"
    rule = "R-016"
    status = 403
    message = gettext_noop("Não há contrato ativo para abrir chamados.")
    remedy = gettext_noop("Fale com o seu executivo de relacionamento ou com a Assessoria.")


class ProductNotInContract(Refusal):
    """The customer has a contract, but not for this product (R-016)."""

    code = "access.product_not_in_contract"
    rule = "R-016"
    status = 403
    message = gettext_noop("O seu contrato não inclui {product}.")
    remedy = gettext_noop("Escolha um produto do seu contrato ou fale com o seu executivo de relacionamento.")


class ServiceNotReleased(Refusal):
    """Consulting is charged: only whom the administrator released it to may ask for it or agree to it (R-011)."""

    code = "access.service_not_released"
    rule = "R-011"
    status = 403
    message = gettext_noop("Você não tem liberação para consultoria, que é um serviço cobrado.")
    remedy = gettext_noop("Peça a liberação a quem administra os contatos da sua empresa.")
