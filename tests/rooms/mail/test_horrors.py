"""Every mail is survived: kept as it came, and either read as far as it can be or set aside."""

from __future__ import annotations

import base64
import zlib
from email.message import EmailMessage
from time import process_time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from farol.files.queries import attached_to
from farol.journal.queries import about
from farol.mail import queries
from farol.mail.models import Received
from farol.mail.rules import mime, senders
from farol.mail.rules.decisions import Decision, Why
from farol.tickets.models import Ticket
from tests.rooms.mail.post import mail, reply_to, taken
from tests.world import World, at

PLAIN = b"Content-Type: text/plain; charset=utf-8\n\nSegue o XML.\n"


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.open(at("2026-11-23 09:00"))


@pytest.fixture
def head(world: World, ticket: Ticket) -> bytes:
    return f"From: {world.marina.email}\nTo: {reply_to(ticket.pk, world.marina)}\nMessage-ID: <a@b>\n".encode()


def joined(raw: bytes, ticket: Ticket) -> str:
    """What stands in the ticket after this mail."""
    kept = taken(raw)
    assert (kept.decision, kept.why) == (Decision.JOINED, Why.REPLY)
    assert queries.content_of(kept) == raw
    entry = about(f"ticket:{ticket.pk}").get(pk=kept.entry_id)
    return entry.body


def names(ticket: Ticket) -> list[str]:
    return [file.name for file in attached_to(f"ticket:{ticket.pk}")]


def test_a_mail_of_40_megabytes_joins_with_its_file(head: bytes, ticket: Ticket) -> None:
    content = base64.encodebytes(bytes(range(256)) * 4 * 1024 * 29)
    raw = head + (
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n' + PLAIN + b"\n--b\n"
        b'Content-Disposition: attachment; filename="dump.bin"\nContent-Transfer-Encoding: base64\n\n'
        + content + b"\n--b--\n"
    )  # fmt: skip
    assert len(raw) > 40_000_000
    assert joined(raw, ticket) == "Segue o XML."
    assert attached_to(f"ticket:{ticket.pk}").get().size == 256 * 4 * 1024 * 29


def test_a_file_over_the_limit_is_refused_by_name_and_the_words_stay(head: bytes, ticket: Ticket) -> None:
    raw = head + (
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n' + PLAIN
        + b'\n--b\nContent-Disposition: attachment; filename="dump.bin"\n\n' + b"x" * (51 * 1024 * 1024) + b"\n--b--\n"
    )  # fmt: skip
    said = joined(raw, ticket)
    assert said.startswith("Segue o XML.")
    assert "dump.bin: O arquivo tem 51 MB. O limite é 50 MB." in said


def test_500_recipients_are_read_for_ours(world: World, ticket: Ticket) -> None:
    to = ", ".join(f"Pessoa {n} <pessoa{n}@x.example>" for n in range(499))
    raw = mail(world.marina, to=f"{to}, {reply_to(ticket.pk, world.marina)}").as_bytes()
    assert joined(raw, ticket) == "Segue o XML."


def test_mails_within_mails_and_bombs_are_files(world: World, ticket: Ticket) -> None:
    inner = mail(world.bruno, "Por dentro")
    for _ in range(5):
        outer = mail(world.bruno, "Camada")
        outer.add_attachment(inner)
        inner = outer
    message = mail(world.marina, to=reply_to(ticket.pk, world.marina))
    message.add_attachment(inner)
    bomb = zlib.compress(b"\0" * 10_000_000)
    message.add_attachment(bomb, maintype="application", subtype="zip", filename="bomba.zip")
    assert joined(message.as_bytes(), ticket) == "Segue o XML."
    assert names(ticket) == ["anexo-1.eml", "bomba.zip"]


@pytest.mark.parametrize(
    "lines",
    [
        b"",
        b"From:\n",
        b"From: <>\n",
        b"From: a@x.example, b@x.example\n",
        b"From: Ningu\xe9m\n",
        b"From: a@x\nFrom: b@x\n",
    ],
)
def test_a_mail_that_does_not_say_who_wrote_is_set_aside(world: World, lines: bytes) -> None:
    kept = taken(lines + b"Subject: oi\n\ntexto\n")
    assert (kept.decision, kept.why) == (Decision.SET_ASIDE, Why.NO_SENDER)


@pytest.mark.parametrize(
    "date",
    [b"", b"Date: Thu, 01 Jan 1970 00:00:00 +0000\n", b"Date: Fri, 31 Dec 2099 23:59:59 -0300\n", b"Date: ontem\n"],
)
def test_the_date_a_mail_claims_moves_no_clock(head: bytes, ticket: Ticket, date: bytes) -> None:
    joined(head + date + PLAIN, ticket)
    entry = about(f"ticket:{ticket.pk}").last()
    assert entry
    assert entry.happened_at == at("2026-11-23 11:00")


