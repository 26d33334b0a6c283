"""Living through the stories: each moment by the service that a page would call, at its instant."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from farol.files import actions as files
from farol.house.seeding.demo import opinions
from farol.house.seeding.demo.cast import Cast, Company
from farol.house.seeding.demo.papers import paper
from farol.house.seeding.demo.plan import Story
from farol.house.seeding.demo.story import Moment, Outline, Verb
from farol.kernel.actor import Actor, Channel
from farol.people.queries import actor_of
from farol.tickets import actions, queries
from farol.tickets.actions import targets
from farol.tickets.jobs import run_deadlines
from farol.tickets.queries import Subject
from farol.tickets.rules.windows import Asked, day_of

AGAIN = "O problema do chamado anterior voltou a acontecer depois da última atualização."


@dataclass(slots=True)
class Scene:
    """A story under way: its ticket, and who is who in it."""

    outline: Outline
    cast: Cast
    rng: random.Random
    number: int = 0
    before: Scene | None = None  # of the ticket that this one continues
    company: Company = field(init=False)

    def __post_init__(self) -> None:
        self.company = self.cast.companies[self.outline.company]

    def by(self, who: str) -> Actor:
        if who in self.cast.staff:
            return actor_of(self.cast.staff[who], Channel.PORTAL, "192.0.2.10")
        return actor_of(self.company.contacts[who], Channel.PORTAL, "198.51.100.24")

    def upload(self, moment: Moment, by: Actor) -> list[int]:
        if not moment.file:
            return []
        return [files.keep(by.subject, paper(moment.file, self.outline.subject, self.rng), by=by).pk]


def live(cast: Cast, stories: list[Story]) -> None:
    """Every moment of every story happens, in the order of time, and the house keeps its deadlines in between."""
    rng = random.Random("papers")
    opinions.choose(cast)
    scenes = [Scene(story.outline, cast, rng) for story in stories]
    by_outline = {id(scene.outline): scene for scene in scenes}
    for scene in scenes:
        scene.before = by_outline.get(id(scene.outline.continues))
    moments = [(moment, scene) for story, scene in zip(stories, scenes, strict=True) for moment in story.moments]
    today = None
    for moment, scene in sorted(moments, key=lambda pair: pair[0].at):
        while due := queries.targets_to_warn(moment.at).first():
            targets.warn(due.pk, now=due.warn_at or moment.at)
        if day_of(moment.at) != today:  # reminders and closings are of a day, warnings of a minute
            run_deadlines(moment.at)
        today = day_of(moment.at)
        DOES[moment.verb](scene, moment)


def _open(scene: Scene, moment: Moment) -> None:
    outline, cast = scene.outline, scene.cast
    contact = scene.company.contacts[outline.contact]
    by = actor_of(contact, outline.channel, "198.51.100.24")
    if outline.channel is Channel.PHONE:  # a member of the staff writes down what the caller says
        by = actor_of(cast.staff[outline.agent or cast.teams[outline.home][0]], Channel.PHONE, "+55 11 3555-0142")
    case = outline.case
    if scene.before:
        body = f"{AGAIN}\n\n{moment.body}"
        scene.number = actions.continue_ticket(scene.before.number, by=by, now=moment.at, description=body).pk
        return
    ticket = actions.open_ticket(
        Subject(
            cast.products[case.product],
            cast.modules[case.product, case.module],
            scene.company.products[case.product],
        ),
        contact=contact,
        kind=case.kind,
        subject=outline.subject,
        description=moment.body,
        impact=case.impact,
        by=by,
        now=moment.at,
        attachments=scene.upload(moment, by),
    )
    scene.number = ticket.pk


def _assume(scene: Scene, moment: Moment) -> None:
    actions.assign_ticket(scene.number, to=scene.cast.staff[moment.who], by=scene.by(moment.who), now=moment.at)


def _reply(scene: Scene, moment: Moment) -> None:
    by = scene.by(moment.who)
    actions.reply(scene.number, body=moment.body, by=by, now=moment.at, attachments=scene.upload(moment, by))


def _note(scene: Scene, moment: Moment) -> None:
    actions.note(scene.number, body=moment.body, by=scene.by(moment.who), now=moment.at)


def _transfer(scene: Scene, moment: Moment) -> None:
    area = scene.cast.areas[moment.area]
    actions.transfer_ticket(scene.number, area=area, reason=moment.body, by=scene.by(moment.who), now=moment.at)


def _reclassify(scene: Scene, moment: Moment) -> None:
    assert moment.severity
    by = scene.by(moment.who)
    actions.reclassify_ticket(scene.number, severity=moment.severity, reason=moment.body, by=by, now=moment.at)


def _work(scene: Scene, moment: Moment) -> None:
    assert moment.worked
    started, ended = moment.worked
    actions.log_work(
        scene.number,
        started_at=started,
        ended_at=ended,
        activity=moment.body,
        is_billable=moment.is_billable,
        by=scene.by(moment.who),
        now=moment.at,
        reason="" if moment.is_billable else "Incluído no contrato",
    )


def _ask(scene: Scene, moment: Moment) -> None:
    asked = {Verb.QUOTE: Asked.QUOTE, Verb.AUTHORIZE: Asked.AUTHORIZATION}.get(moment.verb, Asked.INFORMATION)
    by = scene.by(moment.who)
    papers = scene.upload(moment, by)
    actions.ask_customer(scene.number, body=moment.body, by=by, now=moment.at, asked=asked, attachments=papers)


def _solve(scene: Scene, moment: Moment) -> None:
    actions.send_solution(scene.number, body=moment.body, by=scene.by(moment.who), now=moment.at)
    opinions.ask(scene.number)


def _accept(scene: Scene, moment: Moment) -> None:
    actions.accept_solution(scene.number, by=scene.by(moment.who), now=moment.at)
    opinions.answer(scene.number, opinions.CONTENT, now=moment.at)


def _reject(scene: Scene, moment: Moment) -> None:
    opinions.answer(scene.number, opinions.DISAPPOINTED, now=moment.at)
    actions.reject_solution(scene.number, reason=moment.body, by=scene.by(moment.who), now=moment.at)


def _postpone(scene: Scene, moment: Moment) -> None:
    actions.postpone_acceptance(scene.number, by=scene.by(moment.who), now=moment.at)


def _decline(scene: Scene, moment: Moment) -> None:
    actions.decline(scene.number, reason=moment.body, by=scene.by(moment.who), now=moment.at)


def _redirect(scene: Scene, moment: Moment) -> None:
    actions.redirect_ticket(scene.number, guidance=moment.body, by=scene.by(moment.who), now=moment.at)


def _cancel(scene: Scene, moment: Moment) -> None:
    actions.cancel_ticket(scene.number, reason=moment.body, by=scene.by(moment.who), now=moment.at)


DOES: dict[Verb, Callable[[Scene, Moment], None]] = {
    Verb.OPEN: _open,
    Verb.ASSUME: _assume,
    Verb.REPLY: _reply,
    Verb.ANSWER: _reply,
    Verb.NOTE: _note,
    Verb.ASK: _ask,
    Verb.QUOTE: _ask,
    Verb.AUTHORIZE: _ask,
    Verb.TRANSFER: _transfer,
    Verb.RECLASSIFY: _reclassify,
    Verb.WORK: _work,
    Verb.SOLVE: _solve,
    Verb.ACCEPT: _accept,
    Verb.REJECT: _reject,
    Verb.POSTPONE: _postpone,
    Verb.DECLINE: _decline,
    Verb.REDIRECT: _redirect,
    Verb.CANCEL: _cancel,
}
