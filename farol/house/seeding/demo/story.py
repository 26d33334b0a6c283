"""From a case to its moments: who did what when, so that the clock ends where the outline wants it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from farol.house.seeding.demo.diary import Diary
from farol.house.seeding.demo.library import Case
from farol.house.seeding.demo.moments import after, before
from farol.house.seeding.demo.words import Words
from farol.kernel.actor import Channel
from farol.tickets.rules.severity import Severity
from farol.worktime.schedule import Schedule

DAY = timedelta(days=1)


class Ending(StrEnum):
    """Where a story stands at its end."""

    QUEUED = "queued"
    ANALYSIS = "analysis"
    WITH_AREA = "with_area"
    QUESTION = "question"
    QUOTE = "quote"
    AUTHORIZATION = "authorization"
    SOLUTION = "solution"
    POSTPONED = "postponed"
    ACCEPTED = "accepted"
    SILENT = "silent"
    SILENT_POSTPONED = "silent_postponed"
    ABANDONED = "abandoned"
    REDIRECTED = "redirected"
    CANCELLED = "cancelled"
    DECLINED = "declined"


RUNNING = frozenset({Ending.QUEUED, Ending.ANALYSIS, Ending.WITH_AREA})
OPEN = RUNNING | {Ending.QUESTION, Ending.QUOTE, Ending.AUTHORIZATION, Ending.SOLUTION, Ending.POSTPONED}
SOLVED = frozenset({Ending.SOLUTION, Ending.POSTPONED, Ending.ACCEPTED, Ending.SILENT, Ending.SILENT_POSTPONED})


class Verb(StrEnum):
    OPEN = "open"
    ASSUME = "assume"
    REPLY = "reply"
    NOTE = "note"
    ASK = "ask"
    ANSWER = "answer"
    TRANSFER = "transfer"
    RECLASSIFY = "reclassify"
    WORK = "work"
    SOLVE = "solve"
    ACCEPT = "accept"
    REJECT = "reject"
    POSTPONE = "postpone"
    QUOTE = "quote"
    AUTHORIZE = "authorize"
    APPROVE = "approve"
    DECLINE = "decline"
    REDIRECT = "redirect"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that one person does; `who` is the short name of a member of the staff, or of a contact."""

    at: datetime
    verb: Verb
    who: str
    body: str = ""
    file: str = ""
    area: str = ""
    severity: Severity | None = None
    worked: tuple[datetime, datetime] | None = None
    is_billable: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """What a story is about and how it ends: `consumed` minutes of the clock run until `at`."""

    case: Case
    company: str
    contact: str
    agent: str
    ending: Ending
    at: datetime
    consumed: int
    home: str  # the area it was opened in
    subject: str
    answered_at: datetime | None = None
    pause: int = 0  # business minutes the customer took to answer a question
    refusal: int = 0  # business minutes the customer took to refuse the first solution
    area: str = ""
    helper: str = ""
    severity: Severity | None = None
    channel: Channel = Channel.PORTAL
    billed: bool = False
    work: tuple[int, ...] = ()
    continues: Outline | None = None


@dataclass(slots=True)
class Beat:
    """A moment without its instant: how long after the one before, in shares, and the pause that follows it."""

    weight: float
    verb: Verb
    who: str
    body: str = ""
    pause: int = 0
    details: dict[str, object] = field(default_factory=dict)


def tell(outline: Outline, words: Words, schedule: Schedule, diary: Diary, rng: random.Random) -> list[Moment]:
    """The moments of a story, in their order."""
    beats = list(_beats(outline, words, rng))
    start = before(schedule, outline.at, outline.consumed + sum(beat.pause for beat in beats))
    description = words.say(outline.case.description)
    file = words.say(outline.case.file) if not outline.pause and rng.random() < 0.4 else ""
    moments = [Moment(start, Verb.OPEN, outline.contact, description, file=file)]
    gaps = [beat.weight * rng.uniform(0.6, 1.4) for beat in beats]
    whole, gone, waited = sum(gaps) + rng.uniform(0.3, 1.2), 0.0, 0
    for beat, gap in zip(beats, gaps, strict=True):
        gone += gap
        at = after(schedule, start, int(gone / whole * outline.consumed) + waited)
        waited += beat.pause
        moments += _set_down(beat, at, start, words, diary)
    return moments + list(_end(outline, words, schedule, rng))


def _set_down(beat: Beat, at: datetime, start: datetime, words: Words, diary: Diary) -> list[Moment]:
    if beat.verb is Verb.WORK:
        worked = diary.book(beat.who, start, at, int(str(beat.details["minutes"])))
        billable = bool(beat.details["is_billable"])
        return [Moment(at, Verb.WORK, beat.who, beat.body, worked=worked, is_billable=billable)] if worked else []
    body = words.greet(at, beat.body) if beat.verb in {Verb.REPLY, Verb.ASK} else beat.body
    return [Moment(at, beat.verb, beat.who, body, **beat.details)]  # type: ignore[arg-type]