@pytest.mark.parametrize(
    ("declared", "content"),
    [
        (b"text/plain; charset=utf-8", "não é".encode("latin-1")),
        (b"text/plain; charset=x-desconhecido", "não é".encode()),
        (b"text/plain; charset=us-ascii", "não é".encode()),
        (b"text/plain; charset=iso-8859-1", "não é".encode("latin-1")),
        (b"text/plain; charset=hex", "não é".encode()),
        (b'text/plain; charset="utf-8', "não é".encode()),
        (b"text/plain; charset*=utf-8''utf-8", "não é".encode()),
        (b"text/plain; charset=utf-16", "não é".encode("utf-16")),
        (b"nada", "não é".encode()),
    ],
)
def test_words_are_read_whatever_charset_was_claimed(
    head: bytes, ticket: Ticket, declared: bytes, content: bytes
) -> None:
    raw = head + b"Content-Type: " + declared + b"\nContent-Transfer-Encoding: 8bit\n\n" + content
    assert joined(raw, ticket) == "não é"


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("Subject: Não transmite".encode(), "Não transmite"),
        ("Subject: Não transmite".encode("latin-1"), "Não transmite"),
        (b"Subject: =?utf-8?q?N=C3=A3o?= =?utf-8?q?_transmite?=", "Não transmite"),
        (b"Subject: =?utf-8?b?!!!?= fim", "fim"),
        (b"Subject: =?nenhum?q?N=C3=A3o?=", "Não"),
        (b"Subject: a\x00b\n\tc", "ab c"),
        (b"Subject: " + b"x" * 100_000, "x" * 200),
    ],
)
def test_subjects_with_bytes_no_header_may_have(world: World, line: bytes, subject: str) -> None:
    assert taken(b"From: a@x.example\n" + line + b"\n\noi\n").subject == subject


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b"attachment; filename*=utf-8''nota%20%C3%A7%C3%A3o.xml", "nota ção.xml"),
        (b'attachment; filename*0="nota "; filename*1="fiscal.xml"', "nota fiscal.xml"),
        (b"attachment; filename*0*=utf-8''no%C3%A7; filename*1*=%C3%A3o.xml", "noção.xml"),
        (b"attachment; filename*=nenhum''nota.xml", "nota.xml"),
        (b'attachment; filename="=?utf-8?q?no=C3=A7=C3=A3o.xml?="', "noção.xml"),
        ('attachment; filename="noção.xml"'.encode(), "noção.xml"),
        ('attachment; filename="noção.xml"'.encode("latin-1"), "noção.xml"),
        (b'attachment; filename="../../etc/passwd"', ".._.._etc_passwd"),
        (b'attachment; filename="C:\\\\tmp\\\\nota.xml"', "C:_tmp_nota.xml"),
        (b'attachment; filename="a\x00b.xml"', "ab.xml"),
        (b"attachment", "anexo-1.xml"),
        (b'attachment; filename=""', "anexo-1.xml"),
    ],
)
def test_names_of_files_by_whatever_rule_they_were_written(
    head: bytes, ticket: Ticket, disposition: bytes, name: str
) -> None:
    raw = head + (
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n' + PLAIN
        + b"\n--b\nContent-Type: application/xml\nContent-Disposition: " + disposition + b"\n\n<x/>\n--b--\n"
    )  # fmt: skip
    joined(raw, ticket)
    assert names(ticket) == [name]


def test_winmail_dat_comes_along_as_the_file_it_is(world: World, ticket: Ticket) -> None:
    message = mail(world.marina, to=reply_to(ticket.pk, world.marina))
    message.add_attachment(b"\x78\x9f\x3e\x22", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    joined(message.as_bytes(), ticket)
    assert names(ticket) == ["winmail.dat"]


def test_a_mail_without_words_says_so(head: bytes, ticket: Ticket) -> None:
    assert joined(head, ticket) == "[Mensagem sem texto.]"


def test_an_image_within_the_text_is_a_file_and_html_alone_becomes_text(world: World, ticket: Ticket) -> None:
    message = EmailMessage()
    message["From"], message["To"] = world.marina.email, reply_to(ticket.pk, world.marina)
    message.set_content(
        "<p>Veja a tela:<br><img src='cid:tela'></p><blockquote type='cite'>Qual?</blockquote>", subtype="html"
    )
    message.add_related(b"\x89PNG\r\n", maintype="image", subtype="png", cid="<tela>", filename="tela.png")
    assert joined(message.as_bytes(), ticket) == "Veja a tela:"
    assert names(ticket) == ["tela.png"]


def test_of_10_000_parts_fifty_are_taken_and_the_rest_is_counted(head: bytes, ticket: Ticket) -> None:
    part = b"--b\nContent-Type: image/png\n\nx\n"
    raw = head + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n' + PLAIN + b"\n" + part * 10_000 + b"--b--\n"
    assert "mais 9950 anexos" in joined(raw, ticket)
    assert len(names(ticket)) == 50


def test_parts_nested_beyond_reason_are_set_aside_unread(head: bytes, ticket: Ticket) -> None:
    raw = head
    for depth in range(3000):
        raw += f'Content-Type: multipart/mixed; boundary="b{depth}"\n\n--b{depth}\n'.encode()
    kept = taken(raw + PLAIN)
    assert (kept.decision, kept.why) == (Decision.SET_ASIDE, Why.UNREADABLE)
    assert queries.content_of(kept) == raw + PLAIN


def test_parts_nested_within_reason_are_read(head: bytes, ticket: Ticket) -> None:
    raw = head
    for depth in range(50):
        raw += f'Content-Type: multipart/mixed; boundary="b{depth}"\n\n--b{depth}\n'.encode()
    assert joined(raw + PLAIN, ticket) == "Segue o XML."


HEAVY = {
    "a description without end": b'Content-Type: text/plain;"' + b'\\";' * 400_000 + b"\n\nOi.\n",
    "a header said without end": b"a:\n" * 300_000 + b"\nOi.\n",
    "parts in parts": b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (depth, depth) for depth in range(400)
    ) + b"\nOi.\n" * 300_000,
}  # fmt: skip


