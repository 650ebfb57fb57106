"""A schedule that says nothing, says half, or contradicts itself: hours must not lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.catalogue import Catalogue
from generator.model import Organization, Schedule, Service
from generator.problems import N_, Problem, declare
from generator.settings import Settings

HALF = declare("schedule-half", "error", N_("The schedule has only one of opens_at and closes_at; write both, or neither."))
EMPTY = declare("schedule-empty", "error", N_("The schedule says nothing; write days and times, always_open: yes, by_appointment: yes, or a description."))
DAYS = declare("schedule-days", "error", N_("The schedule has times but no days; add “byday”, such as [MO, TU], or write the hours as a description."))
CONTRADICTS = declare("schedule-contradicts", "error", N_("The schedule says always_open and also days or times; keep one of them."))
ORDER = declare("schedule-order", "error", N_("valid_from is after valid_to; correct one of the dates."))
EXCEPTION = declare("exception-half", "error", N_("The exception must say either “closed: yes” or both times; keep one of the two."))


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """Schedules of services, phones (an organization's, too), chats and bookings, and their exceptions."""
    for organization in catalogue.organizations.values():
        yield from _phones(catalogue, "organizations", organization)
    for service in catalogue.services.values():
        yield from _phones(catalogue, "services", service)
        found: list[tuple[tuple[Any, ...], Schedule]] = [(("schedules", index), entry) for index, entry in enumerate(service.schedules)]
        for key, channel in (("chat", service.chat), ("booking", service.booking)):
            found += [((key, "schedules", index), entry) for index, entry in enumerate(channel.schedules if channel else ())]
        for path, schedule in found:
            for code in _faults(schedule):
                yield Problem(code, catalogue.place("services", service.id, path))
        for index, exception in enumerate(service.schedule_exceptions):
            place = catalogue.place("services", service.id, ("schedule_exceptions", index))
            both = exception.opens_at is not None and exception.closes_at is not None
            if exception.closed == both or (exception.opens_at is None) != (exception.closes_at is None):
                yield Problem(EXCEPTION, place)
            if exception.valid_to and exception.valid_from > exception.valid_to:
                yield Problem(ORDER, place)


def _phones(catalogue: Catalogue, table: str, entry: Service | Organization) -> Iterator[Problem]:
    for number, phone in enumerate(entry.phones):
        for index, schedule in enumerate(phone.schedules):
            for code in _faults(schedule):
                yield Problem(code, catalogue.place(table, entry.id, ("phones", number, "schedules", index)))


def _faults(schedule: Schedule) -> Iterator[str]:
    timed = schedule.opens_at is not None or schedule.closes_at is not None
    if (schedule.opens_at is None) != (schedule.closes_at is None):
        yield HALF
    elif timed and not schedule.byday:
        yield DAYS
    if schedule.always_open and (schedule.byday or timed):
        yield CONTRADICTS
    if not (schedule.always_open or schedule.by_appointment or schedule.byday or timed or schedule.description):
        yield EMPTY
    if schedule.valid_from and schedule.valid_to and schedule.valid_from > schedule.valid_to:
        yield ORDER
