"""A reply stands in its ticket, said by whoever wrote it, and obeys the ticket's life."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest

from farol.files.queries import attached_to
from farol.journal.queries import about
from farol.mail import queries
from farol.mail.models import Received
from farol.mail.rules.decisions import Decision, Why
from farol.tickets import actions
from farol.tickets.models import Ticket
from farol.tickets.rules.lifecycle import State
from tests.rooms.mail.post import mail, reply_to, taken
from tests.rooms.notify.letters import posted, told
from tests.world import World, at

OPENED = at("2026-11-23 09:00")
SOON = at("2026-11-23 10:00")


def asked(world: World) -> Ticket:
    ticket = world.open(OPENED)
    return actions.ask_customer(ticket.pk, body="Qual o XML?", by=world.by(world.rafael), now=SOON)


def last_words(ticket: Ticket) -> str:
    entry = about(f"ticket:{ticket.pk}").filter(name="ticket.replied").last()
    return entry.body if entry else ""


@pytest.mark.rule("R-074", "R-062")
def test_a_reply_to_the_signed_address_of_a_letter_gives_what_was_asked_and_the_clock_resumes(world: World) -> None:
    ticket = asked(world)
    told()
    letter = message_from_bytes(posted()[-1].message().as_bytes(), policy=default)
    kept = taken(mail(world.marina, "Segue o XML.\n\nEm seg., Farol escreveu:\n> Qual o XML?", to=letter["Reply-To"]))
    ticket.refresh_from_db()
    assert (kept.decision, kept.why, kept.ticket_id) == (Decision.JOINED, Why.REPLY, ticket.pk)
    assert ticket.state == State.IN_ANALYSIS
    assert last_words(ticket) == "Segue o XML."
    entry = about(f"ticket:{ticket.pk}").last()
    assert entry
    assert (entry.pk, entry.actor_id, entry.channel) == (kept.entry_id, world.marina.pk, "email")


def test_a_reply_finds_its_ticket_by_the_letter_it_refers_to(world: World) -> None:
    ticket = asked(world)
    told()
    known = posted()[-1].extra_headers["Message-ID"]
    by_reply = taken(mail(world.marina, "Um.", In_Reply_To=known))
    by_references = taken(mail(world.marina, "Dois.", References=f"<x@y> {known} <other@mua.example>"))
    assert [by_reply.ticket_id, by_references.ticket_id] == [ticket.pk, ticket.pk]
    assert taken(mail(world.marina, "Três.", In_Reply_To="<7.opened.7.7@127.0.0.1>")).decision != Decision.JOINED


def test_the_envelope_tells_where_a_mail_went_when_its_headers_do_not(world: World) -> None:
    ticket = asked(world)
    kept = taken(mail(world.marina, to="undisclosed@x.example"), envelope_to=[reply_to(ticket.pk, world.marina)])
    assert kept.ticket_id == ticket.pk


def test_a_colleague_may_answer_and_a_stranger_may_not(world: World) -> None:
    ticket = asked(world)
    address = reply_to(ticket.pk, world.marina)
    assert taken(mail(world.joao, to=address)).decision == Decision.JOINED
    other = taken(mail(world.bruno, to=address))
    assert (other.decision, other.why, other.ticket_id) == (Decision.SET_ASIDE, Why.NOT_THEIRS, None)
    nobody = taken(mail("quem@outro.example", to=address))
    assert (nobody.decision, nobody.why, nobody.ticket_id) == (Decision.SET_ASIDE, Why.UNKNOWN_SENDER, ticket.pk)


def test_an_address_that_somebody_made_up_leads_nowhere(world: World) -> None:
    ticket, other = asked(world), world.open(OPENED)
    address = reply_to(ticket.pk, world.marina).replace(f"+{ticket.pk}.", f"+{other.pk}.")
    assert taken(mail(world.marina, to=address)).decision != Decision.JOINED
    assert taken(mail(world.marina, to=reply_to(ticket.pk, world.marina).upper())).decision == Decision.JOINED


def test_the_staff_answers_only_from_its_own_address_to_its_own_letter(world: World) -> None:
    ticket = asked(world)
    ours = taken(mail(world.rafael, "Recebi, obrigado.", to=reply_to(ticket.pk, world.rafael)))
    assert ours.decision == Decision.JOINED
    stolen = taken(mail(world.rafael, "Aceite tudo.", to=reply_to(ticket.pk, world.marina)))
    assert (stolen.decision, stolen.why) == (Decision.SET_ASIDE, Why.STAFF_UNPROVEN)
    private = taken(mail("rafael@gmail.example", to=reply_to(ticket.pk, world.rafael)))
    assert private.why == Why.UNKNOWN_SENDER
    assert last_words(ticket) == "Recebi, obrigado."


def test_no_letter_ever_carries_an_internal_note(world: World) -> None:
    ticket = asked(world)
    secret = "O cliente deve duas faturas"
    actions.note(ticket.pk, body=secret, by=world.by(world.rafael), now=SOON)
    taken(mail(world.marina, to=reply_to(ticket.pk, world.marina)))
    taken(mail(world.rafael, "Vimos.", to=reply_to(ticket.pk, world.rafael)))
    actions.send_solution(ticket.pk, body="Atualize.", by=world.by(world.rafael), now=at("2026-11-23 12:00"))
    told()
    assert len(posted()) >= 4
    assert not [letter.subject for letter in posted() if secret in str(letter.message())]


@pytest.mark.rule("R-073")
def test_a_reply_to_a_solution_is_interaction_and_lifts_the_window(world: World) -> None:
    ticket = world.solved(SOON)
    taken(mail(world.marina, "Ainda falha na filial.", to=reply_to(ticket.pk, world.marina)))
    ticket.refresh_from_db()
    assert ticket.state == State.IN_ANALYSIS
    assert not ticket.windows.filter(ended_at=None).exists()


def test_files_come_along_by_the_checks_of_every_upload_and_those_refused_are_named(world: World) -> None:
    ticket = asked(world)
    message = mail(world.marina, to=reply_to(ticket.pk, world.marina))
    message.add_attachment(b"<nfe/>", maintype="application", subtype="xml", filename="nota ção.xml")
    message.add_attachment(b"MZ\x90", maintype="application", subtype="octet-stream", filename="patch.exe")
    message.add_attachment(b"", maintype="application", subtype="pdf", filename="vazio.pdf")
    kept = taken(message)
    assert [file.name for file in attached_to(f"ticket:{ticket.pk}")] == ["nota ção.xml"]
    assert attached_to(f"ticket:{ticket.pk}").get().entry_id == kept.entry_id
    assert "patch.exe: Arquivos .exe não são aceitos." in last_words(ticket)
    assert "vazio.pdf" in last_words(ticket)


def test_the_same_mail_is_taken_once_and_its_original_kept_byte_for_byte(world: World) -> None:
    ticket = asked(world)
    raw = mail(world.marina, to=reply_to(ticket.pk, world.marina)).as_bytes()
    first = taken(raw)
    again = taken(b"Received: from elsewhere\n" + raw)
    assert first.pk == again.pk
    assert Received.objects.get().copies == 2
    assert queries.content_of(first) == raw
    assert about(f"ticket:{ticket.pk}").filter(name="ticket.replied").count() == 1


@pytest.mark.rule("R-052")
def test_a_reply_to_a_merged_ticket_stands_in_the_one_that_stays(world: World) -> None:
    first, second, last = (world.open(OPENED) for _ in range(3))
    for source, target in ((first, second), (second, last)):
        actions.merge_ticket(source.pk, into=target.pk, by=world.by(world.rafael), now=SOON)
    kept = taken(mail(world.marina, "Uma coisa mais.", to=reply_to(first.pk, world.marina)))
    assert (kept.decision, kept.ticket_id) == (Decision.JOINED, last.pk)
    assert last_words(last) == "Uma coisa mais."


def test_a_reply_to_a_merged_ticket_is_said_where_it_goes_on(world: World) -> None:
    leaving, between, staying = (world.open(OPENED) for _ in range(3))
    for source, target in ((leaving, between), (between, staying)):
        actions.merge_ticket(source.pk, into=target.pk, by=world.by(world.rafael), now=SOON)
    kept = taken(mail(world.marina, "Ainda acontece.", to=reply_to(leaving.pk, world.marina)))
    assert kept.decision == Decision.JOINED
    assert last_words(staying) == "Ainda acontece."
