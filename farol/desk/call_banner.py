"""The call that rings at whoever reads the page, above every page of the desk. Nothing is asked when none does."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from farol.desk.call_words import spoken
from farol.people.models import Person
from farol.phone.queries import desk as calls

NOTHING = SafeString("")


def of(person: Person, *, now: datetime, csrf_token: str) -> SafeString:
    """The banner; the person's row, which is at hand, says whether there is a call to look for."""
    call = calls.at_hand(person)
    if call is None:
        return NOTHING
    facts = {"ringing": spoken(call, now=now), "csrf_token": csrf_token, "now": now}
    return SafeString(render_to_string("desk/call_banner.html", facts))
