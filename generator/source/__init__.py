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

from generator.problems import N_, Place, Problem, declare
from generator.source import characters
from generator.source.characters import CONTROL, MAX_FAULTS, WRONG_SPACE
from generator.source.faults import GLUED, diagnose, first
from generator.source.tree import MAX_DEPTH, MAX_NODES, Builder, Marks

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_FAULTS", "MAX_NODES", "Document", "Marks", "parse", "read"]

MAX_BYTES = 256 * 1024

declare("unreadable", "error", N_("The file cannot be read ({reason}); check that it exists and that you may open it."))
declare("too-large", "error", N_("The file has {size} bytes, over the limit of {limit}; keep one service in one file and shorten the texts."))
declare("encoding", "error", N_("The file is not UTF-8 text; save it again with the encoding UTF-8."))
declare("control-character", "error", N_("The text has the control character {character}, which cannot be seen; delete it."))
declare("invisible-character", "error", N_("The text has an invisible character ({character}) that changes what is read; delete it or type a normal space."))
declare("damaged-character", "error", N_("“{character}” stands where a letter was lost when the file was saved before; write the letter again."))
declare("empty-file", "error", N_("The file has no content; write the service's facts, or delete the file."))
declare("too-many-faults", "error", N_("Reading stopped after {limit} faults; mend those above and check again."))


@dataclass(slots=True)
class Document:
    """One file as read: `root` is {} when nothing could be kept.

    `broken`: syntax errors cut parts away, those in `lost` (number → text of each line) or, with no line there, all that follows. `faulty`: the lines that
    the reader found fault with; what these say is not judged further.
    """

    file: str
    root: Any
    marks: Marks
    problems: list[Problem]
    broken: bool = False
    lost: dict[int, str] = field(default_factory=dict)
    faulty: frozenset[int] = frozenset()

    def may_have_lost(self, key: str, line: int = 0) -> bool:
        """Whether `key`, or its value that `line` lacks, may have been on a line that could not be read (it is told once)."""
        if line and (line in self.faulty or line + 1 in self.faulty):
            return True
        if not self.broken:
            return False
        named = re.compile(rf"\s*(?:- +)*[\"']?{re.escape(key)}\b") if key else None
        return not self.lost or any(named and named.match(text) for text in self.lost.values())

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
            size = len(data) if len(data) <= MAX_BYTES else file.stat().st_size
    except OSError as error:
        return _nothing(label, Problem("unreadable", Place(label), {"reason": error.strerror or str(error)}))
    if len(data) > MAX_BYTES:
        return _nothing(label, Problem("too-large", Place(label), {"size": str(size), "limit": str(MAX_BYTES)}))
    return parse(data, label, expect=expect)


def parse(data: bytes, name: str, *, expect: type = dict) -> Document:
    """Parse YAML bytes of at most MAX_BYTES into a Document; see `read`."""
    if len(data) > MAX_BYTES:
        return _nothing(name, Problem("too-large", Place(name), {"size": str(len(data)), "limit": str(MAX_BYTES)}))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.count(0) * 4 > len(data):  # UTF-16
        return _nothing(name, Problem("encoding", Place(name, 1, 1)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        return _nothing(name, Problem("encoding", characters.place(before, len(before), name)))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = characters.problems(text, name)
    document = Document(name, expect(), Marks(1, 1), problems)
    text = WRONG_SPACE.sub(lambda match: match.group()[:-1] + " ", CONTROL.sub("\ufffd", text)) if problems else text
    _parse_through(text, document, expect)
    document.faulty = frozenset(problem.place.line for problem in document.problems)
    return document


def _nothing(name: str, problem: Problem) -> Document:
    return Document(name, {}, Marks(1, 1), [problem], broken=True)


def _parse_through(text: str, document: Document, expect: type) -> None:
    """Parse; after a syntax error blank the faulty line and go on, so that one run tells of all faults."""
    lines = text.split("\n")
    attempt = text
    for _ in range(MAX_FAULTS):
        builder = Builder(document.file, lines, expect)
        try:
            builder.run(attempt)
        except yaml.MarkedYAMLError as error:
            code, line, column, character = diagnose(error, lines)
            shown = lines[line - 1]
            document.problems.append(Problem(code, Place(document.file, line, column), {"line": shown.strip(), "character": character}))
            # What the editor meant is plain in these two, so the line need not be lost, nor those that lean on it.
            if code == "tab" and "\t" in (indent := shown[: first(shown) - 1]):
                lines[line - 1] = indent.replace("\t", "  ") + shown.lstrip()
            elif code == "no-space" and GLUED.match(shown):
                lines[line - 1] = GLUED.sub(r"\1: ", shown)
            else:
                document.lost[line], document.broken = shown, True
                lines[line - 1] = ""
            attempt = "\n".join(lines)
            continue
        document.root, document.marks = builder.root, builder.marks
        # A first line that could not be read is told once, as what it is, not also as a missing mapping.
        document.problems += [p for p in builder.problems if not p.code.startswith("not-a-") or not document.problems]
        document.broken |= builder.stopped
        if not document.root and not document.problems and expect is dict:  # an empty list is a vocabulary without entries
            document.problems.append(Problem("empty-file", Place(document.file, 1, 1)))
        return
    last = max((problem.place for problem in document.problems), default=Place(document.file, 1, 1))
    document.problems.append(Problem("too-many-faults", last, {"limit": str(MAX_FAULTS)}))
    document.broken, document.lost = True, {}
