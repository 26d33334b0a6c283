"""Tickets half written: kept as they are typed, and sent once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from farol.files import actions as files
from farol.files import queries as attached
from farol.files.models import Attachment
from farol.kernel.actor import Actor
from farol.tickets.models import Draft, Ticket

FILES = "attachments"


@transaction.atomic
def save_draft(draft_id: int | None, *, by: Actor, answers: Mapping[str, object], now: datetime) -> Draft:
    """What was typed so far is kept, and found again on another day; what was sent stays as it was sent."""
    draft = hold_draft(draft_id, by=by)
    if draft is None:
        return Draft.objects.create(person_id=by.person_id, answers=dict(answers), updated_at=now)
    if draft.ticket_id is None:
        draft.answers = {**draft.answers, **answers}
        draft.updated_at = now
        draft.save(update_fields=["answers", "updated_at"])
    return draft


@transaction.atomic
def attach_to_draft(draft_id: int, file_id: int, *, by: Actor) -> None:
    """A file of the person's tray goes along when the draft is sent."""
    _rewrite_files(draft_id, by, lambda ids: [*(known for known in ids if known != file_id), file_id])


@transaction.atomic
def detach_from_draft(draft_id: int, file_id: int, *, by: Actor) -> None:
    """The file does not go along, and is gone from the tray."""
    _rewrite_files(draft_id, by, lambda ids: [known for known in ids if known != file_id])
    for file in attached.attached_to(by.subject).filter(pk=file_id):
        files.drop(file)


@transaction.atomic
def discard_draft(draft_id: int, *, by: Actor) -> None:
    """The draft is gone, with the files that only it had."""
    draft = hold_draft(draft_id, by=by)
    if draft is None or draft.ticket_id:
        return
    for file in attached.attached_to(by.subject).filter(pk__in=draft.answers.get(FILES, [])):
        files.drop(file)
    draft.delete()


@transaction.atomic
def sweep_file(file: Attachment, *, before: datetime) -> int:
    """A file that was left in a tray is gone, also from the drafts abandoned with it; answers its bytes.

    None are gone when a draft that somebody wrote in since then has it, or when it
    was given to a ticket meanwhile. Whatever else stood in an abandoned draft stays.
    """
    drafts = Draft.objects.select_for_update().filter(ticket=None, answers__attachments__contains=[file.pk])
    drafts = drafts.filter(person_id=int(file.subject.partition(":")[2]))
    naming = list(drafts)
    if any(draft.updated_at >= before for draft in naming) or (held := files.hold_in_tray(file.pk)) is None:
        return 0
    for draft in naming:
        draft.answers[FILES] = [known for known in draft.answers[FILES] if known != file.pk]
        draft.save(update_fields=["answers"])
    files.drop(held)
    return held.size


def hold_draft(draft_id: int | None, *, by: Actor) -> Draft | None:
    """The person's draft, held until the transaction ends."""
    if not draft_id:
        return None
    held = Draft.objects.select_for_update(of=("self",)).select_related("ticket")
    return held.filter(pk=draft_id, person_id=by.person_id).first()


def sent_as(draft: Draft, ticket: Ticket) -> None:
    """The draft has become this ticket; sending it again leads there."""
    draft.ticket = ticket
    draft.save(update_fields=["ticket"])


def _rewrite_files(draft_id: int, by: Actor, change: Callable[[list[int]], list[int]]) -> None:
    draft = hold_draft(draft_id, by=by)
    if draft and draft.ticket_id is None:
        draft.answers = {**draft.answers, FILES: change(draft.answers.get(FILES, []))}
        draft.save(update_fields=["answers"])
