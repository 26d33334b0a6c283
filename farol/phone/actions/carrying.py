"""A call that a carrier asks about turn by turn: held while it goes on, and each document kept for repetition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from farol.phone.actions.writing import Snapshot, write_down
from farol.phone.models import Answer, Call


@dataclass(frozen=True, slots=True)
class Carried:
    """`turns` documents have been given."""

    call: Call
    turns: int

    def keep(self, snapshot: Snapshot, number: int, document: str) -> None:
        """The call is where the snapshot says, and this is what is answered to that request."""
        write_down([snapshot])
        Answer.objects.create(call=self.call, number=number, document=document)


@contextmanager
def carry(door: str, key: str, *, begins: bool, begun: Mapping[str, object]) -> Iterator[Carried | None]:
    """The call that the carrier calls so, held until the turn is taken; `begins` makes it. None when there is none.

    Of two requests at the same time the second waits here for the first.
    """
    with transaction.atomic():
        known = Call.objects.filter(door=door, key=key).order_by("-id").first()
        if known is None and begins:
            known, _ = Call.objects.get_or_create(door=door, key=key, ended_at=None, defaults=begun)
        if known is None:
            yield None
            return
        call = Call.objects.select_for_update(of=("self",)).get(pk=known.pk)
        yield Carried(call, Answer.objects.filter(call=call).count())
