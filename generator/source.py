"""YAML text → a plain tree of dict, list and str, with a place for every node.

Every scalar stays the text that the editor wrote: 044 270 0797, 00100, 9.30, no and 9:00 are typed by the model, not by
YAML. What YAML would change, drop or multiply in silence (duplicate keys, anchors, tags, a # that starts a comment in an
address) is refused with its place. Built on libyaml's event stream, without recursion, within limits, so that no file
can exhaust the reader.

Not here: what the keys mean (`model`), which files there are (`catalogue`).
"""

from __future__ import annotations

import itertools
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
declare("damaged-character", "error", N_("“{character}” stands where a letter was lost when the file was saved before; write the letter again."))
declare("empty-file", "error", N_("The file has no content; write the service's facts, or delete the file."))
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
declare("tab", "error", N_("The line is indented with a tab character; use two spaces for each level."))
declare("colon-in-text", "error", N_("A colon followed by a space inside the text ends it too early: “{line}”; put the text in double quotes."))
declare("unclosed-quote", "error", N_("A quotation mark opens here and is never closed; add the same mark, {character}, at the end of the text."))
declare("unclosed-bracket", "error", N_("A bracket opens here and is never closed; add “]” or “}}” at the end of the list."))
declare("stray-bracket", "error", N_("“{character}” closes a bracket that was never opened; delete it, or put the whole text in double quotes."))
declare(
    "list-comma",
    "error",
    N_("The list in brackets breaks off here: “{line}”; put a comma between the items, and double quotes around a text with a colon or comma."),
)
declare(
    "text-after",
    "error",
    N_("The text goes on after “{character}”, which ended it: “{line}”; put the whole text in quotes, in single ones if it has double ones inside."),
)
declare(
    "hyphen",
    "error",
    N_("A list cannot begin on its key's line: “{line}”; write each item on its own line below, or put a text that begins with a hyphen in quotes."),
)
declare("block-text", "error", N_("The text after “{character}” must begin on the next line: “{line}”; move it there and indent it by two more spaces."))
declare("no-space", "error", N_("The space after the colon is missing: “{line}”; write “key: value”."))
declare("reserved-character", "error", N_("A text cannot begin with “{character}”; put it in double quotes."))
declare("missing-colon", "error", N_("“{line}” has no colon; write “key: value”, or indent the line if it continues the text above."))
declare("indentation", "error", N_("The line does not line up with the lines above: “{line}”; give lines of the same level the same indentation."))
declare("escape", "error", N_("“{line}” has a backslash that means nothing inside double quotes; use single quotes, or write the backslash twice."))
declare("too-many-faults", "error", N_("Reading stopped after {limit} faults; mend those above and check again."))
declare("yaml-syntax", "error", N_("The line cannot be read as YAML: “{line}”; compare it with the same line in another service's file."))

# libyaml's own words → our code. Order matters: the first that fits is taken.
_SYNTAX = [
    (re.compile(r"tab character"), "tab"),
    (re.compile(r"<document start>"), "several-documents"),
    (re.compile(r"scanning an? (alias|anchor|tag|directive)|cannot start any token|mapping keys are not allowed"), "reserved-character"),
    (re.compile(r"mapping values are not allowed"), "colon-in-text"),
    (re.compile(r"sequence entries are not allowed"), "hyphen"),
    (re.compile(r"quoted scalar.*(unexpected end of stream|document indicator)"), "unclosed-quote"),
    (re.compile(r"unknown escape|did not find expected hexdecimal|invalid Unicode"), "escape"),
    (re.compile(r"scanning a block scalar"), "block-text"),
    (re.compile(r"flow (sequence|mapping|node).*(did not find expected|stream)"), "unclosed-bracket"),
    (re.compile(r"could not find expected ':'|simple key"), "missing-colon"),
    (re.compile(r"did not find expected|block (mapping|collection|sequence)"), "indentation"),
]
# Codes whose place is where the thing begins (libyaml's context), not where the parser gave up.
_FROM_THE_BEGINNING = frozenset(("unclosed-quote", "unclosed-bracket", "missing-colon", "reserved-character", "block-text"))
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]")
# A space that YAML does not take for one, where YAML or an editor needs a real one: line's beginning, after “:”, line's end.
_WRONG_SPACE = re.compile(f"^[ {_SPACES}-]*[{_SPACES}]|:[{_SPACES}]|[{_SPACES}](?=$)", re.MULTILINE)
_DAMAGED = re.compile("\ufffd|Ã[¤¶¥„–…]|â€.?")  # ä, ö, å and quotation marks that were saved twice
_SUSPECT = re.compile(f"[{_CONTROL.pattern[1:-1]}{_INVISIBLE.pattern[1:-1]}{_SPACES}\ufffdÃâ]")  # one look for all of these: most files have none
_NO_SPACE = re.compile(r"\s*(?:- +)?[\w-]+[:：][^\s/\d]")
_GLUED = re.compile(r"(\s*(?:- +)?[a-z_]+)[:：](?=[^\s/])")
_KEY = re.compile(r"\s*(?:- +)?[a-z_][a-z0-9_-]*")
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
        return _nothing(name, Problem("encoding", _at(before, len(before), name)))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = _characters(text, name)
    document = Document(name, expect(), Marks(1, 1), problems)
    text = _WRONG_SPACE.sub(lambda match: match.group()[:-1] + " ", _CONTROL.sub("\ufffd", text)) if problems else text
    _parse_through(text, document, expect)
    document.faulty = frozenset(problem.place.line for problem in document.problems)
    return document


