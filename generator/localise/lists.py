"""Topics, target groups, areas and organizations with their services, the lowest threshold first."""

from __future__ import annotations

from collections.abc import Iterable

from generator import addresses
from generator.catalogue import Catalogue
from generator.localise import codes, freshness
from generator.localise.reader import Reader
from generator.localise.services import areas, host, location, phone, sources
from generator.localise.views import Card, Chosen, Group, ListView, OrganizationContact
from generator.model import THRESHOLDS, Organization, Service, Term

_FIELDS = {"topics": "topics", "target_groups": "target_groups", "areas": "service_areas"}


def groups(reader: Reader, cards: dict[str, Card], services: Iterable[Service], topic: str = "") -> tuple[Group, ...]:
    """Services by threshold, the lowest first; within one, those confirmed within the time that the site asks for, then
    those whose first topic this is, then those that one can call, then by name."""
    ordered = sorted(
        services,
        key=lambda service: (
            THRESHOLDS.index(service.threshold),
            freshness.is_lower(service, reader.settings),
            bool(topic) and service.topics[0] != topic,
            cards[service.id].phone is None,
            cards[service.id].name.text.casefold(),
        ),
    )
    return tuple(
        Group(codes.threshold(reader, code), tuple(cards[service.id] for service in ordered if service.threshold == code))
        for code in THRESHOLDS
        if any(service.threshold == code for service in ordered)
    )


def term_list(reader: Reader, catalogue: Catalogue, cards: dict[str, Card], vocabulary: str, term: Term, services: list[Service]) -> ListView:
    """The page of a topic, a target group or an area. A region shows its own services first, the country's after them."""
    name = reader.line(term.name) or Chosen(term.id)
    discreet = reader.line(getattr(term, "discreet_name", None))
    wider_id = getattr(term, "part_of", None)
    wider = catalogue.terms["areas"].get(wider_id) if wider_id else None
    own = [service for service in services if term.id in getattr(service, _FIELDS[vocabulary])]
    seen = {service.id for service in own}
    rest = [service for service in services if wider and wider.id in service.service_areas and service.id not in seen]
    return ListView(
        kind=vocabulary,
        id=term.id,
        path=addresses.path(vocabulary, reader.language, term.id),
        name=name,
        title=(discreet or name).text,
        summary=reader.line(term.summary),
        description=reader.paragraphs(term.description),
        groups=groups(reader, cards, own, term.id if vocabulary == "topics" else ""),
        icon=getattr(term, "icon", ""),
        professional_name=reader.line(getattr(term, "professional_name", None)),
        wider=groups(reader, cards, rest),
        wider_name=reader.line(wider.name) if wider else None,
        size=len(own),
    )


def organization_list(reader: Reader, catalogue: Catalogue, cards: dict[str, Card], organization: Organization, own: list[Service]) -> ListView:
    """The page of an organization: who it is, how to reach it, its `own` services."""
    name = reader.line(organization.name) or Chosen(organization.id)
    return ListView(
        kind="organizations",
        id=organization.id,
        path=addresses.path("organizations", reader.language, organization.id),
        name=name,
        title=reader.gettext("Organization") if own and all(service.sensitive for service in own) else name.text,
        summary=reader.line(organization.summary),
        description=reader.paragraphs(organization.description),
        groups=groups(reader, cards, own),
        contact=OrganizationContact(
            phones=tuple(phone(reader, entry) for entry in organization.phones),
            email=organization.email or "",
            url=organization.url or "",
            url_host=host(organization.url or ""),
            locations=tuple(location(reader, entry) for entry in organization.locations),
            areas=areas(reader, catalogue, organization.service_areas),
            assured=reader.date(organization.assured_date) if organization.assured_date else "",
            sources=sources(reader, catalogue, organization.source),
        ),
        size=len(own),
    )
