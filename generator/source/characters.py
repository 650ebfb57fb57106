"""Characters that no reader sees, or that are no letters: what is refused before YAML is looked at."""

from __future__ import annotations

import itertools
import re

from generator.problems import Place, Problem

MAX_FAULTS = 20


_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
INVISIBLE = re.compile("[\u00ad\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]")
# A space that YAML does not take for one, where YAML or an editor needs a real one: line's beginning, after “:”, line's end.
WRONG_SPACE = re.compile(f"^[ {_SPACES}-]*[{_SPACES}]|:[{_SPACES}]|[{_SPACES}](?=$)", re.MULTILINE)
_DAMAGED = re.compile("\ufffd|Ã[¤¶¥„–…]|â€.?")  # ä, ö, å and quotation marks that were saved twice
_SUSPECT = re.compile(f"[{CONTROL.pattern[1:-1]}{INVISIBLE.pattern[1:-1]}{_SPACES}\ufffdÃâ]")  # one look for all of these: most files have none


def place(text: str, index: int, name: str) -> Place:
    """The place of the character at `index`."""
    return Place(name, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def problems(text: str, name: str) -> list[Problem]:
    """Characters that no reader sees or that are no letters: refused, since they change what is read or what is shown."""
    if not _SUSPECT.search(text):
        return []
    found: list[tuple[int, str, str]] = []
    for code, pattern in (
        ("control-character", CONTROL),
        ("invisible-character", INVISIBLE),
        ("invisible-character", WRONG_SPACE),
        ("damaged-character", _DAMAGED),
    ):
        for match in itertools.islice(pattern.finditer(text), MAX_FAULTS):
            at = match.end() - 1 if pattern is WRONG_SPACE else match.start()
            found.append((at, code, match.group() if pattern is _DAMAGED else f"U+{ord(text[at]):04X}"))
    return [Problem(code, place(text, at, name), {"character": shown}) for at, code, shown in sorted(found)[:MAX_FAULTS]]
