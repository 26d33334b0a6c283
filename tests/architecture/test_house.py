"""What import-linter cannot see: links between tables, who writes, what the words are, and how big things are."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from django.db.models.fields.related import RelatedField

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "farol"
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
DEPTH = {room: depth for depth, layer in enumerate(LAYERS) for room in layer.split(" | ")}
DOORS = {"portal", "desk", "api"}
WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
OPENS_TABLES = {"house"}  # the roof seeds and measures, and erases a person everywhere
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "processor", "base"}
CLOCKS = {("datetime", "now"), ("timezone", "now"), ("date", "today"), ("datetime", "today"), ("time", "time")}

FILES = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)
OURS = [model for model in apps.get_models() if model.__module__.startswith("farol.")]
LINKS = [
    (model, field)
    for model in OURS
    for field in (*model._meta.fields, *model._meta.many_to_many)
    if isinstance(field, RelatedField) and field.related_model._meta.app_label != model._meta.app_label
]

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))


@pytest.mark.parametrize(("model", "field"), LINKS, ids=lambda part: getattr(part, "name", None) or part._meta.label)
def test_links_between_rooms_point_down_and_leave_no_way_back(model: type[Model], field: RelatedField) -> None:
    theirs = field.related_model._meta.app_label
    if theirs in DEPTH:  # a link to Django's own tables points out of the house
        assert DEPTH[model._meta.app_label] < DEPTH[theirs]
    assert field.remote_field.hidden, "a reverse accessor is an import that nobody sees: related_name='+'"


@each_file
def test_only_a_room_opens_its_own_tables(path: Path) -> None:
    """Another room's model may be named, as a type; its rows come from that room's queries and actions."""
    if room_of(path) not in OPENS_TABLES:
        theirs = foreign_models(path)
        assert not [name for name, method in attributes(path) if name in theirs and method in MANAGERS]
        assert not [node.func.id for node in calls(path) if isinstance(node.func, ast.Name) and node.func.id in theirs]


@each_file
def test_doors_do_not_write(path: Path) -> None:
    if room_of(path) in DOORS:
        assert not {name for _, name in method_calls(path)} & WRITES


@each_file
def test_no_signals_and_no_overridden_save(path: Path) -> None:
    assert not {module for module in imported(path) if module.endswith(".signals") or module == "django.dispatch"}
    if path.name == "models.py":
        overridden = {node.name for node in nodes(path) if isinstance(node, ast.FunctionDef)} & {"save", "delete"}
        assert not overridden, "a model that acts when saved is an action in disguise"


@each_file
def test_rules_do_not_look_at_the_clock(path: Path) -> None:
    if is_pure(path):
        assert not set(method_calls(path)) & CLOCKS


@each_file
def test_a_room_and_its_rules_say_what_they_are_and_no_name_is_vague(path: Path) -> None:
    if is_pure(path) or (path.parent.parent == HOUSE and path.name == "__init__.py"):
        assert ast.get_docstring(ast.parse(path.read_text())), "it opens with what it is"
    assert not set(path.relative_to(HOUSE).with_suffix("").parts) & VAGUE


@each_file
def test_nothing_grows_out_of_sight(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


@pytest.mark.parametrize(("suffix", "limit"), [("css", 300), ("js", 100), ("html", 150)])
def test_what_is_shown_stays_readable(suffix: str, limit: int) -> None:
    sizes = {path: len(path.read_text().splitlines()) for path in HOUSE.rglob(f"*.{suffix}") if is_ours(path)}
    assert not {str(path.relative_to(HOUSE)): size for path, size in sizes.items() if size > limit}


def is_ours(path: Path) -> bool:
    """Not somebody else's minified script."""
    return ".min." not in path.name and "vendor" not in path.parts


def is_pure(path: Path) -> bool:
    inside = path.relative_to(HOUSE).parts
    return inside[0] in {"kernel", "worktime"} or "rules" in inside or "script" in inside or path.name == "rules.py"


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text()))


def imported(path: Path) -> set[str]:
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def foreign_models(path: Path) -> set[str]:
    return {
        alias.asname or alias.name
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("farol.")
        if (node.module or "").endswith(".models") and (node.module or "").split(".")[1] != room_of(path)
        for alias in node.names
    }


def calls(path: Path) -> list[ast.Call]:
    return [node for node in nodes(path) if isinstance(node, ast.Call)]


def attributes(path: Path) -> list[tuple[str, str]]:
    """(last name before the dot, name after it) of every attribute."""
    return [_dotted(node) for node in nodes(path) if isinstance(node, ast.Attribute)]


def method_calls(path: Path) -> list[tuple[str, str]]:
    return [_dotted(call.func) for call in calls(path) if isinstance(call.func, ast.Attribute)]


def _dotted(node: ast.Attribute) -> tuple[str, str]:
    return getattr(node.value, "id", getattr(node.value, "attr", "")), node.attr
