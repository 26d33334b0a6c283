"""What a template says on every page is text from the moment it is loaded; what depends on the page is not."""

from __future__ import annotations

import pytest
from django.template import Context, Engine, Template
from django.template.base import NodeList, TextNode
from django.utils.translation import override

from farol.ui.folding import folded

ENGINE = Engine(libraries={"ui": "farol.ui.templatetags.ui", "i18n": "django.templatetags.i18n"}, builtins=[])


def nodes(source: str) -> NodeList:
    return folded(Template(source, engine=ENGINE).nodelist)


@pytest.mark.parametrize(
    "source",
    [
        '{% load i18n ui %}<p>{% translate "Sair" %}{% icon "sun" %}</p>',
        '{% load ui %}{% icon "sun" "small" %} {% icon name="moon" %}',
        '<a href="{% url "portal:home" %}">',
    ],
)
def test_words_icons_and_addresses_become_one_text(source: str) -> None:
    made = nodes(source)
    assert [type(node) for node in made] == [TextNode]
    assert made.render(Context()) == Template(source, engine=ENGINE).render(Context())


@pytest.mark.parametrize(
    ("source", "facts"),
    [
        ("{% load i18n %}{% translate word %}", {"word": "Sair"}),
        ('{% load i18n %}{% translate "Sair" as out %}{{ out }}', {}),
        ('{% load i18n %}{% translate "Sair"|upper %}', {}),
        ("{% load ui %}{% icon name %}", {"name": "sun"}),
        ('{% load ui %}{% icon "sun" as sun %}{{ sun }}', {}),
        ('{% url "portal:ticket" number %}', {"number": 7}),
        ("{{ name }}{{ name|safe }}", {"name": "<b>"}),
        ("{% for n in many %}{% if n %}<{{ n }}>{% else %}-{% endif %}{% empty %}none{% endfor %}", {"many": [0, 1]}),
        ("{% for n in many %}{{ n }}{% empty %}none{% endfor %}", {"many": []}),
        ("{% with a=b %}{% autoescape off %}{{ a }}{% endautoescape %}{% endwith %}", {"b": "<i>"}),
    ],
)
def test_what_depends_on_the_page_stays_and_says_the_same(source: str, facts: dict[str, object]) -> None:
    made = nodes(source)
    assert made.contains_nontext
    assert rendered(made, facts) == Template(source, engine=ENGINE).render(Context(facts))


def rendered(made: NodeList, facts: dict[str, object]) -> str:
    context = Context(facts)
    template = Template("", engine=ENGINE)
    with context.render_context.push_state(template), context.bind_template(template):
        return made.render(context)


def test_a_template_is_kept_once_for_each_language() -> None:
    loaders = [("farol.ui.folding.Loader", [("django.template.loaders.locmem.Loader", {"a": SOURCE})])]
    engine = Engine(loaders=loaders, libraries={"i18n": "django.templatetags.i18n"})
    said = {}
    for language in ("pt-br", "en", "pt-br"):
        with override(language):
            said[language] = engine.get_template("a").render(Context())
    assert said == {"pt-br": "Sair", "en": "Sign out"}


SOURCE = '{% load i18n %}{% translate "Sair" %}'


def test_a_block_keeps_its_place_in_the_template_above() -> None:
    pages = {
        "base": '{% load i18n %}[{% block a %}{% translate "Sair" %}{% endblock %}]',
        "page": '{% extends "base" %}{% load i18n %}{% block a %}{{ block.super }}, {{ name }}{% endblock %}',
    }
    engine = Engine(
        loaders=[("farol.ui.folding.Loader", [("django.template.loaders.locmem.Loader", pages)])],
        libraries={"i18n": "django.templatetags.i18n"},
    )
    for name in ("Ana", "Rui"):
        assert engine.get_template("page").render(Context({"name": name})) == f"[Sair, {name}]"
