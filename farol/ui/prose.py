"""What people wrote, as safe HTML: paragraphs, lists, emphasis, code, quotes and links; all else stands as written.

>>> str(prose("Atualize a **tabela NCM**."))
'<p>Atualize a <strong>tabela NCM</strong>.</p>'
>>> str(prose("<script>alert(1)</script>"))
'<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'
>>> str(prose("Bom dia.\\nSegue o XML."))
'<p>Bom dia.<br>Segue o XML.</p>'
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "a", "hr"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
REL = "noopener nofollow noreferrer"
MARKED = re.compile(r"[*_`\[\]<>]|://|mailto:|^[ \t]+\S|^[-+=]|^\d{1,9}[.)]", re.MULTILINE)
"""Some mark that people write by hand may be in the text; without one it is only paragraphs."""
GAP = re.compile(r"\n\s*\n")
NESTED = re.compile(r"^\s*(?:(?:>|[-+*]|\d+[.)])\s*){10,}", re.MULTILINE)
UNBROKEN = re.compile(r"<[^>]*>|(?:&#?\w{1,9};|[^\s<>&]){100}")
SHORT = 8_192
LONGEST = 20_000
MOST_MARKS = 3_000
"""Beyond these nobody wrote by hand, and reading the marks would take long: the text is shown as it is."""


def _reader() -> MarkdownIt:
    """Backslashes, entities and references are words here: paths of Windows, codes of XML, "[erro]: …"."""
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True})
    reader.disable(["heading", "lheading", "image", "reference", "escape", "entity"]).enable("linkify")
    if reader.linkify is not None:
        reader.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        for schema in ("ftp:", "//"):
            reader.linkify.add(schema, None)
    return reader


WRITTEN = _reader()


def prose(text: str) -> SafeString:
    """`text` with the marks that people write by hand turned into what they mean."""
    return _short(text) if len(text) <= SHORT else _long(text)


@lru_cache(maxsize=2048)
def _short(text: str) -> SafeString:
    return _made(text)


@lru_cache(maxsize=64)
def _long(text: str) -> SafeString:
    return _made(text)


def _made(text: str) -> SafeString:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _breakable(_marked(text) if MARKED.search(text) and not _is_hostile(text) else _plain(text))


def _breakable(html: SafeString) -> SafeString:
    """A word that never ends may be broken anywhere: browsers take most of a minute to find out where by themselves."""
    return mark_safe(UNBROKEN.sub(lambda found: found[0] if found[0][0] == "<" else f"{found[0]}<wbr>", html))


def _is_hostile(text: str) -> bool:
    return len(text) > LONGEST or len(MARKED.findall(text)) > MOST_MARKS or NESTED.search(text) is not None


def _plain(text: str) -> SafeString:
    parts = ("<br>".join(escape(line.strip()) for line in part.split("\n")) for part in GAP.split(text.strip()))
    return mark_safe("\n".join(f"<p>{part}</p>" for part in parts))


def _marked(text: str) -> SafeString:
    clean = nh3.clean(
        WRITTEN.render(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=REL,
    )
    return mark_safe(clean.strip())
