"""YAML text → a plain tree of dict, list and str, with a place for every node.

Every scalar stays the text that the editor wrote: 044 270 0797, 00100, 9.30, no and 9:00 are typed by the model, not by
YAML. What YAML would change, drop or multiply in silence (duplicate keys, anchors, tags, a # that starts a comment in an
address) is refused with its place. Built on libyaml's event stream, without recursion, within limits, so that no file
can exhaust the reader.

Not here: what the keys mean (`model`), which files there are (`catalogue`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined] # the binding has no stub of its own

from generator.problems import N_, Place, Problem, declare

MAX_BYTES = 256 * 1024
MAX_NODES = 20_000
MAX_DEPTH = 12
MAX_SYNTAX_ERRORS = 20

declare("unreadable", "error", N_("The file cannot be read ({reason}); check that it exists and that you may open it."))
declare("too-large", "error", N_("The file has {size} bytes, over the limit of {limit}; keep one service in one file and shorten the texts."))
declare("encoding", "error", N_("The file is not UTF-8 text; save it again with the encoding UTF-8."))
declare("control-character", "error", N_("The text has the control character {character}, which cannot be seen; delete it."))
declare("invisible-character", "error", N_("The text has an invisible character ({character}) that changes what is read; delete it or type a normal space."))
declare("empty-file", "error", N_("The file has no content; write the service's facts, or delete the file."))
declare("not-a-mapping", "error", N_("The file must consist of keys such as “id:”, not of “{found}”; see another file of the folder for an example."))
declare("not-a-list", "error", N_("The file must be a list, each entry beginning with “- id:”; see another file of the folder for an example."))
declare("several-documents", "error", N_("A line “---” starts a second document, which would be lost; keep one service in one file."))
declare("duplicate-key", "error", N_("The key “{key}” stands here a second time (first on line {first}), and one of the two would be lost; keep one of them."))
declare("anchor", "error", N_("“&{name}” is a YAML anchor, which is not allowed; write the text out, or put quotes around it if it is text."))
declare("alias", "error", N_("“*{name}” is a YAML alias, which is not allowed; write the text out, or put quotes around it if it is text."))
declare("tag", "error", N_("“{tag}” is a YAML tag, which is not allowed; delete it, or put quotes around it if it is text."))
declare("complex-key", "error", N_("A list or a mapping cannot be a key; write a plain word before the colon."))
declare("too-deep", "error", N_("The content is nested more than {limit} levels deep; check the indentation and the brackets."))
declare("too-many-nodes", "error", N_("The file has more than {limit} values; keep one service in one file."))
declare(
    "comment-after-value",
    "error",
    N_("“{comment}” after a value would be lost as a comment; put quotes around the whole text, or move the comment to a line of its own."),
)
declare("tab", "error", N_("The line is indented with a tab character; use two spaces for each level."))
declare("colon-in-text", "error", N_("A colon followed by a space inside the text ends it too early: “{line}”; put the text in double quotes."))
declare("unclosed-quote", "error", N_("A quotation mark opens here and is never closed; add the closing mark at the end of the text."))
declare("unclosed-bracket", "error", N_("A bracket opens here and is never closed; add “]” or “}}” at the end of the list."))
declare("reserved-character", "error", N_("A text cannot begin with “{character}”; put it in double quotes."))
declare("missing-colon", "error", N_("“{line}” has no colon; write “key: value”, or indent the line if it continues the text above."))
declare("indentation", "error", N_("The line does not line up with the lines above: “{line}”; give lines of the same level the same indentation."))
declare("escape", "error", N_("“{line}” has a backslash that means nothing inside double quotes; use single quotes, or write the backslash twice."))
declare("yaml-syntax", "error", N_("The line cannot be read as YAML: “{line}”; compare it with the same line in another service's file."))

# libyaml's own words → our code. Order matters: the first that fits is taken.
_SYNTAX = [
    (re.compile(r"scanning an? (alias|anchor|tag|directive)|expected '<document start>'"), "reserved-character"),
    (re.compile(r"cannot start any token|tab character"), "reserved-character"),
    (re.compile(r"mapping values are not allowed"), "colon-in-text"),
    (re.compile(r"quoted scalar.*(unexpected end of stream|document indicator)|unexpected end of stream.*quoted"), "unclosed-quote"),
    (re.compile(r"unknown escape|did not find expected hexdecimal|invalid Unicode"), "escape"),
    (re.compile(r"flow (sequence|mapping|node).*(did not find expected|stream)"), "unclosed-bracket"),
    (re.compile(r"could not find expected ':'|simple key"), "missing-colon"),
    (re.compile(r"did not find expected|block (mapping|collection|sequence)"), "indentation"),
]
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?:(?<=\n)|^)[ \u00a0-]*\u00a0|:\u00a0|\u00a0(?=\r?\n|$)")
_OPENS = frozenset((yaml.MappingStartEvent, yaml.SequenceStartEvent))
_CLOSES = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))
_COMMENT = re.compile(r"[ \t]+(#.*)")


@dataclass(slots=True)
class Marks:
    """Places of a container's children: key or index → (line of the key, column, line of the value, column, child's Marks)."""

    line: int
    column: int
    children: dict[Any, tuple[int, int, int, int, Marks | None]] = field(default_factory=dict)


@dataclass(slots=True)
class Document:
    """One file as read: `root` is {} when nothing could be kept; `broken` says that syntax errors cut parts away."""

    file: str
    root: Any
    marks: Marks
    problems: list[Problem]
    broken: bool = False

    def place(self, path: tuple[Any, ...] = (), *, key: bool = False) -> Place:
        """The place of the value at `path` (of its key with `key`), or of the nearest parent that is there."""
        marks: Marks | None = self.marks
        line, column = (self.marks.line, self.marks.column) if path else (1, 1)
        for depth, step in enumerate(path):
            entry = marks.children.get(step) if marks else None
            if entry is None:
                break
            line, column = entry[:2] if key and depth == len(path) - 1 else entry[2:4]
            marks = entry[4]
        return Place(self.file, line, column)


def read(file: Path, name: str | None = None, *, expect: type = dict) -> Document:
    """Read one YAML file that holds a mapping (`expect=list`: a list); `name` is how messages call it.

    Never raises for what the file holds: see `problems`.
    """
    label = name or str(file)
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
            size = file.stat().st_size
    except OSError as error:
        return _nothing(label, Problem("unreadable", Place(label), {"reason": error.strerror or str(error)}))
    if len(data) > MAX_BYTES:
        return _nothing(label, Problem("too-large", Place(label), {"size": str(size), "limit": str(MAX_BYTES)}))
    return parse(data, label, expect=expect)


def parse(data: bytes, name: str, *, expect: type = dict) -> Document:
    """Parse YAML bytes of at most MAX_BYTES into a Document; see `read`."""
    if len(data) > MAX_BYTES:
        return _nothing(name, Problem("too-large", Place(name), {"size": str(len(data)), "limit": str(MAX_BYTES)}))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        return _nothing(name, Problem("encoding", Place(name, line, column)))
    problems = _characters(text, name)
    if any(problem.code == "control-character" for problem in problems):
        return Document(name, {}, Marks(1, 1), problems, broken=True)
    document = Document(name, expect(), Marks(1, 1), problems)
    _parse_through(text, document, expect)
    return document


def _nothing(name: str, problem: Problem) -> Document:
    return Document(name, {}, Marks(1, 1), [problem], broken=True)


def _characters(text: str, name: str) -> list[Problem]:
    """Characters that no reader sees: refused, since they change what is read or what is shown."""
    if text.isascii() and text.isprintable():
        return []
    found = [("control-character", match) for match in _CONTROL.finditer(text)]
    found += [("invisible-character", match) for match in _INVISIBLE.finditer(text)]
    problems = []
    for code, match in found[:MAX_SYNTAX_ERRORS]:
        at = match.end() - 1 if "\u00a0" in match.group() else match.start()
        line = text.count("\n", 0, at) + 1
        column = at - text.rfind("\n", 0, at)
        problems.append(Problem(code, Place(name, line, column), {"character": f"U+{ord(text[at]):04X}"}))
    return problems


def _parse_through(text: str, document: Document, expect: type) -> None:
    """Parse; after a syntax error blank the faulty line and go on, so that one run tells of all faults."""
    lines = text.split("\n")
    attempt = text
    for _ in range(MAX_SYNTAX_ERRORS):
        builder = _Builder(document.file, lines, expect)
        try:
            builder.run(attempt)
        except yaml.MarkedYAMLError as error:
            code, line, column = _diagnose(error, lines)
            shown = lines[line - 1].strip() if line <= len(lines) else ""
            place = Place(document.file, line, column)
            character = shown[:1] if code == "reserved-character" else ""
            if code == "reserved-character":
                character = lines[line - 1][column - 1 : column] or character
            document.problems.append(Problem(code, place, {"line": shown, "character": character}))
            document.broken = True
            lines[line - 1] = ""
            attempt = "\n".join(lines)
            continue
        document.root, document.marks = builder.root, builder.marks
        # A first line that could not be read is told once, as what it is, not also as a missing mapping.
        document.problems += [p for p in builder.problems if not p.code.startswith("not-a-") or not document.problems]
        document.broken |= builder.stopped
        if not document.root and not document.problems:
            document.problems.append(Problem("empty-file", Place(document.file, 1, 1)))
        return


def _diagnose(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[str, int, int]:
    """libyaml's error → (code, line, column); the place is where an editor should look, not where the parser gave up."""
    words = f"{error.context or ''} {error.problem or ''}"
    code = next((code for pattern, code in _SYNTAX if pattern.search(words)), "yaml-syntax")
    mark = error.problem_mark
    if code in ("unclosed-quote", "unclosed-bracket", "missing-colon", "reserved-character") and error.context_mark is not None:
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    line = min(line, len(lines))
    if code in ("indentation", "missing-colon", "yaml-syntax", "unclosed-bracket") and not lines[line - 1].strip():
        # The parser noticed at the end of the file: show the last line with content, which is where the fault is.
        while line > 1 and not lines[line - 1].strip():
            line -= 1
        column = len(lines[line - 1]) - len(lines[line - 1].lstrip()) + 1
    if re.match(r" *\t", lines[line - 1]):
        return "tab", line, lines[line - 1].index("\t") + 1
    return code, line, column