def _beats(outline: Outline, words: Words, rng: random.Random) -> Iterator[Beat]:
    """What happens between the opening and the end."""
    case, agent, contact = outline.case, outline.agent, outline.contact
    if outline.ending is Ending.QUEUED:
        return
    yield Beat(0.7, Verb.ASSUME, agent)
    if rng.random() < 0.6:
        yield Beat(0.3, Verb.REPLY, agent, words.received())
    if outline.severity:
        yield Beat(0.5, Verb.RECLASSIFY, agent, words.reclassified(), details={"severity": outline.severity})
    if outline.pause:
        yield Beat(1.2, Verb.ASK, agent, words.say(case.ask), pause=outline.pause)
        yield Beat(0, Verb.ANSWER, contact, words.say(case.answer), details={"file": words.say(case.file)})
    if rng.random() < 0.5 or outline.area:
        yield Beat(1.5, Verb.NOTE, outline.helper or agent, words.say(case.note))
    yield from _work(outline, rng, 0)
    if outline.ending is Ending.ABANDONED:
        return
    yield Beat(1.5, Verb.REPLY, agent, words.say(case.finding))
    if outline.area:
        yield from _passed_on(outline, words)
    yield from _heard(outline, words, rng)
    if len(case.activities) > 1 or outline.refusal:
        yield from _work(outline, rng, 1)


def _heard(outline: Outline, words: Words, rng: random.Random) -> Iterator[Beat]:
    """What the customer says before the last word: no to a first solution, or is there any news."""
    case, agent, contact = outline.case, outline.agent, outline.contact
    if outline.refusal:
        yield Beat(1, Verb.SOLVE, agent, words.say(case.solution), pause=outline.refusal)
        yield Beat(0, Verb.REJECT, contact, words.say(case.refusal))
    elif rng.random() < 0.25:
        yield Beat(1.5, Verb.ANSWER, contact, words.any_news())
        yield Beat(0.4, Verb.REPLY, agent, words.soon())


def _work(outline: Outline, rng: random.Random, index: int) -> Iterator[Beat]:
    activity = outline.case.activities[min(index, len(outline.case.activities) - 1)]
    minutes = outline.work[index] if outline.work else rng.randrange(15, 95, 5)
    details: dict[str, object] = {"minutes": minutes, "is_billable": outline.billed}
    yield Beat(1, Verb.WORK, outline.agent, activity, details=details)


def _passed_on(outline: Outline, words: Words) -> Iterator[Beat]:
    """To another area, and back again if the story goes on."""
    yield Beat(1, Verb.TRANSFER, outline.agent, words.say(outline.case.transfer), details={"area": outline.area})
    if outline.helper:
        yield Beat(0.8, Verb.ASSUME, outline.helper)
    if outline.ending is not Ending.WITH_AREA:
        yield Beat(1.5, Verb.NOTE, outline.helper or outline.agent, words.ready())
        yield Beat(0.3, Verb.TRANSFER, outline.helper or outline.agent, words.back(), details={"area": outline.home})
        yield Beat(0.3, Verb.ASSUME, outline.agent)


def _end(outline: Outline, words: Words, schedule: Schedule, rng: random.Random) -> Iterator[Moment]:
    """What the vendor's part ends with, and the customer's answer to it."""
    case, at, agent, contact = outline.case, outline.at, outline.agent, outline.contact
    answered = outline.answered_at or at
    if outline.ending in SOLVED:
        text = case.second if outline.refusal else case.solution
        yield Moment(at, Verb.SOLVE, agent, words.say(text))
        if outline.ending in {Ending.POSTPONED, Ending.SILENT_POSTPONED}:
            yield Moment(answered, Verb.POSTPONE, contact)
        elif outline.ending is Ending.ACCEPTED:
            yield Moment(answered, Verb.ACCEPT, contact)
    elif outline.ending in {Ending.QUESTION, Ending.ABANDONED}:
        yield Moment(at, Verb.ASK, agent, words.greet(at, words.say(case.ask)))
    elif outline.ending is Ending.QUOTE:
        file = f"orcamento-{words.details['nota']}.pdf"
        yield Moment(at, Verb.QUOTE, agent, words.greet(at, words.say(case.quote)), file=file)
    elif outline.ending in {Ending.AUTHORIZATION, Ending.DECLINED}:
        yield Moment(at, Verb.AUTHORIZE, agent, words.greet(at, words.say(case.authorization)))
        if outline.ending is Ending.DECLINED:
            yield Moment(answered, Verb.DECLINE, contact, words.declined())
    elif outline.ending is Ending.REDIRECTED:
        yield Moment(at, Verb.REDIRECT, agent, words.say(case.redirect))
    elif outline.ending is Ending.CANCELLED:
        yield Moment(at, Verb.CANCEL, contact, words.cancelled())
