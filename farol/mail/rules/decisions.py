"""What becomes of a mail, and why, in words for the staff.

>>> NAMES[Decision.SET_ASIDE], WORDS[Why.CLOSED]
('Separado', 'O chamado já estava encerrado.')
"""

from __future__ import annotations

from enum import StrEnum

from farol.kernel.errors import Refusal, gettext_noop


class Decision(StrEnum):
    WAITING = "waiting"  # kept, not sorted yet
    JOINED = "joined"
    OPENED = "opened"
    ANSWERED = "answered"
    SET_ASIDE = "set_aside"
    STOPPED = "stopped"
    BOUNCED = "bounced"
    DISCARDED = "discarded"


CLOSED_CASES = frozenset({Decision.JOINED, Decision.OPENED, Decision.DISCARDED})
"""Nobody has to look at these any more: the words stand in a ticket, or somebody said that they need not."""

OPEN_CASES = frozenset({Decision.SET_ASIDE, Decision.WAITING})
"""What waits for a person."""

NAMES: dict[Decision, str] = {
    Decision.WAITING: gettext_noop("Na fila"),
    Decision.JOINED: gettext_noop("Juntado ao chamado"),
    Decision.OPENED: gettext_noop("Abriu chamado"),
    Decision.ANSWERED: gettext_noop("Respondido"),
    Decision.SET_ASIDE: gettext_noop("Separado"),
    Decision.STOPPED: gettext_noop("Barrado"),
    Decision.BOUNCED: gettext_noop("Carta devolvida"),
    Decision.DISCARDED: gettext_noop("Descartado"),
}


class MailDecided(Refusal):
    """Somebody was faster."""

    code = "mail.decided"
    message = gettext_noop("Este e-mail já foi resolvido por {name}.")
    remedy = gettext_noop("Nada mais a fazer nele.")


class Why(StrEnum):
    REPLY = "reply"
    NEW = "new"
    BY_HAND = "by_hand"
    CLOSED = "closed"
    NOT_ADMITTED = "not_admitted"
    CHOOSE_PRODUCT = "choose_product"
    REFUSED = "refused"
    UNKNOWN_SENDER = "unknown_sender"
    NO_SENDER = "no_sender"
    NOT_THEIRS = "not_theirs"
    STAFF_UNPROVEN = "staff_unproven"
    STAFF_OPENS = "staff_opens"
    FORGED = "forged"
    UNREADABLE = "unreadable"
    AUTOMATIC = "automatic"
    BULK = "bulk"
    SUPPRESSED = "suppressed"
    NULL_PATH = "null_path"
    OWN = "own"
    MAILER = "mailer"
    TOO_MANY = "too_many"
    UNDELIVERED = "undelivered"
    UNPROVEN = "unproven"
    DISCARDED = "discarded"


WORDS: dict[Why, str] = {
    Why.REPLY: gettext_noop("Resposta a uma carta do chamado."),
    Why.NEW: gettext_noop("Primeira mensagem de um contato conhecido."),
    Why.BY_HAND: gettext_noop("Juntado por alguém da equipe."),
    Why.CLOSED: gettext_noop("O chamado já estava encerrado."),
    Why.NOT_ADMITTED: gettext_noop("O cliente não pode abrir chamados agora."),
    Why.CHOOSE_PRODUCT: gettext_noop("Falta escolher o produto: o rascunho espera no portal."),
    Why.REFUSED: gettext_noop("O chamado não aceitou a mensagem."),
    Why.UNKNOWN_SENDER: gettext_noop("Ninguém cadastrado tem este endereço."),
    Why.NO_SENDER: gettext_noop("Não diz quem escreveu."),
    Why.NOT_THEIRS: gettext_noop("Quem escreveu não pode ver este chamado."),
    Why.STAFF_UNPROVEN: gettext_noop("Diz vir da equipe, sem o endereço de resposta que só ela recebeu."),
    Why.STAFF_OPENS: gettext_noop("A equipe abre chamados na mesa, não por e-mail."),
    Why.FORGED: gettext_noop("O servidor de e-mail não confirmou o remetente."),
    Why.UNREADABLE: gettext_noop("O conteúdo não pôde ser lido; o original está guardado."),
    Why.AUTOMATIC: gettext_noop("Resposta automática de um programa."),
    Why.BULK: gettext_noop("Mensagem de lista ou em massa."),
    Why.SUPPRESSED: gettext_noop("O remetente pede que nada lhe responda."),
    Why.NULL_PATH: gettext_noop("Sem caminho de volta: veio de um servidor."),
    Why.OWN: gettext_noop("Veio do nosso próprio endereço."),
    Why.MAILER: gettext_noop("Veio de um endereço de máquina."),
    Why.TOO_MANY: gettext_noop("Mensagens demais do mesmo endereço em uma hora."),
    Why.UNPROVEN: gettext_noop("Diz que uma carta nossa voltou, sem prova: a carta continua como entregue."),
    Why.UNDELIVERED: gettext_noop("Aviso de que uma carta nossa não foi entregue."),
    Why.DISCARDED: gettext_noop("Descartado por alguém da equipe."),
}
