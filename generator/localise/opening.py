"""What the page needs to say whether the service is open now: the plan of its hours and the words of the answers, as JSON.

The answer is found in the reader's browser (theme/components/hours/hours.js), which has no words of its own. Only hours
that change from day to day have one; the others are all said by their words.
"""

from __future__ import annotations

import json

from generator import hours
from generator.localise.reader import Reader
from generator.localise.views import Chosen
from generator.model import Service

_DAY = 1440


def now(reader: Reader, service: Service) -> str:
    """The data of the answer, "" for a service that needs none: no hours, always the same, or closed for the time being."""
    if service.status != "active" or not (service.schedules or service.schedule_exceptions):
        return ""
    notes = [said.text if said and not said.lang else "" for said in (reader.line(entry.description) for entry in service.schedule_exceptions)]
    plan = hours.plan(service.schedules, service.schedule_exceptions, service.public_holidays, reader.settings.today, reader.language, notes)
    if not plan.changes:
        return ""
    spans = [(rule.opens, rule.ends) for rule in plan.rules if rule.opens >= 0] + [span for entry in plan.exceptions for span in entry.spans or ()]
    # As the day's table writes them: 24.00 at the end of a day, and 0.00 for what opens then
    times = {time - _DAY if time > _DAY else time for span in spans for time in span} | {opens % _DAY for opens, _ in spans}
    data = {
        "rules": plan.rules,
        "exceptions": plan.exceptions,
        "holidays": plan.holidays,
        "first": plan.first,
        "last": plan.last,
        "times": {str(time): reader.clock(time) for time in sorted(times)},
        **_words(reader),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def holidays(reader: Reader, service: Service) -> tuple[Chosen, ...]:
    """What is known of public holidays, in words, where there are weekly hours."""
    if not any(schedule.byday and not schedule.by_appointment for schedule in service.schedules):
        return ()
    return (
        Chosen(
            {
                "open": reader.gettext("On public holidays as on other days"),
                "closed": reader.gettext("Closed on public holidays. On Midsummer Eve and Christmas Eve check first."),
                None: reader.gettext("On public holidays the hours may differ. Check first."),
            }[service.public_holidays]
        ),
    )


def _words(reader: Reader) -> dict[str, object]:
    """The words of all answers."""
    gettext = reader.gettext
    return {
        "words": {
            "open": gettext("Open now."),
            "until": gettext("Open now, until {time}."),
            "always": gettext("Open now, day and night."),
            "closed": gettext("Closed now."),
            "reason": gettext("{reason}: closed today."),
            "today": gettext("Opens today at {time}."),
            "tomorrow": gettext("Opens tomorrow at {time}."),
            "weekday": gettext("Opens {weekday} at {time}."),
            "date": gettext("Opens on {date} at {time}."),
            "later": gettext("Check when it opens next."),
            "check": gettext("Usually open {hours}, check first."),
            "holiday": gettext("{holiday}: hours may differ. Usually open {hours}, check first."),
            "appointment": gettext("By appointment"),
        },
        "weekdays": [
            gettext("on Monday"),
            gettext("on Tuesday"),
            gettext("on Wednesday"),
            gettext("on Thursday"),
            gettext("on Friday"),
            gettext("on Saturday"),
            gettext("on Sunday"),
        ],
        "locale": str(reader.locale).replace("_", "-"),
    }
