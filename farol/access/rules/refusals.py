"""What the gate says when it stays shut, and through which door to go on.

>>> str(NoActiveContract())
'Não há contrato ativo para abrir chamados.'
"""

from __future__ import annotations

from farol.kernel.errors import Refusal, gettext_noop


class NotAContact(Refusal):
    """Nobody the customer has registered, or no longer (R-021)."""

    code = "access.not_a_contact"
    rule = "R-021"
    status = 403
    message = gettext_noop("Não há um contato ativo com estes dados.")
    remedy = gettext_noop("Fale com a Assessoria para conferir o cadastro.")


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


class NoDatacenterContract(Refusal):
    """The people on call are there for those who have a contract for it (R-026, R-122)."""

    code = "access.no_datacenter_contract"
    rule = "R-122"
    status = 403
    message = gettext_noop("O seu contrato não inclui o Datacenter.")
    remedy = gettext_noop("Fale com o seu executivo de relacionamento para contratar o serviço.")


class CustomerInDebt(Refusal):
    """Opening, consulting and downloads wait until the debt is settled; the CST settles it (R-014, R-023).

    `action` and `organization` say what was turned away, for whoever counts it.
    """

    code = "access.customer_in_debt"
    rule = "R-014"
    status = 403
    message = gettext_noop("Há uma pendência financeira: chamados e downloads estão bloqueados.")
    remedy = gettext_noop("Fale com o CST. Um chamado administrativo continua aberto, e o acordo libera na hora.")


class ServiceNotReleased(Refusal):
    """Consulting is charged: only whom the administrator released it to may ask for it or agree to it (R-011)."""

    code = "access.service_not_released"
    rule = "R-011"
    status = 403
    message = gettext_noop("Você não tem liberação para consultoria, que é um serviço cobrado.")
    remedy = gettext_noop("Peça a liberação a quem administra os contatos da sua empresa.")


class SupportNotReleased(Refusal):
    """The administrator says who asks the support (R-011)."""

    code = "access.support_not_released"
    rule = "R-011"
    status = 403
    message = gettext_noop("Você não tem liberação para abrir chamados de suporte.")
    remedy = gettext_noop("Peça a liberação a quem administra os contatos da sua empresa.")


class CstNotReleased(Refusal):
    """The administrator says who speaks with the CST; they always may themselves (R-011, R-015)."""

    code = "access.cst_not_released"
    rule = "R-011"
    status = 403
    message = gettext_noop("Você não tem liberação para tratar com o CST.")
    remedy = gettext_noop("Peça a liberação a quem administra os contatos da sua empresa.")


class OmbudsmanNotReleased(Refusal):
    """In the portal; by telephone the Ouvidoria asks nobody who they are (R-011, R-023)."""

    code = "access.ombudsman_not_released"
    rule = "R-011"
    status = 403
    message = gettext_noop("Você não tem liberação para a Ouvidoria no portal.")
    remedy = gettext_noop("Peça a liberação a quem administra os contatos da sua empresa, ou ligue: opção 5.")


class DownloadsNotReleased(Refusal):
    """Updates change what the customer's company works with: the administrator says who fetches them (R-152)."""

    code = "access.downloads_not_released"
    rule = "R-152"
    status = 403
    message = gettext_noop("Você não tem liberação para baixar atualizações.")
    remedy = gettext_noop("Peça a liberação a quem administra os contatos da sua empresa.")


class PasswordTooOld(Refusal):
    """Consulting is charged: whoever may agree to it changes the password now and then (R-017)."""

    code = "access.password_too_old"
    rule = "R-017"
    status = 403
    message = gettext_noop("A sua senha passou da idade permitida para consultoria, que é um serviço cobrado.")
    remedy = gettext_noop("Troque a senha na página da sua conta e repita.")
