"""Services that no way joins to the rest."""

from __future__ import annotations

from collections.abc import Iterator

from generator import paths
from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

CODE = declare("path-island", "note", N_("No way leads from here to the other services or back: {names}; add “before”, “beside” or “after” when it is known."))


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """One note for each service or small group of services apart from the rest; silent while a file could not be read."""
    if catalogue.known["services"] - set(catalogue.services):
        return
    for island in paths.islands(paths.graph(catalogue.services)):
        yield Problem(CODE, catalogue.place("services", island[0]), {"names": ", ".join(island)})
