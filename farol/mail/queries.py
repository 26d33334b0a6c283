"""Questions about the mail that came in."""

from __future__ import annotations

from datetime import timedelta

from farol.files import queries as files
from farol.files.models import Attachment
from farol.mail.models import Received
from farol.statements.literal import Literal
from farol.tickets import queries as tickets

HOUR = timedelta(hours=1)
MERGES = 100


def for_people(*, is_whole: bool, before: int = 0, limit: int) -> list[Received]:
    """The mails that wait for a person, or all; the newest first, beginning before `before`."""
    mails = Received.objects.order_by("-id")
    mails = mails if is_whole else mails.filter(decision__in=[Literal("set_aside"), Literal("waiting")])
    return list((mails.filter(pk__lt=before) if before else mails)[:limit])


def mail(mail_id: int) -> Received | None:
    return Received.objects.select_related("person", "decided_by").filter(pk=mail_id).first()


def goes_on_in(number: int) -> int:
    """The ticket itself, or the one that it was merged into, however often."""
    for _ in range(MERGES):
        made = tickets.merge_of(number)
        if made is None:
            break
        number = made.target_id
    return number


def original_of(mail: Received) -> Attachment:
    """The mail as it came."""
    return files.attached_to(f"mail:{mail.pk}").get()


def content_of(mail: Received) -> bytes:
    with original_of(mail).content.open("rb") as file:
        return bytes(file.read())


def came_within_the_hour(mail: Received) -> int:
    """How many mails the same address had sent in the hour up to this one."""
    return Received.objects.filter(
        sender=mail.sender, received_at__gt=mail.received_at - HOUR, received_at__lte=mail.received_at, pk__lt=mail.pk
    ).count()
