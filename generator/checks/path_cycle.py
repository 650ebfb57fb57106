"""Services that lead in a circle, with no way out of it."""

from __future__ import annotations

from collections.abc import Iterator

from generator import paths
from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

CODE = declare(
    "path-cycle", "warning", N_("The way goes in a circle that leads nowhere else: {names}; write into “after” of one of them what comes when the help ends.")
)


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """One warning for each circle, at its first service by id. A circle that something leads out of is fine: help may be needed again."""
    for circle in paths.cycles(paths.graph(catalogue.services)):
        yield Problem(CODE, catalogue.place("services", circle[0], ("referral_path", "after")), {"names": ", ".join(circle)})
