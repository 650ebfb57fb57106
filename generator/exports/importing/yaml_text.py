"""A tree → YAML that every reader reads alike: what YAML 1.1 or 1.2 would take for a number, a date, a truth value or
syntax stands in double quotes; paragraphs stand in literal blocks.

Written here and not with PyYAML's dumper, since that neither folds our texts as editors write them nor quotes 0442700757.
"""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any

WIDTH = 96
_PLAIN = re.compile(r"[^\W\d_][^\n\t]*\Z")
_WORDS = frozenset(("yes", "no", "true", "false", "on", "off", "y", "n", "null", "none"))
_SIMPLE = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")


def dump(tree: dict[str, Any]) -> str:
    """A mapping of str, bool, int, lists and mappings as a YAML document. True is written yes, False no."""
    return "\n".join(_mapping(tree, 0)) + "\n"


def scalar(text: str) -> str:
    """`text` on one line, quoted where a YAML reader would see something else in it."""
    risky = ": " in text or " #" in text or text.endswith(":") or text != text.strip() or text.lower() in _WORDS
    return text if _PLAIN.match(text) and not risky else json.dumps(text, ensure_ascii=False)


def _value(value: Any) -> str | None:
    """A value that fits on the line of its key, or None."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str) and "\n" not in value:
        return scalar(value)
    simple = isinstance(value, list) and value and all(isinstance(item, str) and _SIMPLE.match(item) and item.lower() not in _WORDS for item in value)
    line = f"[{', '.join(value)}]" if simple else None
    return line if line and len(line) <= WIDTH else None


def _mapping(tree: dict[str, Any], depth: int) -> list[str]:
    pad = "  " * depth
    lines: list[str] = []
    for key, value in tree.items():
        written = _value(value)
        name = key if _SIMPLE.match(key.replace("_", "-")) and key.lower() not in _WORDS else json.dumps(key)
        if written is not None:
            lines.append(f"{pad}{name}: {written}")
        elif isinstance(value, str):
            lines += [f"{pad}{name}: |", *_block(value, depth + 1)]
        elif isinstance(value, dict):
            lines += [f"{pad}{name}:", *_mapping(value, depth + 1)]
        else:
            lines += [f"{pad}{name}:", *_list(value, depth + 1)]
    return lines


def _list(items: list[Any], depth: int) -> list[str]:
    pad = "  " * depth
    lines: list[str] = []
    for item in items:
        written = _value(item)
        if isinstance(item, dict):
            first, *rest = _mapping(item, depth + 1)
            lines += [f"{pad}- {first.lstrip()}", *rest]
        else:
            lines.append(f"{pad}- {written if written is not None else json.dumps(item, ensure_ascii=False)}")
    return lines


def _block(text: str, depth: int) -> list[str]:
    """A literal block: paragraphs folded at spaces (a single line break is a space in our texts)."""
    pad = "  " * depth
    lines: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        folded = textwrap.wrap(" ".join(paragraph.split()), WIDTH - len(pad), break_long_words=False, break_on_hyphens=False)
        lines += ["", *(f"{pad}{line}" for line in folded)]
    return lines[1:]
