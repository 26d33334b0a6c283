"""Mails as they come from a mail program, and the letter box at work in one process."""

from __future__ import annotations

from email.message import EmailMessage
from itertools import count

from farol.mail import actions
from farol.mail.models import Received
from farol.notify import answerable
from farol.notify.answerable import Answerable
from farol.people.models import Person
from tests.world import at

NOW = at("2026-11-23 11:00")
_numbers = count(1)


def mail(
    sender: Person | str, text: str = "Segue o XML.", *, to: str = "suporte@farol.example", **headers: str
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender if isinstance(sender, str) else f"{sender.name} <{sender.email}>"
    message["To"] = to
    message["Subject"] = headers.pop("Subject", "Re: Chamado")
    message["Message-ID"] = f"<{next(_numbers)}@mua.example>"
    message["Date"] = "Mon, 23 Nov 2026 10:59:00 -0300"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def reply_to(ticket: int, person: Person) -> str:
    """The address that the letters of this ticket ask this person to answer to."""
    return answerable.address(Answerable(ticket, person.pk))


def taken(message: EmailMessage | bytes, **envelope: object) -> Received:
    """Kept and sorted."""
    raw = message if isinstance(message, bytes) else message.as_bytes()
    kept = actions.receive(raw, source=Received.Source.PIPE, now=NOW, **envelope)  # type: ignore[arg-type]
    return actions.sort_mail(kept.pk, now=NOW)
