"""The telephone's flow: what a caller passes through, how many are where now, and how many went which way.

What it shows stands in a table beside it: the picture is for eyes that know their way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

HEIGHT = 56
THINNEST, THICKEST = 1.0, 6.0
LETTER = 6.1


@dataclass(frozen=True, slots=True)
class Node:
    """A place of the flow; `key` leads to it, `count` calls are there now."""

    x: int
    y: int
    width: int
    title: str
    about: str
    count: int = 0
    key: str = ""
    is_hot: bool = False

    @property
    def top(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y

    @property
    def bottom(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + HEIGHT

    @property
    def right(self) -> tuple[int, int]:
        return self.x + self.width, self.y + HEIGHT // 2

    @property
    def left(self) -> tuple[int, int]:
        return self.x, self.y + HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Edge:
    """A way between two places; its weight is the calls of an hour."""

    path: str
    calls: int = 0
    is_shortcut: bool = False


def down(above: Node, below: Node, calls: int = 0) -> Edge:
    """From one place to the one below, in right angles."""
    (x, y), (to_x, to_y) = above.bottom, below.top
    middle = (y + to_y) // 2
    return Edge(f"M{x} {y}V{middle}H{to_x}V{to_y}" if x != to_x else f"M{x} {y}V{to_y}", calls)


def aside(left: Node, right: Node, calls: int = 0) -> Edge:
    (x, y), (to_x, _) = left.right, right.left
    return Edge(f"M{x} {y}H{to_x}", calls)


def call_flow(nodes: Sequence[Node], edges: Sequence[Edge], *, label: str) -> SafeString:
    """One picture as wide as its place."""
    width = max(node.x + node.width for node in nodes) + 8
    height = max(node.y for node in nodes) + HEIGHT + 8
    most = max([edge.calls for edge in edges] or [0])
    inside = [_edge(edge, most) for edge in edges] + [_node(node) for node in nodes]
    return format_html(
        '<svg class="chart call-flow" viewBox="-8 0 {} {}" role="img" aria-label="{}">{}</svg>',
        width + 8, height, label, format_html_join("", "{}", ((each,) for each in inside)),
    )  # fmt: skip


def _edge(edge: Edge, most: int) -> SafeString:
    weight = THINNEST + (THICKEST - THINNEST) * (edge.calls / most if most else 0)
    kind = "flow-shortcut" if edge.is_shortcut else "flow-edge"
    return format_html(
        '<path class="{}" d="{}" stroke-width="{}"/>', kind, edge.path, 1.5 if edge.is_shortcut else round(weight, 1)
    )


def _node(node: Node) -> SafeString:
    indent = 40 if node.key else 14
    key = (
        format_html(
            '<rect class="flow-key" x="10" y="17" width="20" height="22" rx="4"/>'
            '<text class="flow-digit" x="20" y="32">{}</text>',
            node.key,
        )
        if node.key
        else SafeString()
    )
    count = (
        format_html(
            '<rect class="flow-count" x="{}" y="16" width="26" height="24" rx="6"/>'
            '<text class="flow-number" x="{}" y="33">{}</text>',
            node.width - 32,
            node.width - 19,
            node.count,
        )
        if node.count
        else SafeString()
    )
    return format_html(
        '<g class="flow-node{}" transform="translate({} {})"><rect width="{}" height="{}" rx="8"/>{}'
        '<text class="flow-title" x="{}" y="24">{}</text><text class="flow-about" x="{}" y="42">{}</text>{}</g>',
        " is-hot" if node.is_hot else "", node.x, node.y, node.width, HEIGHT, key,
        indent, _short(node.title, node), indent, _short(node.about, node), count,
    )  # fmt: skip


def _short(text: str, node: Node) -> str:
    """As much of it as the box holds."""
    room = int((node.width - (40 if node.key else 14) - (34 if node.count else 6)) / LETTER)
    return text if len(text) <= room else text[: max(room - 1, 1)].rstrip() + "…"
