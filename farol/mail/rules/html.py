"""A mail that was only written as HTML, as text, with or without what it quotes.

>>> markup = "<p>Segue o XML.</p><blockquote type='cite'>Qual o XML?</blockquote>"
>>> text_of(markup, is_whole=False)
'Segue o XML.'
>>> text_of(markup, is_whole=True)
'Segue o XML.\\n\\nQual o XML?'
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import html_text
from lxml.etree import LxmlError

from farol.mail.rules.words import clean

CLASSES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote")
QUOTES = "|".join(
    ["//blockquote[@type='cite']", *(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in CLASSES)]
)
"""How the common mail programs mark what they quote."""
TAG = re.compile(r"<[^<>]*>")


def text_of(markup: str, *, is_whole: bool) -> str:
    markup = clean(markup)
    try:
        tree = html_text.parse_html(markup)
        whole = html_text.extract_text(tree).strip()
        said = whole if is_whole else _without_quotes(tree) or whole
    except (LxmlError, ValueError, AttributeError, AssertionError, RecursionError):
        said = ""
    return said or unescape(TAG.sub(" ", markup)).strip()  # nested beyond what a parser follows


def _without_quotes(tree: Any) -> str:
    for quote in tree.xpath(QUOTES):
        if quote.getparent() is not None:
            quote.drop_tree()
    return html_text.extract_text(tree).strip()
