"""The facts were last confirmed long ago, or nobody knows when. The page says so; a person should confirm them.

How long is long is the site's own decision: `freshness` in mkdocs.yml.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

AGING = declare("assured-date-aging", "note", N_("The facts were last confirmed {value}, over {months} months ago; confirm them soon and change assured_date."))
OLD = declare("assured-date-old", "warning", N_("The facts were last confirmed {value}, over {months} months ago; confirm them and change assured_date."))
MISSING = declare("assured-date-missing", "warning", N_("There is no assured_date, so the page cannot say how fresh the facts are; confirm them and add it."))
FUTURE = declare("assured-date-future", "error", N_("The date {value} is in the future; write the day on which a person confirmed the facts."))


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """Services only: an organization's own facts change seldom and are confirmed with its services."""
    today, limits = settings.today, settings.freshness
    for service in catalogue.services.values():
        date = service.assured_date
        if date is None:
            yield Problem(MISSING, catalogue.place("services", service.id))
            continue
        place, months = catalogue.place("services", service.id, ("assured_date",)), date.months_before(today)
        if (date.year, date.month or 1, date.day or 1) > (today.year, today.month, today.day):
            yield Problem(FUTURE, place, {"value": date.isoformat()})
        elif limits.warning and months >= limits.warning:
            yield Problem(OLD, place, {"value": date.isoformat(), "months": str(limits.warning)})
        elif limits.note and months >= limits.note:
            yield Problem(AGING, place, {"value": date.isoformat(), "months": str(limits.note)})
