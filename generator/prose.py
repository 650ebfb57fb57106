"""The prose of a service: its texts for families, one by one, and their sentences and words.

What the rules of plain language in `checks` and `bench/plain_language.py` look at. Names, keywords and stamps are no prose.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.catalogue import Catalogue
from generator.source import Document

# Where a sentence ends: a full stop before a capital letter, so not in “esim. kotona”, “9.00” or “1.–3. luokka”.
_END = re.compile(r"(?<=[.!?…])[”\"»)]*\s+(?=[“”\"«(–—-]*[A-ZÅÄÖА-ЯІЇЄҐ0-9])|\n\s*\n|\n(?=[-–•*] )")
_WORD = re.compile(r"\w+(?:[-’'ʼ.:@/]\w+)*")
# What may well stand between two words without a space.
_BETWEEN = ",–—…(!?"
_NO_PROSE = frozenset(("name", "keywords", "stamps"))


@dataclass(eq=False)
class Text:
    """One text in one language: whose, where in the file (`path` ends in the language), and what it says."""

    service: str
    document: Document
    path: tuple[Any, ...]
    language: str
    text: str

    @functools.cached_property
    def line(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())

    @functools.cached_property
    def sentences(self) -> list[str]:
        """Its sentences; found once for all rules."""
        return sentences(self.text)

    @property
    def key(self) -> str:
        """The key under which editors wrote it."""
        return next(str(step) for step in reversed(self.path[:-1]) if isinstance(step, str))


def texts(catalogue: Catalogue, languages: tuple[str, ...]) -> tuple[Text, ...]:
    """All prose of all services in `languages`, service by service, in the order of the files."""
    return _texts(tuple((name, _Same(catalogue.documents[f"services/{name}"])) for name in catalogue.services), languages)


def holding(catalogue: Catalogue, languages: tuple[str, ...], phrases: Mapping[str, Phrases]) -> Iterator[Text]:
    """The texts that may hold one of their language's `phrases`: all of a service are looked at as one first."""
    for (_, language), (low, found) in _blocks(texts(catalogue, languages)).items():
        looked_for = phrases.get(language)
        if looked_for and looked_for.may_be_in(low):
            yield from (text for text in found if looked_for.may_be_in(text.line.lower()))


@functools.lru_cache(maxsize=1)  # as below
def _blocks(texts: tuple[Text, ...]) -> dict[tuple[str, str], tuple[str, list[Text]]]:
    blocks: dict[tuple[str, str], list[Text]] = {}
    for text in texts:
        blocks.setdefault((text.service, text.language), []).append(text)
    return {key: ("\n".join([text.line for text in found]).lower(), found) for key, found in blocks.items()}


class _Same:
    """A document as the key of a cache: the same object, not one that says the same."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


@functools.lru_cache(maxsize=1)  # several rules read the same texts, one after the other
def _texts(documents: tuple[tuple[str, _Same], ...], languages: tuple[str, ...]) -> tuple[Text, ...]:
    wanted = frozenset(languages)
    found: list[Text] = []
    for name, same in documents:
        document = same.document
        waiting: list[tuple[tuple[Any, ...], Any]] = [((), document.root)]
        while waiting:
            path, tree = waiting.pop()
            if type(tree) is list:
                waiting += [((*path, index), part) for index, part in reversed([*enumerate(tree)]) if type(part) is not str]
            elif type(tree) is not dict:
                continue
            elif wanted.isdisjoint(tree):
                waiting += [((*path, key), part) for key, part in reversed(tree.items()) if type(part) is not str and key not in _NO_PROSE]
            else:
                for language, text in tree.items():
                    if language in wanted and type(text) is str and (said := text.strip()):
                        found.append(Text(name, document, (*path, language), language, said))
    return tuple(found)


class Phrases:
    """Phrases of a language to look for: whole words of any case; “*” is any ending, “(a|b)” a choice, and what else a
    regular expression may have."""

    def __init__(self, phrases: Iterable[str]) -> None:
        phrases = tuple(phrases)
        shapes = [re.sub(r"(?<!\\d)\*", r"[\\w’'-]*", phrase).replace("\\d*", r"\d+").replace(" ", r"\s+") for phrase in phrases]
        self._pattern = re.compile(rf"\b(?<![\w-])(?:{'|'.join(shapes)})(?![\w-])", re.IGNORECASE)
        # What a line with one of them has in it, to be looked for first: in most lines none is, and that is seen at once.
        self._hints = sorted({hint.lower() for phrase in phrases for hint in _parts(phrase)})

    def search(self, line: str) -> re.Match[str] | None:
        """The first phrase in a text on one line."""
        return self._pattern.search(line)

    def finditer(self, line: str) -> Iterable[re.Match[str]]:
        """All of them."""
        return self._pattern.finditer(line)

    def may_be_in(self, low: str) -> bool:
        """Whether it is worth while to look in a text, given in lower case."""
        return any(hint in low for hint in self._hints)


def _parts(phrase: str) -> list[str]:
    """Letters without which the phrase is not there: its longest plain part, or of a choice that of each, whichever is rarer."""
    plain = re.sub(r"\(\?<!.*?\)|\w\?|\\.", "\0", phrase)
    choices = [choice.split("|") for choice in re.findall(r"\((.*?)\)", plain)]
    outside = re.sub(r"\(.*?\)", "\0", plain)
    found = [[_longest(part) for part in choice] for choice in (*choices, outside.split("|"))]
    return max(found, key=lambda parts: min(map(len, parts)))


def _longest(text: str) -> str:
    return max((part.strip() for part in re.findall(r"[\w ]+", text)), key=len, default="")


def sentences(text: str) -> list[str]:
    """The sentences of a text, each on one line."""
    return [" ".join(part.split()) for part in _END.split(text) if part.strip()]


def few_words(text: str, limit: int) -> bool:
    """Whether the text has no more words than `limit`: not counted one by one, but seen fast."""
    return len(text) < 2 * limit or len(text.split()) + sum(map(text.count, _BETWEEN)) <= limit


def words(sentence: str) -> list[str]:
    """The words of a sentence; “Ensi- ja turvakoti” has three, “24.12.” and “a@b.fi” are one each."""
    return _WORD.findall(sentence)
