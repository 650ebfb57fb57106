"""HSDS schedules → our weekly rules and exceptions. What does not repeat weekly is kept as words, and told of."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

from generator.exports.importing.reading import Reading, attributes, first, text, yes_no
from generator.exports.tree import Tree, tidy
from generator.model import WEEKDAYS

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def schedules(reading: Reading, service: str, trees: list[Tree]) -> tuple[list[Tree], list[Tree]]:
    """(weekly rules, exceptions) of HSDS schedule objects."""
    rules, exceptions = [], []
    for tree in trees:
        if _is_exception(tree):
            if exception := _exception(reading, service, tree):
                exceptions.append(exception)
        elif rule := _rule(reading, service, tree):
            rules.append(rule)
    return rules, exceptions


def of_phone(reading: Reading, service: str, phone: Tree) -> list[Tree]:
    """A phone's rules, which stand in attributes as JSON; their words in the other languages come from there, too."""
    by_language = {code: [_loaded(value) for value in attributes(own, "schedule")] for code, own in reading.versions(phone).items()}
    rules = []
    for index, tree in enumerate(by_language[reading.language]):
        flags = [{"link_type": name, "value": "yes"} for name in ("always_open", "by_appointment") if tree.get(name) == "yes"]
        rule = _rule(reading, service, {**tree, "attributes": flags, "description": None})
        said = {code: words for code, loaded in by_language.items() if index < len(loaded) and (words := " ".join(text(loaded[index], "description").split()))}
        if whole := tidy({**(rule or {}), "description": said}):
            rules.append(whole)
    return rules


def _loaded(value: str) -> Tree:
    try:
        tree: Any = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    return tree if isinstance(tree, dict) else {}


def _is_exception(tree: Tree) -> bool:
    """An exception says so in our attribute; elsewhere it is a rule for one span of days that nothing repeats."""
    if attributes(tree, "schedule_exception"):
        return True
    repeats = any(text(tree, field) for field in ("freq", "byday", "bymonthday", "byyearday", "byweekno"))
    return not repeats and bool(text(tree, "valid_from")) and text(tree, "valid_from") == text(tree, "valid_to")


def _exception(reading: Reading, service: str, tree: Tree) -> Tree:
    """Days that differ, or {} when it is not told which."""
    start, end = _day(tree, "valid_from", "dtstart"), _day(tree, "valid_to", "until")
    opens, closes = _clock(tree, "opens_at"), _clock(tree, "closes_at")
    if start is None:
        reading.problem("import-schedule", service, "schedules", text(tree, "valid_from") or text(tree, "description"))
        return {}
    opened = bool(opens and closes) and first(attributes(tree, "schedule_exception")) != "closed"
    return tidy(
        {
            "valid_from": start,
            "valid_to": end if end != start else None,
            "closed": None if opened else True,
            "opens_at": opens if opened else None,
            "closes_at": _end(closes) if opened else None,
            "description": reading.words(tree, "description"),
        }
    )


def _rule(reading: Reading, service: str, tree: Tree) -> Tree:
    """A weekly rule, or {} when nothing of it could be kept."""
    days = [day for day in re.split(r"[\s,]+", text(tree, "byday").upper()) if day]
    opens, closes = _clock(tree, "opens_at"), _clock(tree, "closes_at")
    said = reading.words(tree, "description") or reading.words(tree, "notes")
    weekly = text(tree, "freq") in ("", "WEEKLY") and tree.get("interval") in (None, 0, 1) and all(day in WEEKDAYS for day in days)
    weekly = weekly and not any(text(tree, field) for field in ("bymonthday", "byyearday", "byweekno")) and not tree.get("count")
    if not weekly:
        reading.problem("import-schedule", service, "schedules", first(list(said.values())) or text(tree, "byday") or text(tree, "freq"))
        return {"description": said} if said else {}
    if opens and closes and not days:
        days = list(WEEKDAYS)
    around = len(set(days)) == 7 and opens == "00:00" and closes in ("23:59", "24:00", "00:00")
    always = yes_no(tree, "always_open") or around
    return tidy(
        {
            "always_open": True if always else None,
            "by_appointment": yes_no(tree, "by_appointment"),
            "byday": [] if always else sorted(set(days), key=WEEKDAYS.index),
            "opens_at": opens if not always else None,
            "closes_at": _end(closes) if not always else None,
            "valid_from": _day(tree, "valid_from", "dtstart"),
            "valid_to": _day(tree, "valid_to", "until"),
            "description": said,
        }
    )


def _clock(tree: Tree, field: str) -> str | None:
    """HH:MM of a time with or without seconds and UTC offset: times are taken as local."""
    match = _CLOCK.match(text(tree, field))
    return f"{int(match[1]):02}:{match[2]}" if match and ((int(match[1]) < 24 and int(match[2]) < 60) or match.group() == "24:00") else None


def _end(closes: str | None) -> str | None:
    return "24:00" if closes == "00:00" else closes


def _day(tree: Tree, *fields: str) -> str | None:
    """The first of `fields` that begins with a day of the calendar."""
    for field in fields:
        said = text(tree, field)[:10]
        try:
            if _DAY.fullmatch(said) and 1900 <= int(said[:4]) <= 2100:
                return datetime.date.fromisoformat(said).isoformat()
        except ValueError:
            continue
    return None
