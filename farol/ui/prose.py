"""What people wrote, as safe HTML: paragraphs, lists, emphasis, code and links; never what they could harm with.

>>> str(prose("Atualize a **tabela NCM**."))
'<p>Atualize a <strong>tabela NCM</strong>.</p>'
>>> str(prose("<script>alert(1)</script>"))
'<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'
"""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a", "hr"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
WRITTEN = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["heading", "lheading", "image"])


@lru_cache(maxsize=2048)
def prose(text: str) -> SafeString:
    """`text` with the marks that people write by hand turned into what they mean."""
    html = WRITTEN.render(text)
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    return mark_safe(clean.strip())
