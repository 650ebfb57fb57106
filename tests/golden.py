"""Golden files: input and expected output together in one small text file, named for the behavior.

A file begins with a line that says what it shows; sections follow, each under a line `--- name`. In an input, what cannot
be seen or is too long to print is written in angle quotes: ‹U+00A0› a character, ‹0xE4› a byte, ‹500 × ab› a repetition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "goldens"
_NOTATION = re.compile(r"‹(?:U\+(?P<char>[0-9A-F]{4,6})|0x(?P<byte>[0-9A-F]{2})|(?P<count>\d+) × (?P<text>[^›]+))›")


@dataclass(frozen=True, slots=True)
class Golden:
    """One golden file: `title`, and each section's text by its name."""

    name: str
    title: str
    sections: dict[str, str]


def read(file: Path) -> Golden:
    """Read one golden file."""
    title, *parts = re.split(r"^--- (.*)\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return Golden(file.stem, title.strip(), dict(zip(parts[::2], parts[1::2], strict=True)))


def all_of(folder: str) -> list[Golden]:
    """All golden files of a folder below tests/goldens, by name."""
    return [read(file) for file in sorted((FOLDER / folder).glob("*.txt"))]


def expand(text: str, encoding: str = "utf-8") -> bytes:
    """The bytes that `text` stands for, its notation resolved."""
    data, at = b"", 0
    for match in _NOTATION.finditer(text):
        data += text[at : match.start()].encode(encoding)
        if match["char"]:
            data += chr(int(match["char"], 16)).encode(encoding)
        elif match["byte"]:
            data += bytes([int(match["byte"], 16)])
        else:
            data += match["text"].replace("⏎", "\n").encode(encoding) * int(match["count"])
        at = match.end()
    return data + text[at:].encode(encoding)


def compact(text: str) -> str:
    """`text` with invisible characters in the notation, for a table's cell."""
    return "".join(char if char.isprintable() else f"‹U+{ord(char):04X}›" for char in text)
