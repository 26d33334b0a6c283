"""What the staff can do with a ticket in a dialog: its noun, its form, its verb and what is said when done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from farol.desk import follow_forms, forms, tie_forms
from farol.desk.door import Visit
from farol.people import queries as people
from farol.people.models import Person
from farol.tickets import actions
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket
from farol.tickets.rules.windows import Asked


@dataclass(frozen=True, slots=True)
class Sending:
    """One form, filled in: for which ticket, by whom, and what its page had seen."""

    ticket: Ticket
    visit: Visit
    facts: Mapping[str, Any]
    attachments: Sequence[int]
    seen: int | None

    @property
    def frame(self) -> dict[str, Any]:
        return {"by": self.visit.by, "now": self.visit.now, "seen": self.seen}


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    lead: str
    button: str
    done: str


@dataclass(frozen=True, slots=True)
class Next:
    """The page after an act, and what takes it back."""

    url: str
    undo_url: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    noun: str
    form: type[forms.Act]
    do: Callable[[Sending], object]
    words: Callable[[], Words]
    extra: str = ""  # a template shown above the fields
    takes_files: bool = False
    is_grave: bool = False
    says: Callable[[Mapping[str, Any]], str] | None = None
    leads_to: Callable[[Sending], Next] | None = None  # or else back to the ticket

    def done(self, facts: Mapping[str, Any]) -> str:
        """What the toast says."""
        return self.says(facts) if self.says else self.words().done


def _transfer(sending: Sending) -> object:
    return actions.transfer_ticket(
        sending.ticket.pk,
        area=sending.facts["area"],
        reason=sending.facts["reason"],
        expected_on=sending.facts["expected_on"],
        **sending.frame,
    )


def _reclassify(sending: Sending) -> object:
    return actions.reclassify_ticket(
        sending.ticket.pk, severity=sending.facts["severity"], reason=sending.facts["reason"], **sending.frame
    )


def _solve(sending: Sending) -> object:
    return actions.send_solution(
        sending.ticket.pk, body=sending.facts["body"], attachments=sending.attachments, **sending.frame
    )


def _ask(asked: Asked) -> Callable[[Sending], object]:
    return lambda sending: actions.ask_customer(
        sending.ticket.pk, body=sending.facts["body"], asked=asked, attachments=sending.attachments, **sending.frame
    )


def _assign(sending: Sending) -> object:
    return actions.assign_ticket(sending.ticket.pk, to=sending.facts["assignee"], **sending.frame)


def _assigned(facts: Mapping[str, Any]) -> str:
    owner: Person | None = facts["assignee"]
    return _("O chamado agora é de {name}.").format(name=owner.name) if owner else _("O chamado voltou para a fila.")


def _redirect(sending: Sending) -> object:
    organization = sending.ticket.organization
    office = people.office_for(organization.state) if sending.facts.get("is_regional") else None
    return actions.redirect_ticket(sending.ticket.pk, guidance=sending.facts["body"], office=office, **sending.frame)


def _cancel(sending: Sending) -> object:
    return actions.cancel_ticket(sending.ticket.pk, reason=sending.facts["reason"], **sending.frame)


def _log(sending: Sending) -> object:
    facts, visit = sending.facts, sending.visit
    return actions.log_work(
        sending.ticket.pk,
        started_at=facts["started_at"],
        ended_at=facts["ended_at"],
        activity=facts["activity"],
        is_billable=facts["is_billable"],
        reason=facts["reason"],
        by=visit.by,
        now=visit.now,
    )


def _merge(sending: Sending) -> object:
    facts = sending.facts
    return actions.merge_ticket(sending.ticket.pk, into=facts["number"], reason=facts["reason"], **sending.frame)


def _merged(facts: Mapping[str, Any]) -> str:
    return _("Chamados unidos: a conversa continua no {number}.").format(number=facts["number"])


def _after_merge(sending: Sending) -> Next:
    """The ticket that stays; from there it can be undone."""
    number, made = sending.facts["number"], tickets.merge_of(sending.ticket.pk)
    return Next(reverse("desk:ticket", args=[number]), reverse("desk:link", args=[number, made.pk]) if made else "")


def _link(sending: Sending) -> object:
    facts = sending.facts
    return actions.link_ticket(
        sending.ticket.pk, to=facts["number"], is_child=facts["kind"] == "child", **sending.frame
    )


def _after_link(sending: Sending) -> Next:
    made = tickets.links_of([sending.ticket.pk]).last()
    here = sending.ticket.pk
    return Next(reverse("desk:ticket", args=[here]), reverse("desk:link", args=[here, made.pk]) if made else "")


def _split(sending: Sending) -> object:
    facts = sending.facts
    return actions.split_ticket(
        sending.ticket.pk,
        subject=facts["subject"],
        description=facts["description"],
        entries=facts["entries"],
        **sending.frame,
    )


def _after_split(sending: Sending) -> Next:
    """The new ticket; from there it can be undone."""
    made = tickets.links_of([sending.ticket.pk]).last()
    number = made.source_id if made else sending.ticket.pk
    return Next(reverse("desk:ticket", args=[number]), reverse("desk:link", args=[number, made.pk]) if made else "")


def _follow(sending: Sending) -> object:
    return actions.follow_ticket(sending.ticket.pk, person=sending.facts["person"], **sending.frame)


def _followed(facts: Mapping[str, Any]) -> str:
    return _("{name} acompanha o chamado.").format(name=facts["person"].name)


ACTS = {
    act.noun: act
    for act in (
        Act("transferencias", forms.TransferForm, _transfer, lambda: Words(
            _("Transferir para qual área?"),
            _("O chamado vai para a fila da outra área, sem responsável. O prazo continua correndo do mesmo jeito."),
            _("Transferir chamado"), _("Chamado transferido."),
        )),
        Act("severidade", forms.SeverityForm, _reclassify, lambda: Words(
            _("Qual é a severidade certa?"),
            _("O prazo é contado de novo desde a abertura, com as mesmas pausas. O cliente é avisado da nova data."),
            _("Mudar severidade"), _("Severidade mudada."),
        )),
        Act("solucoes", forms.SolutionForm, _solve, lambda: Words(
            _("Propor solução"),
            _("O prazo pausa e o cliente tem 15 dias para aceitar. Sem resposta, o aceite é automático."),
            _("Enviar solução"), _("Solução enviada."),
        ), extra="desk/statement.html", takes_files=True),
        Act("orcamentos", forms.SayingForm, _ask(Asked.QUOTE), lambda: Words(
            _("Enviar orçamento"),
            _("O prazo pausa até o cliente aprovar ou recusar. Diga o valor e o que está incluído."),
            _("Enviar orçamento"), _("Orçamento enviado."),
        ), takes_files=True),
        Act("apontamentos", forms.WorkForm, _log, lambda: Words(
            _("Apontar horas"), _("O cliente vê as horas faturáveis junto com a solução."),
            _("Guardar apontamento"), _("Horas apontadas."),
        )),
        Act("responsavel", forms.OwnerForm, _assign, lambda: Words(
            _("Quem cuida deste chamado?"), _("A pessoa recebe o chamado na fila dela."),
            _("Passar chamado"), "",
        ), says=_assigned),
        Act("direcionamento", forms.GuidanceForm, _redirect, lambda: Words(
            _("Encaminhar e encerrar?"),
            _("O chamado é encerrado com esta orientação e não pode ser reaberto."),
            _("Encaminhar e encerrar"), _("Chamado encaminhado e encerrado."),
        ), is_grave=True),
        Act("cancelamento", forms.ReasonForm, _cancel, lambda: Words(
            _("Cancelar o chamado?"), _("O chamado é encerrado e não pode ser reaberto. O cliente vê o motivo."),
            _("Cancelar chamado"), _("Chamado cancelado."),
        ), is_grave=True),
        Act("unioes", tie_forms.MergeForm, _merge, lambda: Words(
            _("Unir a qual chamado?"),
            _("Este chamado é encerrado, e tudo o que há nele passa a ser lido no outro. O prazo do outro não muda. "
              "Dá para desfazer enquanto ninguém responder."),
            _("Unir chamados"), "",
        ), extra="desk/siblings.html", says=_merged, leads_to=_after_merge),
        Act("divisoes", tie_forms.SplitForm, _split, lambda: Words(
            _("Separar outro assunto"),
            _("O outro assunto ganha um chamado próprio, com prazo a partir de agora. As mensagens ficam aqui e são "
              "citadas lá."),
            _("Abrir o outro chamado"), _("Assunto separado em um chamado próprio."),
        ), extra="desk/split_entries.html", leads_to=_after_split),
        Act("ligacoes", tie_forms.LinkForm, _link, lambda: Words(
            _("Relacionar a qual chamado?"),
            _("Os dois continuam separados, cada um com seu prazo, e um aponta para o outro."),
            _("Relacionar chamados"), _("Chamados relacionados."),
        ), extra="desk/siblings.html", leads_to=_after_link),
        Act("acompanhantes", follow_forms.WatcherForm, _follow, lambda: Words(
            _("Quem mais acompanha este chamado?"),
            _("A pessoa recebe por e-mail cada novidade que pode ver, e sai quando quiser."),
            _("Incluir"), "",
        ), says=_followed),
    )
}  # fmt: skip
"""Noun of the address → act."""
