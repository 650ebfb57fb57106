"""Hours do not lie: one table of moments for Python and for the browser's code, and what both answer to odd hours."""

from __future__ import annotations

import dataclasses
import datetime
import json
import random
import re
import subprocess
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import rjsmin
import yaml

from generator import hours
from generator.localise.opening import now
from generator.localise.reader import Reader
from generator.model import PartialDate, Schedule, ScheduleException, Service
from generator.settings import Settings, resources

HELSINKI = ZoneInfo("Europe/Helsinki")
BUILT = datetime.date(2025, 12, 28)
TABLE = yaml.load((Path(__file__).parent / "goldens" / "hours.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
MOMENTS = [re.split(r"\s{2,}", line) for line in TABLE["moments"].splitlines() if not line.startswith("#")]
SCRIPT = resources("theme") / "components" / "hours" / "hours.js"
# The notation of the table, as the words of a page.
WORDS = {
    "open": "open",
    "until": "open until {time}",
    "always": "always",
    "closed": "closed",
    "reason": "closed ({reason})",
    "today": "→ today {time}",
    "tomorrow": "→ tomorrow {time}",
    "weekday": "→ {weekday} {time}",
    "date": "→ on {date} {time}",
    "later": "→ ?",
    "check": "check {hours}",
    "holiday": "check {hours} ({holiday})",
    "appointment": "appointment",
}
WEEKDAYS = ["on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday"]
# Runs hours.js as a page does, in another time zone than Finland's, once for each moment.
RUN = """
const [script, cases] = JSON.parse(require("fs").readFileSync(0));
const Real = Date, line = { dataset: {} };
let moment = 0;
globalThis.Date = class extends Real { constructor(...given) { super(...(given.length ? given : [moment])); } };
globalThis.document = { querySelectorAll: () => [line] };
globalThis.setInterval = () => {};
console.log(JSON.stringify(cases.map(([data, at]) => {
  line.dataset.hours = JSON.stringify(data); moment = at; (0, eval)(script);
  return line.hidden ? "unknown" : line.textContent;
})));
"""


def plan(facts: dict[str, Any]) -> hours.Plan:
    """The plan of hours as they stand in a service file."""
    exceptions = [ScheduleException.model_validate(entry) for entry in facts.get("schedule_exceptions", [])]
    notes = [entry.description["en"] if entry.description else "" for entry in exceptions]
    return hours.plan(map(Schedule.model_validate, facts["schedules"]), exceptions, facts.get("public_holidays"), BUILT, "en", notes)


def moment(text: str) -> datetime.datetime:
    """A moment of the table with its time zone."""
    read = datetime.datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=HELSINKI)


def clock(minutes: int) -> str:
    minutes = minutes - 1440 if minutes > 1440 else minutes
    return f"{minutes // 60}:{minutes % 60:02}"


def said(status: hours.Status, at: datetime.datetime) -> str:
    """An answer in the table's notation."""
    values: dict[str, str] = {"reason": status.reason, "holiday": status.reason}
    values["hours"] = ", ".join(f"{clock(opens)}–{clock(ends)}" for opens, ends in status.usual)
    if status.kind == "open" and status.until:
        midnight = status.until.time() == datetime.time()
        return WORDS["until"].format(time="24:00" if midnight else clock(status.until.hour * 60 + status.until.minute))
    if status.kind == "check" and status.reason:
        return WORDS["holiday"].format(**values)
    text = WORDS.get(status.kind, status.kind).format(**values)
    if status.kind != "closed":
        return text
    text = WORDS["reason"].format(**values) if status.reason else text
    if not status.opens:
        return f"{text} {WORDS['later']}"
    days = (status.opens.date() - at.astimezone(HELSINKI).date()).days
    values |= {"time": clock(status.opens.hour * 60 + status.opens.minute), "weekday": WEEKDAYS[status.opens.weekday()], "date": f"{status.opens:%-d %B}"}
    return f"{text} {WORDS['today' if days == 0 else 'tomorrow' if days == 1 else 'weekday' if days < 7 else 'date'].format(**values)}"


def in_javascript(cases: list[tuple[hours.Plan, datetime.datetime]], script: str) -> list[str]:
    """The answers of the browser's code."""
    words = {"times": {str(minutes): clock(minutes) for minutes in range(1441)}, "words": WORDS, "weekdays": WEEKDAYS, "locale": "en-GB"}
    data = [({**dataclasses.asdict(made), **words, "rules": made.rules, "exceptions": made.exceptions}, at.timestamp() * 1000) for made, at in cases]
    done = subprocess.run(
        ["node", "-e", RUN],
        input=json.dumps([script, data]),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={"TZ": "America/St_Johns", "PATH": "/usr/local/bin:/usr/bin:/bin"},
    )
    answers: list[str] = json.loads(done.stdout)
    return answers


def test_the_table_is_long_enough() -> None:
    assert len(MOMENTS) >= 60
    assert {name for _, name, _ in MOMENTS} == set(TABLE["hours"])


@pytest.mark.parametrize(("at", "name", "expected"), MOMENTS, ids=[f"{name} {at}" for at, name, _ in MOMENTS])
def test_python_answers_as_the_table(at: str, name: str, expected: str) -> None:
    assert said(hours.status(plan(TABLE["hours"][name]), moment(at)), moment(at)) == expected


def test_javascript_answers_as_the_table() -> None:
    for script in (SCRIPT.read_text(encoding="utf-8"), rjsmin.jsmin(SCRIPT.read_text(encoding="utf-8"))):
        answers = in_javascript([(plan(TABLE["hours"][name]), moment(at)) for at, name, _ in MOMENTS], script)
        assert [[*row[:2], answer] for row, answer in zip(MOMENTS, answers, strict=True)] == MOMENTS


def test_both_answer_alike_to_random_hours() -> None:
    chance = random.Random(5)

    def date() -> str:
        return chance.choice(
            ["2026", "2026-06", "2026-12", f"2026-06-{chance.randint(1, 30):02}", f"2026-{chance.randint(1, 12):02}-15"][0 if chance.random() < 0.1 else 1 :]
        )

    def entry(exception: bool) -> dict[str, Any]:
        made: dict[str, Any] = {"valid_from": date()} if exception or chance.random() < 0.3 else {}
        if chance.random() < 0.3:
            made["valid_to"] = date()
        if chance.random() < 0.8:
            made |= {"opens_at": f"{chance.randint(0, 24)}.00", "closes_at": f"{chance.randint(0, 24)}.00"}
        if exception:
            return {**made, "closed": chance.choice(["yes", "no"]), "description": {"en": "Why"}} if chance.random() < 0.5 else made
        made["byday"] = chance.sample(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], chance.randint(0, 7))
        return {**made, **chance.choice([{}] * 6 + [{"always_open": "yes"}, {"by_appointment": "yes"}, {"description": {"en": "Ask"}}])}

    cases = []
    for _ in range(300):
        facts = {"schedules": [entry(False) for _ in range(chance.randint(0, 3))], "schedule_exceptions": [entry(True) for _ in range(chance.randint(0, 2))]}
        made = plan({**facts, "public_holidays": chance.choice([None, "open", "closed"])})
        start = chance.choice(["2026-06-17", "2026-12-22", "2026-03-28", "2026-10-24"])
        cases += [(made, moment(start) + datetime.timedelta(minutes=chance.randint(0, 5 * 1440))) for _ in range(10)]
    ours = [said(hours.status(made, at), at) for made, at in cases]
    assert in_javascript(cases, SCRIPT.read_text(encoding="utf-8")) == ours
    assert {answer.split()[0] for answer in ours} == {"open", "always", "check", "closed", "appointment", "unknown"}


