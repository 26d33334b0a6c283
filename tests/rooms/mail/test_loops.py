"""Robots are not answered, letters that did not arrive are on record, and forged senders are believed by nobody."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from django.test.utils import override_settings

from farol.journal.models import Entry
from farol.mail.models import Received
from farol.mail.rules.decisions import Decision, Why
from farol.notify.models import Letter
from farol.notify.queries import letters_called
from farol.tickets import actions
from farol.tickets.jobs import run_deadlines
from farol.tickets.models import Ticket
from tests.rooms.mail.post import NOW, mail, reply_to, taken
from tests.rooms.notify.letters import posted, told
from tests.world import World, at

HOUSE = "suporte@farol.example"
REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.serraazul.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn@mx.serraazul.example>
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.serraazul.example

Final-Recipient: rfc822; marina@serraazul.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: {kind}

Message-ID: {message_id}
Subject: Chamado

--b--
"""


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.open(at("2026-11-23 09:00"))


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Auto-Submitted": "auto-replied"}, Why.AUTOMATIC),
        ({"Auto-Submitted": "auto-generated; owner-email=x"}, Why.AUTOMATIC),
        ({"Precedence": "bulk"}, Why.BULK),
        ({"Precedence": "Junk"}, Why.BULK),
        ({"List_Id": "<lista.example>"}, Why.BULK),
        ({"X_Auto_Response_Suppress": "DR, OOF, AutoReply"}, Why.SUPPRESSED),
        ({"Return_Path": "<>"}, Why.NULL_PATH),
    ],
)
def test_a_robot_is_stopped_even_with_the_right_address(
    world: World, ticket: Ticket, headers: dict[str, str], why: Why
) -> None:
    count = Entry.objects.count()
    kept = taken(mail(world.marina, to=reply_to(ticket.pk, world.marina), **headers))
    assert (kept.decision, kept.why) == (Decision.STOPPED, why)
    assert Entry.objects.count() == count


def test_the_null_path_of_the_envelope_stops_a_mail(world: World, ticket: Ticket) -> None:
    message = mail(world.marina, to=reply_to(ticket.pk, world.marina))
    assert taken(message, envelope_from="<>").why == Why.NULL_PATH
    person = mail(world.marina, to=reply_to(ticket.pk, world.marina), Auto_Submitted="no")
    assert taken(person, envelope_from=world.marina.email).decision == Decision.JOINED


@pytest.mark.parametrize("sender", ["suporte@farol.example", "Farol <SUPORTE@farol.example>", "postmaster@x.example"])
def test_our_own_address_and_machines_are_stopped(world: World, sender: str) -> None:
    assert taken(mail(sender)).decision == Decision.STOPPED


def test_a_letter_of_ours_that_comes_back_to_us_is_stopped(world: World, ticket: Ticket) -> None:
    told()
    assert taken(posted()[-1].message().as_bytes()).decision == Decision.STOPPED


def test_more_mails_than_a_person_writes_in_an_hour_are_stopped(world: World, ticket: Ticket) -> None:
    with override_settings(MAIL_HOURLY=3):
        address = reply_to(ticket.pk, world.marina)
        decisions = [taken(mail(world.marina, f"{n}", to=address)).decision for n in range(5)]
        assert decisions == [Decision.JOINED] * 3 + [Decision.STOPPED] * 2
        assert taken(mail(world.joao, to=address)).decision == Decision.JOINED


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_that_a_letter_did_not_arrive_is_on_record_at_the_letter(
    world: World, ticket: Ticket, kind: str
) -> None:
    told()
    letter = Letter.objects.get()
    to = reply_to(ticket.pk, world.marina)
    assert posted()[-1].from_email == to, "the return path is signed"
    report = REPORT.format(action="failed", kind=kind, message_id=letter.message_id, to=to).encode()
    kept = taken(report, envelope_from="")
    assert (kept.decision, kept.why, kept.ticket_id) == (Decision.BOUNCED, Why.UNDELIVERED, ticket.pk)
    letter.refresh_from_db()
    assert letter.undelivered_at == NOW
    assert "550 5.1.1 User unknown" in letter.error
    assert "marina@serraazul.example" in kept.words


@pytest.mark.rule("R-070", "R-073")
def test_a_report_that_anybody_could_have_written_changes_nothing(world: World) -> None:
    ticket = world.solved(at("2026-11-23 10:00"))
    run_deadlines(at("2026-12-06 10:00"))
    told()
    reminder = Letter.objects.get(kind="reminder")
    other = world.open(at("2026-11-23 11:00"))
    for to in (HOUSE, reply_to(ticket.pk, world.joao), reply_to(other.pk, world.marina)):
        report = REPORT.format(action="failed", kind="message/rfc822", message_id=reminder.message_id, to=to)
        kept = taken(report.encode())
        assert (kept.decision, kept.why, kept.ticket_id) == (Decision.BOUNCED, Why.UNPROVEN, ticket.pk)
    reminder.refresh_from_db()
    assert reminder.undelivered_at is None
    assert not ticket.tasks.exists()


