"""How severe a problem is, and why (R-065; section 6).

>>> grade = severity_of(Impact(Usability.SEVERE, Workaround.MANUAL))
>>> grade.severity
<Severity.HIGH: 'high'>
>>> grade.reasons
(<Reason.SEVERE: 'severe'>, <Reason.MANUAL_WORKAROUND: 'manual_workaround'>)
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from farol.kernel.errors import Refusal, gettext_noop
from farol.tickets.rules import scheme


class Severity(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """1 for the most severe, as the guide numbers them (p. 14)."""
        return RANKS[self]


RANKS = {Severity.CRITICAL: 1, Severity.HIGH: 2, Severity.MEDIUM: 3, Severity.LOW: 4}


class Kind(StrEnum):
    QUESTION = "question"
    NONCONFORMITY = "nonconformity"
    ADMINISTRATIVE = "administrative"


class Usability(StrEnum):
    UNUSABLE = "unusable"
    SEVERE = "severe"
    MINOR = "minor"
    COSMETIC = "cosmetic"


class Workaround(StrEnum):
    YES = "yes"
    MANUAL = "manual"
    NO = "no"


class Corruption(StrEnum):
    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    CORRUPTION = "corruption"
    STOPPED = "stopped"
    UNUSABLE = "unusable"
    SEVERE = "severe"
    MANUAL_WORKAROUND = "manual_workaround"
    MINOR = "minor"
    COSMETIC = "cosmetic"
    CORRUPTION_UNKNOWN = "corruption_unknown"
    RECLASSIFIED = "reclassified"
    UNANSWERED = "unanswered"


WORDS: dict[Reason, str] = {
    Reason.CORRUPTION: gettext_noop("Dados foram perdidos ou ficaram errados."),
    Reason.STOPPED: gettext_noop("Operação crítica parada, sem jeito de contornar."),
    Reason.UNUSABLE: gettext_noop("A função não pode ser usada."),
    Reason.SEVERE: gettext_noop("Função com muita restrição."),
    Reason.MANUAL_WORKAROUND: gettext_noop("O único contorno é manual."),
    Reason.MINOR: gettext_noop("Pequena restrição: atrapalha, mas a tarefa sai."),
    Reason.COSMETIC: gettext_noop("Detalhe de texto, tela ou navegação."),
    Reason.CORRUPTION_UNKNOWN: gettext_noop("Ainda não se sabe se há dado errado: vamos conferir."),
    Reason.RECLASSIFIED: gettext_noop("Reclassificada pela equipe."),
    Reason.UNANSWERED: gettext_noop("As perguntas sobre o impacto ainda não foram respondidas."),
}


class ContestPending(Refusal):
    """One contest at a time: the team answers it first (R-065)."""

    code = "severity.contest_pending"
    rule = "R-065"
    message = gettext_noop("A equipe já está revendo a severidade deste chamado.")
    remedy = gettext_noop("Aguarde a resposta, ou acrescente o que falta em uma mensagem.")


@dataclass(frozen=True, slots=True)
class Impact:
    """The customer's four answers."""

    usability: Usability
    workaround: Workaround
    critical_operation: bool = False
    data_corruption: Corruption = Corruption.NO
    is_unanswered: bool = False  # nobody was asked yet: the answers above are none


UNANSWERED = Impact(Usability.MINOR, Workaround.YES, is_unanswered=True)
"""The impact of a problem told by mail, until the customer answers the questions."""


class ImpactAnswered(Refusal):
    """The questions were answered, or an analyst has classified the ticket since: their word stands (R-065)."""

    code = "ticket.impact_answered"
    rule = "R-065"
    message = gettext_noop("As perguntas deste chamado já foram respondidas.")
    remedy = gettext_noop("Se o impacto mudou, escreva no chamado e a equipe reclassifica.")


@dataclass(frozen=True, slots=True)
class Grade:
    severity: Severity
    reasons: tuple[Reason, ...]


def severity_of(impact: Impact, *, version: int = scheme.CURRENT) -> Grade:
    """The severity that the answers give by that version of the table, with the reasons that decided it (R-065)."""
    if impact.is_unanswered:
        return Grade(Severity.MEDIUM, (Reason.UNANSWERED,))
    row = scheme.decided(version, asdict(impact))
    return Grade(Severity(row.severity), tuple(map(Reason, row.reasons)))


def graded(impact: Impact) -> dict[str, object]:
    """The answers as a ticket keeps them, with the version of the table that graded them."""
    return {**asdict(impact), "scheme": scheme.CURRENT}
