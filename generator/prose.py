"""The prose of a service: its texts for families, one by one, and their sentences and words.

What the rules of plain language in `checks` and `bench/plain_language.py` look at. Names, keywords and stamps are no prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.catalogue import Catalogue
from generator.source import Document

# Where a sentence ends: a full stop before a capital letter, so not in “esim. kotona”, “9.00” or “1.–3. luokka”.
_END = re.compile(r"(?<=[.!?…])[”\"»)]*\s+(?=[“”\"«(–—-]*[A-ZÅÄÖА-ЯІЇЄҐ0-9])|\n\s*\n|\n(?=[-–•*] )")
_WORD = re.compile(r"\w+(?:[-’'ʼ.:@/]\w+)*")
_NO_PROSE = frozenset(("name", "keywords", "stamps"))


class Text(NamedTuple):
    """One text in one language: whose, where in the file (`path` ends in the language), and what it says on one line."""

    service: str
    document: Document
    path: tuple[Any, ...]
    language: str
    text: str

    @property
    def key(self) -> str:
        """The key under which editors wrote it."""
        return next(str(step) for step in reversed(self.path[:-1]) if isinstance(step, str))


def texts(catalogue: Catalogue, languages: tuple[str, ...]) -> Iterator[Text]:
    """All prose of all services in `languages`, service by service, in the order of the files."""
    for identifier in catalogue.services:
        document = catalogue.documents[f"services/{identifier}"]
        for path, text in _walk(document.root, (), frozenset(languages)):
            yield Text(identifier, document, path, str(path[-1]), text)


def _walk(tree: Any, path: tuple[Any, ...], languages: frozenset[str]) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(tree, list):
        for index, part in enumerate(tree):
            yield from _walk(part, (*path, index), languages)
    elif isinstance(tree, dict) and not languages.isdisjoint(tree):
        for language, text in tree.items():
            if language in languages and isinstance(text, str) and text.strip():
                yield (*path, language), text.strip()
    elif isinstance(tree, dict):
        for key, part in tree.items():
            if key not in _NO_PROSE:
                yield from _walk(part, (*path, key), languages)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each on one line."""
    return [" ".join(part.split()) for part in _END.split(text) if part.strip()]


def words(sentence: str) -> list[str]:
    """The words of a sentence; “Ensi- ja turvakoti” has three, “24.12.” and “a@b.fi” are one each."""
    return _WORD.findall(sentence)
