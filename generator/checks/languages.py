"""A language code that no language has: `sf` for Finnish, `ua` for Ukrainian, `se` for Swedish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from babel import Locale

from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

CODE = declare("language-unknown", "error", N_("“{value}” is not the code of a language; Finnish is fi, Swedish sv, English en, Ukrainian uk, Russian ru."))
_KNOWN = frozenset(Locale("en").languages)


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """Languages of services, phones, chats and bookings."""
    for service in catalogue.services.values():
        lists: list[tuple[tuple[Any, ...], tuple[str, ...]]] = [(("languages",), service.languages)]
        lists += [(("phones", index, "languages"), phone.languages) for index, phone in enumerate(service.phones)]
        lists += [((key, "languages"), channel.languages) for key, channel in (("chat", service.chat), ("booking", service.booking)) if channel]
        for path, codes in lists:
            for index, code in enumerate(codes):
                if code not in _KNOWN:
                    yield Problem(CODE, catalogue.place("services", service.id, (*path, index)), {"value": code})
