"""Small things that every export needs: trees without empty values, JSON as bytes, partial dates as whole ones."""

from __future__ import annotations

import calendar
import json
from collections.abc import Iterable, Mapping
from typing import Any

from generator.model import PartialDate

Tree = dict[str, Any]


def tidy(tree: Mapping[str, Any]) -> Tree:
    """`tree` without keys whose value is None, "", an empty list or an empty mapping. False and 0 stay."""
    return {key: value for key, value in tree.items() if value is not None and value != "" and value != [] and value != {}}


def json_line(tree: Mapping[str, Any]) -> str:
    """A JSON object on one line."""
    return _line(tree)


_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def json_lines(lines: Iterable[str]) -> bytes:
    """A JSON list of objects that are text already, one a line."""
    text = ",\n".join(lines)
    return f"[\n{text}\n]\n".encode() if text else b"[]\n"


def json_list(entries: Iterable[Mapping[str, Any]]) -> bytes:
    """A JSON list, one entry a line: small, and a comparison of two versions shows which entry changed."""
    return json_lines(json_line(entry) for entry in entries)


def json_object(tree: Mapping[str, Any]) -> bytes:
    """A JSON object that people read, too."""
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()


def first_day(date: PartialDate | None) -> str | None:
    """The first day that `date` can mean, as YYYY-MM-DD: 2014 → 2014-01-01."""
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}" if date else None


def last_day(date: PartialDate | None) -> str | None:
    """The last day that `date` can mean: 2014 → 2014-12-31."""
    if date is None:
        return None
    month = date.month or 12
    return f"{date.year:04}-{month:02}-{date.day or calendar.monthrange(date.year, month)[1]:02}"


def clock(minutes: int) -> str:
    """Minutes from midnight → HH:MM; the midnight that ends a day is 00:00 (a closing time before the opening time is on
    the next day, here as in schema.org)."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
