"""The nodes of a YAML file that is to be written anew: their style and the comments around them; and the writing itself.

For tools that change files (`formatting`, `translations`); what a site is made of is read by `source`. `comments` reads a
file into these nodes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from generator.yamltext import block_lines, scalar

WIDTH = 100


@dataclass(slots=True)
class Entry:
    """A key with its value, or a list's item (`key` is ""). `before`: the comments above it; "" stands for a blank line."""

    key: str
    node: Node
    before: list[str] = field(default_factory=list)
    key_style: str = ""


@dataclass(slots=True)
class Node:
    """A value. `style` is a scalar's: "" plain, "'", '"', "|" or ">"; `flow`: written in brackets; `tail`: comments at its end."""

    kind: Literal["mapping", "list", "scalar"]
    value: str = ""
    style: str = ""
    flow: bool = False
    entries: list[Entry] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)

    def get(self, key: str) -> Node | None:
        """The value of a mapping's key."""
        return next((entry.node for entry in self.entries if entry.key == key), None)

    def at(self, path: Iterable[str | int]) -> Node | None:
        """The node at `path` below this one."""
        node: Node | None = self
        for step in path:
            if node is None:
                return None
            if isinstance(step, int):
                node = node.entries[step].node if node.kind == "list" and step < len(node.entries) else None
            else:
                node = node.get(step) if node.kind == "mapping" else None
        return node

    def put(self, key: str, node: Node) -> None:
        """Set a mapping's key, at the end when it is new."""
        for entry in self.entries:
            if entry.key == key:
                entry.node = node
                return
        self.entries.append(Entry(key, node))


@dataclass(slots=True)
class File:
    """A file: the comments at its top that belong to no key, and its content."""

    header: list[str]
    root: Node


def write(file: File) -> str:
    """The file's text."""
    top = [*file.header, *([""] if file.root.entries else [])] if file.header else []
    lines = [*top, *_container(file.root, 0)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _container(node: Node, indent: int) -> list[str]:
    lines: list[str] = []
    for entry in node.entries:
        before = list(entry.before)
        if entry is node.entries[0]:
            drop_blank_start(before)
        lines += [" " * indent + comment for comment in before]
        lines += _item(entry, indent) if node.kind == "list" else _pair(entry, indent)
    return lines + [" " * indent + comment for comment in node.tail]


def _pair(entry: Entry, indent: int) -> list[str]:
    """`key: value`."""
    node, key = entry.node, " " * indent + scalar(entry.key, entry.key_style, flow=False) + ":"
    if node.kind != "scalar" and node.entries and not node.flow:
        return [key, *_container(node, indent + 2)]
    return _value(node, key + " ", indent)


def _item(entry: Entry, indent: int) -> list[str]:
    """`- value`; a mapping begins beside the hyphen, so comments that stand first in it go above the hyphen."""
    node, dash = entry.node, " " * indent + "- "
    if node.kind == "scalar" or node.flow or not node.entries:
        return _value(node, dash, indent)
    lines = _container(node, indent + 2)
    first = next(at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    above = [" " * indent + line.strip() for line in lines[:first]]
    return [*above, dash + lines[first][indent + 2 :], *lines[first + 1 :]]


def _value(node: Node, start: str, indent: int) -> list[str]:
    if node.kind == "scalar":
        if node.style in ("|", ">"):
            head, *body = block_lines(node.value, node.style, WIDTH - indent - 2)
            return [start + head, *(" " * (indent + 2) + line if line else "" for line in body)]
        return [start + scalar(node.value, node.style, flow=False)]
    opening, closing = "[]" if node.kind == "list" else "{}"
    lines, line = [], start + opening
    for number, entry in enumerate(node.entries):
        part = _flow(entry, node.kind) + ("," if number < len(node.entries) - 1 else closing)
        if number and len(line) + 1 + len(part) > WIDTH:
            lines.append(line)
            line = " " * (indent + 2) + part
        else:
            line += (" " if number else "") + part
    return [*lines, line if node.entries else line + closing]


def _flow(entry: Entry, kind: str) -> str:
    node = entry.node
    if node.kind == "scalar":
        text = scalar(node.value, node.style if node.style in ("'", '"') else "", flow=True)
    else:
        opening, closing = "[]" if node.kind == "list" else "{}"
        text = opening + ", ".join(_flow(child, node.kind) for child in node.entries) + closing
    return f"{scalar(entry.key, entry.key_style, flow=True)}: {text}".rstrip() if kind == "mapping" else text


def drop_blank_start(lines: list[str]) -> None:
    """Take the blank lines from the start of comments."""
    while lines and not lines[0]:
        lines.pop(0)
