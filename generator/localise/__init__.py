"""`localise(catalogue, language)` → views: every text chosen, fallback marked, dates and hours worded by CLDR.

Templates, search and exports get finished views and never choose a language. Inactive services have no view,
nor have those whose facts are older than the site allows (`Settings.freshness.hide`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator import paths
from generator.catalogue import Catalogue
from generator.localise import codes, freshness, lists, services, ways
from generator.localise.accessibility import tested
from generator.localise.reader import Reader, telephone
from generator.localise.views import Card, Chosen, PhoneView, RetiredView, SiteView
from generator.model import Organization, Retired, Service
from generator.settings import Settings
from generator.translations import stale_texts

_RIGHT_TO_LEFT = ("ar", "ckb", "fa", "he", "ps", "ur")


class Ground(NamedTuple):
    """What is the same in every language: the services that have a page, those of each organization, the areas' ids with
    the widest first, the graph of services, each topic's whole way, and for each service the ids of those that help while one
    waits for it."""

    shown: dict[str, Service]
    own: dict[str, list[Service]]
    areas: list[str]
    graph: paths.Graph
    ways: dict[str, tuple[paths.Stage, ...]]
    meanwhile: dict[str, tuple[str, ...]]


def ground(catalogue: Catalogue, settings: Settings) -> Ground:
    """What all languages stand on; found once for several of them."""
    shown = {service.id: service for service in catalogue.services.values() if service.status != "inactive" and not freshness.is_hidden(service, settings)}
    wider = {area: term.part_of for area, term in catalogue.terms["areas"].items()}
    areas = sorted(wider, key=lambda area: wider[area] is not None)
    graph, openers = paths.graph(shown), paths.open_by_topic(shown)
    own: dict[str, list[Service]] = {}
    for service in shown.values():
        own.setdefault(service.organization, []).append(service)
    taken = {topic for service in shown.values() for topic in service.topics}
    return Ground(
        shown,
        own,
        areas,
        graph,
        {topic: paths.whole_way(shown, graph, topic, areas) for topic in catalogue.terms["topics"] if topic in taken},
        {service.id: paths.meanwhile(service, openers, wider) for service in shown.values()},
    )


def localise(catalogue: Catalogue, language: str, settings: Settings, base: Ground | None = None) -> SiteView:
    """All views of one language. `base`: what `ground` gives, when several languages share it."""
    base = ground(catalogue, settings) if base is None else base
    reader = Reader(language, settings, stale_texts(catalogue, language, settings.languages))
    shown = list(base.shown.values())
    cards = {service.id: services.card(reader, catalogue, service) for service in shown}
    vocabularies = {
        vocabulary: tuple(lists.term_list(reader, catalogue, cards, vocabulary, term, shown) for term in catalogue.terms[vocabulary].values())
        for vocabulary in ("topics", "target_groups", "areas")
    }
    areas = services.terms(reader, catalogue, "areas", base.areas)
    notice = reader.text(settings.notice)
    return SiteView(
        language=language,
        direction="rtl" if language in _RIGHT_TO_LEFT else "ltr",
        name=settings.site_name,
        notice=notice.text if notice else "",
        exit_url=settings.exit_url,
        emergency=tuple(_emergency(reader, settings)),
        thresholds=codes.thresholds(reader),
        services={service.id: services.service(reader, catalogue, cards, service, base.graph[service.id], base.meanwhile[service.id]) for service in shown},
        topics=vocabularies["topics"],
        paths=tuple(
            ways.topic_path(reader, areas, cards, topic, base.shown, base.graph, base.ways[topic.id]) for topic in vocabularies["topics"] if topic.size
        ),
        target_groups=vocabularies["target_groups"],
        areas=vocabularies["areas"],
        organizations=tuple(
            lists.organization_list(reader, catalogue, cards, organization, base.own.get(organization.id, []))
            for organization in sorted(catalogue.organizations.values(), key=lambda entry: _name(reader, entry))
        ),
        channels=services.terms(reader, catalogue, "channels", tuple(catalogue.terms["channels"])),
        anyone=_anyone(shown, cards),
        all_services=lists.groups(reader, cards, shown),
        freshness=freshness.views(reader, catalogue, base.own),
        retired=_retired(reader, catalogue, cards),
        tested=tested(reader, settings),
    )


def _retired(reader: Reader, catalogue: Catalogue, cards: dict[str, Card]) -> dict[str, RetiredView]:
    """The ids of services that have no page: retired ones, and those that are inactive or hidden for their age."""
    found = {}
    for service in catalogue.services.values():
        if service.id not in cards:
            found[service.id] = RetiredView(service.id, reader.line(service.name) or Chosen(service.id), "", None)
    terms: dict[str, Retired] = catalogue.terms["retired"]
    for term in terms.values():
        date = reader.date(term.date) if term.date else ""
        found[term.id] = RetiredView(term.id, reader.line(term.name) or Chosen(term.id), date, cards.get(term.replaced_by or ""))
    return found


def _anyone(shown: Iterable[Service], cards: dict[str, Card]) -> Card | None:
    """An open service whose own phone is always answered; of several, the one for the widest area comes first by its id."""
    answering = [
        service for service in shown if service.threshold == "open" and service.phones and any(entry.always_open for entry in service.phones[0].schedules)
    ]
    alone = [service for service in answering if len(service.service_areas) == 1]
    return next((cards[service.id] for service in [*reversed(alone), *answering]), None)


def _name(reader: Reader, organization: Organization) -> str:
    name = reader.text(organization.name)
    return name.text.casefold() if name else organization.id


def _emergency(reader: Reader, settings: Settings) -> list[tuple[PhoneView, str, str]]:
    """The emergency numbers of the settings: number, name and what it is for."""
    said = []
    for entry in settings.emergency:
        display, tel = telephone(entry.number)
        name, what = reader.text(entry.name), reader.text(entry.description)
        said.append((PhoneView(display, tel, None, (), ()), name.text if name else "", what.text if what else ""))
    return said
