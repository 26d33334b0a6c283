"""What people wrote as safe HTML: light marks mean something, everything else stands as it was typed."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farol.ui.prose import ATTRIBUTES, MARKED, REL, TAGS, _marked, _plain, prose


@pytest.mark.parametrize(("text", "html"), [
    ("**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>"),
    ("- um\n- dois", "<ul>\n<li>um</li>\n<li>dois</li>\n</ul>"),
    ("3. um", '<ol start="3">\n<li>um</li>\n</ol>'),
    ("> cita", "<blockquote>\n<p>cita</p>\n</blockquote>"),
    ("[a](https://b.c)", f'<p><a href="https://b.c" rel="{REL}">a</a></p>'),
    ("veja https://b.c/x.", f'<p>veja <a href="https://b.c/x" rel="{REL}">https://b.c/x</a>.</p>'),
    ("a\r\nb\n\n\nc", "<p>a<br>b</p>\n<p>c</p>"),
])  # fmt: skip
def test_light_marks_mean_something(text: str, html: str) -> None:
    assert prose(text) == html


@pytest.mark.parametrize("text", [
    r"C:\_temp\*.xml e \\servidor\pasta", "[erro]: falha 778", "&nbsp; & &amp; &#65;", "# não é título", "a\n===\nb",
    "<b>x</b>", "a_b_c", "//servidor/pasta", "ftp://a.b", "a@b.c", "[x](javascript:alert(1))", "|a|b|\n|-|-|",
    "> " * 40 + "fundo", "[" * 4_000 + "x",
])  # fmt: skip
def test_everything_else_stands_as_it_was_typed(text: str) -> None:
    shown = re.sub(r"<br>\n?", "\n", prose(text)).replace("<p>", "").replace("</p>", "")
    assert unescape(re.sub(r"<[^>]+>", "", shown)) == text.strip()


@pytest.mark.parametrize("text", ["![x](https://fora.example/x.png)", "<img src=https://fora.example/x.png>"])
def test_no_image_is_loaded_from_outside(text: str) -> None:
    assert "<img" not in prose(text)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


HOSTILE = st.lists(
    st.sampled_from([
        "<script>", "</p>", "<img src=x onerror=alert(1)>", "javascript:", "data:", "[x](", ")", "'", '"', "`", "*",
        "_", ">", "\n", "- ", "1. ", "    ", "\t", "https://a.b/", "<a href=", "onclick=", "\\", "&lt;", "x", "\u2028",
    ]),
    max_size=30,
).map("".join)  # fmt: skip


@given(HOSTILE)
def test_nothing_harmful_comes_out(text: str) -> None:
    reader = Reader()
    reader.feed(prose(text))
    for tag, attributes in reader.found:
        assert tag in TAGS
        assert attributes.keys() <= ATTRIBUTES.get(tag, set()) | {"rel", "title"}
        if tag == "a":
            assert attributes["rel"] == REL
        if href := attributes.get("href"):
            assert not re.match(r"(?!https?:|mailto:)[a-z]+:", href)


@given(st.lists(st.sampled_from(["nota", "778", "é", "\n", "\n\n", " ", ", ", "x-y", "2.5", "a+b", "(c)", "?", "!"])))
def test_a_text_without_marks_is_the_same_by_either_way(parts: list[str]) -> None:
    text = "".join(parts).strip()
    if not MARKED.search(text):
        assert re.sub(r"<br>\s*", "<br>", _marked(text)) == (_plain(text) if text else "")


def test_a_text_nobody_wrote_by_hand_is_shown_and_costs_little() -> None:
    for text in ("[" * 100_000, "*a " * 30_000, "**x** " * 9_000):
        assert unescape(prose(text).replace("<wbr>", "")) == f"<p>{text.strip()}</p>"


def test_a_word_that_never_ends_may_be_broken_between_its_letters_and_never_inside_a_tag() -> None:
    assert prose("x" * 250) == f"<p>{'x' * 100}<wbr>{'x' * 100}<wbr>{'x' * 50}</p>"
    assert prose("&" * 150) == f"<p>{'&amp;' * 100}<wbr>{'&amp;' * 50}</p>"
    assert f'href="https://farol.example/{"y" * 300}"' in prose(f"https://farol.example/{'y' * 300}")
    assert "<wbr>" not in prose("Uma frase comum, com palavras de tamanho comum. " * 40)
