"""A service that does not say where its facts come from cannot be trusted or brought up to date."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

CODE = declare("source-missing", "warning", N_("The file does not say where its facts come from; add “source” with a document of terms/sources.yaml."))


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """One warning for each such service."""
    for service in catalogue.services.values():
        if not service.source:
            yield Problem(CODE, catalogue.place("services", service.id))
