"""The summary says the name once more. In every list the name stands right above it: a third of the sentence is lost.

“Unikoulu on palvelu, jossa …” should begin with what happens: “Neuvoja siihen, miten vauva oppii nukkumaan”.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator import prose
from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

ADVICE = True
CODE = declare("summary-repeats-name", "warning", N_("The summary repeats the name “{name}”, which stands right above it; begin with what the help is."))
_SHORTEST = 4
"""Letters of a name from which on its repeating is told: “Isi” may well be in a sentence about fathers."""


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """One warning for each language whose summary has the whole name in it, in the same form."""
    for service in catalogue.services.values():
        for language in settings.languages:
            name, summary = " ".join(prose.words(service.name.get(language, "").split("(")[0].casefold())), service.summary.get(language, "").casefold()
            # A name's first word is in few summaries; where it is not, there is no need to look at the words one by one.
            if len(name) >= _SHORTEST and name.split()[0] in summary and f" {name} " in f" {' '.join(prose.words(summary))} ":
                place = catalogue.place("services", service.id, ("summary", language))
                yield Problem(CODE, place, {"name": service.name[language]})
