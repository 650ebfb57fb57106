"""The lowest age is above the highest."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

CODE = declare("ages-crossed", "error", N_("The lowest age {low} is above the highest age {high}; correct one of them."))


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """minimum_age ≤ maximum_age."""
    for service in catalogue.services.values():
        low, high = service.minimum_age, service.maximum_age
        if low is not None and high is not None and low > high:
            yield Problem(CODE, catalogue.place("services", service.id, ("minimum_age",)), {"low": str(low), "high": str(high)})
