"""A way between two services that only one of them knows."""

from __future__ import annotations

from collections.abc import Iterator

from generator import paths
from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

CODE = declare(
    "path-one-sided",
    "warning",
    N_("“{other}” stands in “{key}”, but its own file does not know of it; write “{service}” into “{reverse}” there, or delete it here."),
)


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """What comes after a service has it before itself, and the other way round; beside is beside for both."""
    for edge in paths.one_sided(catalogue.services):
        values = {"other": edge.other, "key": edge.relation, "service": edge.service, "reverse": paths.REVERSE[edge.relation]}
        yield Problem(CODE, catalogue.place("services", edge.service, ("referral_path", edge.relation, edge.position)), values)
