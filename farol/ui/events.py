"""What happened to a ticket, in one sentence each: who, what, how long it paused, what became of the date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from farol.journal.models import Entry
from farol.kernel.actor import Channel
from farol.tickets.rules.lifecycle import PAUSED, State
from farol.tickets.rules.windows import Asked
from farol.ui import pieces, service_events, tying, words
from farol.worktime.schedule import Schedule

DOING = {
    "ticket.information_asked": gettext_noop("pediu uma informação"),
    "ticket.quote_sent": gettext_noop("enviou um orçamento"),
    "ticket.authorization_asked": gettext_noop("pediu autorização de cobrança"),
    "ticket.solution_sent": gettext_noop("propôs uma solução"),
    "ticket.rejected": gettext_noop("não aceitou a solução"),
    "ticket.redirected": gettext_noop("encaminhou e encerrou"),
}
CHANNELS = {
    Channel.PORTAL: gettext_noop("portal"),
    Channel.PHONE: gettext_noop("telefone"),
    Channel.EMAIL: gettext_noop("e-mail"),
    Channel.API: gettext_noop("API"),
}
THROUGH = {
    Channel.PORTAL: gettext_noop("pelo portal"),
    Channel.PHONE: gettext_noop("pelo telefone"),
    Channel.EMAIL: gettext_noop("por e-mail"),
    Channel.API: gettext_noop("pela API"),
}
OWED = {
    Asked.INFORMATION: gettext_noop("aguardando uma informação do cliente"),
    Asked.QUOTE: gettext_noop("aguardando a aprovação do orçamento"),
    Asked.AUTHORIZATION: gettext_noop("aguardando a autorização de cobrança"),
    Asked.ACCEPTANCE: gettext_noop("aguardando o aceite da solução"),
}

Told = tuple[str, str]  # a glyph and a sentence


class Tale(Protocol):
    """What a sentence needs to know beside its entry."""

    schedule: Schedule

    def name(self, entry: Entry) -> str: ...
    @property
    def now(self) -> datetime: ...
    @property
    def language(self) -> str: ...


def of(tale: Tale, entry: Entry) -> Iterator[Told]:
    """The sentences for an entry; a plain message has none."""
    if sentence := SENTENCES.get(entry.name.partition(".")[2]):
        yield sentence(tale, entry)
    if "due" in entry.facts and entry.name not in SAY_THEIR_DATE:
        yield _clock_runs_again(tale, entry)
    elif _ended_a_pause(entry):
        yield "play", _("O prazo voltou a correr · a pausa caiu fora do expediente e a data não mudou")


def doing(entry: Entry) -> str:
    """What somebody did with the words of this entry, beside saying them."""
    return _(DOING[entry.name]) if entry.name in DOING else ""


def tells_its_words(entry: Entry) -> bool:
    """A reason stands in the sentence itself, not in a box of its own."""
    return entry.name in {
        "ticket.transferred", "ticket.reclassified", "ticket.cancelled", "ticket.declined",
        "ticket.recalculated", "ticket.pause_corrected", "ticket.task_raised", "ticket.task_done",
        "ticket.work_corrected",
        "ticket.merged",
        "ticket.surveyed",
        *service_events.TELL_THEIR_WORDS,
    }  # fmt: skip


def channel_word(channel: str) -> str:
    return _(CHANNELS.get(Channel(channel), "Farol"))


def _through(channel: str) -> str:
    return _(THROUGH.get(Channel(channel), gettext_noop("pelo Farol")))


def asked_word(asked: str) -> str:
    """What the customer owes, as in "Prazo pausado: …"."""
    return _(OWED[Asked(asked)])


def _opened(tale: Tale, entry: Entry) -> Told:
    return "inbox", _("Aberto {channel} · severidade {severity} · retorno previsto para {date}").format(
        channel=_through(entry.channel),
        severity=pieces.severity_word(entry.facts["severity"]).lower(),
        date=_when(tale, entry.facts["due_at"]),
    )


def _pauses(asked: Asked) -> Callable[[Tale, Entry], Told]:
    def sentence(tale: Tale, entry: Entry) -> Told:
        text = _("Prazo pausado: {what}, até {day}").format(
            what=asked_word(asked), day=_day(tale, entry.facts["last_day"])
        )
        if minutes := entry.facts.get("billable_minutes"):
            time = words.duration(int(minutes), language=tale.language)
            text += " · " + _("horas a faturar no aceite: {time}").format(time=time)
        return "pause", text + service_events.costs(tale, entry)

    return sentence


def _clock_runs_again(tale: Tale, entry: Entry) -> Told:
    old, new = (datetime.fromisoformat(text) for text in entry.facts["due"])
    minutes = tale.schedule.minutes_between(min(old, new), max(old, new))
    return "play", _("Prazo pausado por {time} úteis · retorno passou para {date}").format(
        time=words.duration(minutes, language=tale.language), date=_when(tale, entry.facts["due"][1])
    )


def _ended_a_pause(entry: Entry) -> bool:
    before, after = entry.facts.get("state", ("", ""))
    return before in PAUSED and after == State.IN_ANALYSIS


def _accepted(tale: Tale, entry: Entry) -> Told:
    text = _("{name} aceitou a solução · chamado encerrado").format(name=tale.name(entry))
    if minutes := entry.facts.get("billable_minutes"):
        text += " · " + _("{time} a faturar").format(time=words.duration(int(minutes), language=tale.language))
    return "check-ring", text + service_events.costs(tale, entry)


def _assigned(tale: Tale, entry: Entry) -> Told:
    return "person", _("{name} passou o chamado para {owner}").format(
        name=tale.name(entry), owner=entry.facts["assignee_name"]
    )


def _transferred(tale: Tale, entry: Entry) -> Told:
    source, target = entry.facts["area_name"]
    text = _("{name} transferiu de {source} para {target}: {reason}").format(
        name=tale.name(entry), source=source, target=target, reason=entry.body
    )
    if day := entry.facts.get("expected_on"):
        text += " · " + _("esperado de volta {day}").format(day=_day(tale, day))
    return "transfer", text


def _reclassified(tale: Tale, entry: Entry) -> Told:
    old, new = (pieces.severity_word(severity).lower() for severity in entry.facts["severity"])
    text = _("{name} mudou a severidade de {old} para {new}: {reason}").format(
        name=tale.name(entry), old=old, new=new, reason=entry.body
    )
    return "sort", text + _moved(tale, entry)


def _answered_impact(tale: Tale, entry: Entry) -> Told:
    old, new = (pieces.severity_word(severity).lower() for severity in entry.facts["severity"])
    text = _("{name} respondeu às perguntas sobre o impacto: severidade de {old} para {new}")
    if old == new:
        text = _("{name} respondeu às perguntas sobre o impacto: severidade {new}, como estava")
    return "sort", text.format(name=tale.name(entry), old=old, new=new) + _moved(tale, entry)


def _recalculated(tale: Tale, entry: Entry) -> Told:
    text = _("{name} recalculou o prazo: {reason}").format(name=tale.name(entry), reason=entry.body)
    return "calendar", text + _moved(tale, entry)


def _moved(tale: Tale, entry: Entry) -> str:
    due = entry.facts.get("due")
    return " · " + _("retorno passou para {date}").format(date=_when(tale, due[1])) if due else ""


def _worked(tale: Tale, entry: Entry) -> Told:
    text = (
        _("{name} apontou {time}: {activity}")
        if entry.facts["is_billable"]
        else _("{name} apontou {time} sem faturar: {activity}")
    )
    return "timer", text.format(
        name=tale.name(entry),
        time=words.duration(entry.facts["minutes"], language=tale.language),
        activity=entry.facts["activity"],
    )


def _corrected_work(tale: Tale, entry: Entry) -> Told:
    """Minutes or bill, whichever changed, and why."""
    (old, new), (_was, is_billable) = entry.facts["minutes"], entry.facts["billable"]
    if not new:
        text = _("{name} retirou um apontamento de {old}: {reason}")
    elif is_billable:
        text = _("{name} corrigiu um apontamento de {old} para {new}, a faturar: {reason}")
    else:
        text = _("{name} corrigiu um apontamento de {old} para {new}, sem faturar: {reason}")
    return "timer", text.format(
        name=tale.name(entry),
        old=words.duration(old, language=tale.language),
        new=words.duration(new, language=tale.language),
        reason=entry.body,
    )


def _warned(tale: Tale, entry: Entry) -> Told:
    promise = {
        "solution": _("da solução"),
        "first_reply": _("da primeira resposta"),
        "next_reply": _("da próxima resposta"),
        "area": _("da área"),
    }[entry.facts["promise"]]
    return "clock", _("Aviso: {share}% do prazo {promise} já passaram · vence {date}").format(
        share=entry.facts["share"], promise=promise, date=_when(tale, entry.facts["due_at"])
    )


def _plain(glyph: str, say: Callable[[], str]) -> Callable[[Tale, Entry], Told]:
    """A sentence that needs only the name, the reason, the number or the day of its entry."""

    def sentence(tale: Tale, entry: Entry) -> Told:
        day = entry.facts.get("last_day")
        return glyph, say().format(
            name=tale.name(entry),
            reason=entry.body,
            number=entry.facts.get("number", ""),
            day=_day(tale, day) if day else "",
        )

    return sentence


def _declined(tale: Tale, entry: Entry) -> Told:
    said = (
        _("{name} não autorizou")
        if entry.facts.get("asked") == Asked.AUTHORIZATION
        else _("{name} não aprovou o orçamento")
    )
    return "close", said.format(name=tale.name(entry)) + (f": {entry.body}" if entry.body else "")


def _tied(tale: Tale, entry: Entry) -> Told:
    facts = entry.facts
    name = entry.name.partition(".")[2]
    return tying.told(name, by=tale.name(entry), number=facts["other"], kind=facts["tie"], reason=entry.body)


def _followed(tale: Tale, entry: Entry) -> Told:
    name, watcher = tale.name(entry), entry.facts["watcher_name"]
    is_own = entry.facts["watcher"] == entry.actor_id
    if entry.name == "ticket.followed":
        text = _("{name} passou a acompanhar o chamado") if is_own else _("{name} incluiu {watcher} no acompanhamento")
        return "eye", text.format(name=name, watcher=watcher)
    text = _("{name} deixou de acompanhar o chamado") if is_own else _("{name} tirou {watcher} do acompanhamento")
    return "eye", text.format(name=name, watcher=watcher)


def _surveyed(tale: Tale, entry: Entry) -> Told:
    text = _("{name} deu nota {score} de 5 à solução").format(name=tale.name(entry), score=entry.facts["score"])
    return "speech", text + (f": {entry.body}" if entry.body else "")


def _day(tale: Tale, text: str) -> str:
    return words.day(date.fromisoformat(text), language=tale.language)


def _when(tale: Tale, text: str) -> str:
    return words.short(datetime.fromisoformat(text), now=tale.now, language=tale.language)


SAY_THEIR_DATE = {
    "ticket.reclassified",
    "ticket.impact_answered",
    "ticket.recalculated",
    "ticket.pause_corrected",
    "ticket.opened",
}
SENTENCES: dict[str, Callable[[Tale, Entry], Told]] = {
    **service_events.SENTENCES,
    "opened": _opened,
    "information_asked": _pauses(Asked.INFORMATION),
    "quote_sent": _pauses(Asked.QUOTE),
    "authorization_asked": _pauses(Asked.AUTHORIZATION),
    "solution_sent": _pauses(Asked.ACCEPTANCE),
    "accepted": _accepted,
    "declined": _declined,
    "assigned": _assigned,
    "transferred": _transferred,
    "reclassified": _reclassified,
    "impact_answered": _answered_impact,
    "recalculated": _recalculated,
    "pause_corrected": _recalculated,
    "work_logged": _worked,
    "work_corrected": _corrected_work,
    "target_warned": _warned,
    "surveyed": _surveyed,
    "followed": _followed,
    "unfollowed": _followed,
    "assumed": _plain("person", lambda: _("{name} assumiu o chamado")),
    "dropped": _plain("nobody", lambda: _("{name} devolveu o chamado para a fila")),
    "approved": _plain("check", lambda: _("{name} aprovou")),
    "postponed": _plain("clock", lambda: _("{name} adiou o aceite até {day}")),
    "window_extended": _plain(
        "clock", lambda: _("Prazo estendido até {day}: os dias de bloqueio financeiro não contam")
    ),
    "reminded": _plain("bell", lambda: _("Lembrete enviado ao cliente: o prazo dele termina {day}")),
    "closed_silent": _plain(
        "check-ring", lambda: _("Aceite automático: ninguém respondeu no prazo · chamado encerrado")
    ),
    "closed_abandoned": _plain("close", lambda: _("Encerrado sem retorno: o cliente não respondeu em 15 dias")),
    "redirected": _plain("arrow-right", lambda: _("{name} encaminhou o pedido · chamado encerrado")),
    "cancelled": _plain("close", lambda: _("{name} cancelou o chamado: {reason}")),
    "task_raised": _plain("bell", lambda: _("Pendência para a equipe: {reason}")),
    "task_done": _plain("check", lambda: _("{name} concluiu a pendência: {reason}")),
    **dict.fromkeys(tying.TOLD, _tied),
    "continued": _plain("link", lambda: _("Continua no chamado {number}")),
}
