"""Finding what a call names, or saying which field names nothing."""

from __future__ import annotations

from typing import Annotated, TypeVar

from ninja import Path, Status

from farol.api import answers, asked, shapes, validation
from farol.api.callers import Caller, Request
from farol.catalog import queries as catalog
from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop
from farol.tickets import queries
from farol.tickets.models import Ticket
from farol.tickets.queries import Subject
from farol.tickets.rules.opening import TicketNotFound

Number = Annotated[int, Path(ge=0)]
Thing = TypeVar("Thing")
FOR_WHOM = gettext_noop("Diga para qual cliente é.")
UNKNOWN = gettext_noop("Não existe, ou não está ao seu alcance.")


def ticket(number: int, caller: Caller) -> Ticket:
    """Raises TicketNotFound, for somebody else's ticket too."""
    found = queries.ticket(number, by=caller.by)
    if found is None:
        raise TicketNotFound
    return found


def required(field: str, thing: Thing | None) -> Thing:
    """Raises FieldsRefused naming the field that names nothing."""
    if thing is None:
        raise FieldsRefused({field: [UNKNOWN]})
    return thing


def subject(product: int, module: int | None, version: int | None = None) -> Subject:
    part = catalog.module(product, module) if module else None
    whole = part.product if part else required("product", catalog.product(product))
    return Subject(
        whole,
        required("module", part) if module else None,
        required("version", catalog.version(product, version)) if version else None,
    )


def refuse_unknown(request: Request, wanted: type[asked.Page]) -> None:
    """A filter misspelt must not let everything through. Raises FieldsRefused."""
    if unknown := request.GET.keys() - wanted.model_fields.keys():
        raise FieldsRefused({name: [validation.WORDS["extra_forbidden"]] for name in sorted(unknown)})


def refuse_others(caller: Caller, *, organization: int | None, contact: int | None = None) -> None:
    """A contact asks for themselves: they may say so, but name nobody else. Raises OthersRefused."""
    if organization not in {None, caller.person.organization_id} or contact not in {None, caller.person.pk}:
        raise OthersRefused


def changed(number: int, caller: Caller) -> Status[answers.Ticket]:
    """The ticket as it stands after a change."""
    return Status(201, shapes.ticket(ticket(number, caller), caller))


def seen(payload: asked.Change | None) -> int | None:
    """How far the caller has read the ticket that they change, if they say so."""
    return payload.seen if payload else None


class OthersRefused(Refusal):
    """Only the staff opens tickets for somebody else."""

    code = "request.others_refused"
    status = 403
    message = gettext_noop("Você só pode abrir chamados em seu próprio nome.")
    remedy = gettext_noop("Retire organization e contact: valem os do seu token.")
