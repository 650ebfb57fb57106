"""One language as the browser knows it: its packed file opened, and a typed word → the keys that it may mean.

The twin of `Speech` in theme/components/finder/worker.js, function by function and name by name: change both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from generator.search import lexicon
from generator.search.analysis import fold, is_cyrillic, skeleton
from generator.search.concepts import unpack_pairs
from generator.search.lexicon import shared

LONGEST_ENDING = 7
BEGINNING = 4
GUESSES = 4
SLIP = 0.8


@dataclass(slots=True)
class Meaning:
    """What a word may mean: key → how surely (0 to 1); `quality` is the surest, `guessed` the key to tell of, "" for a hit."""

    keys: dict[str, float] = field(default_factory=dict)
    quality: float = 0.0
    guessed: str = ""
    how: str = "unknown"


class Speech:
    """Keys, aliases, rules of endings and the weights of concepts of one language."""

    def __init__(self, packed: dict[str, Any]) -> None:
        self.language = str(packed["language"])
        self.stop = set(packed["stop"].split(" "))
        self.rules: dict[str, tuple[int, str]] = {
            ending: (int(action[0]), action[1:]) for action, endings in packed["rules"].items() for ending in endings.split(" ")
        }
        self.concepts: int = packed["concepts"]
        self.cyrillic = self.language in ("uk", "ru")
        self.keys: dict[str, str] = {}
        self.aliases: dict[str, str] = {}
        self.later: dict[str, str] = {}
        self.weights: dict[str, list[tuple[int, float]]] = {}
        self.beginnings: dict[str, list[str]] = {}
        self.skeletons: dict[str, str] = {}
        for key, row in zip(self.add(packed), unpack_pairs(packed["weights"]), strict=False):
            self.weights[key] = [(number, level * packed["step"]) for number, level in row]

    def add(self, packed: dict[str, Any]) -> list[str]:
        """Learn the words and aliases of a packed file; returns its keys in order."""
        shown = lexicon.unpack_words(packed["words"])
        keys = [fold(word) for word in shown]
        for key, word in zip(keys, shown, strict=True):
            if key not in self.keys:
                self.keys[key] = word
                self.beginnings.setdefault(key[:3], []).append(key)
                self._skeleton(key, key)
        for alias, key in lexicon.unpack_aliases(keys, packed["aliases"]).items():
            self.aliases.setdefault(alias, key)
            self._skeleton(alias, key)
        return keys

    def _skeleton(self, word: str, key: str) -> None:
        if self.cyrillic and is_cyrillic(word):
            self.skeletons.setdefault(skeleton(word), key)

    def add_later(self, packed: dict[str, Any]) -> None:
        """Learn the words of the index of texts, which are asked only when nothing else knows a word."""
        keys = [fold(word) for word in lexicon.unpack_words(packed["words"])]
        self.later.update(lexicon.unpack_aliases(keys, packed["aliases"]))
        self.later.update(zip(keys, keys, strict=True))

    def stem(self, word: str) -> str:
        for length in range(min(LONGEST_ENDING, len(word) - 2), 0, -1):
            action = self.rules.get(word[-length:])
            if action is not None:
                return word[: len(word) - action[0]] + action[1]
        return word

    def exact(self, word: str) -> str:
        """The key that the word surely is: itself, by the rules, or by an alias; "" when none."""
        made = self.stem(word)
        # Twice, for endings upon endings: pojalleni → pojalle → poja, an alias of poika.
        for candidate in (word, made, self.stem(made)):
            if candidate in self.keys:
                return candidate
            if candidate in self.aliases:
                return self.aliases[candidate]
        return ""

    def meaning(self, word: str, last: bool, guess: bool = True) -> Meaning:
        """What the folded `word` may mean; `last`: it may still be being typed; `guess`: slips and
        beginnings count too, which only the site's own language is asked for."""
        key = self.exact(word)
        if key:
            found = Meaning({key: 1.0}, 1.0, "", "exact")
            for part in self.parts(word):
                found.keys.setdefault(part, 0.5)
            return found
        key = self.later.get(word) or self.later.get(self.stem(word), "")
        if key:
            return Meaning({key: 1.0}, 1.0, "", "text")
        if is_cyrillic(word) != self.cyrillic:
            return self.romanised(word) if self.cyrillic else Meaning()
        parts, guesses = self.parts(word), self.guesses(word, last) if guess else []
        # A slip of the finger is likelier than two chance pieces: turvkoti is turvakoti.
        if parts and not (guesses and guesses[0][1] >= SLIP):
            return Meaning(dict.fromkeys(parts, 0.9), 0.7, "", "parts")
        if not guesses:
            return Meaning()
        return Meaning(dict(guesses), guesses[0][1] * 0.6, guesses[0][0], "guess")

    def parts(self, word: str) -> list[str]:
        """The keys of the two words that a compound is made of, the most even cut; []."""
        best: list[str] = []
        most = 0
        if self.language not in ("fi", "sv") or len(word) < 7:
            return best
        for cut in range(3, len(word) - 3):
            even = min(cut, len(word) - cut)
            if even <= most:
                continue
            left, right = self.piece(word[:cut]), self.piece(word[cut:])
            if not left and self.language == "sv" and word[cut - 1] == "s":
                left = self.piece(word[: cut - 1])
            if left and right:
                best, most = [left, right], even
        return best

    def piece(self, part: str) -> str:
        """The key of a compound's part: stricter than for a whole word, as any word falls into chance pieces."""
        key = self.exact(part)
        return key if len(key) > 2 and (part == key or len(part) > 5 or shared(part, key) > 3) else ""

    def guesses(self, word: str, last: bool) -> list[tuple[str, float]]:
        """Keys that begin like the word, or differ by a slip of the finger, the likeliest first."""
        made = self.stem(word)
        found: dict[str, float] = {}

        def offer(key: str, sure: float) -> None:
            if sure > found.get(key, 0):
                found[key] = sure

        for key in self.beginnings.get(word[:3], ()):
            common = shared(key, word)
            if common == len(word):
                offer(key, (0.75 if last else 0.7) - 0.01 * (len(key) - len(word)))
            common = max(common, shared(key, made))
            if common >= 4:
                offer(key, 0.8 * common / max(len(key), min(len(word), len(made))))
        if len(word) >= 4:
            allowed = 1 if len(word) < 8 else 2
            for key in self.keys:
                self._slip(word, key, key, allowed, offer)
                if made != word:
                    self._slip(made, key, key, 1, offer)
            for alias, key in self.aliases.items():
                self._slip(made, alias, key, 1, offer)
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return [(key, sure) for key, sure in ranked if sure >= 0.5 and sure >= ranked[0][1] - 0.12][:GUESSES]

    def _slip(self, word: str, candidate: str, key: str, allowed: int, offer: Any) -> None:
        if abs(len(word) - len(candidate)) > allowed or len(candidate) < 4 or (len(word) < 6 and word[0] != candidate[0]):
            return
        slips = distance(word, candidate, allowed)
        if slips <= allowed:
            offer(key, (0.9 if slips == 1 else 0.75) - 0.6 / len(word))

    def romanised(self, word: str) -> Meaning:
        """A Latin word as Ukrainian or Russian."""
        made = skeleton(word)
        if len(made) < 2:
            return Meaning()
        if made in self.skeletons:
            key = self.skeletons[made]
            return Meaning({key: 0.9}, 0.9, key, "romanised")
        best, sure = "", 0.0
        if len(made) >= 4:
            for candidate, key in self.skeletons.items():
                common = shared(candidate, made)
                likely = 0.85 * common / max(len(candidate), len(made)) if common >= 4 else 0
                if len(made) >= 5 and abs(len(candidate) - len(made)) <= 1 and distance(made, candidate, 1) <= 1:
                    likely = max(likely, 0.8)
                if likely > sure:
                    best, sure = key, likely
        return Meaning({best: sure}, sure * 0.8, best, "romanised") if sure >= 0.5 else Meaning()

    def evidence(self, meaning: Meaning) -> dict[int, float]:
        """Concept → how much the word speaks for it; words that begin alike speak too, more quietly."""
        said: dict[int, float] = {}

        def say(row: Iterable[tuple[int, float]], times: float) -> None:
            for number, weight in row:
                said[number] = max(said.get(number, 0.0), weight * times)

        for key, sure in meaning.keys.items():
            say(self.weights.get(key, ()), sure)
            if len(key) >= BEGINNING:
                for other in self.beginnings.get(key[:3], ()):
                    if other != key and other[:BEGINNING] == key[:BEGINNING]:
                        say(self.weights.get(other, ()), sure * 0.2)
        return said


def distance(one: str, other: str, allowed: int) -> int:
    """Damerau's distance (neighbours swapped count once), or more than `allowed` as soon as that is sure."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, right in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > allowed:
            return allowed + 1
    return row[-1]
