"""A ticket's history as the customer reads it: newest first, nothing internal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from farol.files.models import Attachment
from farol.journal.models import Entry
from farol.people import queries as people
from farol.people.models import Person
from farol.people.queries import Named
from farol.portal.door import Visit
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket
from farol.tickets.queries import Chapter
from farol.ui import events, talk
from farol.ui.prose import prose
from farol.ui.talk import File, Item, Said, Told
from farol.worktime.schedule import Schedule


class History:
    """One ticket's entries as pages show them."""

    def __init__(
        self,
        ticket: Ticket,
        entries: list[Entry],
        schedule: Schedule,
        visit: Visit,
        *,
        chapters: Sequence[Chapter] = (),
        of: int = 0,
        attached: Iterable[Attachment] | None = None,
    ) -> None:
        """Of the ticket itself with its `chapters`; or as one of them, named by the number it is `of`."""
        self.ticket, self.entries, self.schedule, self.visit = ticket, entries, schedule, visit
        self.of, self.chapters = of, chapters
        self.people = people.people_named(
            (entry.actor_id for entry in self.entries), at_hand=(ticket.contact, visit.person, ticket.assignee)
        )
        self.files = _by_entry(tickets.own_attachments(ticket, by=visit.by) if attached is None else attached)

    @property
    def now(self) -> datetime:
        return self.visit.now

    @property
    def language(self) -> str:
        return self.visit.language

    def name(self, entry: Entry) -> str:
        """Who did it; of the staff, what customers call them by."""
        person = self.people.get(entry.actor_id or 0)
        if person and person.pk == self.visit.person.pk:
            return _("Você")
        return person.name if person else "Farol"

    def entry(self, entry_id: int) -> Entry | None:
        return next((entry for entry in self.entries if entry.pk == entry_id), None)

    def items(self, *, beside: int = 0) -> list[Item]:
        """Newest first; the entry `beside` stands in a panel of its own and is not repeated."""
        items = [item for entry in reversed(self.entries) for item in self._of(entry, beside)]
        for chapter in self.chapters:
            schedule = tickets.schedule_of(chapter.ticket)
            history = History(
                chapter.ticket, chapter.entries, schedule, self.visit,
                of=chapter.ticket.pk, attached=chapter.attachments,
            )  # fmt: skip
            items += history.items()
        return sorted(items, key=lambda item: (item.at, item.id), reverse=True) if self.chapters else items

    def shown(self, *, beside: int = 0) -> SafeString:
        """The same as HTML."""
        return mark_safe("\n".join(map(self._shown, self.items(beside=beside))))

    def _shown(self, item: Item) -> str:
        now, language = self.now, self.language
        if isinstance(item, Told):
            return talk.event(at=item.at, glyph=item.glyph, text=item.text, of=item.of, now=now, language=language)
        return talk.message(
            at=item.at, author=item.author, shown_as=item.shown_as, role=item.role, body=item.body,
            files=item.files, of=item.of, avatar_size=36, now=now, language=language,
        )  # fmt: skip

    def _of(self, entry: Entry, beside: int) -> Iterator[Item]:
        for glyph, text in reversed(list(events.of(self, entry))):
            yield Told(entry.pk, entry.happened_at, glyph, text, of=self.of)
        if entry.name == "ticket.opened":
            yield self._said(entry, self.ticket.description, self.ticket.contact)
        elif entry.body and entry.pk != beside and not events.tells_its_words(entry):
            yield self._said(entry, entry.body, self.people.get(entry.actor_id or 0))

    def _said(self, entry: Entry, body: str, author: Person | Named | None) -> Said:
        is_own = author is not None and author.pk == self.visit.person.pk
        role = author.title if author and author.is_staff_member else ""
        return Said(
            entry.pk,
            entry.happened_at,
            author.name if author else "Farol",
            " · ".join(filter(None, (role, events.doing(entry)))),
            prose(body),
            self.files[entry.pk],
            shown_as=_("Você") if is_own else "",
            of=self.of,
        )


def _by_entry(attached: Iterable[Attachment]) -> dict[int | None, list[File]]:
    found: dict[int | None, list[File]] = defaultdict(list)
    for file in attached:
        found[file.entry_id].append(File.of(file, reverse("portal:file", args=[file.pk])))
    return found
