"""A crisis service after which nothing comes."""

from __future__ import annotations

from collections.abc import Iterator

from generator import paths
from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

CODE = declare(
    "path-crisis-without-way-on", "warning", N_("People come here in a crisis and nothing is said of what helps next; add “referral_path” with “after”.")
)


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """Crisis: a sensitive matter, and a place to stay or help day and night (`paths.is_crisis`)."""
    for service in catalogue.services.values():
        if service.status != "inactive" and paths.is_crisis(service) and not service.referral_path.after:
            yield Problem(CODE, catalogue.place("services", service.id))
