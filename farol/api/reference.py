"""The description of the API as a page: every call, every body, every problem. No script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from farol.kernel.errors import Refusal

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: str
    is_required: bool
    about: str
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    id: str
    method: str
    path: str
    summary: str
    about: str
    fields: tuple[Field, ...]
    body: str
    status: str
    answer: str

    @property
    def short_path(self) -> str:
        return self.path.removeprefix("/api/v1")


@dataclass(frozen=True, slots=True)
class Body:
    name: str
    about: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    code: str
    rule: str
    status: int
    message: str
    remedy: str


def calls(document: Schema) -> dict[str, list[Call]]:
    """Every call under the heading it belongs to."""
    found: dict[str, list[Call]] = {}
    for path, methods in document["paths"].items():
        for method, call in methods.items():
            found.setdefault(call["tags"][0], []).append(_call(path, method, call, document["components"]["schemas"]))
    return found


def bodies(document: Schema) -> list[Body]:
    """Every body that is sent or answered; a plain choice is told where it is used."""
    schemas = document["components"]["schemas"]
    return [
        Body(name, plain(schema.get("description", "")), tuple(_fields(schema, schemas)))
        for name, schema in sorted(schemas.items())
        if "properties" in schema
    ]


@cache
def problems() -> tuple[Problem, ...]:
    """Every refusal of the house, by its code."""
    found = {kind.code: kind for kind in _kinds(Refusal) if kind.code != Refusal.code}
    return tuple(
        Problem(code, kind.rule, kind.status, kind.message, kind.remedy) for code, kind in sorted(found.items())
    )


def plain(text: str) -> str:
    return text.replace("`", "")


def _kinds(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for heir in kind.__subclasses__():
        yield from _kinds(heir)
        yield heir


def _call(path: str, method: str, call: Schema, schemas: Schema) -> Call:
    status, answer = next(iter(call["responses"].items()))
    sent: Schema = call.get("requestBody", {}).get("content", {})
    first: Schema = next(iter(sent.values()), {})
    return Call(
        id=call["operationId"],
        method=method.upper(),
        path=path,
        summary=call["summary"],
        about=plain(call.get("description", "")),
        fields=tuple(_asked(call, sent, schemas)),
        body=_named(first.get("schema", {}), schemas),
        status=status,
        answer=_named(answer.get("content", {}).get("application/json", {}).get("schema", {}), schemas),
    )


def _asked(call: Schema, sent: Schema, schemas: Schema) -> Iterator[Field]:
    """What goes into the address, and a form's fields; a JSON body has its own table."""
    for parameter in call.get("parameters", ()):
        if parameter["in"] in {"path", "query"}:
            yield _field(parameter["name"], parameter["schema"], parameter.get("required", False), schemas)
    for kind, content in sent.items():
        if kind != "application/json":
            yield from _fields(content["schema"], schemas)


def _fields(schema: Schema, schemas: Schema) -> Iterator[Field]:
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        yield _field(name, field, name in required, schemas)


def _field(name: str, schema: Schema, is_required: bool, schemas: Schema) -> Field:
    return Field(name, _kind(schema, schemas), is_required, schema.get("description", ""), _named(schema, schemas))


def _kind(schema: Schema, schemas: Schema) -> str:
    """One line: `string`, `critical | high`, `Ref or null`, `list of Entry`."""
    if "$ref" in schema:
        name = _name(schema)
        return _kind(schemas[name], schemas) if "enum" in schemas[name] else name
    if parts := schema.get("anyOf") or schema.get("allOf"):
        return " or ".join(_kind(part, schemas) for part in parts)
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return f'"{schema["const"]}"'
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}), schemas)}"
    return str(schema.get("format") or schema.get("type") or "any")


def _named(schema: Schema, schemas: Schema) -> str:
    """The body that a schema refers to, however wrapped."""
    if "$ref" in schema:
        name = _name(schema)
        return name if "properties" in schemas[name] else ""
    parts = [*schema.get("anyOf", ()), *schema.get("allOf", ()), *([schema["items"]] if "items" in schema else ())]
    return next(filter(None, (_named(part, schemas) for part in parts)), "")


def _name(schema: Schema) -> str:
    return str(schema["$ref"]).rpartition("/")[2]