def test_holidays_are_those_of_finnish_law_and_two_eves() -> None:
    year = (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    found = hours.public_holidays(*year)
    assert [day for day, (official, _) in found.items() if not official] == ["2026-06-19", "2026-12-24"]
    assert len(found) == 15
    names = [{name for _, name in hours.public_holidays(*year, language).values()} for language in ("fi", "sv", "en", "uk")]
    assert not names[0] & names[1] and not names[2] & names[3] and all(len(of) == 15 for of in names)


def _service(**facts: Any) -> Service:
    return Service.model_validate({"id": "a", "organization": "b", "name": {"fi": "A"}, "summary": {"fi": "A"}, "topics": ["c"], "threshold": "open", **facts})


def test_only_hours_that_change_are_carried_by_a_page() -> None:
    reader = Reader("fi", Settings(today=BUILT))
    weekly = {"byday": ["MO"], "opens_at": "20.00", "closes_at": "24.00"}
    data = json.loads(now(reader, _service(schedules=[weekly])))
    assert data["times"] == {"1200": "20.00", "1440": "24.00"}
    assert data["holidays"]["2026-12-24"] == [1, "Jouluaatto"]
    assert not json.loads(now(reader, _service(schedules=[weekly], public_holidays="open")))["holidays"]
    for same in ([], [{"always_open": "yes"}], [{"by_appointment": "yes"}], [{"description": {"fi": "Kysy"}}]):
        assert now(reader, _service(schedules=same)) == ""
    assert now(reader, _service(schedules=[weekly], status="temporarily closed")) == ""


def test_an_exception_in_another_language_gives_no_words() -> None:
    entry = {"valid_from": "2026-07-01", "closed": "yes", "description": {"fi": "Muutto"}}
    exceptions = [json.loads(now(Reader(code, Settings(today=BUILT)), _service(schedule_exceptions=[entry])))["exceptions"] for code in ("fi", "sv")]
    assert [entry[-1] for (entry,) in exceptions] == ["Muutto", ""]


def test_a_month_that_is_known_alone_is_not_certain() -> None:
    rule = Schedule(always_open="yes", valid_to=None, valid_from=None)  # type: ignore[arg-type] # as read from YAML
    made = hours.plan([rule], [ScheduleException.model_construct(valid_from=PartialDate(2026, 7), closed=True)], None, BUILT)
    assert hours.status(made, datetime.datetime(2026, 7, 5, 12)).kind == "unknown"
