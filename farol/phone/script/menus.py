"""Menus and services as data (R-020): what each key does, which queue a service has, and what is wrong with a draft.

>>> menus = Menus.read(SEED)
>>> menus.menus["menu.principal"].keys["4"]
Choice(kind='service', target='cst')
>>> faults(SEED)
[]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from farol.kernel.errors import FieldsRefused, gettext_noop

Kind = Literal["menu", "service", "area", "code", "back"]
KINDS: tuple[str, ...] = get_args(Kind)
KEYS = frozenset("0123456789*")
ADVISORY = "assessoria"
ADMINISTRATIVE = "cst"
NEEDS = ("", "call_support", "call_consulting", "call_datacenter")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a key does: on to a menu, a service, an area, the access code, or one menu back."""

    kind: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    prompt: str
    keys: Mapping[str, Choice]


@dataclass(frozen=True, slots=True)
class Service:
    """What a caller can be led to. `needs` is the permission it takes, none without identification."""

    queue: str  # with {area} in it when the caller chooses one
    needs: str = ""
    calendar: str = ""
    menu: str = ""  # asked once the caller is admitted
    has_duty: bool = False
    phone: str = ""  # called out of hours, by name
    yields: bool = False  # to the queue that a customer's contract has for itself


@dataclass(frozen=True, slots=True)
class Menus:
    first: str
    greeting: str
    menus: Mapping[str, Menu]
    services: Mapping[str, Service]
    replays: int = 3  # undescribed keys before people take over
    silences: int = 3  # unanswered questions before people do
    tries: int = 4  # wrong identifications until the call goes to the Assessoria
    codes: int = 3  # wrong access codes before the area is asked

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Menus:
        """Raises FieldsRefused when something is wrong with it."""
        if found := faults(data):
            raise FieldsRefused({"menus": found})
        menus = {
            name: Menu(menu["prompt"], {key: Choice(*_choice(choice)) for key, choice in menu["keys"].items()})
            for name, menu in data["menus"].items()
        }
        services = {name: Service(**service) for name, service in data["services"].items()}
        limits = {name: data[name] for name in ("replays", "silences", "tries", "codes") if name in data}
        return cls(data["first"], data["greeting"], menus, services, **limits)


def faults(data: Any) -> list[str]:
    """What a caller would stumble over: targets that do not exist, menus without a way out."""
    try:
        return _faults(data)
    except (KeyError, TypeError, AttributeError, ValueError):
        return [gettext_noop("O menu não está completo: falta uma parte, ou uma parte não é o que deveria ser.")]


NO_TARGET = gettext_noop("Uma tecla leva a um menu ou serviço que não existe.")
NO_KEY = gettext_noop("Só existem as teclas de 0 a 9 e o asterisco.")
NO_WAY = gettext_noop("Há um menu sem saída: nenhuma tecla leva a um atendimento.")
NO_FIRST = gettext_noop("Falta o primeiro menu, ou um serviço que o fluxo usa: CST e Assessoria.")
NO_AREA = gettext_noop("Um serviço tem fila por área, mas não pergunta a área.")
BAD_LIMIT = gettext_noop("Repetições e tentativas são números de 1 a 9.")


def _faults(data: Any) -> list[str]:
    menus, services = data["menus"], data["services"]
    found = []
    choices = {name: [_choice(choice) for choice in menu["keys"].values()] for name, menu in menus.items()}
    if data["first"] not in menus or not {ADVISORY, ADMINISTRATIVE} <= set(services) or not str(data["greeting"]):
        found.append(NO_FIRST)
    if any(not set(menu["keys"]) <= KEYS or not str(menu["prompt"]) for menu in menus.values()):
        found.append(NO_KEY)
    known = {"menu": set(menus), "service": set(services)}
    if any(kind in known and target not in known[kind] for each in choices.values() for kind, target in each):
        found.append(NO_TARGET)
    elif any(not _leads_out(name, choices, set()) for name in menus):
        found.append(NO_WAY)
    read = [Service(**service) for service in services.values()]
    if any(service.menu and service.menu not in menus for service in read):
        found.append(NO_TARGET)
    if any(("{area}" in service.queue and not service.menu) or service.needs not in NEEDS for service in read):
        found.append(NO_AREA)
    limits = [data[name] for name in ("replays", "silences", "tries", "codes") if name in data]
    if any(not isinstance(limit, int) or not 1 <= limit <= 9 for limit in limits):
        found.append(BAD_LIMIT)
    return found


def _leads_out(name: str, choices: Mapping[str, list[tuple[str, str]]], seen: set[str]) -> bool:
    """Some key leads to a service, an area or the code, perhaps by way of other menus."""
    if name in seen:
        return False
    on = [target for kind, target in choices[name] if kind == "menu"]
    ends = any(kind in {"service", "area", "code"} for kind, _ in choices[name])
    return ends or any(_leads_out(each, choices, seen | {name}) for each in on)


def _choice(choice: Mapping[str, Any]) -> tuple[str, str]:
    ((kind, target),) = choice.items()
    if kind not in KINDS:
        raise ValueError(kind)
    return kind, target if isinstance(target, str) else ""


SEED: dict[str, Any] = {
    "first": "menu.principal",
    "greeting": "saudacao",
    "replays": 3,
    "silences": 3,
    "tries": 4,
    "codes": 3,
    "menus": {
        "menu.principal": {
            "prompt": "menu.principal",
            "keys": {
                "2": {"menu": "menu.software"},
                "3": {"service": "datacenter"},
                "4": {"service": "cst"},
                "5": {"service": "ouvidoria"},
            },
        },
        "menu.software": {
            "prompt": "menu.software",
            "keys": {"2": {"service": "suporte"}, "3": {"service": "consultoria"}, "*": {"back": True}},
        },
        "menu.destino": {"prompt": "menu.destino", "keys": {"1": {"code": True}, "2": {"menu": "menu.area"}}},
        "menu.area": {"prompt": "menu.area", "keys": {"1": {"area": "folha"}, "2": {"area": "fiscal"}}},
    },
    "services": {
        "suporte": {
            "queue": "suporte-{area}",
            "needs": "call_support",
            "calendar": "support_tech_07_19",
            "menu": "menu.destino",
            "has_duty": True,
            "yields": True,
        },
        "consultoria": {
            "queue": "consultoria-{area}",
            "needs": "call_consulting",
            "calendar": "consulting_08_12_14_18",
            "menu": "menu.destino",
        },
        "datacenter": {
            "queue": "datacenter",
            "needs": "call_datacenter",
            "calendar": "datacenter_08_18",
            "phone": "oncall",
        },
        "cst": {"queue": "cst", "calendar": "admin_finance_08_12_1330_18"},
        "ouvidoria": {"queue": "ouvidoria", "calendar": "ombudsman_08_12_1330_1730"},
        "assessoria": {"queue": "assessoria", "calendar": "support_tech_07_19"},
    },
}
"""The guide's own table (p. 6 to 13), and a team for each key of the area menu."""
