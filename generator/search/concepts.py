"""What people say → what they need: each word of a language gets a weight for each concept (BM25 over concepts).

A concept with all its expressions is one document; what a word weighs for it is computed here once, so that the browser
gets weights and never the sentences. `votes` says which services a concept points to, in order.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

from generator.catalogue import Catalogue
from generator.model import Concept
from generator.search import lexicon
from generator.search.analysis import rules, tokens
from generator.search.lemmas import Lemmas

K1 = 3.0
B = 0.75
# A weight is one capital letter, A the least; STEP is the weight that one letter more stands for.
STEP = 1.3
MOST_ALIASES = 3
_PAIR = re.compile(r"([A-Z])([0-9a-z]+)")


def weigh(concepts: Mapping[str, Concept], lemmas: Lemmas, shown: dict[str, str]) -> dict[str, dict[int, float]]:
    """Key → {number of the concept (in the order of their ids): weight}."""
    said = [" . ".join(concept.expressions.get(lemmas.language, ())) for _, concept in sorted(concepts.items())]
    lemmas.often.update(lemma for text in said for token in tokens(text) if (lemma := lemmas.lemma(token)))
    counts: list[dict[str, float]] = []
    for keys in lexicon.sift(lexicon.keys(text, lemmas, shown) for text in said):
        count: dict[str, float] = {}
        for key, weight in keys:
            count[key] = count.get(key, 0.0) + weight
        counts.append(count)
    sizes = [sum(count.values()) for count in counts]
    average = sum(sizes) / max(1, sum(1 for size in sizes if size)) or 1
    spread = Counter(key for count in counts for key in count)
    weights: dict[str, dict[int, float]] = {key: {} for key in sorted(spread)}
    for number, count in enumerate(counts):
        for key, often in count.items():
            rarity = math.log(1 + (len(counts) - spread[key] + 0.5) / (spread[key] + 0.5))
            weights[key][number] = rarity * often * (K1 + 1) / (often + K1 * (1 - B + B * sizes[number] / average))
    return weights


def pack(catalogue: Catalogue, lemmas: Lemmas) -> dict[str, object]:
    """The file of one language: its rules of endings, words, aliases and weights."""
    shown: dict[str, str] = {}
    weights = weigh(catalogue.concepts, lemmas, shown)
    written = sorted(weights, key=lambda key: (shown[key], key))
    seen = {token for concept in catalogue.concepts.values() for text in concept.expressions.get(lemmas.language, ()) for token in tokens(text)}
    chosen = lexicon.aliases({key: shown[key] for key in written}, seen, lemmas, MOST_ALIASES)
    table = rules(lemmas.language)
    grouped: dict[str, list[str]] = {}
    for ending, (cut, add) in table.endings.items():
        grouped.setdefault(f"{cut}{add}", []).append(ending)
    return {
        "language": lemmas.language,
        "stop": " ".join(sorted(table.stop)),
        "rules": {action: " ".join(endings) for action, endings in grouped.items()},
        "concepts": len(catalogue.concepts),
        "step": STEP,
        "words": lexicon.pack_words(shown[key] for key in written),
        "aliases": lexicon.pack_aliases(written, chosen),
        "weights": pack_weights([weights[key] for key in written]),
    }


def pack_weights(rows: list[dict[int, float]]) -> str:
    """Per word the concepts that it speaks for, as pairs of number and level (the weight in STEPs)."""
    return pack_pairs([[(number, round(weight / STEP)) for number, weight in sorted(row.items())] for row in rows])


def pack_pairs(rows: list[list[tuple[int, int]]]) -> str:
    """Rows, divided by spaces, of (number, level): a capital for the level (A is 1; 26 is the most, less than 1 is left out),
    then the step from the number before, base 36. Numbers rise within a row."""
    said = []
    for row in rows:
        before, parts = -1, []
        for number, level in row:
            if level >= 1:
                parts.append(chr(64 + min(26, level)) + base36(number - before))
                before = number
        said.append("".join(parts))
    return " ".join(said)


def unpack_pairs(packed: str) -> list[list[tuple[int, int]]]:
    """Rows of (number, level from 1) as `pack_pairs` packed them."""
    rows = []
    for said in packed.split(" "):
        number, row = -1, []
        for level, step in _PAIR.findall(said):
            number += int(step, 36)
            row.append((number, ord(level) - 64))
        rows.append(row)
    return rows


def base36(number: int) -> str:
    """A whole number as JavaScript's toString(36) writes it."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not number:
            return digits
