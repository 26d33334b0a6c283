"""The dialogs of the two flows of service, beside those that every ticket has."""

from __future__ import annotations

from django.utils.translation import gettext as _

from farol.desk import service_forms as forms
from farol.desk.acts import Act, Sending, Words
from farol.tickets import actions


def _triage(sending: Sending) -> object:
    facts = sending.facts
    return actions.triage_ticket(
        sending.ticket.pk, is_right_area=facts["is_right_area"], is_question=facts["is_question"], **sending.frame
    )


def _charge(sending: Sending) -> object:
    facts = sending.facts
    return actions.ask_authorization(
        sending.ticket.pk,
        body=facts["body"],
        sold=facts["service"],
        is_conditional=facts["is_conditional"],
        attachments=sending.attachments,
        **sending.frame,
    )


def _responsibility(sending: Sending) -> object:
    facts = sending.facts
    return actions.record_responsibility(
        sending.ticket.pk, responsibility=facts["responsibility"], reason=facts["reason"], **sending.frame
    )


ACTS = {
    act.noun: act
    for act in (
        Act("triagem", forms.TriageForm, _triage, lambda: Words(
            _("Primeira análise"),
            _("As duas respostas ficam no chamado e não param o prazo. Se a área não é a certa, transfira em seguida."),
            _("Guardar respostas"), _("Respostas guardadas."),
        )),
        Act("autorizacoes", forms.ChargeForm, _charge, lambda: Words(
            _("Pedir autorização de cobrança"),
            _("O prazo pausa até o cliente autorizar. Se ele recusar, o chamado é encerrado sem custo."),
            _("Pedir autorização"), _("Autorização pedida."),
        ), takes_files=True),
        Act("responsabilidade", forms.ResponsibilityForm, _responsibility, lambda: Words(
            _("De quem é a causa?"),
            _("O cliente vê a resposta e o motivo. Se a causa é nossa, nada é cobrado."),
            _("Guardar resposta"), _("Causa registrada."),
        )),
    )
}  # fmt: skip
"""Noun of the address → act."""
