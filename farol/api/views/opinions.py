"""What the contact thinks of the solution."""

from __future__ import annotations

from ninja import Router, Status

from farol.api import answers, asked, shapes
from farol.api.callers import Request
from farol.api.views import found
from farol.survey import actions, queries
from farol.survey.models import Survey
from farol.survey.rules import SurveyNotFound

router = Router(tags=["survey"])


@router.get("/tickets/{int:number}/survey", response=answers.Survey, summary="The survey, as far as it concerns you")
def show_survey(request: Request, number: found.Number) -> answers.Survey:
    """The staff sees any; a contact the one they were asked."""
    return shapes.survey(_standing(request, number, is_theirs=not request.auth.is_staff))


@router.post("/tickets/{int:number}/survey", response={201: answers.Survey}, summary="Say how the solution was")
def answer_survey(request: Request, number: found.Number, payload: asked.Opinion) -> Status[answers.Survey]:
    """R-161, R-163: by the contact who was asked, once; of the ticket nothing changes."""
    by, now = request.auth.acting(payload)
    standing = _standing(request, number, is_theirs=True)
    actions.answer(standing.pk, score=payload.score, comment=payload.comment or "", by=by, now=now)
    return Status(201, shapes.survey(_standing(request, number, is_theirs=True)))


def _standing(request: Request, number: int, *, is_theirs: bool) -> Survey:
    ticket = found.ticket(number, request.auth)
    standing = queries.standing_of(ticket.pk)
    if standing is None or (is_theirs and standing.contact_id != request.auth.person.pk):
        raise SurveyNotFound
    return standing
