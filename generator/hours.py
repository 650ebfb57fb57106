"""Whether a service is open at a moment in Finland: open, always open, closed, by appointment, to be checked, or unknown.

Pure: schedules, exceptions, the policy on public holidays and a moment in, an answer out. theme/components/hours/hours.js
gives the same answers in the page from the same `Plan`; tests/goldens/hours.yaml holds both to one table. Hours must not
lie, so what is not certain is never said to be open or closed:

- An exception with a date goes before everything else, one for fewer days before one for more; a public holiday goes
  before the weekly rules.
- `public_holidays: closed` means the public holidays of Finnish law. Midsummer Eve and Christmas Eve are not among them,
  though most places are closed then: they are to be checked. `open` means that the weekly rules hold on all these days.
  Not stated, every holiday and both eves on which the rules would be open are to be checked. New Year's Eve and the day
  before Good Friday are days like others. `always_open` means every day of the year; with `closed` beside it a holiday is
  unknown.
- Words beside a rule may change it, and a date of which only the month or year is known leaves its days open: to be
  checked. A day that no rule covers, before `valid_from` or after `valid_to`, is unknown, not closed.
- An opening belongs to the day on which it begins, also past midnight. Times are those on the wall in Helsinki; the hour
  that is repeated in October is read twice.

Not here: words (`localise`), filters. A filter by hours must keep what is unknown, to be checked or by appointment.
"""

from __future__ import annotations

import calendar
import datetime
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from generator.model import WEEKDAYS, PartialDate, Schedule, ScheduleException

DAY = 1440
AHEAD = 730
"""For so many days from the build a page knows the holidays; later it says nothing."""
_LANGUAGES = {"fi": "fi", "sv": "sv_FI", "en": "en_US", "uk": "uk"}
_EVERY = "0123456"

Span = tuple[int, int]
"""Minutes from a day's midnight; the end is over 1440 when it is on the next day."""


class Rule(NamedTuple):
    """A rule as it is evaluated. Dates as ISO text, the empty text before and "9" after all of them; `opens` -1: no times;
    `kind`: w weekly, a always, p by appointment, u not certain; `days`: digits of weekdays, Monday 0."""

    first: str
    last: str
    opens: int
    ends: int
    kind: Literal["w", "a", "p", "u"]
    days: str


