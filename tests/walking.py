"""Every address of the house, read from the house itself, with things that exist; and every form its pages show.

What an address names is found by its parameter: `<int:rule_id>` is a rule, `<slug:code>` a code. Whoever adds a
parameter that is no model's name says here what it is, or the walk fails.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import lxml.html
from django.apps import apps
from django.db.models import Model
from django.urls import get_resolver

from farol.api.door import api
from farol.desk import acts, environment_acts, service_acts
from farol.people.models import Session
from farol.people.queries.visits import name_of

PARAMETER = re.compile(r"[<{](?:(\w+):)?(\w+)[>}]")
NOWHERE = 10**9
LEFT_OUT = ("api/", "sair", "static", "healthz", "readyz")
ALIASES = {
    "answer": "readyanswer", "contact": "person", "copy": "databasecopy", "entry": "workentry", "file": "attachment",
    "mail": "received", "number": "ticket", "run": "macrorun", "sheet": "titlesheet", "version": "calendarversion",
}  # fmt: skip
BELOW = {("attachments", "number"): "attachment", ("database-copies", "number"): "databasecopy"}
WORDS: dict[str, Sequence[str] | Callable[[], list[str]]] = {
    "name": lambda: [name_of(session.session_key) for session in Session.objects.all()],
    "code": ("fiscal", "support_tech_07_19", "nada"),
    "day": ("2026-12-24", "2026-13-99"),
    "step": ("produto", "modulo", "detalhes", "revisao", "nada"),
    "noun": tuple({**acts.ACTS, **service_acts.ACTS, **environment_acts.ACTS}),
    "provider": ("nada",),
    "token": ("1:falso", "MTA.falso", "x"),
    "secret": ("falso", "x.y"),
}


@dataclass(frozen=True, slots=True)
class Address:
    """A method and an address whose parameters are still open; `body` is what the API's description asks for."""

    path: str
    method: str = "GET"
    body: Mapping[str, Any] | None = None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The part of the path that a parameter follows, and its name."""
        parts = self.path.split("/")
        return [
            (before, found[2])
            for before, part in zip(["", *parts], parts, strict=False)
            if (found := PARAMETER.fullmatch(part))
        ]

    def filled(self, values: Iterable[object]) -> str:
        left = iter(values)
        return PARAMETER.sub(lambda _: str(next(left)), self.path)


@dataclass(frozen=True, slots=True)
class Form:
    """What a page sends when its button is pressed."""

    path: str
    said: tuple[tuple[str, str], ...]


def pages() -> list[Address]:
    return [Address(f"/{path}") for path in _paths(get_resolver().url_patterns) if not path.startswith(LEFT_OUT)]


def _paths(patterns: Iterable[Any], stem: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = stem + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _paths(pattern.url_patterns, here)
        else:
            yield here


def calls() -> list[Address]:
    """Every call of the API's description, with a body as it asks for."""
    document = api.get_openapi_schema()
    schemas = document["components"]["schemas"]
    return [
        Address(path, method.upper(), _body(call, schemas))
        for path, methods in document["paths"].items()
        for method, call in methods.items()
    ]


def _body(call: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any] | None:
    content = call.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    found: Mapping[str, Any] = _resolved(content["application/json"]["schema"], schemas)
    return found


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """The schema with what it refers to in its place, and the first of what it leaves open."""
    if "$ref" in schema:
        return _resolved(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "anyOf" in schema:
        return _resolved(schema["anyOf"][0], schemas)
    if "properties" in schema:
        return {**schema, "properties": {name: _resolved(at, schemas) for name, at in schema["properties"].items()}}
    return {**schema, "items": _resolved(schema["items"], schemas)} if "items" in schema else schema


def said(schema: Mapping[str, Any], chance: random.Random, name: str = "") -> Any:
    """Something that the schema allows; what is called as a thing is called is one that exists."""
    if "properties" in schema:
        wanted = {
            key: at for key, at in schema["properties"].items() if key not in {"at", "channel", "seen", "on_behalf_of"}
        }
        return {key: said(at, chance, key) for key, at in wanted.items()}
    kind = schema.get("type")
    if kind == "array":
        return [said(schema["items"], chance, name)]
    if "enum" in schema:
        return chance.choice(schema["enum"])
    if kind == "boolean":
        return chance.random() < 0.5
    if kind == "integer":
        return chance.choice(things(name) or [schema.get("minimum", 1)])
    if "date-time" in str(schema.get("format")):
        return f"2026-11-23T{chance.randrange(8, 18):02}:00:00-03:00"
    return "2026-12-01" if schema.get("format") == "date" else "Texto do teste, com o bastante de palavras."


def things(name: str, before: str = "") -> list[Any]:
    """What a parameter of that name may be: the keys of its model's rows, or the words it knows."""
    stem = name if name in WORDS else name.removesuffix("_id").rstrip("s").replace("_", "")
    if stem in WORDS:
        words = WORDS[stem]
        return words() if callable(words) else list(words)
    model = _model(BELOW.get((before, name), ALIASES.get(stem, stem)))
    return list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:60]) if model else []


@cache
def _model(name: str) -> type[Model] | None:
    """The house's own model of that name; the shortest name that ends with it."""
    rooms = [model for model in apps.get_models() if model.__module__.startswith("farol.")]
    found = sorted((m for m in rooms if m.__name__.lower().endswith(name)), key=lambda model: len(model.__name__))
    return found[0] if found else None


def unknown(address: Address) -> list[str]:
    """The parameters that nothing is known for."""
    return [name for before, name in address.parameters if not things(name, before)]


def named(address: Address, chance: random.Random, *, times: int) -> list[str]:
    """The address with things drawn at random, different ones as far as there are."""
    pools = [chance.sample(pool, len(pool)) for pool in (things(n, b) or [NOWHERE] for b, n in address.parameters)]
    if not pools:
        return [address.path]
    return list(dict.fromkeys(address.filled(pool[i % len(pool)] for pool in pools) for i in range(times)))


def forms(page: str, content: bytes, chance: random.Random) -> Iterator[Form]:
    """The forms of a page that change something, filled in as somebody in a hurry would."""
    if b"<form" not in content:
        return
    for form in lxml.html.document_fromstring(content).forms:
        if str(form.method).upper() == "POST":
            yield Form((form.action or page).partition("#")[0], tuple(_filled(form, chance)))


def _filled(form: Any, chance: random.Random) -> Iterator[tuple[str, str]]:
    for field in form.iter("input", "textarea", "select"):
        name, kind = field.get("name"), field.get("type", field.tag)
        if not name or kind in {"file", "submit", "button", "image"}:
            continue
        if field.tag == "select":
            values = [option.get("value", "") for option in field.iter("option") if option.get("value")]
            yield name, chance.choice(values or [""])
        elif kind in {"radio", "checkbox"}:
            if field.get("checked") is not None or chance.random() < 0.6:
                yield name, field.get("value", "on")
        elif kind == "hidden":
            yield name, field.get("value", "")
        else:
            yield name, field.get("value") or _typed(kind, name)


def _typed(kind: str, name: str) -> str:
    known = {
        "date": "2026-12-01", "datetime-local": "2026-11-23T10:00", "time": "10:00", "number": "30",
        "email": "alguem@serraazul.example", "url": "https://recebe.example/farol", "password": "farol-na-serra-2026",
    }  # fmt: skip
    return known.get(kind) or {"windows": "7:00-19:00", "url": known["url"]}.get(
        name, "Texto do teste, com o bastante."
    )
