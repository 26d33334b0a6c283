"""TwiML: what a carrier is told, and whether it is our carrier that asks."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils import translation
from django.utils.translation import gettext as _

from farol.hours.rules.oncall import RING_SECONDS
from farol.phone.script.machine import Kind, Turn
from farol.phone.script.prompts import text_of

ADDRESS = "/phone/twiml"
END = "/phone/twiml/fim"
SILENCE = "6"
TONGUES = {"pt-br": "pt-BR", "en": "en-US", "es": "es-ES"}


def is_signed(signature: str, *, token: str, url: str, fields: Mapping[str, Sequence[str]]) -> bool:
    """Over the address as it was asked for and every field, by name (RFC 2104 with SHA-1, as carriers do it)."""
    text = url + "".join(name + value for name in sorted(fields) for value in sorted(set(fields[name])))
    made = base64.b64encode(hmac.digest(token.encode(), text.encode(), "sha1")).decode()
    return bool(token) and hmac.compare_digest(made.encode(), signature.encode())


def document(
    turn: Turn,
    number: int,
    *,
    language: str,
    texts: Mapping[str, str],
    ticket: int = 0,
    phone: str = "",
    query: str = "",
) -> str:
    """One turn as the carrier reads it; `number` is what its answer will bear, `phone` whom the on-call name means."""
    answer = Element("Response")
    if turn.ask:
        about = {
            "input": "dtmf",
            "numDigits": str(turn.ask.most),
            "finishOnKey": "#",
            "timeout": SILENCE,
            "actionOnEmptyResult": "true",
            "method": "POST",
            "action": f"{ADDRESS}?n={number}{query}",
        }
        _say(SubElement(answer, "Gather", about), turn.say, language, texts)
    else:
        _say(answer, turn.say, language, texts)
        _end(answer, turn, language, texts, ticket, phone, query)
    return _written(answer)


def dialled(name: str, telephone: str, hop: int, *, query: str = "") -> str:
    """The on-call telephone of that name rings; what comes of it is told to the address that bears its number."""
    answer = Element("Response")
    _dial(answer, name, telephone, hop, query)
    return _written(answer)


def unanswered(*, language: str) -> str:
    """Nobody on call could answer: the caller will be called."""
    answer = Element("Response")
    _say(answer, ("retorno",), language, {})
    SubElement(answer, "Hangup")
    return _written(answer)


NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response />'


def _written(answer: Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>' + tostring(answer, encoding="unicode")


def _end(
    answer: Element, turn: Turn, language: str, texts: Mapping[str, str], ticket: int, phone: str, query: str
) -> None:
    if ticket:
        _say(answer, ("chamado",), language, texts)
        SubElement(answer, "Say", {"language": TONGUES.get(language, "pt-BR")}).text = " ".join(str(ticket))
    route = turn.route
    if route and route.kind is Kind.QUEUE:
        SubElement(answer, "Enqueue", {"action": END, "method": "POST"}).text = route.target
    elif route and route.kind is Kind.PHONE:
        _dial(answer, route.target, phone, 1, query)
    else:
        SubElement(answer, "Hangup")


def _dial(answer: Element, name: str, telephone: str, hop: int, query: str) -> None:
    about = {"action": f"{END}?salto={hop}{query}", "method": "POST", "timeout": str(RING_SECONDS)}
    dial = SubElement(answer, "Dial", about)
    if telephone:
        dial.text = telephone
    else:  # the carrier knows it by that name
        SubElement(dial, "Client").text = name


def _say(parent: Element, names: Sequence[str], language: str, texts: Mapping[str, str]) -> None:
    with translation.override(language):
        for name in names:
            said = SubElement(parent, "Say", {"language": TONGUES.get(language, "pt-BR")})
            said.text = texts.get(name) or _(text_of(name))
