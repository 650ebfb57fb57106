"""A language code that no language has: `sf` for Finnish, `ua` for Ukrainian, `se` for Swedish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from babel import Locale

from generator.catalogue import Catalogue
from generator.model import Service
from generator.problems import N_, Problem, declare
from generator.settings import Settings
from generator.source import Document

CODE = declare("language-unknown", "error", N_("“{value}” is not the code of a language; Finnish is fi, Swedish sv, English en, Ukrainian uk, Russian ru."))
_KNOWN = frozenset(Locale("en").languages)


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """Languages of services, phones, chats and bookings, and of every text."""
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
                    if code not in _KNOWN:
                        yield Problem(CODE, catalogue.place(table, entry.id, (*path, index)), {"value": code})
    languages = frozenset(settings.languages)
    for document in catalogue.documents.values():
        yield from _texts(document, document.root, (), languages)


def _texts(document: Document, tree: Any, path: tuple[Any, ...], languages: frozenset[str]) -> Iterator[Problem]:
    """Keys that stand beside the site's languages in a text but are no language."""
    if isinstance(tree, list):
        for index, part in enumerate(tree):
            if type(part) is not str:
                yield from _texts(document, part, (*path, index), languages)
    elif languages.isdisjoint(tree):
        for key, part in tree.items():
            if type(part) is not str:
                yield from _texts(document, part, (*path, key), languages)
    else:
        for key in tree:
            if key not in _KNOWN and len(key) in (2, 3) and key.isalpha() and key.islower():
                yield Problem(CODE, document.place((*path, key), key=True), {"value": key})
