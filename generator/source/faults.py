"""libyaml's syntax errors → what an editor did, and where to look: its own words say neither."""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator.problems import N_, declare

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
declare("reserved-character", "error", N_("A text cannot begin with “{character}”; put it in double quotes."))
declare("missing-colon", "error", N_("“{line}” has no colon; write “key: value”, or indent the line if it continues the text above."))
declare("indentation", "error", N_("The line does not line up with the lines above: “{line}”; give lines of the same level the same indentation."))
declare("escape", "error", N_("“{line}” has a backslash that means nothing inside double quotes; use single quotes, or write the backslash twice."))
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
NO_SPACE = re.compile(r"\s*(?:- +)?[\w-]+[:：][^\s/\d]")
# A key and its value without a space between them, which YAML takes for one text.
GLUED = re.compile(r"(\s*(?:- +)?[a-z_]+)[:：](?=[^\s/])")
_KEY = re.compile(r"\s*(?:- +)?[a-z_][a-z0-9_-]*")


def diagnose(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[str, int, int, str]:
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
        column = first(lines[line - 1])
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


def first(text: str) -> int:
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
        code, column = "indentation", first(text)
        before, rest = text[: column - 1].rstrip(), text[column - 1 :]
    if code == "missing-colon" and NO_SPACE.match(text):
        return "no-space", line, len(re.split("[:：]", text)[0]) + 1
    if code != "indentation":
        return code, line, column
    # `number:044 …` is a text to YAML, and the keys below it are then too deep: the fault is above them.
    above = next((number for number in range(line - 1, 0, -1) if lines[number - 1].strip()), 0)
    if above and (glued := GLUED.match(lines[above - 1])):
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
