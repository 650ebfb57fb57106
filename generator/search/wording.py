"""The finder's words that depend on a number, for the template's data attributes: no word stands in JavaScript."""

from __future__ import annotations

import json
from collections.abc import Callable

from babel import Locale

from generator.problems import N_

# msgids that the finder's template needs, so that they are extracted: gettext or ngettext in the template gives them.
SHOWING = N_("Showing results for: {words}")
FAILED = N_("The search does not work here. All services are listed below.")


def counted(ngettext: Callable[[str, str, int], str], locale: Locale) -> str:
    """JSON for data-counts: for each plural category of the language (one, few, many, other) “{count} services” in its form."""
    samples: dict[str, int] = {}
    for number in range(200):
        samples.setdefault(locale.plural_form(number), number)
    samples.setdefault("other", 0)
    return json.dumps({category: ngettext("{count} service", "{count} services", number) for category, number in samples.items()}, ensure_ascii=False)
