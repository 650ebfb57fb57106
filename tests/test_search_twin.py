"""The search in Python and in the browser's code give the same services in the same order, the same guesses, the same alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.search.built import SEARCH, Built, built
from bench.search.measure import Query, read
from generator.search import files

ODD = [
    "",
    "?",
    "ja",
    "xyzzy",
    "112",
    "turva",
    "äi",
    "kaverii lapsele",
    "min man",
    "насил",
    "vauva nuku ei vauva",
    "help me please now",
    "ΑΒΓ",
    "a" * 300,
    "turvakoti " * 30,
]


@pytest.fixture
def search() -> Built:
    return built()


def test_python_and_javascript_rank_alike(search: Built, tmp_path: Path) -> None:
    queries = [
        *read("queries"),
        *read("held-out"),
        *read("held-out-2"),
        *read("held-out-3"),
        *read("held-out-4"),
        *(Query(language, "odd", text, frozenset()) for language in search.engines for text in ODD),
    ]
    theirs = search.node(tmp_path, SEARCH, queries=[[query.language, query.text] for query in queries])
    for query, their in zip(queries, theirs, strict=True):
        ours = search.engines[query.language].search(query.text)
        assert [result.service for result in ours.results] == [service for service, _ in their["results"]], query
        assert [list(guess) for guess in ours.guesses] == their["guesses"], query
        assert ours.acute == their["acute"], query
        for result, (_, score) in zip(ours.results, their["results"], strict=True):
            assert abs(result.score - score) < 1e-6, query


def test_a_divided_index_ranks_alike(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(files, "LARGE", 15)
    divided = Built(languages=("fi",))
    assert len(divided.assets["fi"].parts) > 1
    queries = [query.text for query in read("queries") if query.language == "fi"][::3]
    theirs = divided.node(tmp_path, SEARCH, queries=[["fi", query] for query in queries])
    for query, their in zip(queries, theirs, strict=True):
        ours = divided.engines["fi"].search(query).results
        assert [result.service for result in ours] == [service for service, _ in their["results"]], query
