"""Two companies, each with a full life at the desk, and whoever might try to look at it.

Every word that matters carries a mark: `za…x` is the first company's, `zb…x` the other's, `zq…x` the staff's own,
`zh…x` the managers', `zm…x` and `zr…x` one person's who has not sent it yet.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core.files.base import ContentFile
from fido2.cose import CoseKey
from fido2.webauthn import Aaguid, AttestedCredentialData

from farol.audit.models.privacy import Hold, Incident, Request
from farol.audit.rules.privacy import Wish
from farol.automation import actions as automation
from farol.automation.rules.matching import Event, Mode
from farol.billing.models import Agreement, Title, TitleSheet
from farol.catalog import actions as catalog
from farol.files import actions as files
from farol.hours import actions as hours
from farol.hours import queries as calendars
from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.mail import actions as mail
from farol.mail.models import Received
from farol.people import actions as people
from farol.people.models import AccessRequest, Organization, Passkey, Person
from farol.phone.models import Call, CallBack
from farol.playbook import actions as playbook
from farol.survey import actions as surveys
from farol.tickets import actions
from farol.tickets.models import Ticket
from farol.tickets.queries import Subject
from farol.tickets.rules.environment import Asker
from farol.tickets.rules.severity import Kind
from farol.tickets.rules.tasks import TaskKind
from farol.tickets.rules.windows import Asked, day_of
from tests.world import LOW, PASSWORD, World, build

MARK = re.compile(r"z([abhmqr])\d{6}x")


@dataclass
class Crowd:
    world: World
    chance: random.Random
    caio: Person
    gone: Person
    now: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(days=2))
    marks: dict[str, list[str]] = field(default_factory=dict)

    def mark(self, whose: str) -> str:
        word = f"z{whose}{self.chance.randrange(10**6):06}x"
        self.marks.setdefault(whose, []).append(word)
        return word

    def file(self, person: Person, whose: str) -> int:
        upload = ContentFile(f"texto {self.mark(whose)}".encode(), name=f"{self.mark(whose)}.txt")
        return files.keep(f"person:{person.pk}", upload, by=self.world.by(person)).pk

    def later(self) -> datetime:
        self.now += timedelta(minutes=self.chance.randrange(5, 30))
        return self.now

    @property
    def actors(self) -> dict[str, tuple[Person | None, str]]:
        """Who, and whose marks they may read."""
        world = self.world
        return {
            "nobody": (None, ""),
            "gone": (self.gone, ""),
            "marina": (world.marina, "am"),
            "joao": (world.joao, "a"),
            "bruno": (world.bruno, "b"),
            "rafael": (world.rafael, "abqr"),
            "caio": (self.caio, "abq"),
            "teresa": (world.teresa, "abqh"),
        }


def gathered(seed: int) -> Crowd:
    world = build()
    caio = people.hire(
        name="Caio Melo", email="caio@farol.example", role="analyst", areas=[world.factory], password=PASSWORD
    )
    gone = people.register_contact(
        name="Saiu Daqui", email="saiu@serraazul.example", organization=world.serra_azul, password=PASSWORD
    )
    crowd = Crowd(world, random.Random(seed), caio, gone)
    for person, whose in ((world.marina, "a"), (world.bruno, "b")):
        _live(crowd, person, whose)
    _hold_keys(crowd)
    _keep_unsent(crowd)
    _manage(crowd)
    _ring(crowd)
    _owe(crowd)
    _keep_private(crowd)
    for entry in Entry.objects.order_by("pk"):
        assert not deliver(entry)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    return crowd


def _live(crowd: Crowd, contact: Person, whose: str) -> None:
    """A ticket in each state that its people meet, all said by this company or to it."""
    world, company = crowd.world, contact.organization
    assert company
    marked = {"city": crowd.mark(whose), "legal_name": crowd.mark(whose)}
    Organization.objects.filter(pk=company.pk).update(**marked)
    surveys.prefer(contact, is_wanted=True, severities=[])
    customer, staff = world.by(contact), world.by(world.rafael)

    def opened() -> Ticket:
        ticket = actions.open_ticket(
            Subject(world.product, world.module, None), contact=contact, kind=Kind.QUESTION, impact=LOW, by=customer,
            subject=crowd.mark(whose), description=f"Descrição: {crowd.mark(whose)}, como sempre.", now=crowd.later(),
        )  # fmt: skip
        actions.reply(
            ticket.pk, body=crowd.mark(whose), attachments=[crowd.file(contact, whose)], by=customer, now=crowd.later()
        )
        internal = [crowd.file(world.rafael, "q")]
        actions.note(ticket.pk, body=crowd.mark("q"), attachments=internal, by=staff, now=crowd.later())
        return ticket

    talked, asked, quoted, charged, solved, billed, merged, split = (opened().pk for _ in range(8))
    _work(crowd, talked)
    actions.raise_task(talked, kind=TaskKind.RULE, source=f"x:{talked}", now=crowd.later(), words=crowd.mark("q"))
    actions.ask_customer(asked, body=crowd.mark(whose), by=staff, now=crowd.later())
    offer = [crowd.file(world.rafael, whose)]
    actions.ask_customer(
        quoted, body=crowd.mark(whose), asked=Asked.QUOTE, attachments=offer, by=staff, now=crowd.later()
    )
    _look_inside(crowd, charged, whose, contact)
    actions.ask_authorization(charged, body=crowd.mark(whose), by=staff, now=crowd.later())
    actions.send_solution(solved, body=crowd.mark(whose), by=staff, now=crowd.later())
    _charge(crowd, billed, whose, contact)
    actions.link_ticket(talked, to=asked, by=staff, now=crowd.later())
    actions.merge_ticket(merged, into=talked, by=staff, now=crowd.later())
    said = list(Entry.objects.filter(subject=f"ticket:{split}", name="ticket.opened").values_list("pk", flat=True))
    actions.split_ticket(
        split, subject=crowd.mark(whose), description=f"Outro assunto {crowd.mark(whose)}", entries=said, by=staff,
        now=crowd.later(),
    )  # fmt: skip
    mail.receive(_letter(crowd, contact, whose), source=Received.Source.PIPE, now=crowd.later())


def _work(crowd: Crowd, number: int) -> None:
    staff = crowd.world.by(crowd.world.rafael)
    for is_kept in (True, False):
        end = crowd.later()
        entry = actions.log_work(
            number, started_at=end - timedelta(minutes=4), ended_at=end, activity=crowd.mark("q"), is_billable=False,
            reason=crowd.mark("q"), by=staff, now=end,
        )  # fmt: skip
        if not is_kept:
            actions.withdraw_work(number, entry.pk, why=crowd.mark("q"), by=staff, now=crowd.later())


def _look_inside(crowd: Crowd, number: int, whose: str, contact: Person) -> None:
    """The customer's database was looked at and copied, from a distance."""
    world, staff = crowd.world, crowd.world.by(crowd.world.rafael)
    soon = day_of(crowd.now) + timedelta(days=9)
    actions.record_attempt(number, steps=crowd.mark(whose), reproduced=False, by=staff, now=crowd.later())
    actions.ask_database(
        number, body=crowd.mark(whose), scope=crowd.mark(whose), valid_until=soon, by=staff, now=crowd.later()
    )
    actions.approve(number, by=world.by(contact), now=crowd.later())
    actions.copy_database(number, name=crowd.mark(whose), expires_on=soon, by=staff, now=crowd.later())
    tool = catalog.define_tool(code="ponte", name="Ponte")
    end = crowd.later()
    actions.log_session(
        number,
        tool=tool,
        asked_by=Asker.CUSTOMER,
        started_at=end - timedelta(minutes=4),
        ended_at=end,
        by=staff,
        now=end,
    )


