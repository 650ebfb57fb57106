"""A language code that no language has: `sf` for Finnish, `ua` for Ukrainian, `se` for Swedish."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from babel import Locale

from generator import prose
from generator.catalogue import Catalogue
from generator.model import Service
from generator.problems import N_, Problem, declare
from generator.settings import Settings

CODE = declare("language-unknown", "error", N_("“{value}” is not the code of a language; Finnish is fi, Swedish sv, English en, Ukrainian uk, Russian ru."))


@functools.cache
def _known() -> frozenset[str]:
    """The codes that Unicode's CLDR has names for; read when a code is not one of the site's."""
    return frozenset(Locale("en").languages)


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """Languages of services, phones, chats and bookings, and of every text."""
    languages = frozenset(settings.languages)
    for table, entries in (("services", catalogue.services), ("organizations", catalogue.organizations)):
        for entry in entries.values():
            lists: list[tuple[tuple[Any, ...], tuple[str, ...]]] = [
                (("phones", index, "languages"), phone.languages) for index, phone in enumerate(entry.phones)
            ]
            if isinstance(entry, Service):
                lists += [(("languages",), entry.languages)]
                lists += [((key, "languages"), channel.languages) for key, channel in (("chat", entry.chat), ("booking", entry.booking)) if channel]
            for path, codes in lists:
                for index, code in enumerate(codes):
                    if code not in languages and code not in _known():
                        yield Problem(CODE, catalogue.place(table, entry.id, (*path, index)), {"value": code})
    for name, maps in prose.words_of(catalogue, settings.languages).items():
        for path, words in maps:
            for key in words:
                # Keys that stand beside the site's languages in a text but are no language.
                if key not in languages and len(key) in (2, 3) and key.isalpha() and key.islower() and key not in _known():
                    document = catalogue.documents[name]
                    yield Problem(CODE, document.place((*path, key), key=True), {"value": key})
