"""The flow as a picture, laid out from the menus in force and the calls of now (R-020, R-021)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from farol.desk.call_words import SERVICES, minutes
from farol.phone.models import Call
from farol.phone.queries.desk import LONG_WAIT, Traffic
from farol.phone.script.machine import Reason
from farol.phone.script.menus import Choice, Menus
from farol.ui.charts.call_flow import Edge, Node, aside, call_flow, down

LEFT, GAP, WIDTH = 12, 12, 192
SIDE = 330
ROW = 92
MOST = 5
MENUS = {
    "menu.principal": lambda: _("Menu principal"),
    "menu.software": lambda: _("Software"),
    "menu.destino": lambda: _("Código ou área"),
    "menu.area": lambda: _("Área"),
}


@dataclass(slots=True)
class _Picture:
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def put(self, node: Node) -> Node:
        self.nodes.append(node)
        return node


@dataclass(frozen=True, slots=True)
class Flow:
    svg: SafeString
    rows: Sequence[tuple[str, str, int]]  # the same as a table: place, about, calls now


def drawn(menus: Menus, traffic: Traffic, *, now_waits: dict[str, str]) -> Flow:
    """`now_waits` says of a service how long its longest wait is."""
    picture = _Picture()
    entry = picture.put(Node(LEFT, 8, 220, _("Entrada"), _entry(traffic), len(traffic.in_menus)))
    main = picture.put(_menu(menus.first, LEFT, 8 + ROW, traffic))
    picture.edges.append(down(entry, main, traffic.last_hour))
    options = _row(picture, main, menus, menus.first, 8 + 2 * ROW, traffic, now_waits)
    y = 8 + 3 * ROW
    for node, choice in options:
        if choice.kind == "menu" and choice.target in menus.menus:
            _row(picture, node, menus, choice.target, y, traffic, now_waits)
            y += ROW
    _steps(picture, menus, traffic, y)
    rows = [(node.title, node.about, node.count) for node in picture.nodes]
    label = _("Fluxo da URA com as chamadas de agora")
    return Flow(call_flow(picture.nodes, picture.edges, label=label), rows)


def longest_waits(traffic: Traffic, now: datetime) -> dict[str, str]:
    """By service, the wait of whoever waits longest, once it is too long."""
    longest: dict[str, str] = {}
    for call in traffic.waiting:
        since = call.routed_at or call.started_at
        waited = now - since
        if waited >= LONG_WAIT and call.service not in longest:
            longest[call.service] = minutes(waited)
    return longest


def service_name(name: str) -> str:
    return SERVICES[name]() if name in SERVICES else name


def menu_name(name: str) -> str:
    return MENUS[name]() if name in MENUS else name.partition(".")[2] or name


def _entry(traffic: Traffic) -> str:
    flowing = ngettext("{count} no fluxo", "{count} no fluxo", len(traffic.in_menus)).format(
        count=len(traffic.in_menus)
    )
    return f"{flowing} · " + ngettext("{count} na última hora", "{count} na última hora", traffic.last_hour).format(
        count=traffic.last_hour
    )


def _menu(name: str, x: int, y: int, traffic: Traffic) -> Node:
    return Node(x, y, 220, menu_name(name), _("ouve as opções"), traffic.places.get(name, 0))


def _row(
    picture: _Picture, above: Node, menus: Menus, name: str, y: int, traffic: Traffic, waits: dict[str, str]
) -> list[tuple[Node, Choice]]:
    found = []
    shown = [(key, choice) for key, choice in sorted(menus.menus[name].keys.items()) if choice.kind != "back"][:MOST]
    width = min(WIDTH, (4 * (WIDTH + GAP)) // max(len(shown), 1) - GAP)
    for place, (key, choice) in enumerate(shown):
        node = picture.put(_option(LEFT + place * (width + GAP), y, width, key, choice, traffic, waits))
        picture.edges.append(down(above, node, _calls(choice, menus, traffic)))
        found.append((node, choice))
    return found


def _option(x: int, y: int, width: int, key: str, choice: Choice, traffic: Traffic, waits: dict[str, str]) -> Node:
    if choice.kind == "menu":
        return Node(x, y, width, menu_name(choice.target), _("outro menu"), traffic.places.get(choice.target, 0), key)
    if choice.kind != "service":
        return Node(x, y, width, choice.target or _("Código"), "", 0, key)
    waiting = sum(call.service == choice.target for call in traffic.waiting)
    wait = waits.get(choice.target, "")
    about = _("maior espera {wait}").format(wait=wait) if wait else _waiting(waiting)
    return Node(x, y, width, service_name(choice.target), about, waiting, key, is_hot=bool(wait))


def _waiting(count: int) -> str:
    return ngettext("{count} na fila", "{count} na fila", count).format(count=count) if count else _("ninguém na fila")


def _calls(choice: Choice, menus: Menus, traffic: Traffic, seen: frozenset[str] = frozenset()) -> int:
    """Calls of the last hour that took this key, by where they ended."""
    if choice.kind == "service":
        return sum(count for (service, _reason), count in traffic.routes.items() if service == choice.target)
    if choice.kind != "menu" or choice.target in seen or choice.target not in menus.menus:
        return 0
    keys = menus.menus[choice.target].keys.values()
    return sum(_calls(each, menus, traffic, seen | {choice.target}) for each in keys)


def _steps(picture: _Picture, menus: Menus, traffic: Traffic, y: int) -> None:
    """What every service with a condition asks in the guide's order: who, contract and debt, code or area."""
    by_reason = {
        reason: sum(count for (_service, why), count in traffic.routes.items() if why == reason) for reason in Reason
    }
    asked = sum(traffic.places.get(place, 0) for place in ("id.documento", "id.senha"))
    who = picture.put(Node(LEFT, y, 220, _("Identificação"), _("CNPJ ou CPF e senha"), asked))
    tries = _("depois de {count} erros").format(count=menus.tries - 1)
    advisory = picture.put(Node(SIDE, y, 210, _("Assessoria"), tries, _in_queue(traffic, "assessoria")))
    gate = picture.put(Node(LEFT, y + ROW, 220, _("Contrato e financeiro"), _("consulta em tempo real")))
    office = picture.put(
        Node(SIDE, y + ROW, 210, _("CST"), _("há pendência ou falta contrato"), _in_queue(traffic, "cst"))
    )
    here = sum(traffic.places.get(place, 0) for place in ("menu.destino", "menu.area", "rota.codigo"))
    code = picture.put(Node(LEFT, y + 2 * ROW, 220, _("Código do produto?"), _("a última versão gera o código"), here))
    straight = picture.put(Node(SIDE, y + 2 * ROW, 210, _("Direto para a área"), _("sem ouvir o menu")))
    waiting = len(traffic.waiting)
    queue = picture.put(
        Node(LEFT, y + 3 * ROW, 220, _("Filas"), _("{count} em conversa").format(count=len(traffic.talking)), waiting)
    )
    asking = next((node for node in picture.nodes if node.key and node.title == service_name("suporte")), None)
    if asking:
        picture.edges.append(down(asking, who, sum(by_reason.values()) - by_reason[Reason.MENU]))
    passed = by_reason[Reason.AREA] + by_reason[Reason.CODE]
    picture.edges += [
        aside(who, advisory, by_reason[Reason.IDENTIFICATION]),
        down(who, gate, passed + by_reason[Reason.DEBT] + by_reason[Reason.NO_CONTRACT]),
        aside(gate, office, by_reason[Reason.DEBT] + by_reason[Reason.NO_CONTRACT]),
        down(gate, code, passed),
        aside(code, straight, by_reason[Reason.CODE]),
        down(code, queue, by_reason[Reason.AREA]),
        _shortcut(straight, queue),
    ]


def _shortcut(start: Node, end: Node) -> Edge:
    (x, y), (_to_x, to_y) = start.bottom, end.right
    return Edge(f"M{x} {y}V{to_y}H{end.right[0]}", is_shortcut=True)


def _in_queue(traffic: Traffic, queue: str) -> int:
    return sum(call.route_target == queue for call in traffic.going_on if call.state != Call.State.TALKING)
