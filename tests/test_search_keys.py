"""Python and the browser make the same keys: 50,000 words of each language's dictionary, and what people do to words."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from bench.search.built import Built, built
from generator.search.analysis import fold, rules, skeleton, stem, words

NUMBER = 50_000
HARD = [
    "Äiti-lapsi",
    "children’s",
    "mother's",
    "б’є",
    "сім'ї",
    "Ёлка",
    "їжа",
    "ÅÄÖ",
    "naïve",
    "straße",
    "İstanbul",
    "soft\u00adhyphen",
    "e\u0301te\u0301",
    "100-vuotias",
    "אמא",
    "أم",
    "हिन्दी",
    "a'b'c",
    "'ei'",
    "ß",
    "Ǆ",
    "ﬁ",
    "日本語",
]

SCRIPT = """
const speech = Object.fromEntries(Object.entries(job.tables).map(([language, packed]) => [language, new Speech(packed)]))
result = Object.fromEntries(Object.entries(job.words).map(([language, listed]) => [language, listed.map(word => words(word).map(folded => [folded, speech[language].stem(folded), skeleton(folded)].join(' ')).join('|'))]))
"""


@pytest.fixture
def search() -> Built:
    return built()


@pytest.mark.parametrize("language", ["fi", "sv", "en", "uk", "ru"])
def test_keys_are_equal_in_python_and_javascript(language: str, search: Built, tmp_path: Path) -> None:
    dictionary = DefaultDictionaryFactory(cache_max_size=1).get_dictionary(language)
    every = max(1, len(dictionary) // NUMBER)
    listed = [*itertools.islice(dictionary, 0, None, every), *HARD]
    assert len(listed) >= NUMBER
    table: dict[str, list[str]] = {}
    for ending, (cut, add) in rules(language).endings.items():
        table.setdefault(f"{cut}{add}", []).append(ending)
    packed = {
        "language": language,
        "stop": "",
        "rules": {action: " ".join(endings) for action, endings in table.items()},
        "concepts": 0,
        "step": 1,
        "words": "",
        "aliases": "",
        "weights": "",
    }
    made = search.node(tmp_path, SCRIPT, tables={language: packed}, words={language: listed})[language]
    for word, theirs in zip(listed, made, strict=True):
        assert "|".join(f"{folded} {stem(folded, language)} {skeleton(folded)}" for folded in words(word)) == theirs, word


def test_folding_takes_away_what_phones_leave_out() -> None:
    assert [fold(word) for word in ("Äiti", "Åland", "Été", "сім’я", "Їжак")] == ["aiti", "aland", "ete", "сімя", "їжак"]


def test_romanised_spellings_share_a_skeleton() -> None:
    for written, romanised in (
        ("насильство", "nasylstvo"),
        ("домашнє", "domashnie"),
        ("розлучення", "rozluchennya"),
        ("чоловік", "cholovik"),
        ("погрожує", "pohrozhuie"),
    ):
        assert skeleton(fold(written)) == skeleton(romanised)
