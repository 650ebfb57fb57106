"""An expression that stands in two concepts which have neither a topic nor a service in common.

The finder counts it for both, so that one of the two is wrong for whoever types it. Written the same means: but for
capitals, accents and the marks between words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.model import Concept
from generator.problems import N_, Problem, declare
from generator.settings import Settings

ADVICE = True
CODE = declare(
    "concept-conflict",
    "warning",
    N_("“{expression}” also leads elsewhere, from {other}; keep it in the concept that answers it, or say more in each so that they differ."),
)


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """One warning for each later place of such an expression, naming the first."""
    first: dict[tuple[str, str], list[tuple[Concept, int]]] = {}
    for _, concept in sorted(catalogue.concepts.items()):
        for language, expressions in concept.expressions.items():
            for index, expression in enumerate(expressions):
                places = first.setdefault((language, _plain(expression)), [])
                for other, at in places:
                    if _far_apart(concept, other):
                        there = catalogue.place("concepts", other.id, ("expressions", language, at))
                        here = catalogue.place("concepts", concept.id, ("expressions", language, index))
                        yield Problem(CODE, here, {"expression": expression, "other": f"{there.file}:{there.line}"})
                        break
                places.append((concept, index))


def _far_apart(one: Concept, other: Concept) -> bool:
    return one.id != other.id and not set(one.topics) & set(other.topics) and not set(one.services) & set(other.services)


def _plain(text: str) -> str:
    """Lower case, without accents, words divided by one space."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(kept.split())
