"""How long ago a person confirmed the facts, and what the site does about it (`Settings.freshness`)."""

from __future__ import annotations

from collections.abc import Mapping

from generator import addresses
from generator.catalogue import Catalogue
from generator.localise.reader import Reader
from generator.localise.views import Chosen, FreshnessView, Link
from generator.model import Service
from generator.settings import Settings


def is_older(service: Service, months: int, settings: Settings) -> bool:
    """Whether the facts were confirmed more than `months` ago or nobody knows when; never with 0 months."""
    if not months:
        return False
    return service.assured_date is None or service.assured_date.months_before(settings.today) >= months


def is_lower(service: Service, settings: Settings) -> bool:
    """Whether the service stands after the others in lists."""
    return is_older(service, settings.freshness.lower, settings)


def is_hidden(service: Service, settings: Settings) -> bool:
    """Whether the site shows the service at all."""
    return is_older(service, settings.freshness.hide, settings)


def views(reader: Reader, catalogue: Catalogue, services: Mapping[str, list[Service]]) -> tuple[FreshnessView, ...]:
    """The whole site first, then each organization that has services, by name. `services`: those of each organization."""
    found = []
    for organization in catalogue.organizations.values():
        own = services.get(organization.id)
        if own:
            name = reader.line(organization.name) or Chosen(organization.id)
            found.append(_view(reader, own, Link(organization.id, name, addresses.path("organizations", reader.language, organization.id))))
    found.sort(key=lambda view: view.organization.name.text.casefold() if view.organization else "")
    every = [service for own in services.values() for service in own]
    return (_view(reader, every, None), *found) if every else ()


def _view(reader: Reader, services: list[Service], organization: Link | None) -> FreshnessView:
    months = reader.settings.freshness.warning or 12
    checked = sum(not is_older(service, months, reader.settings) for service in services)
    dates = sorted(service.assured_date for service in services if service.assured_date)
    if months == 12:
        sentence = reader.ngettext("{checked} of {total} checked within a year", "{checked} of {total} checked within a year", checked)
    else:
        sentence = reader.ngettext("{checked} of {total} checked within {months} months", "{checked} of {total} checked within {months} months", checked)
    said = sentence.format(checked=checked, total=len(services), months=months)
    return FreshnessView(organization, len(services), checked, months, said, reader.date(dates[0]) if dates else "")
