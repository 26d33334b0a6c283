"""A choice that explains itself: the bold answer and a line under it, for option cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Choice:
    """The label of one option in a form's `choices`.

    >>> str(Choice("Dá, com pequena restrição", "Atrapalha, mas a tarefa sai."))
    'Dá, com pequena restrição'
    """

    label: str | StrPromise
    hint: str | StrPromise = ""

    def __str__(self) -> str:
        return str(self.label)