class _Builder:
    """One pass over the event stream. A class because the pass's state (open containers, counters, problems) belongs together."""

    def __init__(self, name: str, lines: list[str], expect: type) -> None:
        self.name, self.lines, self.expect = name, lines, expect
        self.root: Any = expect()
        self.marks = Marks(1, 1)
        self.problems: list[Problem] = []
        self.stopped = False
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
        """Fill `root` and `marks`; raises yaml.MarkedYAMLError where libyaml cannot go on."""
        next_event = CParser(text).get_event
        while not self.stopped:
            event: Any = next_event()
            kind = type(event)
            if kind is yaml.ScalarEvent or kind is yaml.AliasEvent or kind in _OPENS:
                self._node(event, kind)
            elif kind in _CLOSES:
                if self._skipping:
                    self._skipping -= 1
                else:
                    self._container, self._children = self._outer.pop()
            elif kind is yaml.DocumentStartEvent:
                self._documents += 1
                if self._documents > 1:
                    self.problem("several-documents", event.start_mark)
                    return
            elif kind is yaml.StreamEndEvent:
                return

    def _node(self, event: Any, kind: type) -> None:
        """A scalar, an alias, or the beginning of a mapping or list."""
        mark = event.start_mark
        opens = kind in _OPENS
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self.problem("too-many-nodes", mark, limit=str(MAX_NODES))
            self.stopped = True
            return
        if self._skipping:
            self._skipping += opens
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
                self._comment(event)
            self._put(event.value, mark, None)
            return
        value: Any = {} if kind is yaml.MappingStartEvent else []
        child = Marks(mark.line + 1, mark.column + 1)
        if not self._put(value, mark, child):
            return
        if len(self._outer) >= MAX_DEPTH:
            self.problem("too-deep", mark, limit=str(MAX_DEPTH))
            self.stopped = True
            return
        self._outer.append((self._container, self._children))
        self._container, self._children = value, child

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
            found = value if isinstance(value, str) else "[" if isinstance(value, list) else "id:"
            self.problem("not-a-list" if self.expect is list else "not-a-mapping", mark, found=found)
            self.stopped = True
        return False

    def _comment(self, event: yaml.ScalarEvent) -> None:
        """`Katu 16 # 2 krs`: YAML drops what follows the #; the editor meant it."""
        end: Any = event.end_mark
        if end.line >= len(self.lines) or "#" not in self.lines[end.line] or not event.value:
            return
        rest = self.lines[end.line]
        match = _COMMENT.match(rest, min(end.column, len(rest.rstrip())))
        if match:
            self.problems.append(Problem("comment-after-value", Place(self.name, end.line + 1, match.start(1) + 1), {"comment": match.group(1).strip()}))
