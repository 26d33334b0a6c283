"""The dialogs about a customer's own environment, in the order in which the rule wants them (R-080)."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from farol.desk import environment_forms as forms
from farol.desk.acts import Act, Sending, Words
from farol.tickets import actions


def _with_facts(verb: Callable[..., object], *, takes_files: bool = False) -> Callable[[Sending], object]:
    """The verb, told what the form says."""

    def do(sending: Sending) -> object:
        files = {"attachments": sending.attachments} if takes_files else {}
        return verb(sending.ticket.pk, **sending.facts, **files, **sending.frame)

    return do


ACTS = {
    act.noun: act
    for act in (
        Act("tentativas", forms.AttemptForm, _with_facts(actions.record_attempt), lambda: Words(
            _("Tentativa de reproduzir"),
            _("Só depois de uma tentativa sem sucesso a base do cliente pode ser pedida."),
            _("Guardar tentativa"), _("Tentativa guardada."),
        )),
        Act("base", forms.DatabaseForm, _with_facts(actions.ask_database, takes_files=True), lambda: Words(
            _("Pedir acesso à base do cliente"),
            _("O cliente autoriza o escopo, a validade e a cobrança se a causa não for nossa. O prazo pausa até lá."),
            _("Pedir acesso"), _("Acesso pedido."),
        ), takes_files=True),
        Act("acessos", forms.AccessForm, _with_facts(actions.access_database), lambda: Words(
            _("Registrar acesso à base"), _("O cliente vê quem acessou, quando e para quê."),
            _("Registrar acesso"), _("Acesso registrado."),
        )),
        Act("copias", forms.CopyForm, _with_facts(actions.copy_database), lambda: Words(
            _("Registrar cópia da base"), _("Toda cópia tem um dia para ser excluída, e a exclusão é comprovada."),
            _("Registrar cópia"), _("Cópia registrada."),
        )),
        Act("preparo", forms.ToolForm, _with_facts(actions.announce_preparation), lambda: Words(
            _("Avisar que o preparo é cobrado"),
            _("Sem este aviso antes da sessão, o preparo para uma ferramenta não homologada não é cobrado."),
            _("Avisar o cliente"), _("Cliente avisado."),
        )),
        Act("sessoes", forms.SessionForm, _with_facts(actions.log_session), lambda: Words(
            _("Registrar sessão remota"), _("Ferramenta, quem pediu, início e fim ficam no chamado."),
            _("Registrar sessão"), _("Sessão registrada."),
        )),
    )
}  # fmt: skip
"""Noun of the address → act."""
