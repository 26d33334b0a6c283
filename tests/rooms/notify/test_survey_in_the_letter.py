"""The solution's letter carries the question of the survey, if there is one."""

from __future__ import annotations

import pytest

from farol.survey import actions, queries
from farol.survey.models import Survey
from tests.rooms.notify.letters import last, told
from tests.world import World, at

SENT = at("2026-11-23 10:00")


@pytest.mark.rule("R-160")
def test_the_letter_has_one_link_for_each_score(world: World) -> None:
    actions.prefer(world.marina, is_wanted=True, severities=[])
    world.solved(SENT)
    told()
    token = queries.token_of(Survey.objects.get())
    html = str(last().alternatives[0][0])
    for text in (str(last().body), html):
        for score in range(1, 6):
            assert f"/pesquisas/{token}?nota={score}" in text
        assert "como foi a solução?" in text


@pytest.mark.rule("R-160")
def test_whoever_is_not_asked_reads_nothing_of_it(world: World) -> None:
    world.solved(SENT)
    told()
    assert "pesquisas" not in str(last().body)
    assert "pesquisas" not in str(last().alternatives[0][0])
