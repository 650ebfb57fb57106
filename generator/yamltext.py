"""One scalar as YAML text: whether it can stand without quotes, how it is quoted, how it is written as a block.

Also what other programs would make of an unquoted word: YAML 1.1 and 1.2 readers see numbers, dates, yes and no where the
editor wrote text.
"""

from __future__ import annotations

import re

import yaml

_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`")
_FLOW = frozenset(",?:[]{}")
_CORE = re.compile(  # the core schema of YAML 1.2, and y and n of 1.1, which PyYAML leaves alone
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|[yYnN]|<<|="
)
_RESOLVER = yaml.resolver.Resolver()
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def seen_as(text: str) -> str:
    """What another reader sees in the unquoted `text`: str, int, float, bool, null, timestamp, merge or value."""
    tag = str(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False))).rsplit(":", 1)[-1]  # type: ignore[no-untyped-call]
    if tag == "str" and _CORE.fullmatch(text):
        return "bool" if text.isalpha() else "float" if set(text) & set(".eE") and not text.startswith("0x") else "int"
    return tag


def can_be_plain(text: str, *, flow: bool) -> bool:
    """Whether the text can stand without quotes and be read as the same text by `source`."""
    if not text or text != text.strip() or _UNSEEN.search(text) or text[0] in _FIRST or text.startswith(("---", "...")):
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    return not flow or not (set(text) & _FLOW)


def scalar(text: str, style: str, *, flow: bool) -> str:
    """The text on one line: plain where it can be and no quotes are asked for by `style` ("'" or '"')."""
    if not text and not style and not flow:
        return ""
    if style not in ("'", '"') and can_be_plain(text, flow=flow):
        return text
    if not _UNSEEN.search(text) and (style == "'" or (style != '"' and ('"' in text or "\\" in text) and "'" not in text)):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escape(char) for char in text) + '"'


def _escape(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if not _UNSEEN.match(char):
        return char
    known = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    if char in known:
        return known[char]
    number = ord(char)
    return f"\\x{number:02X}" if number < 0x100 else f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"


def can_be_literal(text: str) -> bool:
    """Whether the text can be written after “|” with its own line breaks, and be read as the same text."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    return bool(lines[0]) and bool(lines[-1]) and all(_steady(line) for line in lines) and lines[0] == lines[0].lstrip()


def can_be_folded(text: str) -> bool:
    """Whether the text can be written after “>” and wrapped: one paragraph, with single spaces between its words."""
    body = text.removesuffix("\n")
    return bool(body) and _steady(body) and "  " not in body and body == body.lstrip()


def _steady(line: str) -> bool:
    return not _UNSEEN.search(line) and line == line.rstrip()


def block_lines(text: str, style: str, width: int) -> list[str]:
    """The head (“|” or “>”) and the lines of a block scalar, without indentation."""
    head = style if text.endswith("\n") else style + "-"
    body = text.removesuffix("\n")
    if style == "|":
        return [head, *body.split("\n")]
    return [head, *_wrap(body, width)]


def _wrap(text: str, width: int) -> list[str]:
    """Break at spaces only; textwrap would also take other white space for a place to break."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
