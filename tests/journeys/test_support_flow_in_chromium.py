"""Technical support as the guide draws it (p. 7 and 8), walked in a browser: the clock and the money at each step.

1. área correta? não: transferred to Sustentação, Fábrica, Inovação, Consultoria and back; the clock goes on
2. é dúvida? sim: the customer is guided; não: the area works on it
3. a question to the customer: answered, or not
4. solução aceita? não: back to the area; sim; put off; nobody answers
5. atendimento faturado? sim: to the cent; não
6. not reproduced: the customer's database, authorised with scope, validity and the charge on condition; or not
7. a tool that is not approved: its preparation is billed if it was announced before

`test_service_flows_by_api.py` has the same branches with every minute of the clock.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from farol.catalog import actions as catalog
from farol.contracts import actions as contracts
from farol.contracts.rules.prices import Price, Sold, Unit
from farol.people import actions as people
from farol.tickets import actions
from farol.tickets.jobs import run_deadlines
from farol.tickets.rules.windows import day_of
from tests.journeys.flows import Before, walking
from tests.world import World, build

TOOL = "Acesso do cliente (não homologada)"


@pytest.fixture
def world(transactional_db: None) -> World:
    return build()


@pytest.mark.rule("R-004", "R-056", "R-062", "R-067", "R-071", "R-076", "R-095")
def test_support_from_the_wrong_area_to_the_bill(world: World) -> None:
    for name, kind in (("Sustentação", "sustaining"), ("Inovação", "innovation")):
        people.register_area(code=kind, name=name, with_name=name, kind=kind)
    before = Before(world)
    guided, billed = before.support("Como emitir?"), before.worked(before.support("Rejeição 778"), 60)
    with walking(world) as walk:
        due = walk.is_due(billed)
        walk.triages(billed, right_area=False, question=False)
        for area in ("Sustentação", "Fábrica", "Inovação", "Consultoria", "Fiscal"):
            walk.passes_to(billed, area)
            walk.stands(billed, "open")
            assert walk.is_due(billed) == due
        walk.triages(billed, right_area=True, question=False)

        walk.triages(guided, right_area=True, question=True)
        walk.desk.goto(f"/mesa/chamados/{guided}")
        walk.desk.get_by_label("Mensagem", exact=True).fill("Qual é a versão?")
        walk.desk.get_by_role("button", name="Enviar e aguardar").click()
        walk.leave_desk()
        walk.stands(guided, "awaiting_customer")
        walk.portal.goto(f"/chamados/{guided}")
        walk.portal.get_by_label("Sua resposta").fill("A 12.4.2.")
        walk.portal.get_by_role("button", name="Enviar resposta").click()
        expect(walk.portal.get_by_text("Mensagem enviada.")).to_be_visible()
        walk.stands(guided, "in_analysis")
        walk.solves(guided)
        walk.stands(guided, "awaiting_acceptance")
        walk.accepts(guided)
        walk.stands(guided, "closed_accepted")

        walk.solves(billed)
        walk.stands(billed, "awaiting_acceptance")
        walk.portal.goto(f"/chamados/{billed}/recusa")
        walk.portal.get_by_role("button", name="Enviar recusa").click()
        expect(walk.portal.locator("#reason-error")).to_be_visible()
        walk.portal.get_by_label("Motivo").fill("Continua igual.")
        walk.portal.get_by_role("button", name="Enviar recusa").click()
        expect(walk.portal.get_by_text("Recusa enviada. A equipe retoma o chamado.")).to_be_visible()
        walk.stands(billed, "in_analysis")
        walk.solves(billed)
        walk.accepts(billed, "R$\xa0264,00")
        walk.stands(billed, "closed_accepted", bill=(60, 26_400))
        walk.finds_billed("1 chamado · 1h00 · R$\xa0264,00")


@pytest.mark.rule("R-070", "R-072", "R-073", "R-074", "R-095")
def test_support_when_the_customer_puts_it_off_or_says_nothing(world: World) -> None:
    before = Before(world, days=17)
    asked = before.then(before.worked(before.support("Sem resposta"), 30), actions.ask_customer, body="Envie o XML.")
    silent = before.then(before.worked(before.support("Em silêncio"), 30), actions.send_solution, body="Instale.")
    run_deadlines(before.now)
    later = Before(world)
    put_off = later.then(later.support("Para depois"), actions.send_solution, body="Instale o pacote.")
    with walking(world) as walk:
        walk.reads(asked, "A informação pedida não chegou em 15 dias e o chamado foi encerrado.")
        walk.stands(asked, "closed_abandoned")
        walk.reads(silent, "Ninguém respondeu no prazo: a solução valeu como aceita.")
        walk.stands(silent, "closed_silent")
        walk.finds_billed("Nada a faturar")
        walk.answers(put_off, "Adiar 30 dias", "Prazo adiado até")
        walk.stands(put_off, "awaiting_acceptance")
        expect(walk.portal.get_by_role("button", name="Adiar 30 dias")).to_have_count(0)


@pytest.mark.rule("R-080", "R-081", "R-083", "R-090", "R-094")
def test_support_that_cannot_be_reproduced_without_the_customers_database(world: World) -> None:
    before = Before(world)
    theirs, ours, refused = (before.support(words) for words in ("Causa deles", "Causa nossa", "Sem acesso"))
    until = day_of(before.now) + timedelta(days=7)
    request = {"scope": "Tabelas fiscais", "valid_until": until, "body": "Só acontece lá."}
    for number in (theirs, refused):
        before.then(number, actions.record_attempt, steps="A mesma nota.", reproduced=False)
        before.then(number, actions.ask_database, **request)
    actions.approve(theirs, by=before.customer, now=before.began)
    before.worked(theirs, 60)
    asked = {**request, "valid_until": until.isoformat()}
    with walking(world) as walk:
        walk.is_refused(ours, "base", "Pedir acesso", "Antes de pedir a base do cliente, é preciso tentar", **asked)
        walk.does(ours, "tentativas", "Guardar tentativa", reproduced="no", steps="Emitimos a mesma nota.")
        walk.is_refused(ours, "acessos", "Registrar acesso", "O cliente ainda não autorizou", purpose="Ver o NCM.")
        walk.does(ours, "base", "Pedir acesso", **asked)
        walk.stands(ours, "awaiting_authorization")
        walk.reads(ours, "Tabelas fiscais", "Só será cobrado se a causa não for nossa.", "R$\xa04,40 por minuto")
        walk.answers(ours, "Autorizar acesso e cobrança", "Aprovado. A equipe segue com o chamado.")
        walk.stands(ours, "in_analysis")
        walk.does(ours, "acessos", "Registrar acesso", purpose="Conferir o NCM.")
        walk.does(ours, "copias", "Registrar cópia", name="Base de testes, servidor 7")
        walk.does(ours, "apontamentos", "Guardar apontamento", activity="Análise da base", is_billable=True)
        walk.is_refused(ours, "solucoes", "Enviar solução", "A cobrança depende de quem causou", body="Pronto.")
        walk.does(ours, "responsabilidade", "Guardar resposta", responsibility="vendor", reason="Erro no cálculo.")
        walk.solves(ours)
        walk.reads(ours, "acessou a base do cliente: Conferir o NCM.", "de trabalho sem cobrança: a causa é nossa.")
        walk.accepts(ours)
        walk.stands(ours, "closed_accepted")
        walk.desk.goto(f"/mesa/chamados/{ours}/ambiente")
        walk.desk.get_by_label("Como a exclusão foi comprovada").fill("Ata 12.")
        walk.desk.get_by_role("button", name="Comprovar exclusão").click()
        expect(walk.desk.get_by_text("Exclusão comprovada.")).to_be_visible()

        walk.does(theirs, "responsabilidade", "Guardar resposta", responsibility="customer", reason="Tabela antiga.")
        walk.solves(theirs)
        walk.accepts(theirs, "R$\xa0264,00")
        walk.stands(theirs, "closed_accepted", bill=(60, 26_400))

        walk.answers(refused, "Não autorizar", "Recusado. Nada será cobrado.")
        walk.stands(refused, "cancelled")
        walk.finds_billed("1 chamado · 1h00 · R$\xa0264,00")


@pytest.mark.rule("R-082", "R-095")
def test_support_through_a_tool_that_is_not_approved(world: World) -> None:
    contracts.set_price(Price(Sold.PREPARATION, Unit.HOUR, 36_000), valid_from=date(2020, 1, 1))
    tool = catalog.define_tool(code="deles", name="Acesso do cliente", is_approved=False)
    before = Before(world)
    told, untold = before.support("Com aviso"), before.support("Sem aviso")
    before.then(told, actions.announce_preparation, tool=tool)
    session = {"tool": TOOL, "asked_by": "O cliente", "preparation_minutes": "30"}
    with walking(world) as walk:
        for number in (told, untold):
            walk.does(number, "sessoes", "Registrar sessão", **session)
            walk.stands(number, "open")
        walk.does(untold, "preparo", "Avisar o cliente", tool=TOOL)
        walk.reads(untold, "R$\xa0360,00 por hora")
        walk.solves(told)
        walk.solves(untold)
        walk.accepts(untold)
        walk.stands(untold, "closed_accepted")
        walk.accepts(told, "R$\xa0180,00")
        walk.stands(told, "closed_accepted", bill=(30, 18_000))
        walk.finds_billed("1 chamado · 0h30 · R$\xa0180,00")
