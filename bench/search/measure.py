"""Success at 1 and 3, MRR and empty answers of a ranking, per language and class."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent


class Query(NamedTuple):
    language: str
    kind: str
    text: str
    accept: frozenset[str]


def read(name: str) -> list[Query]:
    """The query set `name` (“queries”, “held-out”, …: see README.md)."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8") as stream:
        return [Query(row["lang"], row["class"], row["query"], frozenset(row["accept"].split(","))) for row in csv.DictReader(stream, delimiter="\t")]


def measure(queries: Iterable[Query], ask: Callable[[Query], list[str]]) -> dict[str, dict[str, float]]:
    """Figures per "all", language and "language class"; `ask` gives the ids of services in order."""
    rows: dict[str, list[tuple[float, float, float, float]]] = {}
    for query in queries:
        found = ask(query)
        rank = next((place for place, identifier in enumerate(found, 1) if identifier in query.accept), 0)
        row = (float(rank == 1), float(0 < rank <= 3), 1 / rank if rank else 0.0, float(not found))
        for name in ("all", query.language, f"{query.language} {query.kind}"):
            rows.setdefault(name, []).append(row)
    return {
        name: {
            "queries": len(listed),
            **{figure: round(sum(row[place] for row in listed) / len(listed), 4) for place, figure in enumerate(("success1", "success3", "mrr", "empty"))},
        }
        for name, listed in sorted(rows.items())
    }
