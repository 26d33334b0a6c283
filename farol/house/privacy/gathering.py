"""A person's data, gathered from every room into one archive (LGPD, art. 18; R-239)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet

from farol.audit.models import Record
from farol.files.models import Attachment
from farol.journal.models import Entry
from farol.mail.models import Received
from farol.notify.models import Letter
from farol.people.models import Passkey, Person, Session, Token
from farol.survey.models import Survey
from farol.tickets.models import Draft, Ticket, Unsent, WorkEntry

FILES_AT_MOST = 200 * 1024 * 1024
"""Bytes of attachments that go along; what is over stands in the list with its digest."""
ABOUT = "Dados pessoais de {name}, reunidos em {at}. Cada arquivo .json é uma lista; os anexos estão em anexos/.\n"


def archive(person: Person, *, now: datetime) -> tuple[bytes, dict[str, int]]:
    """The archive, and how many lines each part of it has. Nothing of others: no notes of the staff, no their words."""
    lines: dict[str, list[dict[str, Any]]] = {name: list(rows) for name, rows in _parts(person)}
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as packed:
        packed.writestr("LEIA-ME.txt", ABOUT.format(name=person.name, at=now.date().isoformat()))
        for name, rows in lines.items():
            packed.writestr(f"{name}.json", json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        _add_files(packed, person)
    return made.getvalue(), {name: len(rows) for name, rows in lines.items()}


def _parts(person: Person) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    by = Q(actor_id=person.pk)
    mine = Entry.objects.filter(by)
    told: dict[str, tuple[QuerySet[Any], tuple[str, ...]]] = {
        "pessoa": (
            Person.objects.filter(pk=person.pk),
            ("name", "email", "title", "cpf", "language", "services", "organization__name", "created_at", "is_active"),
        ),
        "sessoes": (Session.objects.filter(person=person), ("began_at", "seen_at", "address", "agent")),
        "chaves": (Passkey.objects.filter(person=person), ("name",)),
        "tokens": (Token.objects.filter(person=person), ("name", "scopes", "created_at", "expires_at", "revoked_at")),
        "chamados": (
            Ticket.objects.filter(contact=person),
            ("id", "subject", "description", "state", "severity", "opened_at", "closed_at"),
        ),
        "mensagens": (
            mine if person.is_staff_member else mine.filter(is_internal=False),
            ("subject", "name", "body", "channel", "happened_at"),
        ),
        "anexos": (Attachment.objects.filter(uploaded_by=person.pk), ("id", "name", "size", "sha256", "uploaded_at")),
        "rascunhos": (Draft.objects.filter(person=person, ticket=None), ("answers", "updated_at")),
        "nao_enviadas": (Unsent.objects.filter(person=person), ("ticket_id", "body", "saved_at")),
        "apontamentos": (WorkEntry.objects.filter(analyst=person), ("ticket_id", "started_at", "minutes", "activity")),
        "pesquisas": (Survey.objects.filter(contact=person), ("ticket_id", "score", "comment", "answered_at")),
        "cartas": (Letter.objects.filter(person=person), ("subject", "kind", "address", "composed_at", "sent_at")),
        "emails": (
            Received.objects.filter(Q(person=person) | Q(sender=person.email)),
            ("sender", "subject", "received_at", "ticket_id"),
        ),
        "trilha": (
            Record.objects.filter(by | Q(subject=f"person:{person.pk}")),
            ("name", "subject", "address", "happened_at"),
        ),
    }
    for name, (rows, fields) in told.items():
        yield name, rows.order_by("pk").values(*fields).iterator(chunk_size=1_000)


def _add_files(packed: ZipFile, person: Person) -> None:
    left = FILES_AT_MOST
    for file in Attachment.objects.filter(uploaded_by=person.pk, is_internal=False).order_by("pk").iterator():
        left -= file.size
        if left < 0:
            return
        with file.content.open("rb") as content, packed.open(f"anexos/{file.pk}-{_plain(file.name)}", "w") as kept:
            for chunk in content.chunks():
                kept.write(chunk)


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in name)[-80:]
