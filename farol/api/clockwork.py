"""The ledger of a deadline in words."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from farol.api import answers
from farol.kernel.errors import gettext_noop
from farol.tickets.queries import Clock
from farol.tickets.rules.windows import Asked
from farol.ui import words
from farol.worktime.ledger import LedgerSpan, Reason

WHY = {
    Reason.RUNNING: gettext_noop("Dentro do horário de atendimento: o prazo corre."),
    Reason.PAUSE: gettext_noop("Aguardando o cliente: o prazo fica parado."),
    Reason.OUTSIDE_HOURS: gettext_noop("Fora do horário de atendimento."),
    Reason.WEEKEND: gettext_noop("Dia sem atendimento: fim de semana."),
    Reason.HOLIDAY: gettext_noop("Feriado: {name}, {day}."),
    Reason.SPECIAL_DAY: gettext_noop("Dia com horário especial: {name}, {day}."),
}
AWAITED = {
    Asked.INFORMATION: gettext_noop("Aguardando informações do cliente: o prazo fica parado."),
    Asked.QUOTE: gettext_noop("Aguardando aprovação do orçamento: o prazo fica parado."),
    Asked.AUTHORIZATION: gettext_noop("Aguardando autorização da cobrança: o prazo fica parado."),
    Asked.ACCEPTANCE: gettext_noop("Aguardando o aceite da solução: o prazo fica parado."),
}


def told(clock: Clock) -> answers.Clock:
    pause = None
    if clock.paused_at:
        pause = answers.Pause(since=clock.paused_at, due_at_if_answered_now=clock.due_if_answered_now)
    return answers.Clock(
        calendar=clock.calendar,
        allowance_minutes=clock.allowance_minutes,
        consumed_minutes=clock.consumed_minutes,
        remaining_minutes=clock.remaining_minutes,
        due_at=clock.due_at,
        spans=[
            answers.Span(
                since=span.start,
                to=span.end,
                kind=answers.SpanKind(span.kind),
                minutes=span.minutes,
                why=why(span),
            )
            for span in clock.spans
        ],
        overdue=clock.is_overdue,
        pause=pause,
    )


def why(span: LedgerSpan) -> str:
    """Why these minutes count or not, as one sentence."""
    reason, name = span.why.reason, span.why.name
    if reason is Reason.PAUSE and name in AWAITED:
        return _(AWAITED[Asked(name)])
    day = words.bare_day(span.why.day, language=get_language() or words.PORTUGUESE) if span.why.day else ""
    return _(WHY[reason]).format(name=name, day=day.rstrip("."))
