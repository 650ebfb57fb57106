"""A text tells where a confidential place is: its street, its name, its description. The page would publish it.

The same is looked for in every file before it is written (`guard`); here the editor is told the line of the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator import guard
from generator.catalogue import Catalogue
from generator.problems import Problem
from generator.settings import Settings

CODE = guard.IN_TEXT


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """Every text of every file but the confidential locations themselves."""
    yield from guard.mentions(catalogue)
