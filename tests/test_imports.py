"""The rooms of docs/architecture.md: imports go only upwards in the list, each outer library has its rooms, all is described."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import generator

PACKAGE = Path(generator.__file__).parent

# From the first room, which imports none of ours, to the last.
ORDER = [
    "problems",
    "source",
    "settings",
    "addresses",
    "words",
    "model",
    "hours",
    "catalogue",
    "paths",
    "shape",
    "yamltext",
    "layout",
    "comments",
    "formatting",
    "translations",
    "guard",
    "prose",
    "checks",
    "changes",
    "localise",
    "schema",
    "pages",
    "admin",
    "headers",
    "search",
    "exports",
    "reports",
    "site",
    "scaffold",
    "review",
    "editing",
    "repository",
    "configuration",
    "plugin",
    "cli",
]

# Who alone imports an outer library; the others do without it, so that it can be replaced.
ONLY = {
    "yaml": {"source", "yamltext", "layout", "comments"},  # one reads what a site is made of, the others write files anew
    "pydantic": {"model", "shape", "schema", "exports"},  # shape and schema describe the model; exports.importing builds parts of it
    "pydantic_core": {"model", "shape", "schema"},
    "babel": {"words", "checks", "translations", "localise", "pages", "search"},
    "jinja2": {"pages"},
    "segno": {"pages"},
    "mkdocs": {"configuration", "plugin"},
    "lunr": {"search"},
    "simplemma": {"search"},
    "holidays": {"hours"},
    "phonenumbers": {"model", "localise", "exports"},
}

FILES = sorted(file for file in PACKAGE.rglob("*.py") if "theme" not in file.parts and "locales" not in file.parts)


def room(file: Path) -> str:
    """The room that a file belongs to: the first part of its path."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "rooms are named in full"
            if node.module == "generator":
                yield from (f"generator.{alias.name}" for alias in node.names)
            elif node.module:
                yield node.module


def parsed(file: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


def name(file: Path) -> str:
    """How a test is called."""
    return file.relative_to(PACKAGE).as_posix()


def test_every_room_is_in_the_list() -> None:
    assert {room(file) for file in FILES} - {"__init__", "__main__"} == set(ORDER)


@pytest.mark.parametrize("file", [file for file in FILES if not room(file).startswith("__")], ids=name)
def test_imports_go_only_upwards(file: Path) -> None:
    mine = ORDER.index(room(file))
    ours = {part.split(".")[1] for part in imported(parsed(file)) if part.startswith("generator.")} - {room(file), "__version__"}
    assert not {other for other in ours if ORDER.index(other) > mine}


@pytest.mark.parametrize("library", ONLY)
def test_only_its_rooms_import_a_library(library: str) -> None:
    assert {room(file) for file in FILES for part in imported(parsed(file)) if part.split(".")[0] == library} <= ONLY[library]


@pytest.mark.parametrize("file", FILES, ids=name)
def test_module_and_public_functions_and_classes_have_docstrings(file: Path) -> None:
    tree = parsed(file)
    assert ast.get_docstring(tree)
    without = [
        node.name
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not without
