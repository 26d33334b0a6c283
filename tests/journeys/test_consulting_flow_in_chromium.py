"""Technical consulting as the guide draws it (p. 8 and 9), walked in a browser: the clock and the money at each step.

1. área correta? não: transferred, and support again
2. consultoria externa (in loco)? sim: the office of the customer's region, and the ticket ends
3. orientar o cliente quanto à cobrança; serviço aceito? não: ended at no cost; sim: from then on time is billed
4. a quote instead: opened before it is accepted, a new version in its place, refused
5. solução para aceite: accepted, or in silence; billed to the cent, by the minute or the hour
6. the cause is the vendor's: waived

`test_service_flows_by_api.py` has the same branches with every minute of the clock.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from farol.contracts.rules.prices import Sold
from farol.tickets import actions
from farol.tickets.jobs import run_deadlines
from tests.journeys.flows import Before, Walk, walking
from tests.world import World, build

EMERGENCY = "Atendimento emergencial: R$\xa0360,00 por hora, mínimo de 1h, arredondado para cima de 1h em 1h"


@pytest.fixture
def world(transactional_db: None) -> World:
    return build()


@pytest.mark.rule("R-004", "R-056", "R-062", "R-067", "R-090", "R-096")
def test_consulting_is_announced_with_its_price_before_a_minute_is_billed(world: World) -> None:
    before = Before(world)
    accepted, refused, elsewhere, on_site = (
        before.consulting(words) for words in ("Aceito", "Recusado", "É suporte", "No cliente")
    )
    with walking(world) as walk:
        due = walk.is_due(elsewhere)
        walk.triages(elsewhere, right_area=False, question=True)
        walk.passes_to(elsewhere, "Fiscal")
        walk.stands(elsewhere, "in_analysis")
        assert walk.is_due(elsewhere) == due

        walk.desk.goto(f"/mesa/chamados/{on_site}/direcionamento")
        expect(walk.desk.get_by_label("Unidade Sul, (41) 3000-0040")).to_be_checked()
        walk.does(on_site, "direcionamento", "Encaminhar e encerrar")
        walk.reads(on_site, "O pedido foi encaminhado a quem atende este assunto.", "(41) 3000-0040")
        walk.stands(on_site, "closed_redirected")

        bill = {"activity": "Antes da hora", "is_billable": True}
        for number in (accepted, refused):
            walk.is_refused(
                number, "apontamentos", "Guardar apontamento", "O cliente ainda não autorizou a cobrança", **bill
            )
            walk.does(number, "autorizacoes", "Pedir autorização", service="emergency", body="Orientação hoje.")
            walk.stands(number, "awaiting_authorization")
            walk.reads(number, EMERGENCY, "Orientação hoje.", "Sem a autorização, o chamado é encerrado sem custo.")
        walk.answers(refused, "Não autorizar", "Recusado. Nada será cobrado.")
        walk.stands(refused, "cancelled")
        walk.answers(accepted, "Autorizar cobrança", "Aprovado. A equipe segue com o chamado.")
        walk.stands(accepted, "in_analysis")
        walk.is_refused(
            accepted, "apontamentos", "Guardar apontamento", "O cliente ainda não autorizou a cobrança", **bill
        )
        walk.finds_billed("Nada a faturar")


@pytest.mark.rule("R-073", "R-076", "R-081", "R-093", "R-094", "R-095")
def test_consulting_is_billed_to_the_cent_or_waived(world: World) -> None:
    quiet = Before(world, days=17)
    silent = quiet.worked(quiet.agreed(quiet.consulting("Em silêncio")), 37)
    quiet.then(silent, actions.send_solution, body="Use o código 060.")
    run_deadlines(Before(world).now)
    before, bills = Before(world), {}
    for sold, minutes, cents, money in (
        (Sold.CONSULTING, 37, 16_280, "R$\xa0162,80"),
        (Sold.EMERGENCY, 37, 36_000, "R$\xa0360,00"),
        (Sold.CONSULTING, 125, 55_000, "R$\xa0550,00"),
        (Sold.EMERGENCY, 125, 108_000, "R$\xa01.080,00"),
    ):
        number = before.worked(before.agreed(before.consulting(f"{sold} {minutes}"), sold=sold), minutes)
        bills[before.then(number, actions.send_solution, body="Pronto.")] = (minutes, cents, money)
    waived = before.worked(before.agreed(before.consulting("Causa nossa"), is_conditional=True), 37)
    with walking(world) as walk:
        walk.stands(silent, "closed_silent", bill=(37, 16_280))
        for number, (minutes, cents, money) in bills.items():
            walk.stands(number, "awaiting_acceptance")
            walk.accepts(number, money)
            walk.stands(number, "closed_accepted", bill=(minutes, cents))
        walk.is_refused(waived, "solucoes", "Enviar solução", "A cobrança depende de quem causou", body="Pronto.")
        walk.does(waived, "responsabilidade", "Guardar resposta", responsibility="vendor", reason="Erro no cálculo.")
        walk.solves(waived)
        walk.reads(waived, "0h37 de trabalho sem cobrança: a causa é nossa.")
        walk.accepts(waived)
        walk.stands(waived, "closed_accepted")
        walk.finds_billed("5 chamados · 6h01 · R$\xa02.315,60", *(money for _, _, money in bills.values()))


@pytest.mark.rule("R-062", "R-193")
def test_a_quote_is_opened_before_it_is_accepted_and_a_newer_one_takes_its_place(world: World) -> None:
    before = Before(world)
    number, refused = before.consulting("Orçamento"), before.consulting("Caro demais")
    with walking(world) as walk:
        quotes(walk, number, "proposta-1.pdf")
        quotes(walk, refused, "proposta.pdf")
        walk.answers(refused, "Não aprovar", "Recusado. Nada será cobrado.")
        walk.stands(refused, "in_analysis")

        opens_and_approves(walk, number, "proposta-1.pdf")
        walk.stands(number, "in_analysis")
        quotes(walk, number, "proposta-2.pdf")
        opens_and_approves(walk, number, "proposta-2.pdf")
        walk.stands(number, "in_analysis")
        assert walk.quotes_of(number) == ["replaced", "accepted"]
        walk.finds_billed("Nada a faturar")


def quotes(walk: Walk, number: int, document: str) -> None:
    """A quote goes to the customer with its document, and the clock stands."""
    walk.desk.goto(f"/mesa/chamados/{number}/orcamentos")
    walk.desk.locator("#act [name=body]").fill("Oito horas, com o que está incluído.")
    file = {"name": document, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 proposta"}
    walk.desk.locator("#act [name=attachments]").set_input_files(file)
    walk.desk.locator("#act").get_by_role("button", name="Enviar orçamento", exact=True).click()
    walk.leave_desk()
    walk.stands(number, "awaiting_quote")


def opens_and_approves(walk: Walk, number: int, document: str) -> None:
    """The button waits for the document."""
    walk.reads(number, "Abra o orçamento para poder aprovar.")
    approve = walk.portal.get_by_role("button", name="Aprovar orçamento")
    expect(approve).to_be_disabled()
    with walk.portal.expect_download() as told:
        walk.portal.locator(".solution").get_by_role("link", name=document).click()
    assert told.value.path().read_bytes() == b"%PDF-1.7 proposta"
    walk.portal.get_by_role("link", name="Já abri").click()
    expect(approve).to_be_enabled()
    approve.click()
    expect(walk.portal.get_by_text("Aprovado. A equipe segue com o chamado.")).to_be_visible()