@pytest.mark.rule("R-070", "R-073")
def test_silence_is_no_acceptance_when_the_reminder_came_back(world: World) -> None:
    ticket = world.solved(at("2026-11-23 10:00"))
    run_deadlines(at("2026-12-06 10:00"))
    told()
    reminder = Letter.objects.get(kind="reminder")
    to = reply_to(ticket.pk, world.marina)
    taken(REPORT.format(action="failed", kind="message/rfc822", message_id=reminder.message_id, to=to).encode())
    run_deadlines(at("2026-12-20 10:00"))
    ticket.refresh_from_db()
    assert not ticket.is_closed
    assert ticket.tasks.get().kind == "unreached"


def test_an_automatic_answer_that_came_back_or_is_answered_belongs_to_no_ticket(world: World) -> None:
    ticket = world.solved(at("2026-11-23 10:00"))
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=at("2026-11-23 10:30"))
    taken(mail(world.marina, "Obrigado!", to=reply_to(ticket.pk, world.marina)))
    told()
    answer = Letter.objects.get(kind="returned")
    back = taken(REPORT.format(action="failed", kind="message/rfc822", message_id=answer.message_id, to=HOUSE).encode())
    assert (back.decision, back.ticket_id) == (Decision.BOUNCED, None)
    again = taken(mail(world.marina, "Então quero outro chamado, por favor.", In_Reply_To=answer.message_id))
    assert again.decision == Decision.OPENED


def test_a_report_of_a_delay_or_of_a_letter_that_is_not_ours_changes_nothing(world: World, ticket: Ticket) -> None:
    told()
    letter = Letter.objects.get()
    delayed = REPORT.format(action="delayed", kind="message/rfc822", message_id=letter.message_id, to=HOUSE).encode()
    assert taken(delayed).decision == Decision.STOPPED
    foreign = REPORT.format(action="failed", kind="message/rfc822", message_id="<x@y>", to=HOUSE).encode()
    assert taken(foreign).ticket_id is None
    assert letters_called([letter.message_id])[letter.message_id].undelivered_at is None


@pytest.mark.parametrize(
    ("results", "is_believed"),
    [
        ("mx.farol.example; dmarc=pass (p=reject) header.from=serraazul.example", True),
        ("mx.farol.example 1; dmarc=none; dkim=pass header.d=serraazul.example header.s=s1", True),
        ("mx.farol.example; dmarc=fail header.from=serraazul.example; dkim=pass header.d=serraazul.example", False),
        ("mx.farol.example; spf=pass smtp.mailfrom=mau@x.example; dkim=pass header.d=x.example", False),
        ("mx.farol.example; spf=pass smtp.mailfrom=marina@serraazul.example", True),
        ("mx.farol.example; none", False),
        ("mx.mau.example; dmarc=pass header.from=serraazul.example", False),
        (None, False),
    ],
)
def test_with_a_trusted_server_a_sender_is_believed_when_it_says_so(
    world: World, ticket: Ticket, results: str | None, is_believed: bool
) -> None:
    message = mail(world.marina, to=reply_to(ticket.pk, world.marina))
    if results:
        message["Authentication-Results"] = results
    with override_settings(MAIL_AUTHORITY="mx.farol.example"):
        assert taken(message).why == (Why.REPLY if is_believed else Why.FORGED)


def test_what_the_sender_wrote_below_the_trusted_servers_result_is_not_read(world: World, ticket: Ticket) -> None:
    message = EmailMessage()
    message["Authentication-Results"] = "mx.farol.example; dmarc=fail header.from=serraazul.example"
    message["Authentication-Results"] = "mx.farol.example; dmarc=pass header.from=serraazul.example"
    for name, value in mail(world.marina, to=reply_to(ticket.pk, world.marina)).items():
        message[name] = value
    with override_settings(MAIL_AUTHORITY="mx.farol.example"):
        assert taken(message).why == Why.FORGED


def test_a_mail_that_cannot_be_sorted_stays_kept_with_the_reason_and_is_sorted_later(
    world: World, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = mail(world.marina, to=reply_to(ticket.pk, world.marina))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("farol.mail.actions.sorting.put_in_ticket", broken)
        with pytest.raises(RuntimeError):
            taken(message)
    kept = Received.objects.get()
    assert (kept.decision, kept.error) == (Decision.WAITING, "RuntimeError: the disk is full")
    assert taken(message).decision == Decision.JOINED