@pytest.mark.parametrize("weight", HEAVY)
def test_a_mail_made_to_be_read_for_hours_is_read_in_a_moment(weight: str) -> None:
    begun = process_time()
    mime.read(b"From: a@b.example\n" + HEAVY[weight])
    assert process_time() - begun < 10


def test_a_long_log_of_what_a_browser_sent_is_read(head: bytes, ticket: Ticket) -> None:
    log = b"Content-Type: multipart/form-data; boundary=x\nok\n" * 1_000
    assert joined(head + b"Content-Type: text/plain\n\n" + log, ticket).count("multipart/") == 1_000


def test_what_a_trusted_server_repeats_of_a_sender_is_read_in_a_moment() -> None:
    begun = process_time()
    assert not senders.is_confirmed(
        ["mx.example; spf=pass " + "a" * 90_000], trusted="mx.example", sender="a@b.example"
    )
    assert process_time() - begun < 5


def test_nothing_that_the_database_refuses_reaches_it(head: bytes, ticket: Ticket) -> None:
    raw = head + b"Content-Type: text/plain; charset=utf-7\n\nA\x00B +2AA- \xed\xa0\x80 \xff\x1bC\n"
    said = joined(raw, ticket)
    assert said.startswith("AB")
    assert "\x00" not in said
    said.encode()


def test_one_message_id_for_two_mails_is_two_mails(head: bytes, ticket: Ticket) -> None:
    assert joined(head + b"\nUm.", ticket) == "Um."
    assert joined(head + b"\nDois.", ticket) == "Dois."
    assert Received.objects.values_list("message_id").distinct().get() == ("<a@b>",)


def test_a_text_longer_than_a_ticket_takes_goes_on_in_a_file(head: bytes, ticket: Ticket) -> None:
    raw = head + b"\n" + b"linha do log\n" * 20_000
    assert joined(raw, ticket).endswith("[O texto continua no anexo.]")
    assert names(ticket) == ["mensagem-inteira.txt"]


def test_a_name_that_shows_another_address_is_not_who_wrote(world: World, ticket: Ticket) -> None:
    to = reply_to(ticket.pk, world.marina).encode()
    kept = taken(b'From: "' + world.marina.email.encode() + b'" <mau@x.example>\nTo: ' + to + b"\n\noi")
    assert (kept.sender, kept.why) == ("mau@x.example", Why.UNKNOWN_SENDER)


LINES = rb"""
From: marina@serraazul.example
From: =?utf-8?b?\xff?= <@>
To: suporte+1.1.aaaaaaaaaaaaaaaa@farol.example
Subject: =?x?y?z?=
Content-Type: multipart/mixed; boundary=b
Content-Type: multipart/report; report-type=delivery-status; boundary=b
Content-Type: multipart/alternative; boundary=
Content-Type: message/delivery-status
Content-Type: message/partial; number=1
Content-Type: message/rfc822
Content-Type: text/html; charset=
Content-Type: text/plain; charset*=x''y
Content-Transfer-Encoding: base64
Content-Transfer-Encoding: x-uuencode
Content-Disposition: attachment; filename*0*=
Message-ID: <a@b>
In-Reply-To: <<>
Action: failed
<p><blockquote type=cite>
begin 644 x
--b
--b--
"""
PIECES = st.one_of(st.binary(max_size=60), st.sampled_from([line + b"\n" for line in LINES.splitlines()]))


@given(st.lists(PIECES, max_size=25).map(b"".join))
@settings(max_examples=400, deadline=None)
@example(b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n--b--\n")
def test_reading_answers_a_mail_whatever_the_bytes_are(raw: bytes) -> None:
    read = mime.read(raw)
    for text in (read.text, read.said, read.subject, *read.head.recipients, *(file.name for file in read.files)):
        assert "\x00" not in text
        text.encode()
    assert all(isinstance(file.content, bytes) for file in read.files)


@given(st.lists(PIECES, max_size=15).map(b"".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_is_kept_and_decided(world: World, raw: bytes) -> None:
    kept = taken(raw)
    assert kept.decision != Decision.WAITING
    assert queries.content_of(kept) == raw or kept.copies > 1
