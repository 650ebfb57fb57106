"""What simplemma's dictionaries know: the lemma of a form, the forms of a lemma, and whether a compound's parts are words.

Reading the Finnish dictionary takes some eight seconds, so what was asked is kept in a file per language below
`cache` and the dictionary is opened only for words not met before. Deleting the cache costs time, nothing else.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from generator.search.analysis import RULES, fold, stem

COMPOUNDING = ("fi", "sv")
_SHORTEST = 4
_VERSION = "4"
# Finnish possessives and clitics, which dictionaries list for few words: pojalleni → pojalle → poika.
_BARE = ("ni", "si", "nsa", "nsä", "mme", "nne", "an", "än", "en", "kin", "kaan", "kään", "ko", "kö", "han", "hän", "pa", "pä")
# Cases that stand on the same stem as the genitive, which dictionaries have more often: miehestä → miehen → mies.
_CASES = ("sta", "stä", "ssa", "ssä", "lla", "llä", "lta", "ltä", "lle", "ksi", "tta", "ttä")


def default_cache() -> Path:
    """Where caches live on this machine; APUPOLKU_CACHE says otherwise."""
    chosen = os.environ.get("APUPOLKU_CACHE")
    return Path(chosen) if chosen else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "apupolku"


def _bare(word: str, language: str) -> list[str]:
    """A Finnish word without a possessive or clitic, in the ways it may be cut, and with a genitive for its case."""
    if language != "fi":
        return []
    cut = [word[: -len(ending)] for ending in _BARE if word.endswith(ending) and len(word) - len(ending) > 3]
    return cut + [word[: -len(ending)] + "n" for ending in _CASES if word.endswith(ending) and len(word) - len(ending) > 2]


@functools.lru_cache(maxsize=1)
def _dictionary(language: str) -> Mapping[str, str]:
    # Imported here, since most builds find every answer kept and never ask.
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    # One at a time: the Finnish one takes hundreds of megabytes.
    return DefaultDictionaryFactory(cache_max_size=1).get_dictionary(language)


class Lemmas:
    """The questions to one language's dictionary, and their kept answers."""

    def __init__(self, language: str, cache: Path | None = None) -> None:
        self.language = language
        self.known = (RULES / f"{language}.json").is_file()
        self._file = (cache or default_cache()) / f"search-{language}-{version('simplemma')}-{_VERSION}.json"
        self._answers: dict[str, dict[str, str]] = {"lemma": {}, "parts": {}, "forms": {}}
        self._changed = False
        # How often each lemma is written in the texts, so that a rare key that looks like another's form can step aside.
        self.often: Counter[str] = Counter()
        # No cache yet, or one that cannot be read: it is made anew.
        with contextlib.suppress(OSError, ValueError):
            self._answers.update(json.loads(self._file.read_text(encoding="utf-8")))

    def save(self) -> None:
        """Keep the answers; a cache that cannot be written is no reason to fail."""
        if not self._changed:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            partial = self._file.with_suffix(f".{os.getpid()}")
            partial.write_text(json.dumps(self._answers, ensure_ascii=False), encoding="utf-8")
            partial.replace(self._file)
        except OSError:
            return
        self._changed = False

    def lemma(self, word: str) -> str:
        """The dictionary form of `word` (unfolded, lower case); "" when the dictionary has none."""
        known = self._answers["lemma"]
        if word not in known:
            known[word] = self._look_up(word)
            self._changed = True
        return known[word]

    def _look_up(self, word: str) -> str:
        if not self.known or word.isdigit():
            return ""
        dictionary = _dictionary(self.language)
        for form in (word, word.capitalize(), *_bare(word, self.language)):
            found = dictionary.get(form)
            # Some entries are abbreviations ("mies."): those are not what people write.
            if found and found[-1] != ".":
                return found.lower()
        return ""

    def parts(self, word: str) -> list[str]:
        """The lemmas of a compound's parts, or []: parts("lähisuhdeväkivalta") = ["lähisuhde", "väkivalta"]."""
        if self.language not in COMPOUNDING or len(word) < 2 * _SHORTEST - 1:
            return []
        known = self._answers["parts"]
        if word not in known:
            known[word] = " ".join(self._split(word))
            self._changed = True
        return known[word].split()

    def _split(self, word: str) -> list[str]:
        best: list[str] = []
        longest = 0.0
        for cut in range(3, len(word) - 3 + 1):
            left, right = self._first(word[:cut]), self._look_up(word[cut:])
            rest = len(word) - cut
            # Three letters are a part only at the front (ero, uni, isä): at the end they are mostly an ending, but for
            # Swedish -hem and the like.
            if not right or rest < (3 if self.language == "sv" and cut > _SHORTEST else _SHORTEST):
                continue
            # A first part that no dictionary has (lähisuhde-) still leaves a long last part sure.
            shorter = min(cut, rest) if left else (0.5 if rest >= 6 and cut >= _SHORTEST else 0)
            if shorter > longest:
                best, longest = [left, right] if left else [right], shorter
        return best

    def _first(self, part: str) -> str:
        """The lemma of a first part, which may end in a letter that only joins (Swedish familjevåld, skyddshem)."""
        found = self._look_up(part)
        if found or self.language != "sv" or len(part) < _SHORTEST:
            return found
        if part[-1] in "seuo":
            return self._look_up(part[:-1]) or self._look_up(part[:-1] + "a")
        return ""

    def forms(self, lemmas: Iterable[str]) -> dict[str, list[str]]:
        """Per lemma, the keys that the rules make of its inflected forms and that are not the lemma itself, the key with the
        most forms first."""
        wanted = sorted(set(lemmas))
        known = self._answers["forms"]
        missing = {lemma for lemma in wanted if lemma not in known}
        if missing and self.known:
            found: dict[str, dict[str, int]] = {lemma: {} for lemma in missing}
            dictionary = _dictionary(self.language)
            for form in dictionary:
                lemma = dictionary[form].lower()
                if lemma in missing and form.replace("'", "").isalpha():
                    key = stem(fold(form), self.language)
                    found[lemma][key] = found[lemma].get(key, 0) + 1
            for lemma, keys in found.items():
                folded = fold(lemma)
                known[lemma] = " ".join(f"{key}:{count}" for key, count in sorted(keys.items(), key=lambda item: (-item[1], item[0])) if key != folded)
            self._changed = True
        return {lemma: known.get(lemma, "").split() for lemma in wanted}
