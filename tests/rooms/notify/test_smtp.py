"""The same letters by SMTP, to a server that speaks just enough of it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default

import pytest
from django.test.utils import override_settings

from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.notify import actions
from farol.notify.models import Letter
from tests.rooms.notify.letters import POSTED
from tests.world import World, at


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Postman)
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT" and self.server.is_refusing:
                self.wfile.write(b"550 nobody of that name\r\n")
            elif verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.received.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.wfile.write(b"250 taken\r\n")
            elif verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


class Postman(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.is_refusing = False
        super().__init__(("127.0.0.1", 0), Conversation)


@pytest.fixture
def postman() -> Iterator[Postman]:
    with Postman() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.server_address[1],
            EMAIL_USE_TLS=False,
            EMAIL_TIMEOUT=5,
        ):
            yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def letter(world: World) -> Letter:
    world.open(at("2026-11-23 09:00"))
    deliver(Entry.objects.get())
    return Letter.objects.get()


def test_a_letter_sent_twice_bears_one_identity_and_the_same_words(postman: Postman, letter: Letter) -> None:
    assert actions.post_letter(letter.pk, now=POSTED) is True
    Letter.objects.update(state="queued")  # what a kill between sending and noting leaves
    assert actions.post_letter(letter.pk, now=POSTED) is True
    first, second = (message_from_bytes(mail, policy=default) for mail in postman.received)
    assert first["Message-ID"] == second["Message-ID"] == letter.message_id
    assert first["Date"] == second["Date"]
    for subtype in ("plain", "html"):
        one, other = first.get_body((subtype,)), second.get_body((subtype,))
        assert one.get_content() == other.get_content()


def test_a_refused_address_is_on_record_and_tried_again(postman: Postman, letter: Letter) -> None:
    postman.is_refusing = True
    with pytest.raises(actions.NotPosted):
        actions.post_letter(letter.pk, now=POSTED)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("queued", 1)
    assert "550" in letter.error
