"""libyaml's events → a tree of dict, list and str with the place of every node, within limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined] # the binding has no stub of its own

from generator.problems import N_, Place, Problem, declare
from generator.source.characters import CONTROL, INVISIBLE
from generator.source.faults import NO_SPACE

MAX_NODES = 20_000
MAX_DEPTH = 12

declare("not-a-mapping", "error", N_("The file must consist of keys such as “id:”, not of “{found}”; see another file of the folder for an example."))
declare("not-a-list", "error", N_("The file must be a list, each entry beginning with “- id:”; see another file of the folder for an example."))
declare(
    "several-documents",
    "error",
    N_("The line “{line}” ends the file's content, and what follows would be lost; delete the line, and keep one service in one file."),
)
declare("duplicate-key", "error", N_("The key “{key}” stands here a second time (first on line {first}), and one of the two would be lost; keep one of them."))
declare("anchor", "error", N_("“&{name}” is a YAML anchor, which is not allowed; write the text out, or put quotes around it if it is text."))
declare("alias", "error", N_("“*{name}” is a YAML alias, which is not allowed; write the text out, or put quotes around it if it is text."))
declare("tag", "error", N_("“{tag}” is a YAML tag, which is not allowed; delete it, or put quotes around it if it is text."))
declare(
    "complex-key",
    "error",
    N_("A list or a mapping cannot be a key; write a plain word before the colon, or put quotes around the text if it begins with a bracket."),
)
declare("too-deep", "error", N_("The content is nested more than {limit} levels deep; check the indentation and the brackets."))
declare("too-many-nodes", "error", N_("The file has more than {limit} values; keep one service in one file."))
declare(
    "comment-after-value",
    "error",
    N_("“{comment}” after a value would be lost as a comment; put quotes around the whole text, or move the comment to a line of its own."),
)
declare("no-space", "error", N_("The space after the colon is missing: “{line}”; write “key: value”."))

_KEY_LINE = re.compile(r"[a-z_]+:(?: |$)")
_OPENS = frozenset((yaml.MappingStartEvent, yaml.SequenceStartEvent))
_CLOSES = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))
_COMMENT = re.compile(r"[ \t]+(#.*)")


@dataclass(slots=True)
class Marks:
    """Places of a container's children: key or index → (line of the key, column, line of the value, column, child's Marks)."""

    line: int
    column: int
    children: dict[Any, tuple[int, int, int, int, Marks | None]] = field(default_factory=dict)


class Builder:
    """One pass over the event stream. A class because the pass's state (open containers, counters, problems) belongs together."""

    def __init__(self, name: str, lines: list[str], expect: type) -> None:
        self.name, self.lines, self.expect = name, lines, expect
        self.root: Any = expect()
        self.marks = Marks(1, 1)
        self.problems: list[Problem] = []
        self.stopped = False
        self._count = len(lines)
        self._nodes = self._documents = self._skipping = 0
        # The open container, where its children stand, and a mapping's key that waits for its value.
        self._container: Any = None
        self._children: Marks | None = None
        self._key: str | None = None
        self._key_mark: Any = None
        self._outer: list[tuple[Any, Marks | None]] = []

    def problem(self, code: str, mark: Any, **values: str) -> None:
        self.problems.append(Problem(code, Place(self.name, mark.line + 1, mark.column + 1), values))

    def run(self, text: str) -> None:
        """Fill `root` and `marks`; raises yaml.MarkedYAMLError where libyaml cannot go on.

        What files are full of is written out here, since a call for each node is dear: a text, a list or a mapping that is
        nothing out of the ordinary. All else goes through `_odd`, with the pass's state in `self`.
        """
        next_event, scalar, outer = CParser(text).get_event, yaml.ScalarEvent, self._outer
        comments, escapes = " #" in text or "\t#" in text, "\\" in text
        container: Any = None
        marks: Marks | None = None
        key: str | None = None
        key_mark: Any = None
        while True:
            event: Any = next_event()
            kind = type(event)
            if marks is not None and not self._skipping:
                if kind in _CLOSES:
                    container, marks = outer.pop()
                    continue
                opens, in_list = kind in _OPENS, type(container) is list
                fits = in_list or (not opens if key is None else key not in container)
                ordinary = (opens or kind is scalar) and event.tag is None and event.anchor is None
                if fits and ordinary and self._nodes < MAX_NODES and len(outer) < MAX_DEPTH:
                    self._nodes += 1
                    mark: Any = event.start_mark
                    value: Any
                    child = None
                    if opens:
                        value, child = {} if kind is yaml.MappingStartEvent else [], Marks(mark.line + 1, mark.column + 1)
                    else:
                        value, style = event.value, event.style
                        if not style:
                            if comments or (key is not None and mark.line > key_mark.line):
                                self._plain(event, key_mark if key is not None else None)
                        elif escapes and style == '"':
                            self._escapes(event)
                    if in_list:
                        line, column = mark.line + 1, mark.column + 1
                        marks.children[len(container)] = (line, column, line, column, child)
                        container.append(value)
                    elif key is None:
                        key, key_mark = value, mark
                    else:
                        container[key] = value
                        marks.children[key] = (key_mark.line + 1, key_mark.column + 1, mark.line + 1, mark.column + 1, child)
                        key = None
                    if opens:
                        outer.append((container, marks))
                        container, marks = value, child
                    continue
            if kind is yaml.StreamEndEvent:
                return
            self._container, self._children, self._key, self._key_mark = container, marks, key, key_mark
            self._odd(event, kind)
            if self.stopped:
                return
            container, marks, key, key_mark = self._container, self._children, self._key, self._key_mark

    def _odd(self, event: Any, kind: type) -> None:
        """An event that `run` does not take itself."""
        if kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self.problem("several-documents", event.start_mark, line="---")
                self.stopped = True
        elif kind in _CLOSES:
            if self._skipping:
                self._skipping -= 1
            else:
                self._container, self._children = self._outer.pop()
        elif kind is yaml.ScalarEvent or kind is yaml.AliasEvent or kind in _OPENS:
            self._node(event, kind)

    def _too_many(self, mark: Any) -> None:
        self.problem("too-many-nodes", mark, limit=str(MAX_NODES))
        self.stopped = True

    def _node(self, event: Any, kind: type) -> None:
        """The beginning of a mapping or list, or a scalar or an alias that is not quite ordinary."""
        mark = event.start_mark
        opens = kind in _OPENS
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._too_many(mark)
            return
        if self._skipping:
            self._skipping += opens
            self._too_deep(mark)
            return
        if kind is yaml.AliasEvent:
            self.problem("alias", mark, name=event.anchor)
            self._put("", mark, None)
            return
        if event.anchor is not None:
            self.problem("anchor", mark, name=event.anchor)
        if event.tag is not None:
            self.problem("tag", mark, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
        if not opens:
            if not event.style:
                self._plain(event, self._key_mark if self._key is not None else None)
            elif event.style == '"':
                self._escapes(event)
            self._put(event.value, mark, None)
            return
        value: Any = {} if kind is yaml.MappingStartEvent else []
        child = Marks(mark.line + 1, mark.column + 1)
        if not self._put(value, mark, child):
            return
        if self._too_deep(mark):
            return
        self._outer.append((self._container, self._children))
        self._container, self._children = value, child

    def _too_deep(self, mark: Any) -> bool:
        if len(self._outer) + self._skipping < MAX_DEPTH:
            return False
        self.problem("too-deep", mark, limit=str(MAX_DEPTH))
        self.stopped = True
        return True

    def _put(self, value: Any, mark: Any, child: Marks | None) -> bool:
        """Add a value to the open container; False when what it holds is not to be read."""
        container, children = self._container, self._children
        if container is None or children is None:
            return self._begin(value, mark, child)
        line, column = mark.line + 1, mark.column + 1
        if type(container) is list:
            children.children[len(container)] = (line, column, line, column, child)
            container.append(value)
            return True
        if self._key is None:
            if type(value) is str:
                self._key, self._key_mark = value, mark
                return True
            self.problem("complex-key", mark)
            self._skipping, self._key, self._key_mark = 1, "", mark
            return False
        key, place = self._key, self._key_mark
        self._key = None
        if key in container:
            self.problem("duplicate-key", place, key=key, first=str(children.children[key][0]))
        else:
            container[key] = value
            children.children[key] = (place.line + 1, place.column + 1, line, column, child)
        return True

    def _begin(self, value: Any, mark: Any, child: Marks | None) -> bool:
        """The document's outermost value."""
        if type(value) is self.expect and child is not None:
            self.root, self.marks = value, child
            return True
        if value != "":
            line = self.lines[mark.line] if mark.line < len(self.lines) else ""
            if isinstance(value, str) and (NO_SPACE.match(line) or any(_KEY_LINE.match(below) for below in self.lines[mark.line + 1 :])):
                raise yaml.MarkedYAMLError(problem="could not find expected ':'", problem_mark=mark)
            self.problem("not-a-list" if self.expect is list else "not-a-mapping", mark, found=line.strip())
            self.stopped = True
        return False

    def _plain(self, event: yaml.ScalarEvent, key_mark: Any) -> None:
        """What YAML takes from a text without quotes, and what it takes for text although a key was meant. `key_mark`: its key's place."""
        end: Any = event.end_mark
        if end.line >= self._count:
            return
        if key_mark is not None:
            mark: Any = event.start_mark
            if mark.line > key_mark.line and NO_SPACE.match(self.lines[mark.line]):
                self.problem("no-space", mark, line=self.lines[mark.line].strip())
        rest = self.lines[end.line]
        if "#" not in rest:
            return
        # `Katu 16 # 2 krs`: YAML drops what follows the #; the editor meant it.
        match = _COMMENT.match(rest, min(end.column, len(rest.rstrip())))
        if match and (event.value or (key_mark is not None and end.line == key_mark.line)):
            self.problems.append(Problem("comment-after-value", Place(self.name, end.line + 1, match.start(1) + 1), {"comment": match.group(1).strip()}))

    def _escapes(self, event: yaml.ScalarEvent) -> None:
        """Characters that a text in double quotes brings in as an escape such as “\\u202e”."""
        for code, pattern in (("control-character", CONTROL), ("invisible-character", INVISIBLE)):
            match = pattern.search(event.value)
            mark: Any = event.start_mark
            if match and match.group() not in self.lines[mark.line]:
                self.problem(code, mark, character=f"U+{ord(match.group()):04X}")
