"""How tickets are tied to each other, and what ties refuse.

A tie has a direction: the duplicate goes into the ticket that stays, the child
hangs from its parent. Each end calls it by a word of its own.

>>> word(Tie.DUPLICATE, is_source=True), word(Tie.DUPLICATE, is_source=False)
('merged_into', 'merged_from')
>>> refuse_circle(7, [3, 1])
>>> refuse_circle(1, [3, 1])
Traceback (most recent call last):
farol.tickets.rules.ties.TiedInCircle: Estes chamados já estão ligados no sentido contrário.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from farol.kernel.errors import Refusal, gettext_noop


class Tie(StrEnum):
    RELATED = "related"
    DUPLICATE = "duplicate"  # of what was merged, into what stays
    SPLIT = "split"  # of what was split off, from its parent
    PARENT = "parent"  # of a child, to its parent


WORDS = {
    Tie.RELATED: ("related", "related"),
    Tie.DUPLICATE: ("merged_into", "merged_from"),
    Tie.SPLIT: ("split_from", "split_into"),
    Tie.PARENT: ("child_of", "parent_of"),
}
"""What the source says of the tie, and what its target says."""

ANSWERS = frozenset(
    f"ticket.{name}"
    for name in (
        "replied", "information_asked", "quote_sent", "authorization_asked", "solution_sent",
        "accepted", "rejected", "approved", "declined", "postponed",
    )
)  # fmt: skip
"""What one side says to the other. A note or a change of hands is no answer."""


class TiedToItself(Refusal):
    code = "ticket.tied_to_itself"
    message = gettext_noop("Um chamado não se liga a ele mesmo.")
    remedy = gettext_noop("Confira o número do outro chamado.")


class TiedInCircle(Refusal):
    """Whoever follows the ties upwards must arrive somewhere."""

    code = "ticket.tied_in_circle"
    message = gettext_noop("Estes chamados já estão ligados no sentido contrário.")
    remedy = gettext_noop("Desfaça a ligação que existe, ou relacione os dois sem que um venha do outro.")


class OfAnotherCustomer(Refusal):
    """What one company wrote is nobody else's to read."""

    code = "ticket.of_another_customer"
    message = gettext_noop("O chamado {number} é de outra empresa.")
    remedy = gettext_noop("Só se ligam chamados da mesma empresa. Para citar um caso parecido, use uma nota interna.")


class AlreadyTied(Refusal):
    code = "ticket.already_tied"
    message = gettext_noop("Estes chamados já estão ligados.")
    remedy = gettext_noop("A ligação aparece ao lado da conversa.")


class HasAParent(Refusal):
    code = "ticket.has_a_parent"
    message = gettext_noop("Este chamado já faz parte do chamado {number}.")
    remedy = gettext_noop("Desfaça essa ligação antes de fazer outra.")


class TargetClosed(Refusal):
    """The conversation goes on in the ticket that stays; a closed one could not be answered."""

    code = "ticket.target_closed"
    message = gettext_noop("O chamado {number} está encerrado e não recebe outro.")
    remedy = gettext_noop("Una os dois a um chamado aberto, ou apenas relacione.")


class NotTied(Refusal):
    code = "ticket.not_tied"
    message = gettext_noop("Esta ligação não existe mais.")
    remedy = gettext_noop("Atualize a página e veja a situação atual.")


class AnsweredSince(Refusal):
    """What was said after tickets became one was said to both; it belongs to neither alone."""

    code = "ticket.answered_since"
    message = gettext_noop("Alguém já respondeu no chamado {number} depois disso.")
    remedy = gettext_noop("Para tratar um dos assuntos em separado, divida o chamado.")


class MovedOn(Refusal):
    """Later changes are undone first."""

    code = "ticket.moved_on"
    message = gettext_noop("O chamado {number} foi encerrado ou unido a outro depois disso.")
    remedy = gettext_noop("Se foi unido, desfaça primeiro essa união. Se foi encerrado, continue em um chamado novo.")


class MergedElsewhere(Refusal):
    """A merged ticket is not continued in a new one: it goes on in the one that stays."""

    code = "ticket.merged_elsewhere"
    message = gettext_noop("Este chamado foi unido ao chamado {number}.")
    remedy = gettext_noop("Continue a conversa no chamado {number}.")


def word(tie: Tie, *, is_source: bool) -> str:
    return WORDS[tie][0 if is_source else 1]


def refuse_circle(source: int, above: Iterable[int]) -> None:
    """Raise TiedInCircle if `source` stands among those `above` the ticket it is to hang from."""
    if source in above:
        raise TiedInCircle
