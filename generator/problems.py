"""What is wrong with a file, where, and the words for it.

A finding is a `Problem`: a code, a place and the values that its sentence quotes. It knows nothing of terminals, GitHub
or JSON (that is `reports`). The sentences are gettext messages in English here and in fi, sv and en in
`locales/*/LC_MESSAGES/editor.po`: each says what is wrong and, after the semicolon, what to do.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Level = Literal["error", "warning", "note"]


def N_(message: str) -> str:
    """Mark `message` for extraction into the catalogues; it is translated where it is shown."""
    return message


class Place(NamedTuple):
    """Where in a file: `line` and `column` count from 1; 0 means the file as a whole. Sorts as people read."""

    file: str
    line: int = 0
    column: int = 0


class Code(NamedTuple):
    """A kind of problem: how grave it is, and its sentence with `{names}` for the values."""

    level: Level
    message: str


CODES: dict[str, Code] = {}


def declare(code: str, level: Level, message: str) -> str:
    """Register a problem code once; returns the code, so that a module can keep it in a constant."""
    if code in CODES:
        raise ValueError(f"problem code declared twice: {code}")
    CODES[code] = Code(level, message)
    return code


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `values` fill the sentence of `code`; `level` comes from the code."""

    code: str
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        return CODES[self.code].level

    def sentence(self, translate: object = None) -> str:
        """The sentence in the language of `translate` (a gettext function); values are quoted as the editor wrote them."""
        template = CODES[self.code].message
        if callable(translate):
            template = translate(template)
        shown = {name: shorten(value, 400 if name in ("names", "allowed") else 60) for name, value in self.values.items()}
        return template.format_map(_Lenient(shown))


class _Lenient(dict[str, str]):
    """Values of which a missing one is an ellipsis: a message must never fail while telling of a fault."""

    def __missing__(self, key: str) -> str:
        return "…"


def shorten(text: str, limit: int = 60) -> str:
    """The editor's own text on one line, cut to `limit` characters, invisible characters made visible."""
    visible = text.replace("\n", " ")
    if not visible.isprintable():
        visible = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in visible)
    return visible if len(visible) <= limit else visible[: limit - 1] + "…"


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` most likely means, or "" when none is near (difflib ratio of at least 0.6)."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def worst_first(problems: Iterable[Problem]) -> list[Problem]:
    """Problems sorted by file, line and column, each told once."""
    unique = {(p.place, p.code, tuple(sorted(p.values.items()))): p for p in problems}
    return [unique[key] for key in sorted(unique, key=lambda key: (key[0], key[1]))]
