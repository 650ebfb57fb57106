"""`apupolku format`: every file in one shape, nothing lost.

Keys stand in the model's order and languages in the site's; what another YAML reader would take for a number, a date or
yes/no is quoted where the model means text; texts with line breaks and long texts stand as blocks; the first line names
the schema. A file with faults in its YAML is left alone, and a result that does not read as the same content with the same
comments is never written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator import comments, layout, shape, source
from generator.catalogue import VOCABULARIES
from generator.layout import File, Node
from generator.problems import Problem
from generator.shape import ANY, Shape
from generator.yamltext import can_be_folded, can_be_literal, seen_as

LONG = 200
"""Characters from which a text on one line is wrapped as a block."""
SCHEMAS = ".schema"
_MODELINE = re.compile(r"#\s*yaml-language-server:")
_SAME = {("yes-no", "bool"), ("age", "int"), ("date", "timestamp")}


class Kind(NamedTuple):
    """What a file is: its shape, whether it holds a list, and its schema's path from the file ("" when it has none)."""

    name: str
    shape: Shape
    schema: str = ""

    @property
    def expect(self) -> type:
        return list if self.shape.kind == "list" else dict


class UnsafeError(Exception):
    """Formatting would have lost something; the file was not touched."""


def kind_of(file: Path, services: Path) -> Kind:
    """The kind of a file by its place below the folder of services; elsewhere it is taken for a service without a schema."""
    try:
        parts = file.resolve().relative_to(services.resolve()).parts
    except ValueError:
        parts = ()
    name = "organization" if file.name == "organization.yaml" else "service"
    if parts[:1] == ("terms",):
        name = "concept" if len(parts) > 2 else file.stem
    found = shape.of(shape.FILES[name]) if name in shape.FILES else ANY
    if name in VOCABULARIES:
        found = Shape("list", item=shape.of(VOCABULARIES[name]))
    known = len(parts) > 1 and found is not ANY
    return Kind(name, found, "../" * (len(parts) - 1) + f"{SCHEMAS}/{name}.json" if known else "")


def files_below(paths: Sequence[Path]) -> Iterator[Path]:
    """The YAML files that the paths name or hold, as `catalogue` would find them."""
    for path in paths:
        if path.is_dir():
            found = (file for file in sorted(path.rglob("*.yaml")) if not any(part[0] in "._" for part in file.relative_to(path).parts))
            yield from found
        else:
            yield path


def format_text(data: bytes, name: str, kind: Kind, languages: Sequence[str]) -> tuple[str, list[Problem]]:
    """The formatted text of a file, or "" and its problems when its YAML has errors. Raises UnsafeError."""
    return rewrite(data, name, kind, languages, lambda tree, _: tree)


def rewrite(data: bytes, name: str, kind: Kind, languages: Sequence[str], change: Callable[[Any, Node], Any]) -> tuple[str, list[Problem]]:
    """The formatted text of a file after `change`, which changes its nodes and returns the tree that they must read as.

    "" and the problems when the file's YAML has errors. Raises UnsafeError when the text would say anything else.
    """
    document = source.parse(data, name, expect=kind.expect)
    problems = [problem for problem in document.problems if problem.level == "error"]
    if problems:
        return "", problems
    old = comments.normalize(data)
    file = comments.read(old)
    expected = change(document.root, file.root)
    text = dump(file, kind, languages)
    if not _says(text, expected, old, kind) or dump(comments.read(text), kind, languages) != text:
        raise UnsafeError(name)
    return text, []


def dump(file: File, kind: Kind, languages: Sequence[str]) -> str:
    """The text of a file that was read by `comments`, arranged; changes the nodes."""
    modeline = [line for line in _top(file) if _MODELINE.match(line)]
    if modeline:
        file.header = [line for line in file.header if line not in modeline]
        for entry in file.root.entries[:1]:
            entry.before = [line for line in entry.before if line not in modeline]
    arrange(file.root, kind.shape, languages)
    if kind.schema:
        modeline = [f"# yaml-language-server: $schema={kind.schema}"]
    return "".join(line + "\n" for line in modeline) + layout.write(file)


def _top(file: File) -> list[str]:
    return file.header + (file.root.entries[0].before if file.root.entries else [])


def _says(new: str, root: Any, old: str, kind: Kind) -> bool:
    """Whether `new` reads as `root`, without a fault, with the comments of `old` but for the line that names the schema."""
    again = source.parse(new.encode(), "", expect=kind.expect)
    kept = [Counter(comment for comment in comments.all_of(text) if not _MODELINE.match(comment)) for text in (old, new)]
    return again.root == root and kept[0] == kept[1] and not any(problem.level == "error" for problem in again.problems)


def arrange(node: Node, shape_: Shape, languages: Sequence[str], *, flow: bool = False) -> None:
    """Bring a node into the order and style of its shape, with all that is below it."""
    if node.kind == "scalar":
        node.style = _style(node, shape_, flow=flow)
        return
    scalars = all(entry.node.kind == "scalar" for entry in node.entries)
    if node.kind == "mapping":
        order = list(shape_.keys) if shape_.kind == "object" else list(languages) if shape_.kind in ("text", "words") else []
        rank = {key: at for at, key in enumerate(order)}
        node.entries.sort(key=lambda entry: rank.get(entry.key, len(rank)))
        node.flow = shape_.kind == "stamp" and scalars
    else:
        node.flow = node.flow and scalars
    for at, entry in enumerate(node.entries):
        child = _STAMP if shape_.kind == "stamps" else shape.below(shape_, at if node.kind == "list" else entry.key)
        if entry.key and not entry.key_style and seen_as(entry.key) != "str":
            entry.key_style = '"'
        arrange(entry.node, child, languages, flow=flow or node.flow)


_STAMP = Shape("stamp", item=Shape("scalar", "plain"))


def _style(node: Node, shape_: Shape, *, flow: bool) -> str:
    """The style in which a scalar is written: as the editor wrote it, unless that misleads or is hard to read."""
    text, style = node.value, node.style
    body = text.removesuffix("\n")
    quoted = style if style in ("'", '"') else ""
    if not flow:
        if "\n" in body and can_be_literal(text):
            return "|"
        if len(body) > (LONG if style != ">" else layout.WIDTH) and can_be_folded(text):
            return ">"
        if text.endswith("\n") and can_be_literal(text):
            return "|"
    if quoted or shape_ is ANY or not text:
        return quoted
    seen = seen_as(text)
    return "" if seen == "str" or (shape_.scalar, seen) in _SAME else '"'
