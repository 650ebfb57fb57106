"""The prose of services: their texts for families, language by language, and their sentences and words.

What the rules of plain language in `checks` and `bench/plain_language.py` look at. Names, keywords and stamps are no prose.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.catalogue import Catalogue
from generator.source import Document

# Where a sentence ends: a full stop before a capital letter, so not in “esim. kotona”, “9.00” or “1.–3. luokka”; or a text.
# Begins with one set of characters, which the search for it jumps to.
_END = re.compile(
    r"""([.!?…\n\0])(?:
    (?<=[.!?…])[”"»)]*\s+(?=[“”"«(–—-]*[A-ZÅÄÖА-ЯІЇЄҐ0-9])
    | (?<=\n)(?:\s*\n|(?=[-–•*]\ ))
    | (?<=\0)
    )""",
    re.VERBOSE,
)
_DIGIT_AND_REST = re.compile(r"[0-9][^\0]*")
_WORD = re.compile(r"\w(?:\S*\w)?")
_NO_PROSE = frozenset(("name", "keywords", "stamps"))

Words = tuple[tuple[Any, ...], dict[str, Any]]
"""A map with something per language, and its path in the file."""


@dataclass(slots=True)
class Text:
    """One text in one language: whose, where in the file (`path` ends in the language), and what it says."""

    service: str
    document: Document
    path: tuple[Any, ...]
    text: str

    @property
    def line(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())


class Prose:
    """All prose of one language, in the order of the files: `texts`, and with `of` more about one of them.

    Most rules look at every text and find nothing, so that a text is no object until a rule wants to know whose it is.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.texts: list[str] = []
        self.owners: list[tuple[str, Document, tuple[Any, ...]]] = []

    def __iter__(self) -> Iterator[Text]:
        return map(self.of, range(len(self.texts)))

    def of(self, number: int) -> Text:
        """The text of that number in `texts`."""
        service, document, path = self.owners[number]
        return Text(service, document, (*path, self.language), self.texts[number])

    def with_digits(self) -> Iterator[Text]:
        """The texts that have a digit in them."""
        ends = list(itertools.accumulate(len(text) + 1 for text in self.texts))
        return (self.of(bisect.bisect_right(ends, found.start())) for found in _DIGIT_AND_REST.finditer(self._whole))

    def longer(self, limit: int) -> Iterator[tuple[Text, str, int]]:
        """The sentences of more words than `limit`: whose, the sentence on one line, and its number of words."""
        number = 0
        for part, end in _parted(self._whole.replace("\t", " ").replace("\u00a0", " ")):
            # Most are shorter; words are counted one by one where there are spaces enough.
            if part.count(" ") + part.count("\n") >= limit and (count := len(words(part))) > limit:
                yield self.of(number), _line(part, end), count
            number += end == "\0"

    def holding(self, phrases: Phrases) -> Iterator[Text]:
        """The texts that may hold one of the phrases, looked for in all texts as one first."""
        found = {number for hint in phrases.hints_in(self._low) for number, low in enumerate(self._lows) if hint in low}
        return map(self.of, sorted(found))

    @functools.cached_property
    def _whole(self) -> str:
        """All texts as one, parted by what no file may hold."""
        return "\0".join(self.texts)

    @functools.cached_property
    def _low(self) -> str:
        """The same in lower case and on one line."""
        low = self._whole.lower()
        for space in "\n\t\u00a0\u2009\u202f":
            low = low.replace(space, " ")
        while "  " in low:
            low = low.replace("  ", " ")
        return low

    @functools.cached_property
    def _lows(self) -> list[str]:
        return self._low.split("\0")


def of(catalogue: Catalogue, languages: tuple[str, ...]) -> Mapping[str, Prose]:
    """The prose of all services in each of `languages`."""
    return _prose(*_key(catalogue), languages)


def words_of(catalogue: Catalogue, languages: tuple[str, ...]) -> Mapping[str, list[Words]]:
    """By the documents' names, every map that has something in one of `languages`, also names, keywords and stamps."""
    return _words_of(*_key(catalogue), languages)


