"""What may be wrong with a proof of who one is, in the person's words."""

from __future__ import annotations

from farol.kernel.errors import Refusal, gettext_noop


class ProofRefused(Refusal):
    """A proof that does not hold."""

    code = "sign_in.proof_refused"
    status = 422


class PasswordWrong(ProofRefused):
    code = "sign_in.password_wrong"
    message = gettext_noop("Esta não é a sua senha atual.")
    remedy = gettext_noop("Confira maiúsculas e o teclado, e tente de novo.")


class CodeWrong(ProofRefused):
    code = "sign_in.code_wrong"
    message = gettext_noop("Este código não confere.")
    remedy = gettext_noop("Digite os seis números que o aplicativo mostra agora para o Farol.")


class CodeUsed(ProofRefused):
    code = "sign_in.code_used"
    message = gettext_noop("Este código já foi usado.")
    remedy = gettext_noop("Espere o aplicativo mostrar o próximo, em até 30 segundos.")


class TelephoneClockWrong(ProofRefused):
    """The code is right for another moment: the telephone's clock is off, and ours is not what its owner can set."""

    code = "sign_in.clock_wrong"
    message = gettext_noop("O código é de outro horário: o relógio do seu telefone difere {seconds} s do nosso.")
    remedy = gettext_noop("Acerte o relógio do telefone (hora automática) e digite o código novo.")


class KeyRefused(ProofRefused):
    code = "sign_in.key_refused"
    message = gettext_noop("Esta chave de acesso não foi aceita.")
    remedy = gettext_noop("Tente de novo, ou entre com e-mail e senha.")


class KeyTooLate(KeyRefused):
    code = "sign_in.key_too_late"
    message = gettext_noop("O pedido da chave de acesso venceu ou já foi usado.")


class KeyCopied(KeyRefused):
    code = "sign_in.key_copied"
    message = gettext_noop("Esta chave de acesso parece ter sido copiada, e não vale mais.")
    remedy = gettext_noop("Entre com e-mail e senha, retire a chave em Segurança da conta e fale com a Assessoria.")
