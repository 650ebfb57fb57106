"""A way in that is not told step by step."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

CODE = declare("way-in-steps", "warning", N_("The way in has fewer than two steps; write in “application_process” what one does first and what comes next."))


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """Whoever reads on a bad day needs to know the first step and the one after it."""
    for service in catalogue.services.values():
        if len(service.application_process) < 2:
            key = bool(service.application_process)
            yield Problem(CODE, catalogue.place("services", service.id, ("application_process",) if key else (), key=key))
