"""A word → its key, by rules that Python and the browser's worker both read: fold, then one table of endings.

The tables in `rules/<language>.json` are learned from simplemma's dictionaries (`bench/search/learn.py`): each rule says how
many letters an ending loses and what takes their place, and the longest ending that matches wins. `theme/components/
finder/worker.js` has the same functions under the same names; `tests/test_search_keys.py` holds the two equal.

Not here: what a dictionary knows (`lemmas`), or which keys a site has (`lexicon`).
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

RULES = Path(__file__).parent / "rules"
LONGEST_ENDING = 7

_MARKS = re.compile(r"([a-z])[\u0300-\u036f]+")
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_POSSESSIVE = re.compile(r"(?<=[a-z])'s(?![a-z])")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ё": "е", "\u00ad": None})

# Romanised Ukrainian and Russian is spelled in many ways; letters and groups that people mix up become one.
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "h", "д": "d", "е": "e", "є": "e", "ж": "z", "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "s", "ь": "", "ъ": "",
    "ы": "i", "э": "e", "ю": "u", "я": "a",
}  # fmt: skip
_GROUPS = (
    ("shch", "s"),
    ("sch", "s"),
    ("zh", "z"),
    ("kh", "h"),
    ("ch", "c"),
    ("sh", "s"),
    ("ts", "c"),
    ("g", "h"),
    ("w", "v"),
    ("x", "h"),
    ("q", "k"),
    ("j", "i"),
    ("y", "i"),
)
_GLIDE = re.compile(r"i+(?=[aeu])")
_SAME = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Rules:
    """One language's table: ending → (letters to cut, letters to add), and the folded words that carry no meaning."""

    endings: dict[str, tuple[int, str]]
    stop: frozenset[str]


@functools.lru_cache(maxsize=16)
def rules(language: str) -> Rules:
    """The table of `language`; an empty one where there is none, so that every language can be searched by whole words."""
    file = RULES / f"{language}.json"
    if not file.is_file():
        return Rules({}, frozenset())
    data = json.loads(file.read_text(encoding="utf-8"))
    endings = {ending: (int(action[0]), action[1:]) for action, listed in data["rules"].items() for ending in listed.split(" ")}
    return Rules(endings, frozenset(data["stop"].split(" ")))


@functools.lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """Lower case without what phones leave out: ä → a, å → a, ’ → nothing. Cyrillic й and ї stay letters of their own."""
    lowered = unicodedata.normalize("NFD", text.lower().translate(_LETTERS))
    return _APOSTROPHES.sub("", unicodedata.normalize("NFC", _MARKS.sub(r"\1", lowered)))


def tokens(text: str) -> list[str]:
    """The words of a text as dictionaries write them: lower case, ’ as ', English ’s away."""
    plain = _POSSESSIVE.sub("", _APOSTROPHES.sub("'", unicodedata.normalize("NFC", text.lower())))
    found = "".join(letter if unicodedata.category(letter)[0] in "LMN" or letter == "'" else " " for letter in plain).split()
    return [word for word in (word.strip("'") for word in found) if word]


def words(text: str) -> list[str]:
    """The folded words of a text: runs of letters, marks and digits."""
    return [fold(word) for word in tokens(text)]


@functools.lru_cache(maxsize=1 << 17)
def stem(word: str, language: str) -> str:
    """The folded `word` with its ending replaced by the longest rule that matches and leaves two letters."""
    endings = rules(language).endings
    for length in range(min(LONGEST_ENDING, len(word) - 2), 0, -1):
        action = endings.get(word[-length:])
        if action is not None:
            return word[: len(word) - action[0]] + action[1]
    return word


def skeleton(word: str) -> str:
    """What romanised spellings of a Ukrainian or Russian word share: skeleton("насильство") = skeleton("nasylstvo")."""
    latin = "".join(_LATIN.get(letter, letter) for letter in word)
    for group, letter in _GROUPS:
        latin = latin.replace(group, letter)
    return _SAME.sub(r"\1", _GLIDE.sub("", latin))


def is_cyrillic(word: str) -> bool:
    """Whether a word has a Cyrillic letter."""
    return any("\u0400" <= letter <= "\u04ff" for letter in word)
