"""A sentence is so long that a tired reader, or one who reads in a third language, loses its beginning before its end.

25 words is the most that GOV.UK's writers allow in English. Other languages say the same in fewer words: in the texts of
39 services that were written in four languages, a sentence has 8.1 words in Finnish, 10.7 in Swedish, 11.7 in English and
9.6 in Ukrainian. The other limits follow from this. A language without a limit here is not measured.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator import prose
from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

ADVICE = True
CODE = declare("sentence-long", "warning", N_("A sentence in “{language}” has {count} words, over {limit}: “{sentence}”; divide it."))
LIMITS = {"fi": 17, "sv": 23, "en": 25, "uk": 21}


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """One warning for each sentence of prose that is over its language's limit."""
    for language, spoken in prose.of(catalogue, settings.languages).items():
        if not (limit := LIMITS.get(language)):
            continue
        for text, sentence, count in spoken.longer(limit):
            values = {"language": language, "count": str(count), "limit": str(limit), "sentence": sentence}
            yield Problem(CODE, text.document.place(text.path), values)
