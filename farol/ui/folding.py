"""Templates whose constant parts are worked out when they are loaded, once for each language.

Half of a page's nodes say the same every time: translated words, icons, addresses without a number. They become
plain text, and neighbours one piece of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.template import Context, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable
from django.template.defaulttags import IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

CONSTANT, FOLDED = "is_constant", "is_folded"


class Loader(cached.Loader):
    """Keeps every template, folded, once for each language."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        return f"{get_language()}:{super().cache_key(template_name, skip)}"

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        if not hasattr(template, FOLDED):
            template.nodelist = folded(template.nodelist)
            setattr(template, FOLDED, True)
        return template


def constant(tag: Any) -> Any:
    """Marks a simple tag that gives the same for the same arguments in the same language."""
    setattr(tag, CONSTANT, True)
    return tag


def folded(nodes: Iterable[Node]) -> NodeList:
    """The same nodes, with runs of constant ones as one text."""
    made = NodeList(_merged(nodes))
    made.contains_nontext = any(not isinstance(node, TextNode) for node in made)
    return made


def _merged(nodes: Iterable[Node]) -> Iterator[Node]:
    run: list[str] = []
    for node in nodes:
        if (text := _text(node)) is not None:
            run.append(text)
            continue
        if run:
            yield TextNode("".join(run))
            run = []
        yield _inside(node)
    if run:
        yield TextNode("".join(run))


def _inside(node: Node) -> Node:
    if isinstance(node, IfNode):
        node.conditions_nodelists = [(condition, folded(nodes)) for condition, nodes in node.conditions_nodelists]
        return node
    for name in node.child_nodelists:
        if (nodes := getattr(node, name, None)) is not None:
            setattr(node, name, folded(nodes))
    return node


def _text(node: Any) -> str | None:
    """What the node says on every page, if it does."""
    if isinstance(node, TextNode):
        return node.s
    if isinstance(node, LoadNode):
        return ""
    return node.render(Context()) if _is_constant(node) else None


def _is_constant(node: Any) -> bool:
    if isinstance(node, TranslateNode):
        return not (node.asvar or node.message_context) and _is_literal(node.filter_expression)
    if isinstance(node, StaticNode):
        return node.varname is None and _is_literal(node.path)
    if isinstance(node, URLNode):
        return not (node.args or node.kwargs or node.asvar) and _is_literal(node.view_name)
    if isinstance(node, SimpleNode):
        said = (*node.args, *node.kwargs.values())
        return hasattr(node.func, CONSTANT) and node.target_var is None and all(map(_is_literal, said))
    return False


def _is_literal(expression: FilterExpression) -> bool:
    """`translate` makes a variable even of a word between quotes: one that looks nothing up."""
    is_looked_up = isinstance(expression.var, Variable) and expression.var.lookups is not None
    return not is_looked_up and not expression.filters
