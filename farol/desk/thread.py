"""A ticket's journal as a conversation: what was said stands in boxes, what happened in one sentence each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from farol.desk.door import Visit
from farol.files.models import Attachment
from farol.journal.models import Entry
from farol.people import queries as people
from farol.people.queries import Named
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket
from farol.tickets.queries import Record
from farol.ui import events
from farol.ui.prose import prose
from farol.ui.talk import File, Item, Said, Told
from farol.worktime.schedule import Schedule


def conversation(
    ticket: Ticket, record: Record, schedule: Schedule, visit: Visit, *, seen: int | None = None
) -> list[Item]:
    """Everything that happened to the ticket, oldest first; what came after the entry `seen` is marked as new.

    What is read along from other tickets stands among it by its instant.
    """
    attached = tickets.own_attachments(ticket, by=visit.by)
    items = list(Tale(ticket, schedule, visit, record.entries, attached, seen).items())
    for chapter in record.chapters:
        hours = tickets.schedule_of(chapter.ticket)
        tale = Tale(chapter.ticket, hours, visit, chapter.entries, chapter.attachments, seen, is_chapter=True)
        items += tale.items()
    return sorted(items, key=lambda item: (item.at, item.id)) if record.chapters else items


class Tale:
    """What is at hand while one ticket's entries are put into words."""

    def __init__(
        self,
        ticket: Ticket,
        schedule: Schedule,
        visit: Visit,
        entries: list[Entry],
        attached: Iterable[Attachment],
        seen: int | None,
        *,
        is_chapter: bool = False,
    ) -> None:
        self.of = ticket.pk if is_chapter else 0
        self.ticket, self.schedule, self.visit, self.entries, self.seen = ticket, schedule, visit, entries, seen
        self.people = _who(ticket, visit, entries)
        self.files: dict[int | None, list[File]] = defaultdict(list)
        for file in attached:
            self.files[file.entry_id].append(File.of(file, reverse("desk:file", args=[file.pk])))

    def items(self) -> Iterator[Item]:
        for entry in self.entries:
            is_opening = entry.name == "ticket.opened"
            happened = [
                Told(entry.pk, entry.happened_at, glyph, _by_rule(entry, text), self.is_new(entry), of=self.of)
                for glyph, text in events.of(self, entry)
            ]
            if is_opening:
                yield from happened
                yield self.first_words(entry)
                continue
            if entry.body and not events.tells_its_words(entry):
                yield self.said(entry, entry.body)
            yield from happened

    def said(self, entry: Entry, body: str) -> Said:
        doing = events.doing(entry)
        role = _by_rule(entry, "" if entry.is_internal else " · ".join(filter(None, (self.role(entry), doing))))
        return Said(
            entry.pk, entry.happened_at, self.name(entry), role, prose(body), self.files[entry.pk],
            is_internal=entry.is_internal, is_new=self.is_new(entry), of=self.of,
        )  # fmt: skip

    def first_words(self, entry: Entry) -> Said:
        """The description is the contact's, whoever typed it."""
        ticket = self.ticket
        role = _("cliente · {channel}").format(channel=events.channel_word(entry.channel))
        if entry.actor_id != ticket.contact_id:
            role += " · " + _("registrado por {name}").format(name=self.name(entry))
        return Said(
            entry.pk, entry.happened_at, ticket.contact.name, role, prose(ticket.description),
            self.files[entry.pk], is_new=self.is_new(entry), of=self.of,
        )  # fmt: skip

    def is_new(self, entry: Entry) -> bool:
        return self.seen is not None and entry.pk > self.seen and entry.actor_id != self.visit.by.person_id

    def name(self, entry: Entry) -> str:
        person = self.people.get(entry.actor_id or 0)
        behind = self.people.get(entry.facts.get("behind", 0))
        name = person.name if person else "Farol"
        return _("{person} por {contact}").format(person=behind.name, contact=name) if behind else name

    @property
    def language(self) -> str:
        return self.visit.language

    @property
    def now(self) -> datetime:
        return self.visit.now

    def role(self, entry: Entry) -> str:
        """Whom the staff speaks to; from where a customer speaks."""
        person = self.people.get(entry.actor_id or 0)
        if person and person.is_staff_member:
            return _("para {name}").format(name=self.ticket.contact.first_name)
        return _("cliente · {channel}").format(channel=events.channel_word(entry.channel))


def _by_rule(entry: Entry, text: str) -> str:
    """Which rule did it; only the staff is told."""
    name = entry.facts.get("rule")
    return " · ".join(filter(None, (text, _("regra “{name}”").format(name=name)))) if name else text


def _who(ticket: Ticket, visit: Visit, entries: list[Entry]) -> dict[int, Named]:
    """Those who act in the history; most tickets are between people that are at hand already."""
    at_hand = (ticket.contact, visit.person, ticket.assignee)
    ids = [number for entry in entries for number in (entry.actor_id, entry.facts.get("behind"))]
    return people.people_named(ids, at_hand=at_hand)
