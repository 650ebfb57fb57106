"""Rules about a catalogue that is valid: one rule a file, its docstring is its documentation.

A rule module declares its codes and has `check(catalogue, settings) -> Iterator[Problem]`. Rules know nothing of each
other and nothing of output formats.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.problems import Problem
from generator.settings import Settings

RULES = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]


def run(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """What all rules find."""
    for rule in RULES:
        yield from rule.check(catalogue, settings)
