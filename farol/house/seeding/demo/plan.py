"""Which stories are told: those of the pictures first, then a mix of every ending over half a year."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from farol.contracts.models import Plan
from farol.hours import queries as hours
from farol.house.seeding.demo.cast import Cast, Company
from farol.house.seeding.demo.diary import Diary
from farol.house.seeding.demo.library import Case, cases
from farol.house.seeding.demo.moments import after, between
from farol.house.seeding.demo.story import DAY, OPEN, RUNNING, SOLVED, Ending, Moment, Outline, tell
from farol.house.seeding.demo.words import Words
from farol.kernel.actor import Channel
from farol.tickets.rules.severity import Severity, severity_of
from farol.tickets.rules.windows import ZONE
from farol.worktime.schedule import Schedule

SHOWCASE = Path(__file__).with_name("showcase.toml")
DAYS = 180
SHARES = {
    Ending.ACCEPTED: 0.47, Ending.SILENT: 0.13, Ending.ANALYSIS: 0.09, Ending.SOLUTION: 0.06,
    Ending.WITH_AREA: 0.05, Ending.ABANDONED: 0.045, Ending.QUESTION: 0.04, Ending.CANCELLED: 0.04,
    Ending.QUEUED: 0.02, Ending.SILENT_POSTPONED: 0.02, Ending.POSTPONED: 0.015, Ending.DECLINED: 0.01,
    Ending.REDIRECTED: 0.01, Ending.QUOTE: 0.005, Ending.AUTHORIZATION: 0.005,
}  # fmt: skip
NEEDS = {
    Ending.QUOTE: "quote", Ending.AUTHORIZATION: "authorization", Ending.DECLINED: "authorization",
    Ending.REDIRECTED: "redirect", Ending.WITH_AREA: "transfer",
}  # fmt: skip
SINCE_DAYS = {  # how long ago, in days, the customer was left with the next word: from, to
    Ending.SOLUTION: (0.3, 14), Ending.QUESTION: (0.3, 14), Ending.QUOTE: (1, 14), Ending.AUTHORIZATION: (1, 14),
    Ending.POSTPONED: (12, 40), Ending.SILENT: (17, DAYS), Ending.ABANDONED: (17, DAYS),
    Ending.SILENT_POSTPONED: (48, DAYS), Ending.ACCEPTED: (5, DAYS), Ending.DECLINED: (5, 90),
    Ending.REDIRECTED: (1, DAYS), Ending.CANCELLED: (1, DAYS),
}  # fmt: skip
AREAS = ("fabrica", "sustentacao")
MONTHS = (
    "janeiro", "fevereiro", "março", "abril", "maio", "junho",
    "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip
CHANNELS = (Channel.PORTAL,) * 15 + (Channel.PHONE,) * 3 + (Channel.EMAIL,) * 2


@dataclass(frozen=True, slots=True)
class Story:
    outline: Outline
    moments: list[Moment]


class Planner:
    """Draws outlines from one random source, so that the same instant and count give the same stories."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.cast, self.now = cast, now
        self.cases = cases()
        self.diary = Diary()
        self.rng = random.Random("farol")

    def stories(self, count: int) -> list[Story]:
        written = [self._written(about) for about in tomllib.loads(SHOWCASE.read_text())["story"][:count]]
        again = (count - len(written)) // 100
        drawn = [self._drawn(ending) for ending in self._endings(count - len(written) - again)]
        return [self._told(outline) for outline in [*written, *drawn, *self._continued(drawn, again)]]

    def _continued(self, drawn: list[Outline], count: int) -> Iterator[Outline]:
        """Tickets that go on where an old one was closed (R-053)."""
        long_ago = self.now - 21 * DAY
        old = [outline for outline in drawn if outline.answered_at and outline.answered_at < long_ago]
        accepted = [outline for outline in old if outline.ending is Ending.ACCEPTED and not outline.severity]
        for outline in [o for o in accepted if not self.cast.companies[o.company].contract_ended][:count]:
            yield replace(
                outline, ending=Ending.ANALYSIS, at=self.now, consumed=outline.consumed // 2, answered_at=None,
                refusal=0, area="", helper="", channel=Channel.PORTAL, continues=outline,
            )  # fmt: skip

    def _endings(self, count: int) -> list[Ending]:
        """So many endings, in their shares, each at least once while there is room, in no order."""
        amounts = {ending: max(1, round(share * count)) for ending, share in SHARES.items()}
        endings = [ending for ending, amount in amounts.items() for _ in range(amount)]
        endings += [Ending.ACCEPTED] * (count - len(endings))
        self.rng.shuffle(endings)
        return endings[:count]

    def _told(self, outline: Outline) -> Story:
        company = self.cast.companies[outline.company]
        schedule = hours.schedule_of(company.plan.calendar_code)
        words = Words(self._details(outline, company), self.rng)
        return Story(outline, tell(outline, words, schedule, self.diary, self.rng))

    def _details(self, outline: Outline, company: Company) -> dict[str, str]:
        version = company.products.get(outline.case.product)
        return {
            "contato": company.contacts[outline.contact].first_name,
            "nota": f"{self.rng.randrange(12, 98)}.{self.rng.randrange(100, 999)}",
            "valor": f"R$ {self.rng.randrange(1, 48)}.{self.rng.randrange(100, 999)},{self.rng.randrange(100):02}",
            "mes": _month_before(outline.at),
            "versao": version.name if version else "atual",
        }

    def _written(self, about: Mapping[str, Any]) -> Outline:
        """A story of the showcase."""
        case = self.cases[about["case"]]
        code, contact = about["by"].split("/")
        company = self.cast.companies[code]
        ending = Ending(about["ending"])
        home = self.cast.area_of(case.product, case.module).code
        answered = about.get("answered_days_ago")
        at = self.now
        if "days_ago" in about:
            at = self._days_ago(about["days_ago"], about["clock"])
        return Outline(
            case=case,
            company=code,
            contact=contact,
            agent=about.get("agent", ""),
            ending=ending,
            at=at,
            consumed=_allowance(company.plan, _severity(case)) - about["left"],
            home=home,
            subject=case.subjects[0],
            answered_at=self._days_ago(answered, "10:40") if answered else None,
            pause=about.get("pause", 0),
            area=about.get("area", ""),
            helper=about.get("helper", ""),
            billed=about.get("billed", False),
            work=tuple(about.get("work", ())),
        )

    def _days_ago(self, days: int, clock: str) -> datetime:
        hour, minute = (int(part) for part in clock.split(":"))
        day = self.now.astimezone(ZONE) - timedelta(days=days)
        return day.replace(hour=hour, minute=minute)

    def _drawn(self, ending: Ending) -> Outline:
        """A story made up for this ending."""
        rng = self.rng
        case, code = rng.choice(list(self._possible(ending)))
        company = self.cast.companies[code]
        home = self.cast.area_of(case.product, case.module).code
        severity = rng.choice(list(Severity)) if rng.random() < 0.05 and ending is not Ending.QUEUED else None
        severity = severity if severity != _severity(case) else None
        area = rng.choice(AREAS) if case.transfer and (ending is Ending.WITH_AREA or rng.random() < 0.18) else ""
        allowance = _allowance(company.plan, severity or _severity(case))
        schedule = hours.schedule_of(company.plan.calendar_code)
        at = self._instant(ending, company, schedule)
        return Outline(
            case=case,
            company=code,
            contact=rng.choice(list(company.contacts)),
            agent=self._agent(home, ending),
            ending=ending,
            at=at,
            consumed=self._consumed(ending, allowance),
            home=home,
            subject=rng.choice(case.subjects).format(mes=_month_before(at)),
            answered_at=self._answered(ending, at, schedule),
            pause=rng.randrange(60, 1500) if rng.random() < 0.4 and ending is not Ending.QUEUED else 0,
            refusal=rng.randrange(60, 1200) if ending in SOLVED and rng.random() < 0.13 else 0,
            area=area if ending is not Ending.QUEUED else "",
            helper=rng.choice(self.cast.teams[area]) if area and rng.random() < 0.75 else "",
            severity=severity,
            channel=rng.choice(CHANNELS),
            billed=home == "consultoria" or rng.random() < 0.12,
        )

    def _possible(self, ending: Ending) -> Iterator[tuple[Case, str]]:
        """Cases that can end so, with the companies that can have them."""
        for case in self.cases.values():
            if ending in NEEDS and not getattr(case, NEEDS[ending]):
                continue
            for code, company in self.cast.companies.items():
                is_old = company.contract_ended is not None
                if case.product in company.products and not (is_old and SINCE_DAYS.get(ending, (0, 0))[1] < DAYS):
                    yield case, code

    def _agent(self, home: str, ending: Ending) -> str:
        """Someone of the area; Rafael's open tickets are only those of the showcase."""
        team = self.cast.teams[home]
        others = [code for code in team if code != "rafael"]
        return self.rng.choice(others if ending in OPEN else team)

    def _instant(self, ending: Ending, company: Company, schedule: Schedule) -> datetime:
        if ending in RUNNING:
            return self.now
        first, last = SINCE_DAYS[ending]
        if company.contract_ended:
            ended = (self.now.astimezone(ZONE).date() - company.contract_ended).days
            first = max(first, ended + 3)
        return between(schedule, self.now - last * DAY, self.now - first * DAY, self.rng.random() ** 0.85)

    def _consumed(self, ending: Ending, allowance: int) -> int:
        """How much of the allowance went by: little in the queue, seldom more than all of it."""
        if ending is Ending.QUEUED:
            share = self.rng.uniform(0.01, 0.3)
        elif ending in RUNNING:
            share = self.rng.uniform(0.05, 0.97) if self.rng.random() < 0.95 else self.rng.uniform(1.02, 1.2)
        else:
            share = self.rng.uniform(0.12, 0.95) if self.rng.random() < 0.95 else self.rng.uniform(1.01, 1.4)
        return max(20, int(share * allowance))

    def _answered(self, ending: Ending, at: datetime, schedule: Schedule) -> datetime | None:
        if ending in {Ending.ACCEPTED, Ending.DECLINED}:
            return min(after(schedule, at, self.rng.randrange(20, 1800)), at + 4.9 * DAY)
        if ending in {Ending.POSTPONED, Ending.SILENT_POSTPONED}:
            return between(schedule, at + 4 * DAY, at + 11 * DAY, self.rng.random())
        return None


def _severity(case: Case) -> Severity:
    return severity_of(case.impact).severity


def _month_before(at: datetime) -> str:
    """The month that has just been closed, as accountants speak of it."""
    return MONTHS[(at.astimezone(ZONE).replace(day=1) - DAY).month - 1]


def _allowance(plan: Plan, severity: Severity) -> int:
    return int(plan.allowances[severity])
