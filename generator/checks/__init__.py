"""Rules about a catalogue that is valid: one rule a file, its docstring is its documentation.

A rule module declares its codes and has `check(catalogue, settings) -> Iterator[Problem]`. Rules know nothing of each
other and nothing of output formats. A module with `ADVICE = True` reads prose and gives only warnings: builds leave it out,
`apupolku check` does not.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.problems import Problem
from generator.settings import Settings

RULES = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]


def run(catalogue: Catalogue, settings: Settings, *, advice: bool = True) -> Iterator[Problem]:
    """What all rules find, or all but those that give advice on prose."""
    for rule in RULES:
        if not getattr(rule, "ADVICE", False):
            yield from rule.check(catalogue, settings)
    if advice:
        yield from advise(catalogue, settings)


def advise(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """What the rules find that give advice on prose."""
    for rule in RULES:
        if getattr(rule, "ADVICE", False):
            yield from rule.check(catalogue, settings)