class _Same:
    """A document as the key of a cache: the same object, not one that says the same."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


def _key(catalogue: Catalogue) -> tuple[tuple[str, ...], tuple[tuple[str, _Same], ...]]:
    return tuple(catalogue.services), tuple((name, _Same(document)) for name, document in catalogue.documents.items())


@functools.lru_cache(maxsize=1)  # several rules look at the same texts, one after the other
def _prose(services: tuple[str, ...], documents: tuple[tuple[str, _Same], ...], languages: tuple[str, ...]) -> dict[str, Prose]:
    found = {language: Prose(language) for language in languages}
    maps, known = _words_of(services, documents, languages), dict(documents)
    for service in services:
        name = f"services/{service}"
        document = known[name].document
        for path, words in maps[name]:
            if not _NO_PROSE.isdisjoint(path):
                continue
            owner = (service, document, path)
            for language, text in words.items():
                if type(text) is str and (prose := found.get(language)) is not None and (said := text.strip()):
                    # An escape in double quotes can bring in what parts the texts here; the file's problem is told elsewhere.
                    prose.texts.append(said.replace("\0", " "))
                    prose.owners.append(owner)
    return found


@functools.lru_cache(maxsize=1)  # as above
def _words_of(services: tuple[str, ...], documents: tuple[tuple[str, _Same], ...], languages: tuple[str, ...]) -> dict[str, list[Words]]:
    wanted = frozenset(languages)
    return {name: _maps(same.document.root, wanted) for name, same in documents}


def _maps(root: Any, languages: frozenset[str]) -> list[Words]:
    found: list[Words] = []
    waiting: list[tuple[tuple[Any, ...], Any]] = [((), root)]
    while waiting:
        path, tree = waiting.pop()
        if type(tree) is list:
            waiting += [((*path, index), part) for index, part in reversed([*enumerate(tree)]) if type(part) is not str]
        elif languages.isdisjoint(tree):
            waiting += [((*path, key), part) for key, part in reversed(tree.items()) if type(part) is not str]
        else:
            found.append((path, tree))
    return found


class Phrases:
    """Phrases of a language to look for: whole words of any case; “*” is any ending, “(a|b)” a choice, and what else a
    regular expression may have."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = tuple(phrases)

    @functools.cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Made when a hint was found: for most files it never is."""
        shapes = [re.sub(r"(?<!\\d)\*", r"[\\w’'-]*", phrase).replace("\\d*", r"\d+").replace(" ", r"\s+") for phrase in self._phrases]
        return re.compile(rf"\b(?<![\w-])(?:{'|'.join(shapes)})(?![\w-])", re.IGNORECASE)

    @functools.cached_property
    def _hints(self) -> list[str]:
        """What a line with one of them has in it, to be looked for first: in most lines none is, and that is seen at once."""
        return sorted({hint.lower() for phrase in self._phrases for hint in _parts(phrase)})

    def search(self, line: str) -> re.Match[str] | None:
        """The first phrase in a text on one line."""
        return self._pattern.search(line)

    def finditer(self, line: str) -> Iterable[re.Match[str]]:
        """All of them."""
        return self._pattern.finditer(line)

    def hints_in(self, low: str) -> list[str]:
        """Which of the hints are in a text, given in lower case and on one line; none: no phrase is."""
        return [hint for hint in self._hints if hint in low]


def _parts(phrase: str) -> list[str]:
    """Letters without which the phrase is not there: its longest plain part, or of a choice that of each, whichever is rarer."""
    plain = re.sub(r"\(\?<!.*?\)|\w\?|\\.", "\0", phrase)
    choices = [choice.split("|") for choice in re.findall(r"\((.*?)\)", plain)]
    outside = re.sub(r"\(.*?\)", "\0", plain)
    found = [[_longest(part) for part in choice] for choice in (*choices, outside.split("|"))]
    return max(found, key=lambda parts: (min(map(len, parts)), sum(map(len, parts)) / len(parts)))


def _longest(text: str) -> str:
    return max((part.strip() for part in re.findall(r"[\w ]+", text)), key=len, default="")


def sentences(text: str) -> list[str]:
    """The sentences of a text, each on one line."""
    return [_line(part, end) for part, end in _parted(text) if part.strip()]


def _parted(text: str) -> Iterable[tuple[str, str]]:
    """The sentences as they stand, without and with what ends them."""
    parts = [*_END.split(text), ""]
    return zip(parts[::2], parts[1::2], strict=True)


def _line(part: str, end: str) -> str:
    return " ".join(part.split()) + end.strip("\0\n")


def words(sentence: str) -> list[str]:
    """What stands between spaces: “Ensi- ja turvakoti” has three words, “klo 9–15” has two, “a@b.fi” is one, a dash none."""
    return _WORD.findall(sentence)