def _charge(crowd: Crowd, number: int, whose: str, contact: Person) -> None:
    """Worked for money, accepted, and an opinion given."""
    staff, customer = crowd.world.by(crowd.world.rafael), crowd.world.by(contact)
    actions.ask_authorization(number, body=crowd.mark(whose), by=staff, now=crowd.later())
    actions.approve(number, by=customer, now=crowd.later())
    start = crowd.now
    end = crowd.later()
    actions.log_work(
        number, started_at=start, ended_at=end, activity=crowd.mark(whose), is_billable=True, by=staff, now=end
    )
    actions.send_solution(number, body=crowd.mark(whose), by=staff, now=crowd.later())
    actions.accept_solution(number, by=customer, now=crowd.later())


def _letter(crowd: Crowd, contact: Person, whose: str) -> bytes:
    lines = [
        f"From: {contact.email}", "To: suporte@farol.example", f"Message-ID: <{crowd.mark(whose)}@mail.example>",
        f"Subject: {crowd.mark(whose)}", "", f"Bom dia, {crowd.mark(whose)}.",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


def _hold_keys(crowd: Crowd) -> None:
    """Everybody has a passkey."""
    public = CoseKey.parse({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    for person in Person.objects.all():
        name = f"k{person.pk}"
        kept = AttestedCredentialData.create(Aaguid.NONE, name.encode(), public)
        Passkey.objects.create(person=person, credential_id=name, credential=bytes(kept), name="Chave")


def _keep_unsent(crowd: Crowd) -> None:
    """What somebody has written and not sent, and files that hang on nothing yet."""
    world = crowd.world
    number = Ticket.objects.filter(organization=world.serra_azul).order_by("pk")[0].pk
    for person, whose in ((world.marina, "m"), (world.rafael, "r")):
        actions.keep_words(number, body=crowd.mark(whose), by=world.by(person), now=crowd.later())
        crowd.file(person, whose)
    answers = {"product": world.product.pk, "subject": crowd.mark("m"), "description": crowd.mark("m")}
    actions.drafts.save_draft(None, by=world.by(world.marina), answers=answers, now=crowd.later())
    actions.save_view(name=crowd.mark("r"), query="q=nota", area=None, by=world.by(world.rafael), now=crowd.later())


def _ring(crowd: Crowd) -> None:
    """A call of the first company's that waits, and one that nobody answered."""
    world, now, number = crowd.world, crowd.later(), Ticket.objects.order_by("pk")[0].pk
    facts = {"door": Call.Door.AGI, "organization": world.serra_azul, "person": world.marina, "area": world.fiscal}
    Call.objects.create(**facts, key=crowd.mark("q"), state=Call.State.QUEUED, started_at=crowd.later())
    missed = Call.objects.create(**facts, key=crowd.mark("q"), state=Call.State.ENDED, started_at=now, ended_at=now)
    CallBack.objects.create(call=missed, ticket_id=number, why=CallBack.Why.ABANDONED, raised_at=crowd.later())


def _owe(crowd: Crowd) -> None:
    """Bills that are not due yet, an agreement, and a file that somebody looks at."""
    world, now = crowd.world, crowd.later()
    owed = {"organization": world.serra_azul, "known_on": day_of(now), "amount_cents": 100}
    agreement = Agreement.objects.create(
        organization=world.serra_azul,
        signed_at=now,
        valid_until=day_of(now) + timedelta(days=30),
        terms=crowd.mark("q"),
    )
    Title.objects.create(**owed, number="NF 1", due_on=day_of(now) + timedelta(days=300))
    Title.objects.create(**owed, number="NF 2", due_on=day_of(now) + timedelta(days=300), agreement=agreement)
    TitleSheet.objects.create(name=crowd.mark("q"), rows=[], bad=[], brought_by=world.teresa, brought_at=now)


def _keep_private(crowd: Crowd) -> None:
    """Somebody who wants to come in, somebody who asks what is known of them, a hold and an incident."""
    world, now = crowd.world, crowd.later()
    AccessRequest.objects.create(
        organization=world.serra_azul, name="Ivo", email="ivo@serraazul.example", asked_at=now,
        state=AccessRequest.State.CONFIRMED,
    )  # fmt: skip
    Request.objects.create(
        wish=Wish.ACCESS, person_id=world.marina.pk, email=world.marina.email, received_at=now, due_on=day_of(now)
    )
    Hold.objects.create(
        subject=f"person:{world.joao.pk}", reason=crowd.mark("h"), placed_at=now, placed_by=world.teresa.pk
    )
    Incident.objects.create(
        title=crowd.mark("h"), words=crowd.mark("h"), known_at=now, tell_by=day_of(now), complete_by=day_of(now)
    )


def _manage(crowd: Crowd) -> None:
    """What managers and teams have written down for themselves."""
    world, boss = crowd.world, crowd.world.by(crowd.world.teresa)
    automation.write_rule(
        None, name=crowd.mark("h"), event=Event.SURVEYED, mode=Mode.REHEARSAL, conditions={"severity": ["critical"]},
        effects={"severity": "low"}, by=boss, now=crowd.later(),
    )  # fmt: skip
    hook = automation.write_hook(
        None, name=crowd.mark("h"), url=f"https://recebe.example/{crowd.mark('h')}", events=[Event.CANCELLED],
        is_active=True, by=boss, now=crowd.later(),
    )  # fmt: skip
    automation.try_hook(hook.pk, by=boss, now=crowd.later())
    playbook.write_answer(
        None, area=world.fiscal, title=crowd.mark("q"), text=crowd.mark("q"), by=boss, now=crowd.later()
    )
    number = Ticket.objects.filter(closed_at=None, paused_at=None).order_by("pk")[0].pk
    macro = playbook.write_macro(
        None, area=world.fiscal, title=crowd.mark("q"), steps={"note": crowd.mark("q")}, by=boss, now=crowd.later()
    )
    playbook.run_macro(macro.pk, number, facts={}, by=world.by(world.rafael), now=crowd.later())
    today = day_of(datetime.now(UTC))
    roster = hours.draft_roster(
        name=crowd.mark("q"), calendar=calendars.calendar_named("support_tech_07_19"), first_day=today,
        last_day=today + timedelta(days=1), by=boss, now=crowd.later(),
    )  # fmt: skip
    start = datetime.now(UTC)
    hours.add_shift(
        roster.pk, person=world.rafael, starts_at=start, ends_at=start + timedelta(hours=2), by=boss, now=crowd.later()
    )
    numbers = Ticket.objects.filter(closed_at=None).values_list("pk", "last_entry_id")[:2]
    actions.batches.assign_many(list(numbers), to=world.jussara, by=world.by(world.rafael), now=crowd.later())
