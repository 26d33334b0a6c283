"""A mailbox elsewhere, on a server that speaks just enough IMAP."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator

import pytest
from django.test.utils import override_settings

from farol.mail import actions, mailbox, queries
from farol.mail.models import Received
from tests.rooms.mail.post import NOW, mail
from tests.world import World


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Keeper)
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline():
            tag, _, command = line.strip().partition(b" ")
            answers = self.server.answers(command.decode())
            self.wfile.write(b"".join(answers) + tag + b" OK done\r\n")
            if command.upper() == b"LOGOUT":
                return


class Keeper(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.mails: dict[int, bytes] = {}
        self.seen: set[int] = set()
        self.done: dict[int, bytes] = {}
        self.can_move = True
        super().__init__(("127.0.0.1", 0), Conversation)

    def answers(self, command: str) -> list[bytes]:
        uids = [int(found) for found in re.findall(r"^UID \w+ (\d+)", command)]
        if command == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1" + (b" MOVE" if self.can_move else b"") + b"\r\n"]
        if command.startswith("SELECT"):
            return [b"* %d EXISTS\r\n" % len(self.mails)]
        if command.startswith("UID SEARCH"):
            found = [uid for uid in self.mails if "ALL" in command or uid not in self.seen]
            return [b"* SEARCH " + b" ".join(b"%d" % uid for uid in found) + b"\r\n"]
        if command.startswith("UID FETCH"):
            return [self._fetched(uid) for uid in uids if uid in self.mails]
        if command.startswith("UID STORE"):
            self.seen |= set(uids)
        elif command.startswith(("UID MOVE", "UID COPY")):
            self.done |= {uid: self.mails[uid] for uid in uids}
        if command.startswith("UID MOVE") or command == "EXPUNGE":
            self.mails = {uid: raw for uid, raw in self.mails.items() if uid not in self.done}
        return []

    def _fetched(self, uid: int) -> bytes:
        raw = self.mails[uid]
        return b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)\r\n" % (uid, uid, len(raw), raw)


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    with Keeper() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        with override_settings(
            IMAP_HOST="127.0.0.1", IMAP_PORT=server.server_address[1], IMAP_TLS="0", IMAP_USER="u", IMAP_PASSWORD="p"
        ):
            yield server
        server.shutdown()
        thread.join()


def test_new_mails_are_kept_once_byte_for_byte_and_marked(world: World, keeper: Keeper) -> None:
    odd = b"From: a@x.example\r\nSubject: \xff)\r\n\r\n) A2 OK\r\n\x80"
    keeper.mails = {3: mail(world.marina).as_bytes(), 7: odd}
    assert mailbox.fetch(now=NOW) == 2
    assert mailbox.fetch(now=NOW) == 0
    assert keeper.seen == {3, 7}
    kept = list(Received.objects.order_by("pk"))
    assert [queries.content_of(mail) for mail in kept] == [keeper.mails[3], odd]
    assert {mail.source for mail in kept} == {"imap"}


@pytest.mark.parametrize("can_move", [True, False])
def test_taken_mails_move_to_the_folder_that_is_named_though_somebody_has_read_them(
    world: World, keeper: Keeper, can_move: bool
) -> None:
    keeper.can_move = can_move
    keeper.mails = {3: mail(world.marina).as_bytes()}
    keeper.seen = {3}
    with override_settings(IMAP_DONE="Farol"):
        assert mailbox.fetch(now=NOW) == 1
    assert (list(keeper.mails), list(keeper.done)) == ([], [3])


def test_a_mail_that_cannot_be_kept_stays_and_holds_up_no_other(
    world: World, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.mails = {1: mail(world.marina, "Um.").as_bytes(), 2: mail(world.marina, "Dois.").as_bytes()}
    receive = mailbox.actions.receive

    def once_full(raw: bytes, **facts: object) -> Received:
        if b"Um." in raw:
            raise RuntimeError("the disk is full")
        return receive(raw, **facts)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(mailbox.actions, "receive", once_full)
        with pytest.raises(RuntimeError):
            mailbox.fetch(now=NOW)
    assert keeper.seen == {2}
    assert mailbox.fetch(now=NOW) == 1
    assert Received.objects.count() == 2


def test_a_mail_met_by_both_ways_is_one(world: World, keeper: Keeper) -> None:
    raw = mail(world.marina).as_bytes()
    actions.receive(b"Received: from mx\n" + raw, source=Received.Source.PIPE, now=NOW)
    keeper.mails = {1: raw.replace(b"\n", b"\r\n")}
    assert mailbox.fetch(now=NOW) == 1
    assert Received.objects.get().copies == 2
