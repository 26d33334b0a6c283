from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from farol.phone.models import Call, CallBack
from farol.tickets.models import Ticket
from tests.surfaces.phone.conftest import JOAO, TOKEN
from tests.world import World

pytestmark = pytest.mark.usefixtures("_carrier")
FIRST = "/phone/twiml?now=2026-11-24T09%3A00"


def signed(path: str, fields: dict[str, str], token: str = TOKEN) -> str:
    text = settings.PUBLIC_URL + path + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


@dataclass
class Carrier:
    """One call through a carrier."""

    sid: str = "CA1"
    client: Client = field(default_factory=Client)
    documents: list[bytes] = field(default_factory=list)
    first: str = FIRST

    def post(self, path: str, signature: str | None = None, **digits: str) -> HttpResponse:
        fields = {"CallSid": self.sid, "From": "+551133334444", "To": "+5540030015", **digits}
        headers = {"X-Twilio-Signature": signed(path, fields) if signature is None else signature}
        answer = self.client.post(path, fields, headers=headers)
        return answer  # type: ignore[return-value]

    def call(self, keys: str) -> ElementTree.Element:
        """The last document of a call with these keys."""
        left, path, digits = keys.split(), self.first, dict[str, str]()
        while True:
            answer = self.post(path, **digits)
            assert answer.status_code == 200, answer.status_code
            self.documents.append(answer.content)
            document = ElementTree.fromstring(answer.content)
            question = document.find("Gather")
            token = left.pop(0) if left and question is not None else "!"
            if question is None or token == "!":
                return document
            path, digits = question.get("action", ""), {"Digits": token.rstrip("#-")}
            if token.endswith("#"):
                digits["FinishedOnKey"] = "#"


@pytest.mark.rule("R-021", "R-029")
def test_a_carriers_call_reaches_the_same_team_with_a_ticket(live: World) -> None:
    carrier = Carrier()
    document = carrier.call(f"2 2 {JOAO} 2 2")
    queue = document.find("Enqueue")
    assert queue is not None
    assert queue.text == "suporte-fiscal"
    ticket = Ticket.objects.get()
    assert " ".join(str(ticket.pk)) in [said.text for said in document.iter("Say")]
    call = Call.objects.get()
    assert (call.door, call.ticket, call.caller) == (Call.Door.TWIML, ticket, "+551133334444")
    carrier.post("/phone/twiml/fim", CallStatus="completed")
    assert CallBack.objects.get().call == call


def test_a_request_that_comes_again_gets_the_same_document_and_takes_one_step(live: World) -> None:
    carrier = Carrier()
    first = [carrier.post(FIRST).content for _ in range(2)]
    assert first[0] == first[1]
    path = ElementTree.fromstring(first[0]).find("Gather").get("action", "")  # type: ignore[union-attr]
    second = [carrier.post(path, Digits="2").content for _ in range(2)]
    assert second[0] == second[1]
    assert carrier.post("/phone/twiml?n=5", Digits="2").status_code == 409
    assert Carrier("CA2").post(path, Digits="2").status_code == 409
    assert Carrier("CA'; --").post(FIRST).status_code == 400
    assert Carrier("CA3").post("/phone/twiml?n=-1").status_code == 400
    assert dict(parse_qsl(urlsplit(path).query))["n"] == "1"


def test_only_our_carrier_is_answered(live: World, settings: object) -> None:
    carrier = Carrier()
    fields = {"CallSid": "CA1", "From": "+551133334444", "To": "+5540030015"}
    good = signed(FIRST, fields)
    assert carrier.post(FIRST, signature="").status_code == 403
    assert carrier.post(FIRST, signature=signed(FIRST, fields, "outro")).status_code == 403
    assert carrier.post(FIRST, signature=good, Digits="4").status_code == 403
    assert carrier.post(FIRST + "&n=3", signature=good).status_code == 403
    assert carrier.client.get(FIRST).status_code == 405
    settings.PHONE_TEST = False  # type: ignore[attr-defined]
    assert carrier.post(FIRST).status_code == 403, "a test's clock where nobody is trying anything"
    settings.PHONE_TWIML_TOKEN = ""  # type: ignore[attr-defined]
    assert carrier.post("/phone/twiml").status_code == 404
    assert not Call.objects.exists()
