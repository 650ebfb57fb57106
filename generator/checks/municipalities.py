"""The threshold and the municipalities do not go together."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

UNNAMED = declare(
    "municipality-unnamed", "note", N_("The service is for residents of certain municipalities but none is named; add “municipalities” when they are known.")
)
UNUSED = declare(
    "municipality-unused",
    "error",
    N_("“municipalities” is written, but the threshold is “{threshold}”; write “threshold: municipality” or delete the municipalities."),
)


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """A named municipality must matter; a municipality that matters should be named."""
    for service in catalogue.services.values():
        if service.threshold == "municipality" and not service.municipalities:
            yield Problem(UNNAMED, catalogue.place("services", service.id, ("threshold",)))
        if service.municipalities and service.threshold != "municipality":
            yield Problem(UNUSED, catalogue.place("services", service.id, ("municipalities",), key=True), {"threshold": service.threshold})
