"""Documents → a lunr index (lunr.py, empty pipelines), packed small; the browser unpacks it and hands it to lunr.js.

lunr's own JSON says every word, field and service many times over. Packed are the words once, and per field and service the
scores that lunr computed, each in one letter of 26 steps; the inverted index follows from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lunr.builder import Builder

from generator.search import lexicon
from generator.search.concepts import pack_pairs
from generator.search.documents import BOOSTS, Analyst

MOST_ALIASES = 2


def scores(documents: Mapping[str, Mapping[str, list[str]]], fields: Iterable[str]) -> dict[tuple[str, str], dict[str, float]]:
    """(field, service) → key → lunr's score (BM25 × boost)."""
    builder = Builder()
    builder.ref("id")
    for field in fields:
        builder.field(field, boost=BOOSTS[field])
    for identifier, document in documents.items():
        builder.add({"id": identifier, **{field: document[field] for field in fields}})
    serialized: dict[str, Any] = builder.build().serialize()
    terms = {entry["_index"]: term for term, entry in serialized["invertedIndex"]}
    found: dict[tuple[str, str], dict[str, float]] = {}
    for reference, vector in serialized["fieldVectors"]:
        field, _, identifier = reference.partition("/")
        found[(field, identifier)] = {terms[index]: score for index, score in zip(vector[::2], vector[1::2], strict=True)}
    return found


def pack(documents: Mapping[str, Mapping[str, list[str]]], fields: tuple[str, ...], analyst: Analyst, seen: Iterable[str]) -> dict[str, Any]:
    """The index of `fields`: words, aliases, and per field a step and the scores of each service, in the services' order. `seen`: the
    words of these services' texts."""
    found = scores(documents, fields)
    used = {key for vector in found.values() for key in vector}
    shown = {key: analyst.shown.get(key, key) for key in used}
    keys = sorted(used, key=lambda key: (shown[key], key))
    number = {key: place for place, key in enumerate(keys)}
    vectors: dict[str, Any] = {}
    for field in fields:
        step = max((score for (name, _), vector in found.items() if name == field for score in vector.values()), default=26.0) / 26
        rows = [sorted((number[key], max(1, round(score / step))) for key, score in found.get((field, identifier), {}).items()) for identifier in documents]
        vectors[field] = [round(step, 3), pack_pairs(rows)]
    chosen = lexicon.aliases(shown, seen, analyst.lemmas(), MOST_ALIASES)
    return {
        "services": " ".join(documents),
        "words": lexicon.pack_words(shown[key] for key in keys),
        "aliases": lexicon.pack_aliases(keys, chosen),
        "vectors": vectors,
    }
