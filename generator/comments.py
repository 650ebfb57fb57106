"""YAML text → the nodes of `layout`, with every comment beside the entry that it is about.

Expects text in which `source` found no fault. A comment beside a value moves to the line above its key, where no reader can
take it for a part of the value; blank lines between entries stay (one of several).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined] # the binding has no stub of its own

from generator.layout import Entry, File, Node, drop_blank_start

_GAP = re.compile(r"#[^\n]*|\n[ \t]*(?=\n)")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")


class _Comment(NamedTuple):
    text: str
    column: int
    own_line: bool


@dataclass(slots=True)
class _Open:
    """A container that is being read, the column of its entries, and the block entry that it is (in)."""

    node: Node
    column: int
    owner: Entry | None
    key: Entry | None = None


def normalize(data: bytes | str) -> str:
    """The file's text with line feeds only, and one at its end."""
    text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"


def read(text: str) -> File:
    """Read normalized text that is free of faults."""
    reader = _Reader(text)
    for event in _events(text):
        reader.take(event)
    root = reader.root or Node("mapping")
    if not root.entries:
        return File([line for line in reader.pending if line], root)
    first = root.entries[0]
    cut = max((at for at, line in enumerate(first.before) if not line), default=-1)
    header, first.before = first.before[: max(cut, 0)], first.before[cut + 1 :]
    return File(header, root)


def all_of(text: str) -> list[str]:
    """Every comment of normalized text, in order."""
    found: list[str] = []
    cursor = 0
    for event in _events(text):
        start, end = event.start_mark.index, event.end_mark.index
        if start >= cursor:
            found += [part.group().rstrip() for part in _GAP.finditer(text, cursor, start) if part.group()[0] == "#"]
        if isinstance(event, yaml.ScalarEvent):
            header = _HEADER.match(text, start) if event.style in ("|", ">") else None
            found += [header.group(1).rstrip()] if header else []
        cursor = max(cursor, end if _takes_room(event) else start)
    return found + [part.group().rstrip() for part in _GAP.finditer(text, cursor) if part.group()[0] == "#"]


def _events(text: str) -> Iterator[Any]:  # Any: the stub lets marks be None, which they are not
    parser = CParser(text)
    while True:
        event: Any = parser.get_event()
        yield event
        if isinstance(event, yaml.StreamEndEvent):
            return


def _takes_room(event: Any) -> bool:
    """Whether the event's end mark is where it ends: not so for what libyaml only infers from the indentation."""
    if isinstance(event, yaml.ScalarEvent):
        return bool(event.style or event.value)
    return isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)) and bool(event.flow_style)


class _Reader:
    """The state of one pass: what is open, what was just closed, and where the text was read to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.pending: list[str] = []
        self._cursor = 0
        self._open: list[_Open] = []
        self._closed: list[_Open] = []
        self._last: Entry | None = None

    def take(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        if isinstance(event, (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._begin(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            closed = self._open.pop()
            if closed.node.flow:
                self._beside(self._gap(start.index), closed.owner)
                self._cursor = end.index
            else:
                self._closed.append(closed)
        elif isinstance(event, yaml.StreamEndEvent):
            self._between(self._gap(len(self.text)), -1)
            if self.root is not None:
                while self.pending and not self.pending[-1]:
                    self.pending.pop()
                self.root.tail += self.pending

    def _begin(self, event: Any) -> None:
        mark = event.start_mark
        gap = self._gap(mark.index)
        inside = self._open[-1] if self._open else None
        node = self._node(event)
        block = node.kind != "scalar" and not node.flow
        entry: Entry | None = None
        if inside is None:
            self._between(gap, mark.column)
            self.root = node
        elif inside.node.kind == "mapping" and inside.key is None:
            entry = Entry(event.value, node, key_style=event.style or "")
            self._arrive(inside, entry, gap, mark.column)
            inside.key = entry
            self._move(event)
            return
        elif inside.node.kind == "mapping" and inside.key is not None:
            entry, inside.key = inside.key, None
            entry.node = node
            self._beside([part for part in gap if not (block and part and part.own_line)], inside.owner if inside.node.flow else entry)
            if block:
                self.pending = [part.text if part else "" for part in gap if part is None or part.own_line]
        else:
            entry = Entry("", node)
            self._arrive(inside, entry, gap, inside.column)
        if entry is not None:
            self._last = (inside.owner if inside and inside.node.flow else entry) or entry
        self._move(event)
        if isinstance(event, yaml.ScalarEvent):
            header = _HEADER.match(self.text, mark.index) if node.style in ("|", ">") else None
            if header and entry is not None:
                entry.before.append(header.group(1).rstrip())
            return
        owner = inside.owner if inside and inside.node.flow else entry
        self._open.append(_Open(node, mark.column, owner))

    def _arrive(self, inside: _Open, entry: Entry, gap: list[_Comment | None], column: int) -> None:
        """A new entry of the open container, with the comments above it."""
        if inside.node.flow:
            self._beside(gap, inside.owner)
        else:
            self._between(gap, column)
            entry.before, self.pending = self.pending, []
            if not inside.node.entries:
                drop_blank_start(entry.before)
        inside.node.entries.append(entry)
        self._closed = []

    def _node(self, event: Any) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return Node("scalar", event.value, event.style or "")
        return Node("mapping" if isinstance(event, yaml.MappingStartEvent) else "list", flow=bool(event.flow_style))

    def _move(self, event: Any) -> None:
        self._cursor = max(self._cursor, event.end_mark.index if _takes_room(event) else event.start_mark.index)

    def _gap(self, end: int) -> list[_Comment | None]:
        """The comments up to `end`, and None for blank lines."""
        found: list[_Comment | None] = []
        start = self._cursor
        if start and re.search(r"\n[ \t]*\n\Z", self.text[max(0, start - 200) : start]):
            found.append(None)
        for part in _GAP.finditer(self.text, start, end):
            if part.group()[0] != "#":
                if not found or found[-1] is not None:
                    found.append(None)
                continue
            begins = self.text.rfind("\n", 0, part.start()) + 1
            ahead = self.text[begins : part.start()]
            column = len(ahead) - len(ahead.lstrip()) if ahead.strip() else len(ahead)  # after a hyphen: as if above it
            found.append(_Comment(part.group().rstrip(), column, not ahead.strip(" -")))
        self._cursor = max(start, end)
        return found

    def _beside(self, gap: list[_Comment | None], entry: Entry | None) -> None:
        """Comments beside or inside a value go above the entry that it belongs to."""
        (self.pending if entry is None else entry.before).extend(part.text for part in gap if part)

    def _between(self, gap: list[_Comment | None], column: int) -> None:
        """Comments between entries: beside the last one, at the end of a container that was closed, or above the next one."""
        bottom = 0
        for part in gap:
            if part is None:
                self.pending += [""] if self.pending[-1:] != [""] else []
            elif not part.own_line:
                self._beside([part], self._last)
            else:
                fit = [index for index, closed in enumerate(self._closed) if index >= bottom and closed.column <= part.column]
                if part.column <= column or not fit:
                    bottom = len(self._closed)
                    self.pending.append(part.text)
                    continue
                bottom = fit[0]
                tail = self._closed[bottom].node.tail
                tail += [*([""] if self.pending[-1:] == [""] else []), part.text]
                self.pending = []
