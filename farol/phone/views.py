"""What a carrier asks for. Nothing is looked up before its signature holds."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache, partial
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from farol.hours.rules.oncall import PHONES, Level
from farol.phone.actions import end_call, hop_on
from farol.phone.doors import twiml
from farol.phone.doors.carried import NoSuchTurn, Request, answered
from farol.phone.doors.conversation import holiday_of, instant_of, number_of
from farol.phone.doors.guarded import Aside, NoAnswer
from farol.phone.models import Call
from farol.phone.script.machine import Heard, State, Turn, way_on

KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
MOST_DIGITS = 40
HOPS = tuple(str(number) for number, _ in enumerate(Level, 1))
OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


@csrf_exempt  # the carrier's signature is the authority
@require_POST
@never_cache
@sensitive_post_parameters()
def call(request: HttpRequest) -> HttpResponse:
    """POST /phone/twiml: one turn of a call, then the next."""
    if not _is_welcome(request):
        return HttpResponseForbidden()
    asked = _read(request)
    if asked is None:
        return HttpResponse(status=400)
    write = partial(_written, asked, _query(request))
    try:
        return _xml(aside().ask_and_wait(partial(answered, asked, write)))
    except NoSuchTurn:
        return HttpResponse(status=409)
    except NoAnswer:
        return _xml(_written(asked, "", way_on(State(step="")), 0, ""))


@csrf_exempt
@require_POST
@never_cache
def end(request: HttpRequest) -> HttpResponse:
    """POST /phone/twiml/fim: the caller has left the queue or an on-call telephone, or the call is over."""
    if not _is_welcome(request):
        return HttpResponseForbidden()
    if (hop := request.GET.get("salto")) is not None:
        return _hopped(request, int(hop)) if hop in HOPS else HttpResponse(status=400)
    said = request.POST
    talked = _seconds(said.get("DialCallDuration", "") or said.get("RecordingDuration", ""))
    is_bridged = said.get("QueueResult") in {"bridged", "redirected-from-bridged"}
    is_over = said.get("CallStatus", "completed") in OVER
    if is_over or said.get("QueueResult"):
        told = partial(
            end_call,
            Call.Door.TWIML,
            _key(request),
            now=timezone.now(),
            status=said.get("QueueResult", "").upper()[:20],
            talked_seconds=max(talked, int(is_bridged)),
            is_cut_off="failed" in {said.get("CallStatus"), said.get("DialCallStatus")},
        )
        try:
            aside().ask_and_wait(told)
        except NoAnswer:
            return HttpResponse(status=503)  # the carrier tells again
    return _xml(twiml.NOTHING)


def _hopped(request: HttpRequest, number: int) -> HttpResponse:
    """What came of an on-call telephone: the next one rings, whether or not that can be written down now (R-121)."""
    said = request.POST
    is_over = said.get("CallStatus", "") in OVER
    told = partial(
        hop_on,
        Call.Door.TWIML,
        _key(request),
        number,
        status=said.get("DialCallStatus", "")[:20],
        is_over=is_over,
        talked=_seconds(said.get("DialCallDuration", "")),
        now=_now(request),
    )
    try:
        hop = aside().ask_and_wait(told)
        level, telephone = (Level(hop.level), hop.telephone) if hop else (None, "")
    except NoAnswer:
        level, telephone = next(iter(list(Level)[number:]), None), ""
    if level:
        return _xml(twiml.dialled(PHONES[level], telephone, number + 1, query=_query(request)))
    is_served = is_over or said.get("DialCallStatus", "") in {"completed", "answered"}
    return _xml(twiml.NOTHING if is_served else twiml.unanswered(language=settings.LANGUAGE_CODE))


@lru_cache(maxsize=1)
def aside() -> Aside:
    return Aside(threads=3, keeps_connections=False)


def _is_welcome(request: HttpRequest) -> bool:
    """The carrier's own signature, and no argument of a test where nobody is trying anything."""
    if not settings.PHONE_TWIML_TOKEN:
        raise Http404
    is_signed = twiml.is_signed(
        request.headers.get("X-Twilio-Signature", ""),
        token=settings.PHONE_TWIML_TOKEN,
        url=settings.PUBLIC_URL + request.get_full_path(),
        fields=dict(request.POST.lists()),
    )
    return is_signed and (settings.PHONE_TEST or not {"now", "holiday"} & set(request.GET))


def _read(request: HttpRequest) -> Request | None:
    said, asked = request.POST, request.GET.get("n", "0")
    key, digits = said.get("CallSid", ""), said.get("Digits", "")
    if not KEY.fullmatch(key) or not (asked.isascii() and asked.isdigit() and len(asked) < 4):
        return None
    return Request(
        key=key,
        number=int(asked),
        heard=Heard(digits[:MOST_DIGITS].replace("\x00", ""), is_ended=bool(digits) or bool(said.get("FinishedOnKey"))),
        caller=number_of(said.get("From", "")),
        dialled=number_of(said.get("To", "")),
        language=settings.LANGUAGE_CODE,
        now=_now(request),
        holiday=holiday_of(request.GET.get("holiday", "")),
    )


def _key(request: HttpRequest) -> str:
    return request.POST.get("CallSid", "")[:64].replace("\x00", "")


def _seconds(text: str) -> int:
    return int(text[:6]) if text.isascii() and text.isdecimal() else 0


def _now(request: HttpRequest) -> datetime:
    return instant_of(request.GET.get("now", "")) or timezone.now()


def _query(request: HttpRequest) -> str:
    """A test's arguments go along from turn to turn."""
    kept = {name: request.GET[name] for name in ("now", "holiday") if request.GET.get(name)}
    return f"&{urlencode(kept)}" if kept else ""


def _written(asked: Request, query: str, turn: Turn, ticket: int, phone: str) -> str:
    phone = phone or settings.PHONE_ON_CALL
    return twiml.document(
        turn, asked.number + 1, language=asked.language, texts={}, ticket=ticket, phone=phone, query=query
    )


def _xml(document: str) -> HttpResponse:
    return HttpResponse(document, content_type="text/xml; charset=utf-8")
