"""What a link between tickets is called, and how the history tells of it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

WORDS = {
    "continues": gettext_noop("Continua o chamado"),
    "continued_by": gettext_noop("Continua no chamado"),
    "related": gettext_noop("Relacionado ao chamado"),
    "merged_into": gettext_noop("Unido ao chamado"),
    "merged_from": gettext_noop("Reúne o chamado"),
    "split_from": gettext_noop("Separado do chamado"),
    "split_into": gettext_noop("Outro assunto no chamado"),
    "child_of": gettext_noop("Parte do chamado"),
    "parent_of": gettext_noop("Inclui o chamado"),
}
TOLD = {
    "merged": ("link", gettext_noop("{name} uniu este chamado ao chamado {number}")),
    "absorbed": ("link", gettext_noop("{name} uniu o chamado {number} a este")),
    "unmerged": ("retry", gettext_noop("{name} desfez a união com o chamado {number} · o prazo corre como antes")),
    "released": ("retry", gettext_noop("{name} desfez a união com o chamado {number}")),
    "linked": ("link", gettext_noop("{name} ligou os chamados · {tie} {number}")),
    "unlinked": ("retry", gettext_noop("{name} desfez a ligação com o chamado {number}")),
    "split": ("branch", gettext_noop("{name} dividiu o chamado · o outro assunto está no chamado {number}")),
    "split_off": ("branch", gettext_noop("{name} separou este assunto do chamado {number}")),
}


def word(kind: str) -> str:
    """What the other ticket is to this one, before its number."""
    return _(WORDS[kind])


def told(name: str, *, by: str, number: int, kind: str, reason: str) -> tuple[str, str]:
    """A glyph and a sentence for what became of a link."""
    glyph, text = TOLD[name]
    said = _(text).format(name=by, number=number, tie=word(kind).lower())
    return glyph, f"{said}: {reason}" if reason else said
