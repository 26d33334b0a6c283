"""What a letter's template says once and both bases show in their own way."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def row(context: dict[str, Any], label: str, value: object) -> str:
    """One fact: a row of a table, or a line of text."""
    if str(context["base"]).endswith(".txt"):
        return f"{label}: {value}\n"
    return format_html('<tr><th scope="row">{}</th><td>{}</td></tr>', label, value)


@register.simple_tag(takes_context=True)
def choice(context: dict[str, Any], word: str, url: str) -> str:
    """One answer that a click chooses: a link, or a line with its address."""
    if str(context["base"]).endswith(".txt"):
        return f"{word}: {url}\n"
    return format_html('<a class="choice" href="{}">{}</a> ', url, word)
