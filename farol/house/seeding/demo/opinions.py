"""What the demonstration's contacts think of the solutions: most are content, some are not, some say nothing."""

from __future__ import annotations

import random
from datetime import datetime

from farol.house.seeding.demo.cast import Cast
from farol.journal import queries as journal
from farol.kernel.actor import Channel
from farol.people.queries import actor_of
from farol.survey import actions, queries

Opinions = tuple[tuple[int, str], ...]
CONTENT: Opinions = (
    (5, "Resolveu de primeira."), (5, ""), (5, "Explicação clara, obrigado."), (5, ""), (4, ""),
    (4, "Bom, mas o retorno veio no último dia."), (3, "Resolveu, só que precisei repetir os dados."),
)  # fmt: skip
DISAPPOINTED: Opinions = ((2, "Os passos não servem para a nossa versão."), (1, "O problema continua igual."), (3, ""))


def choose(cast: Cast) -> None:
    """Four of five contacts want to be asked, in each company the same ones on every run."""
    for code, company in cast.companies.items():
        for name, contact in company.contacts.items():
            if random.Random(f"{code} {name}").random() < 0.8:
                actions.prefer(contact, is_wanted=True, severities=[])


def ask(number: int) -> None:
    """What the survey would hear, were it news."""
    if sent := journal.about(f"ticket:{number}").filter(name="ticket.solution_sent").last():
        actions.ask(sent)


def answer(number: int, opinions: Opinions, *, now: datetime) -> None:
    """Two of three who were asked answer."""
    rng = random.Random(number)
    sent = journal.about(f"ticket:{number}").filter(name="ticket.solution_sent").last()
    survey = queries.survey_of_entry(sent.pk) if sent else None
    if survey and rng.random() < 0.67:
        score, comment = rng.choice(opinions)
        by = actor_of(survey.contact, Channel.EMAIL, "198.51.100.24")
        actions.answer(survey.pk, score=score, comment=comment, by=by, now=now)
