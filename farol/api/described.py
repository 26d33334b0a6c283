"""What the OpenAPI document says beside the calls: problems, headers, how to begin."""

from __future__ import annotations

import json
from typing import Any

from farol.api.answers import Problem
from farol.api.problems import MEDIA_TYPE

ABOUT = """\
The support centre for programs: the same verbs, rules and refusals as the pages.

Send `Authorization: Bearer TOKEN`. Instants are ISO 8601 with offset, durations whole minutes.
Texts follow `Accept-Language` (pt-BR, en, es). Every POST takes `Idempotency-Key`: for 48 hours the
same key with the same body gives the first answer again, with another body 409. Lists are read on with `cursor`.
Only tokens with the scope `import` may say `at` (when it happened) and `channel`. What comes with `at` is
history: it is on record like anything else, and nobody gets a letter about it.
Whoever changes a ticket may say how much of it they had `seen` (its `last_entry`): when somebody else has written
since, the answer is 409 `ticket.changed`, nothing is done, and the same change may be sent again after reading.
A token may call some thousand times at once and then fifty times a second; beyond that the answer is 429
`request.too_many`, nothing is done, and `Retry-After` says in how many seconds to go on.
"""

PREFIX = "#/components/schemas/"
PROBLEM = {"$ref": f"{PREFIX}Problem"}
REFUSED = {"description": "Refused, or wrong", "content": {MEDIA_TYPE: {"schema": PROBLEM}}}
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "examples": ["pt-BR", "en", "es"]},
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


def completed(document: Any) -> Any:
    """`document` with the problems every call may answer and the headers every call reads."""
    for calls in document["paths"].values():
        for method, call in calls.items():
            answers = {str(status): answer for status, answer in call["responses"].items()}
            call["responses"] = answers | {"default": REFUSED}
            call.setdefault("parameters", []).append(LANGUAGE)
            if method == "post":
                call["parameters"].append(KEY)
    document["components"]["schemas"] = _used(document)
    return document


def _used(document: Any) -> dict[str, Any]:
    """The schemas that something refers to: filters are told as parameters, not as bodies."""
    schemas = document["components"]["schemas"] | {"Problem": Problem.model_json_schema()}
    text = json.dumps([document["paths"], schemas], default=str)
    return {name: schema for name, schema in schemas.items() if f'"{PREFIX}{name}"' in text}
