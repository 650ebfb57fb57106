"""Hours → HSDS schedules: weekly rules in iCal's words (RFC 5545: freq, byday, dtstart), and dated exceptions.

Times are local time in Finland (Europe/Helsinki) and say so in an attribute: the specification's UTC offset cannot be
right both in winter and in summer. HSDS has no exceptions: one is a schedule without `freq` (it never recurs), with its
days as valid_from and valid_to, and an attribute `schedule_exception` with the value closed or open.
"""

from __future__ import annotations

import json

from generator.exports.hsds.writer import Writer
from generator.exports.ids import identifier
from generator.exports.tree import Tree, clock, first_day, last_day, tidy
from generator.model import WEEKDAYS, Schedule, ScheduleException

TIMEZONE = "Europe/Helsinki"


def schedule(writer: Writer, owner: tuple[str, ...], entry: Schedule, key: str) -> Tree:
    """One rule. Day and night is every weekday from 00:00 to 23:59 with an attribute `always_open`."""
    own = ("schedule", *owner, key)
    weekly = entry.always_open or bool(entry.byday)
    opens, closes = (0, 1439) if entry.always_open else (entry.opens_at, entry.closes_at)
    timed = opens is not None and closes is not None
    attributes = [
        *(writer.yes_no(own, "always_open", True) if entry.always_open else []),
        *(writer.yes_no(own, "by_appointment", True) if entry.by_appointment else []),
        *(writer.said(own, "timezone", TIMEZONE) if timed else []),
    ]
    return tidy(
        {
            "id": identifier(*own),
            f"{owner[0]}_id": identifier(*owner) if owner[0] in ("service", "location", "service_at_location") else None,
            "valid_from": first_day(entry.valid_from),
            "valid_to": last_day(entry.valid_to),
            "dtstart": first_day(entry.valid_from) if weekly else None,
            "freq": "WEEKLY" if weekly else None,
            "byday": ",".join(WEEKDAYS if entry.always_open else sorted(entry.byday, key=WEEKDAYS.index)),
            "opens_at": clock(opens) if opens is not None else None,
            "closes_at": clock(closes) if closes is not None else None,
            "description": writer.speech.line(entry.description),
            "attributes": attributes,
        }
    )


def exception(writer: Writer, owner: tuple[str, ...], entry: ScheduleException, key: str) -> Tree:
    """Days that differ from the weekly rule."""
    own = ("schedule", *owner, "exception", key)
    opened = not entry.closed and entry.opens_at is not None and entry.closes_at is not None
    return tidy(
        {
            "id": identifier(*own),
            f"{owner[0]}_id": identifier(*owner),
            "valid_from": first_day(entry.valid_from),
            "valid_to": last_day(entry.valid_to or entry.valid_from),
            "dtstart": first_day(entry.valid_from),
            "opens_at": clock(entry.opens_at) if opened and entry.opens_at is not None else None,
            "closes_at": clock(entry.closes_at) if opened and entry.closes_at is not None else None,
            "description": writer.speech.line(entry.description),
            "notes": None if opened else writer.reader.gettext("closed"),
            "attributes": [
                *writer.said(own, "schedule_exception", "open" if opened else "closed"),
                *(writer.said(own, "timezone", TIMEZONE) if opened else []),
            ],
        }
    )


def schedules(writer: Writer, owner: tuple[str, ...], entries: tuple[Schedule, ...]) -> list[Tree]:
    """All rules of `owner`."""
    return [schedule(writer, owner, entry, str(index)) for index, entry in enumerate(entries)]


def as_attributes(writer: Writer, owner: tuple[str, ...], entries: tuple[Schedule, ...]) -> list[Tree]:
    """The rules of a phone, which has no schedules in HSDS: each an attribute whose value is JSON, a schedule's own fields
    and always_open or by_appointment."""
    made = []
    for index, entry in enumerate(entries):
        tree = schedule(writer, owner, entry, str(index))
        rule = {key: value for key, value in tree.items() if key not in ("id", "attributes")}
        rule |= {name: "yes" for name in ("always_open", "by_appointment") if getattr(entry, name)}
        made.append(writer.attribute(owner, "schedule", json.dumps(rule, ensure_ascii=False), str(index)))
    return made
