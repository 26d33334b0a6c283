"""What somebody had typed when they could not be let through: it waits in the session for the page it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.http import HttpRequest, QueryDict

LIMIT = 400_000
KEY = "kept"
PROOFS = {"password", "proof", "code", "answer", "state", "secret", "who", "old_password", "pin"}
NEVER = {"csrfmiddlewaretoken", "next", KEY} | PROOFS

Fields = dict[str, list[str]]


def typed(post: QueryDict) -> Fields:
    """The fields of a form that was sent, without secrets; of the longest texts as much as fits."""
    left, fields = LIMIT, {}
    for name in post:
        if name in NEVER:
            continue
        values = [value[: max(left, 0)] for value in post.getlist(name)]
        left -= sum(map(len, values))
        fields[name] = values
    return fields


def packed(path: str, fields: Fields) -> str:
    """As a hidden field carries it through the sign-in page."""
    return json.dumps({"path": path, "fields": fields}, ensure_ascii=False) if any(fields.values()) else ""


def unpacked(text: str) -> tuple[str, Fields]:
    """What `packed` made; nothing, if somebody else made it."""
    try:
        found = json.loads(text[: 3 * LIMIT])
        path, fields = found["path"], found["fields"]
        return str(path), {str(name): [str(value)[:LIMIT] for value in values] for name, values in fields.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "", {}


def keep(request: HttpRequest, path: str, fields: Mapping[str, list[str]]) -> None:
    """The page at `path` will find what was typed there."""
    if any(any(values) for values in fields.values()):
        request.session[KEY] = {"path": path.partition("?")[0], "fields": dict(fields)}


def taken(request: HttpRequest) -> QueryDict:
    """What waits for this page, given out once."""
    fields = QueryDict(mutable=True)
    waiting = request.session.get(KEY)
    if waiting and waiting["path"] == request.path:
        del request.session[KEY]
        for name, values in waiting["fields"].items():
            fields.setlist(name, values)
    return fields


def words(fields: Mapping[str, list[str]]) -> list[str]:
    """The texts among the fields, to be read and copied: no numbers, no marks."""
    return [value for values in fields.values() for value in values if len(value.split()) > 1]


def left_over(request: HttpRequest) -> dict[str, object]:
    """For templates: the texts that waited for this page and found no form to go into."""
    waiting = request.session.get(KEY) if hasattr(request, "session") and request.COOKIES else None
    if request.method != "GET" or not waiting or waiting["path"] != request.path:
        return {}
    del request.session[KEY]
    return {"kept_texts": words(waiting["fields"])}