def _nothing(name: str, problem: Problem) -> Document:
    return Document(name, {}, Marks(1, 1), [problem], broken=True)


def _at(text: str, index: int, name: str) -> Place:
    """The place of the character at `index`."""
    return Place(name, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _characters(text: str, name: str) -> list[Problem]:
    """Characters that no reader sees or that are no letters: refused, since they change what is read or what is shown."""
    if not _SUSPECT.search(text):
        return []
    found: list[tuple[int, str, str]] = []
    for code, pattern in (
        ("control-character", _CONTROL),
        ("invisible-character", _INVISIBLE),
        ("invisible-character", _WRONG_SPACE),
        ("damaged-character", _DAMAGED),
    ):
        for match in itertools.islice(pattern.finditer(text), MAX_SYNTAX_ERRORS):
            at = match.end() - 1 if pattern is _WRONG_SPACE else match.start()
            found.append((at, code, match.group() if pattern is _DAMAGED else f"U+{ord(text[at]):04X}"))
    return [Problem(code, _at(text, at, name), {"character": shown}) for at, code, shown in sorted(found)[:MAX_SYNTAX_ERRORS]]


def _parse_through(text: str, document: Document, expect: type) -> None:
    """Parse; after a syntax error blank the faulty line and go on, so that one run tells of all faults."""
    lines = text.split("\n")
    attempt = text
    for _ in range(MAX_SYNTAX_ERRORS):
        builder = _Builder(document.file, lines, expect)
        try:
            builder.run(attempt)
        except yaml.MarkedYAMLError as error:
            code, line, column, character = _diagnose(error, lines)
            shown = lines[line - 1]
            document.problems.append(Problem(code, Place(document.file, line, column), {"line": shown.strip(), "character": character}))
            # What the editor meant is plain in these two, so the line need not be lost, nor those that lean on it.
            if code == "tab" and "\t" in (indent := shown[: _first(shown) - 1]):
                lines[line - 1] = indent.replace("\t", "  ") + shown.lstrip()
            elif code == "no-space" and _GLUED.match(shown):
                lines[line - 1] = _GLUED.sub(r"\1: ", shown)
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
    document.problems.append(Problem("too-many-faults", last, {"limit": str(MAX_SYNTAX_ERRORS)}))
    document.broken, document.lost = True, {}


def _diagnose(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[str, int, int, str]:
    """libyaml's error → (code, line, column, character); the place is where an editor should look, not where the parser gave up."""
    words = f"{error.context or ''} {error.problem or ''}"
    code = next((code for pattern, code in _SYNTAX if pattern.search(words)), "yaml-syntax")
    mark = error.context_mark if code in _FROM_THE_BEGINNING and error.context_mark is not None else error.problem_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    line = min(line, len(lines))
    if not lines[line - 1].strip():
        # The parser noticed at the end of the file: show the last line with content, which is where the fault is.
        while line > 1 and not lines[line - 1].strip():
            line -= 1
        column = _first(lines[line - 1])
    if re.match(r" *\t", lines[line - 1]):
        return "tab", line, lines[line - 1].index("\t") + 1, ""
    stop: Any = error.problem_mark
    if code == "unclosed-bracket" and stop and stop.line == line - 1 and re.search(r"[]}]", lines[line - 1][stop.column :]):
        code, column = "list-comma", stop.column + 1
    code, line, column = _refine(code, line, column, lines)
    text = lines[line - 1]
    character = text[column - 1 : column]
    if code == "text-after":
        character = text[: column - 1].rstrip()[-1:]
    return code, line, column, character


def _first(text: str) -> int:
    """The column of a line's first character that is not a space."""
    return len(text) - len(text.lstrip()) + 1


def _refine(code: str, line: int, column: int, lines: list[str]) -> tuple[str, int, int]:
    """What libyaml cannot know: which of an editor's slips lies behind its words."""
    text = lines[line - 1]
    before, rest = text[: column - 1].rstrip(), text[column - 1 :]
    if code == "several-documents":
        end = next((number for number in range(line, 0, -1) if lines[number - 1].startswith("...")), 0)
        return (code, end, 1) if end else ("indentation", line, column)
    if code == "colon-in-text" and _KEY.fullmatch(before):
        code, column = "indentation", _first(text)
        before, rest = text[: column - 1].rstrip(), text[column - 1 :]
    if code == "missing-colon" and _NO_SPACE.match(text):
        return "no-space", line, len(re.split("[:：]", text)[0]) + 1
    if code != "indentation":
        return code, line, column
    # `number:044 …` is a text to YAML, and the keys below it are then too deep: the fault is above them.
    above = next((number for number in range(line - 1, 0, -1) if lines[number - 1].strip()), 0)
    if above and (glued := _GLUED.match(lines[above - 1])):
        return "no-space", above, glued.end() + 1
    if rest[:1] in ("]", "}"):
        return "stray-bracket", line, column
    if rest[:1] == ",":
        return "reserved-character", line, column
    if rest[:1] == ":":
        return "yaml-syntax", line, column
    if before[-1:] in ('"', "'"):
        # `key: "` before it: the quotation mark that closes here was opened further up and never closed there.
        opener = next((number for number in range(line - 1, 0, -1) if before[-1] in lines[number - 1]), 0)
        if opener and re.fullmatch(r"\s*(?:- +)?[\w-]+:\s*.", before):
            return "unclosed-quote", opener, lines[opener - 1].rindex(before[-1]) + 1
        return "text-after", line, column
    return ("text-after" if before[-1:] in ("]", "}") else code), line, column


class _Builder:
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
        """Fill `root` and `marks`; raises yaml.MarkedYAMLError where libyaml cannot go on."""
        next_event = CParser(text).get_event
        scalar, plain = yaml.ScalarEvent, self._plain
        while not self.stopped:
            event: Any = next_event()
            kind = type(event)
            # Most of a file: a text in a mapping or list, nothing odd about it. Written out, since a call for each is dear.
            if kind is scalar and event.tag is None and event.anchor is None and self._children is not None and not self._skipping:
                self._nodes += 1
                if self._nodes > MAX_NODES:
                    self._too_many(event.start_mark)
                    return
                style, value = event.style, event.value
                if not style:
                    plain(event)
                elif style == '"':
                    self._escapes(event)
                key, container = self._key, self._container
                if type(container) is list:
                    mark = event.start_mark
                    line, column = mark.line + 1, mark.column + 1
                    self._children.children[len(container)] = (line, column, line, column, None)
                    container.append(value)
                elif key is None:
                    self._key, self._key_mark = value, event.start_mark
                elif key in container:
                    self._put(value, event.start_mark, None)
                else:
                    self._key = None
                    container[key] = value
                    place, mark = self._key_mark, event.start_mark
                    self._children.children[key] = (place.line + 1, place.column + 1, mark.line + 1, mark.column + 1, None)
            elif kind is scalar or kind is yaml.AliasEvent or kind in _OPENS:
                self._node(event, kind)
            elif kind in _CLOSES:
                if self._skipping:
                    self._skipping -= 1
                else:
                    self._container, self._children = self._outer.pop()
            elif kind is yaml.DocumentStartEvent:
                self._documents += 1
                if self._documents > 1:
                    self.problem("several-documents", event.start_mark, line="---")
                    self.stopped = True
                    return
            elif kind is yaml.StreamEndEvent:
                return

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
                self._plain(event)
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
            if isinstance(value, str) and (_NO_SPACE.match(line) or any(_KEY_LINE.match(below) for below in self.lines[mark.line + 1 :])):
                raise yaml.MarkedYAMLError(problem="could not find expected ':'", problem_mark=mark)
            self.problem("not-a-list" if self.expect is list else "not-a-mapping", mark, found=line.strip())
            self.stopped = True
        return False

    def _plain(self, event: yaml.ScalarEvent) -> None:
        """What YAML takes from a text without quotes, and what it takes for text although a key was meant."""
        end: Any = event.end_mark
        if end.line >= self._count:
            return
        if self._key is not None:
            mark: Any = event.start_mark
            if mark.line > self._key_mark.line and _NO_SPACE.match(self.lines[mark.line]):
                self.problem("no-space", mark, line=self.lines[mark.line].strip())
        rest = self.lines[end.line]
        if "#" not in rest:
            return
        # `Katu 16 # 2 krs`: YAML drops what follows the #; the editor meant it.
        match = _COMMENT.match(rest, min(end.column, len(rest.rstrip())))
        if match and (event.value or (self._key is not None and end.line == self._key_mark.line)):
            self.problems.append(Problem("comment-after-value", Place(self.name, end.line + 1, match.start(1) + 1), {"comment": match.group(1).strip()}))

    def _escapes(self, event: yaml.ScalarEvent) -> None:
        """Characters that a text in double quotes brings in as an escape such as “\\u202e”."""
        for code, pattern in (("control-character", _CONTROL), ("invisible-character", _INVISIBLE)):
            match = pattern.search(event.value)
            mark: Any = event.start_mark
            if match and match.group() not in self.lines[mark.line]:
                self.problem(code, mark, character=f"U+{ord(match.group()):04X}")
