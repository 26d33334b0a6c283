"""The telephone's menus as a form: what each key of each menu does (R-020). The script decides what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from farol.desk.call_flow import menu_name, service_name
from farol.people import queries as people
from farol.phone.script.prompts import TEXTS

KEYS = "123456789*0"
LIMITS = ("replays", "silences", "tries", "codes")
LONGEST_TEXT = 500
MOST_MENUS = 30


@dataclass(frozen=True, slots=True)
class Key:
    digit: str
    field: str
    choice: str


@dataclass(frozen=True, slots=True)
class MenuField:
    """One menu as it is edited."""

    name: str
    title: str
    field: str
    text: str
    keys: Sequence[Key]
    is_needed: bool  # the first, or one that a service asks


@dataclass(frozen=True, slots=True)
class Limit:
    field: str
    label: str
    value: int


def shown(data: Mapping[str, Any]) -> list[MenuField]:
    needed = {data["first"], *(service.get("menu", "") for service in data["services"].values())}
    return [
        MenuField(
            name,
            menu_name(name),
            f"text-{name}",
            text_of(data, menu["prompt"]),
            [Key(digit, f"key-{name}-{digit}", _written(menu["keys"].get(digit))) for digit in KEYS],
            name in needed,
        )
        for name, menu in data["menus"].items()
    ]


def limits(data: Mapping[str, Any]) -> list[Limit]:
    labels = {
        "replays": _("Teclas erradas antes da Assessoria"),
        "silences": _("Silêncios antes da Assessoria"),
        "tries": _("Identificações erradas antes da Assessoria"),
        "codes": _("Códigos errados antes de pedir a área"),
    }
    return [Limit(name, labels[name], data.get(name, 3)) for name in LIMITS]


def choices(data: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """All that a key can do, in groups."""
    areas = {area.code: area.name for area in people.areas()}
    areas |= {code: _("{area} (não existe)").format(area=code) for code in unknown_areas(data)}
    return [
        (_("Menus"), [(f"menu:{name}", menu_name(name)) for name in data["menus"]]),
        (_("Atendimentos"), [(f"service:{name}", service_name(name)) for name in data["services"]]),
        (_("Áreas"), [(f"area:{code}", name) for code, name in areas.items()]),
        (_("Outros"), [("code:", _("Código de acesso")), ("back:", _("Voltar ao menu anterior"))]),
    ]


def unknown_areas(data: Mapping[str, Any]) -> list[str]:
    """Areas that a key leads to and that no team is."""
    named = {choice["area"] for menu in data["menus"].values() for choice in menu["keys"].values() if "area" in choice}
    return sorted(map(str, named - {area.code for area in people.areas()}))


def edited(data: Mapping[str, Any], said: QueryDict) -> dict[str, Any]:
    """The menus with what the form says; nothing of it is judged here."""
    new: dict[str, Any] = deepcopy(dict(data))
    removed = said.get("remove_menu", "")
    if removed in new["menus"]:
        del new["menus"][removed]
    for name, menu in new["menus"].items():
        menu["keys"] = {
            digit: choice for digit in KEYS if (choice := _read(said.get(f"key-{name}-{digit}", ""))) is not None
        }
        _say(new, menu["prompt"], said.get(f"text-{name}", ""))
    for limit in LIMITS:
        text = said.get(limit, "")
        new[limit] = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    added = slugify(said.get("new_menu", ""))[:24]
    if added and f"menu.{added}" not in new["menus"] and len(new["menus"]) < MOST_MENUS:
        new["menus"][f"menu.{added}"] = {"prompt": f"menu.{added}", "keys": {"*": {"back": True}}}
        if said.get("add"):
            new["menus"][f"menu.{added}"]["keys"]["0"] = {"service": "assessoria"}
    return new


def text_of(data: Mapping[str, Any], prompt: str) -> str:
    """What is heard: the menu's own words, or those that come along."""
    own = data.get("texts", {}).get(prompt)
    return str(own) if own else _(TEXTS[prompt]) if prompt in TEXTS else ""


def _say(data: dict[str, Any], prompt: str, text: str) -> None:
    text = " ".join(text.replace("\x00", "").split())[:LONGEST_TEXT]
    texts = data.setdefault("texts", {})
    texts.pop(prompt, None)
    if text and text not in (TEXTS.get(prompt), _(TEXTS[prompt]) if prompt in TEXTS else ""):
        texts[prompt] = text


def _written(choice: Mapping[str, Any] | None) -> str:
    if not choice:
        return ""
    ((kind, target),) = choice.items()
    return f"{kind}:{target if isinstance(target, str) else ''}"


def _read(text: str) -> dict[str, Any] | None:
    kind, colon, target = text.partition(":")
    if not colon:
        return None
    return {kind: target or True}
