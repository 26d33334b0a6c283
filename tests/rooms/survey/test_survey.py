"""One question after the solution: who is asked, what an answer does, and what it leaves alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.journal import queries as journal
from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.kernel.actor import Channel
from farol.kernel.errors import FieldsRefused
from farol.people import actions as people
from farol.survey import actions, queries
from farol.survey.models import Survey
from farol.survey.rules import SurveyAnswered, SurveyNotFound, SurveyReplaced, Tally
from farol.tickets import actions as tickets
from farol.tickets.models import Task, Ticket
from farol.tickets.rules.severity import Severity
from tests.world import HIGH, LOW, World, at

SENT = at("2026-11-23 10:00")
LATER = SENT + timedelta(hours=2)


def wanting(world: World, *severities: Severity) -> None:
    actions.prefer(world.marina, is_wanted=True, severities=severities)


def heard(name: str = "ticket.solution_sent") -> Survey | None:
    """Everyone has heard of the newest entry of that name; answers the standing question."""
    assert deliver(Entry.objects.filter(name=name).latest("id")) == {}
    return Survey.objects.filter(replaced_at=None).last()


def asked(world: World) -> Survey:
    wanting(world)
    world.solved(SENT)
    survey = heard()
    assert survey is not None
    return survey


def solve_again(world: World, ticket_id: int) -> None:
    tickets.reject_solution(ticket_id, reason="Continua.", by=world.by(world.marina), now=LATER)
    tickets.send_solution(ticket_id, body="Reinstale.", by=world.by(world.rafael), now=LATER)


def say(world: World, survey: Survey, score: int | None, comment: str = "") -> Survey:
    by = world.by(world.marina, Channel.EMAIL)
    return actions.answer(survey.pk, score=score, comment=comment, by=by, now=LATER)


@pytest.mark.rule("R-160")
@pytest.mark.parametrize(
    ("severities", "impact", "is_asked"),
    [((), LOW, True), ((Severity.LOW,), LOW, True), ((Severity.LOW,), HIGH, False),
     ((Severity.CRITICAL, Severity.HIGH), HIGH, True)],
)  # fmt: skip
def test_who_wants_it_is_asked_after_the_severities_they_chose(
    world: World, severities: tuple[Severity, ...], impact: object, is_asked: bool
) -> None:
    wanting(world, *severities)
    ticket = world.solved(SENT, impact=impact)  # type: ignore[arg-type]
    survey = heard()
    assert (survey is not None) is is_asked
    if survey:
        assert (survey.ticket, survey.contact, survey.asked_at) == (ticket, world.marina, SENT)


@pytest.mark.rule("R-160")
def test_who_never_chose_or_does_not_want_it_is_not_asked(world: World) -> None:
    world.solved(SENT)
    assert heard() is None
    wanting(world)
    actions.prefer(world.marina, is_wanted=False, severities=[])
    world.solved(SENT)
    assert heard() is None


@pytest.mark.rule("R-162")
def test_the_severity_is_the_one_at_the_moment_of_sending(world: World) -> None:
    wanting(world, Severity.HIGH)
    ticket = world.solved(SENT, impact=HIGH)
    tickets.reclassify_ticket(
        ticket.pk, severity=Severity.LOW, reason="Só a cor.", by=world.by(world.rafael), now=LATER
    )
    survey = heard()
    assert survey is not None
    assert survey.severity == "high"


@pytest.mark.rule("R-161")
def test_a_new_solution_replaces_a_question_that_nobody_answered(world: World) -> None:
    first = asked(world)
    solve_again(world, first.ticket_id)
    second = heard()
    first.refresh_from_db()
    assert second is not None
    assert (second.pk != first.pk, first.replaced_at) == (True, LATER)
    with pytest.raises(SurveyReplaced):
        say(world, first, 5)
    assert say(world, second, 5).score == 5


@pytest.mark.rule("R-161")
def test_a_new_solution_does_not_ask_again_who_answered(world: World) -> None:
    first = asked(world)
    say(world, first, 2, "Demorou.")
    solve_again(world, first.ticket_id)
    heard()
    assert list(Survey.objects.all()) == [first]


@pytest.mark.rule("R-161")
def test_a_solution_heard_twice_or_late_asks_once(world: World) -> None:
    first = asked(world)
    old = Entry.objects.get(pk=first.entry_id)
    solve_again(world, first.ticket_id)
    second = heard()
    assert actions.ask(old) is None
    assert second is not None
    assert actions.ask(Entry.objects.get(pk=second.entry_id)) is None
    assert Survey.objects.count() == 2


@pytest.mark.rule("R-163")
@pytest.mark.parametrize("score", [1, 5])
def test_an_answer_changes_nothing_of_the_ticket(world: World, score: int) -> None:
    survey = asked(world)
    kept = ("state", "severity", "due_at", "assignee_id", "area_id", "updated_at", "paused_at", "answered_at")
    before = Ticket.objects.values(*kept).get(pk=survey.ticket_id)
    say(world, survey, score, "Resolveu.")
    assert Ticket.objects.values(*kept).get(pk=survey.ticket_id) == before
    entry = Entry.objects.get(name="ticket.surveyed")
    assert (entry.is_internal, entry.body, entry.facts["score"]) == (True, "Resolveu.", score)
    assert entry not in journal.history(f"ticket:{survey.ticket_id}", is_internal=False)


@pytest.mark.rule("R-163")
@pytest.mark.parametrize(("score", "tasks"), [(1, 1), (2, 1), (3, 0), (5, 0)])
def test_a_low_score_gives_the_relationship_team_one_task(world: World, score: int, tasks: int) -> None:
    advisory = people.register_area(code="assessoria", name="Assessoria", with_name="a Assessoria", kind="advisory")
    survey = asked(world)
    for _twice in range(2):
        say(world, survey, score, "Demorou demais.")
    assert Task.objects.count() == tasks
    if tasks:
        task = Task.objects.get()
        assert (task.area, task.words, task.ticket_id) == (advisory, f"{score}/5 · Demorou demais.", survey.ticket_id)


@pytest.mark.rule("R-163")
def test_without_a_relationship_team_the_tickets_area_has_the_task(world: World) -> None:
    say(world, asked(world), 1)
    assert Task.objects.get().area == world.fiscal


@pytest.mark.rule("R-161")
def test_the_first_answer_stands(world: World) -> None:
    survey = asked(world)
    say(world, survey, 4)
    assert say(world, survey, 4).score == 4, "the same again is no mistake"
    with pytest.raises(SurveyAnswered):
        say(world, survey, 1)


@pytest.mark.parametrize(("score", "comment", "field"), [(None, "", "score"), (0, "", "score"), (6, "", "score"),
                                                         (3, "x" * 2_001, "comment")])  # fmt: skip
def test_an_answer_out_of_bounds_is_refused(world: World, score: int | None, comment: str, field: str) -> None:
    survey = asked(world)
    with pytest.raises(FieldsRefused) as refused:
        say(world, survey, score, comment)
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("token", ["", "1", "1:abc", "x:y:z", "é:é"])
def test_a_link_that_somebody_made_up_leads_nowhere(world: World, token: str) -> None:
    survey = asked(world)
    assert queries.survey_behind(queries.token_of(survey)) == survey
    with pytest.raises(SurveyNotFound):
        queries.survey_behind(token)


def test_results_add_up_by_area_and_month_and_leave_out_what_was_replaced(world: World) -> None:
    first = asked(world)
    solve_again(world, first.ticket_id)
    second = heard()
    assert second is not None
    say(world, second, 4)
    world.solved(at("2026-10-31 22:00"))
    heard()
    found = queries.results(at("2026-10-01 00:00"), at("2026-12-01 00:00"))
    assert (found.whole.asked, found.whole.answered, found.whole.average) == (2, 1, 4.0)
    assert [name for name, _tally in found.areas] == ["Fiscal"]
    assert [(month.month, tally.asked) for month, tally in found.months] == [(10, 1), (11, 1)]
    assert list(queries.answers(at("2026-11-01 00:00"), at("2026-12-01 00:00"))) == [second]
    assert queries.results(at("2026-12-01 00:00"), at("2027-01-01 00:00")).whole.average is None
    assert Tally().share(5) == 0.0
