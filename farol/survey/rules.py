"""Who is asked how the solution was, what can be answered, and what the answers come to (section 16).

>>> is_asked(Severity.LOW, is_wanted=True, severities=[])
True
>>> is_asked(Severity.LOW, is_wanted=True, severities=["critical", "high"])
False
>>> Tally({5: 3, 1: 1}, asked=8).average
4.0
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop
from farol.tickets.rules.severity import Severity

SCORES: dict[int, str] = {
    5: gettext_noop("Muito boa"),
    4: gettext_noop("Boa"),
    3: gettext_noop("Regular"),
    2: gettext_noop("Ruim"),
    1: gettext_noop("Muito ruim"),
}
DAYS_OPEN = 60
"""Days in which a question can be answered: the 45 of the longest acceptance, and two weeks more."""
BEST, LOW = 5, 2
"""With a score of LOW or less somebody should talk to the customer (R-163)."""
MAX_COMMENT = 2_000


class SurveyNotFound(Refusal):
    """The link is not one of ours or was cut on its way, or nobody was asked."""

    code = "survey.not_found"
    status = 404
    message = gettext_noop("Não encontramos esta pesquisa.")
    remedy = gettext_noop("Confira se o endereço veio inteiro do e-mail.")


class SurveyExpired(Refusal):
    """What was thought of a solution weeks ago helps nobody any more."""

    code = "survey.expired"
    status = 410
    message = gettext_noop("O prazo para responder a esta pesquisa terminou em {day:%d/%m/%Y}.")
    remedy = gettext_noop("Para contar como foi, escreva no chamado ou abra um novo.")


class SurveyReplaced(Refusal):
    """A newer solution is asked about instead (R-161)."""

    code = "survey.replaced"
    rule = "R-161"
    message = gettext_noop("Esta solução foi substituída por outra, e a pesquisa também.")
    remedy = gettext_noop("Responda à que veio com a solução mais nova.")


class SurveyAnswered(Refusal):
    """One answer for each ticket (R-161)."""

    code = "survey.answered"
    rule = "R-161"
    message = gettext_noop("Esta pesquisa já foi respondida com a nota {score}.")
    remedy = gettext_noop("Se mudou de ideia, escreva no chamado: a equipe lê.")


def is_asked(severity: Severity, *, is_wanted: bool, severities: Collection[str]) -> bool:
    """Whoever wants to be asked is, about these severities, or about all when none is named (R-160)."""
    return is_wanted and (not severities or severity in severities)


def checked(score: int | None, comment: str) -> tuple[int, str]:
    """The answer as it is kept. Raises FieldsRefused."""
    comment = comment.strip()
    errors = {}
    if score not in SCORES:
        errors["score"] = [gettext_noop("Escolha uma nota de 1 a 5.")]
    if len(comment) > MAX_COMMENT:
        errors["comment"] = [gettext_noop("O comentário passa de 2.000 caracteres.")]
    if errors or score is None:
        raise FieldsRefused(errors)
    return score, comment


@dataclass(frozen=True, slots=True)
class Tally:
    """How many gave each score, of how many who were asked."""

    scores: Mapping[int, int] = field(default_factory=dict)
    asked: int = 0

    @property
    def answered(self) -> int:
        return sum(self.scores.values())

    @property
    def average(self) -> float | None:
        """None as long as nobody answered."""
        total = sum(score * count for score, count in self.scores.items())
        return total / self.answered if self.answered else None

    def share(self, score: int) -> float:
        return self.scores.get(score, 0) / self.answered if self.answered else 0.0

    def __add__(self, other: Tally) -> Tally:
        together = {score: self.scores.get(score, 0) + other.scores.get(score, 0) for score in SCORES}
        return Tally(together, self.asked + other.asked)