class Exceptional(NamedTuple):
    """Days that differ, and when they are open: never when `spans` is empty, not certain when it is None."""

    first: str
    last: str
    spans: tuple[Span, ...] | None
    note: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an answer needs. `exceptions`: of those that cover a day the first holds; `holidays`: ISO date → 0 closed or
    1 to be checked, and the day's name; `first`, `last`: the days between which the plan holds."""

    rules: tuple[Rule, ...]
    exceptions: tuple[Exceptional, ...]
    holidays: Mapping[str, tuple[int, str]]
    first: str
    last: str

    @property
    def changes(self) -> bool:
        """Whether the answer is ever open, closed or to be checked: otherwise the hours in words say all there is."""
        return bool(self.exceptions or self.holidays) or any(rule.opens >= 0 and (rule.kind != "a" or rule.first or rule.last < "9") for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Status:
    """An answer. `until`: when open, None when the end is not certain or a day and more away; `opens`: when closed, the next
    opening, None when it is not certain; `reason`: a holiday or an exception's words; `usual`: the hours that are to be
    checked."""

    kind: Literal["open", "always", "check", "closed", "appointment", "unknown"]
    until: datetime.datetime | None = None
    opens: datetime.datetime | None = None
    reason: str = ""
    usual: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Day:
    sure: list[Span] = field(default_factory=list)
    usual: list[Span] = field(default_factory=list)
    always: bool = False
    appointment: bool = False
    unsure: bool = False
    known: bool = True
    note: str = ""


@functools.cache
def public_holidays(first: datetime.date, last: datetime.date, language: str = "en") -> dict[str, tuple[bool, str]]:
    """ISO date → whether it is a holiday by law (False: an eve), and its name; English where the library has no other."""
    from holidays import country_holidays  # takes 0.3 s, and few sites need it

    years = range(first.year, last.year + 1)
    names = country_holidays("FI", years=years, language=_LANGUAGES.get(language, "en_US"))
    # The library counts the two eves as public; in Finnish they are the ones that are called so.
    return {
        day.isoformat(): (not finnish.endswith("aatto"), str(names[day]).replace("; ", ", "))
        for day, finnish in sorted(country_holidays("FI", years=years, language="fi").items())
        if first <= day <= last
    }


def plan(
    schedules: Iterable[Schedule],
    exceptions: Sequence[ScheduleException],
    policy: Literal["open", "closed"] | None,
    today: datetime.date,
    language: str = "en",
    notes: Sequence[str] = (),
) -> Plan:
    """What the facts mean, for answers from two days before `today`; `notes`: the words of each exception."""
    rules = tuple(rule for schedule in schedules for rule in _rules(schedule))
    first, last = today - datetime.timedelta(2), today + datetime.timedelta(AHEAD)
    matters = policy == "closed" or (policy is None and any(rule.kind in "wu" and rule.opens >= 0 for rule in rules))
    found = public_holidays(first, last, language) if rules and matters else {}
    return Plan(
        rules,
        _exceptional(exceptions, notes),
        {day: (int(policy is None or not official), name) for day, (official, name) in found.items()},
        first.isoformat(),
        last.isoformat(),
    )


def status(plan: Plan, moment: datetime.datetime) -> Status:
    """The answer at `moment`, which is in Helsinki's time when it has no time zone."""
    local = moment.astimezone(ZoneInfo("Europe/Helsinki")) if moment.tzinfo else moment
    date, minute = local.date(), local.hour * 60 + local.minute
    kind, today, usual, note = _state(plan, date, minute)
    if kind == "open":
        until = _until(plan, date, minute)
        return Status("always" if today.always and not until else "open", until=until)
    if kind == "check":
        return Status("check", reason=note, usual=tuple(usual))
    if kind == "closed":
        return Status("closed", opens=_next(plan, date, minute), reason=today.note)
    return Status(kind)


def _state(plan: Plan, date: datetime.date, minute: int) -> tuple[Literal["open", "check", "closed", "appointment", "unknown"], _Day, list[Span], str]:
    today, before = _day(plan, date), _day(plan, date - datetime.timedelta(1))
    if _inside(today.sure, minute) or _inside(before.sure, minute + DAY):
        return "open", today, [], ""
    if today.unsure or _inside(before.usual, minute + DAY):
        usual = today.usual or before.usual
        return "check" if usual else "unknown", today, usual, (today if today.unsure else before).note
    if not today.known:
        return "unknown", today, [], ""
    return "appointment" if today.appointment else "closed", today, [], ""


def _inside(spans: list[Span], minute: int) -> bool:
    return any(opens <= minute < ends for opens, ends in spans)


def _day(plan: Plan, date: datetime.date) -> _Day:
    """What is known of a day."""
    iso, weekday = date.isoformat(), str(date.weekday())
    if not plan.first <= iso <= plan.last:
        return _Day(known=False)
    for first, last, spans, note in plan.exceptions:
        if first <= iso <= last:
            return _Day(sure=list(spans or ()), unsure=spans is None, note=note)
    rules = [rule for rule in plan.rules if rule.first <= iso <= rule.last]
    here = [rule for rule in rules if weekday in rule.days]
    always = any(rule.kind == "a" for rule in here)
    day = _Day(
        sure=[(rule.opens, rule.ends) for rule in here if rule.kind in "wa"],
        usual=[(rule.opens, rule.ends) for rule in here if rule.kind == "u" and rule.opens >= 0],
        always=always,
        appointment=any(rule.kind == "p" for rule in rules),
        unsure=any(rule.kind == "u" for rule in here),
        known=bool(rules),
    )
    checked, name = plan.holidays.get(iso, (None, ""))
    if checked == 0 and rules:
        return _Day(unsure=always, note=name)
    if checked and not always and (day.sure or day.usual):
        return _Day(usual=day.sure + day.usual, unsure=True, note=name)
    return day


def _until(plan: Plan, date: datetime.date, minute: int) -> datetime.datetime | None:
    """When the opening ends, with those that follow without a break."""
    spans = [(opens + DAY * k, ends + DAY * k) for k in (-1, 0, 1) for opens, ends in _day(plan, date + datetime.timedelta(k)).sure]
    end = minute
    while later := [ends for opens, ends in spans if opens <= end < ends]:
        end = max(later)
    days, rest = divmod(end, DAY)
    if end - minute >= DAY or _state(plan, date + datetime.timedelta(days), rest)[0] in ("check", "unknown"):
        return None
    return _moment(date, end)


def _next(plan: Plan, date: datetime.date, minute: int) -> datetime.datetime | None:
    """When a service that is closed opens; None where a day that is not certain comes before that."""
    for k in range(367):
        day = _day(plan, date + datetime.timedelta(k))
        if k and (day.unsure or not day.known):
            return None
        starts = [opens for opens, _ in day.sure if k or opens > minute]
        if starts:
            return _moment(date, min(starts) + DAY * k)
    return None


def _moment(date: datetime.date, minute: int) -> datetime.datetime:
    return datetime.datetime.combine(date, datetime.time()) + datetime.timedelta(minutes=minute)


def _rules(schedule: Schedule) -> Iterator[Rule]:
    """A schedule as rules: one for the days on which it certainly holds, others for those on which it may."""
    days = "".join(str(index) for index, day in enumerate(WEEKDAYS) if day in schedule.byday) or _EVERY
    opens, ends = (0, DAY) if schedule.always_open else _span(schedule.opens_at, schedule.closes_at)
    timed = opens >= 0 and bool(schedule.byday) and not schedule.by_appointment
    kind: Literal["w", "a", "p", "u"] = "u" if schedule.description or not timed else "w"
    if schedule.by_appointment:
        kind = "p"
    elif schedule.always_open:
        kind = "a"
    if kind != "a" and not timed:
        opens, ends = -1, -1
    for first, last, sure in _periods(schedule.valid_from, schedule.valid_to):
        if sure:
            yield Rule(first, last, opens, ends, kind, _EVERY if kind in "ap" else days)
        else:
            yield Rule(first, last, opens, ends, "u", days)
            yield Rule(first, last, -1, -1, "u", _EVERY)


def _exceptional(exceptions: Sequence[ScheduleException], notes: Sequence[str]) -> tuple[Exceptional, ...]:
    """Exceptions as they are evaluated: a day among others goes before the others, so that a shorter period is first."""
    found: dict[tuple[str, str], list[Span | None]] = {}
    words: dict[tuple[str, str], str] = {}
    for index, entry in enumerate(exceptions):
        opens, ends = _span(entry.opens_at, entry.closes_at)
        for first, last, sure in _periods(entry.valid_from, entry.valid_to or entry.valid_from):
            said = found.setdefault((first, last), [])
            # Neither closed nor times, or both of them, or closed here and open there: not certain
            if not sure or entry.closed == (opens >= 0) or None in said or (said and entry.closed != ((-1, -1) in said)):
                said.append(None)
            else:
                said.append((opens, ends))
            words[first, last] = words.get((first, last)) or (notes[index] if index < len(notes) else "")
    made = (
        Exceptional(*period, None if None in said else tuple(span for span in said if span and span[0] >= 0), words[period]) for period, said in found.items()
    )
    return tuple(sorted(made, key=lambda entry: datetime.date.fromisoformat(entry.last) - datetime.date.fromisoformat(entry.first)))


def _span(opens: int | None, closes: int | None) -> Span:
    """Minutes; a closing time that is not after the opening is on the next day. (-1, -1) when one is not known."""
    if opens is None or closes is None:
        return -1, -1
    return opens, closes if closes > opens else closes + DAY


def _periods(valid_from: PartialDate | None, valid_to: PartialDate | None) -> Iterator[tuple[str, str, bool]]:
    """(first day, last day, whether it is certain) from dates of which only the month or the year may be known."""
    begins = _limits(valid_from) if valid_from else None
    ends = _limits(valid_to) if valid_to else None
    first, sure_first = (begins[0].isoformat(), begins[1].isoformat()) if begins else ("", "")
    sure_last, last = (ends[0].isoformat(), ends[1].isoformat()) if ends else ("9", "9")
    if sure_first > sure_last:
        yield first, last, False
        return
    if begins and begins[0] < begins[1]:
        yield first, (begins[1] - datetime.timedelta(1)).isoformat(), False
    yield sure_first, sure_last, True
    if ends and ends[0] < ends[1]:
        yield (ends[0] + datetime.timedelta(1)).isoformat(), last, False


def _limits(date: PartialDate) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that a date can mean."""
    month = date.month or 12
    return (
        datetime.date(date.year, date.month or 1, date.day or 1),
        datetime.date(date.year, month, date.day or calendar.monthrange(date.year, month)[1]),
    )
