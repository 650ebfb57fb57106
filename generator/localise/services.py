"""A service of the catalogue → its card and its page, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from generator import addresses, paths
from generator.catalogue import Catalogue
from generator.localise import codes, opening, ways
from generator.localise.reader import Reader, telephone
from generator.localise.views import Card, ChannelView, Chosen, Facets, Link, LocationView, PhoneView, ServiceView
from generator.model import Channel, Location, Phone, Service, Source


def phone(reader: Reader, phone: Phone) -> PhoneView:
    """A phone number with its words; an organization's is worded once for all its services."""
    view: PhoneView | None = reader.memo.get(id(phone))
    if view is None:
        display, tel = telephone(phone.number)
        view = PhoneView(display, tel, reader.line(phone.description), codes.contact_facts(reader, phone), reader.schedules(phone.schedules))
        reader.memo[id(phone)] = view
    return view


def host(url: str) -> str:
    """The part of a web address that people recognize: “nollalinja.fi”."""
    return urlsplit(url).netloc.removeprefix("www.")


def _channel(reader: Reader, channel: Channel | None) -> ChannelView | None:
    if channel is None:
        return None
    return ChannelView(
        channel.url or "", host(channel.url or ""), reader.line(channel.description), codes.contact_facts(reader, channel), reader.schedules(channel.schedules)
    )


def location(reader: Reader, location: Location) -> LocationView:
    """A place in words. A confidential one gives nothing but the fact that it is: neither name nor description leaves
    this function, since either could tell where it is."""
    if location.confidential:
        return LocationView(None, (), True, None, None)
    address = location.address
    lines = (address.address_1, *((address.address_2,) if address.address_2 else ()), f"{address.postal_code} {address.city}") if address else ()
    return LocationView(reader.line(location.name), lines, False, reader.line(location.description), reader.line(location.accessibility))


def sources(reader: Reader, catalogue: Catalogue, entries: tuple[Source, ...]) -> tuple[Chosen, ...]:
    """The documents that facts come from: publisher and title, chapters, date."""
    key = tuple((entry.document, entry.section) for entry in entries)
    if key not in reader.memo:
        reader.memo[key] = _sources(reader, catalogue, entries)
    said: tuple[Chosen, ...] = reader.memo[key]
    return said


def _sources(reader: Reader, catalogue: Catalogue, entries: Iterable[Source]) -> tuple[Chosen, ...]:
    sections: dict[str, list[str]] = {}
    for entry in entries:
        sections.setdefault(entry.document, []).extend([entry.section] if entry.section else [])
    said = []
    for identifier, chapters in sections.items():
        document = catalogue.terms["sources"].get(identifier)
        if document is None:
            continue
        title = reader.line(document.name)
        parts = [title.text] if title else []
        if chapters:
            parts.append(reader.ngettext("chapter {chapters}", "chapters {chapters}", len(chapters)).format(chapters=reader.list(chapters)))
        if document.date and str(document.date.year) not in (title.text if title else ""):
            parts.append(reader.date(document.date))
        said.append(Chosen(", ".join(parts), title.lang if title else None))
    return tuple(said)


def card(reader: Reader, catalogue: Catalogue, service: Service) -> Card:
    """The service as a list shows it."""
    name = reader.line(service.name) or Chosen(service.id)
    door = service.name.get(reader.settings.languages[0])
    phones = catalogue.contact(service).phones
    organization = catalogue.organizations.get(service.organization)
    return Card(
        id=service.id,
        path=addresses.path("services", reader.language, service.id),
        name=name,
        door_name=Chosen(door, reader.settings.languages[0]) if door and door != name.text else None,
        summary=reader.line(service.summary) or Chosen(""),
        threshold=codes.threshold(reader, service.threshold),
        areas=areas(reader, catalogue, service.service_areas),
        organization=(reader.line(organization.name) if organization else None) or Chosen(service.organization),
        phone=phone(reader, phones[0]) if phones else None,
        sensitive=service.sensitive,
        facets=Facets(service.topics, service.target_groups, service.service_areas, service.channels, service.cost_option == "free", bool(service.anonymous)),
    )


def terms(reader: Reader, catalogue: Catalogue, vocabulary: str, identifiers: Iterable[str]) -> tuple[Link, ...]:
    """Terms as links to their pages; an id without an entry is passed over (`catalogue` has told of it)."""
    links: dict[str, Link] | None = reader.memo.get(vocabulary)
    if links is None:
        known = catalogue.terms[vocabulary].items()
        links = {
            identifier: Link(identifier, reader.line(term.name) or Chosen(identifier), addresses.path(vocabulary, reader.language, identifier))
            for identifier, term in known
        }
        reader.memo[vocabulary] = links
    return tuple(links[identifier] for identifier in identifiers if identifier in links)


def names(reader: Reader, catalogue: Catalogue, vocabulary: str, identifiers: Iterable[str]) -> list[str]:
    """The labels of terms."""
    return [link.name.text for link in terms(reader, catalogue, vocabulary, identifiers)]


def areas(reader: Reader, catalogue: Catalogue, identifiers: Iterable[str]) -> str:
    """Areas in words, in the order of their vocabulary: “Koko Suomi ja Päijät-Häme” has its capitals where they belong."""
    wanted = frozenset(identifiers)
    return reader.list(names(reader, catalogue, "areas", (area for area in catalogue.terms["areas"] if area in wanted)))


def service(
    reader: Reader, catalogue: Catalogue, cards: dict[str, Card], service: Service, stretch: paths.Stretch, meanwhile: Iterable[str] = ()
) -> ServiceView:
    """The service's page. `cards` are those of all services, for the ways before, beside and after; `meanwhile`: as `paths.meanwhile`."""
    own = cards[service.id]
    contact = catalogue.contact(service)
    discreet = reader.gettext("Service") if service.sensitive else own.name.text
    path = service.referral_path
    asked, asked_at_door = ways.ask(reader, catalogue, service)

    def along(identifiers: Iterable[str]) -> tuple[Card, ...]:
        return tuple(cards[identifier] for identifier in identifiers if identifier in cards)

    description = reader.paragraphs(service.description)
    steps = tuple(step for step in (reader.line(step) for step in service.application_process) if step)
    missing = next((text.lang for text in (own.summary, *description, *steps) if text.lang), None)
    return ServiceView(
        card=own,
        title=discreet,
        meta_description=reader.gettext("What the service is, for whom, and how to get in.") if service.sensitive else own.summary.text,
        alert=reader.line(service.alert),
        status=service.status,
        description=description,
        audience=reader.line(service.eligibility.for_),
        not_for=reader.line(service.eligibility.not_for),
        ages=codes.ages(reader, service),
        target_groups=terms(reader, catalogue, "target_groups", service.target_groups),
        steps=steps,
        first_contact=reader.line(service.first_contact),
        note=reader.line(path.note),
        referrers=reader.list(names(reader, catalogue, "referrers", (r for r in path.referrers if r != "self"))),
        municipalities=reader.list(names(reader, catalogue, "municipalities", service.municipalities)),
        phones=tuple(phone(reader, entry) for entry in contact.phones),
        phones_from=own.organization if contact.phones and not service.phones else None,
        chat=_channel(reader, service.chat),
        booking=_channel(reader, service.booking),
        email=contact.email or "",
        url=contact.url or "",
        url_host=host(contact.url or ""),
        hours=reader.schedules(service.schedules),
        exceptions=(*opening.holidays(reader, service), *(reader.exception(entry) for entry in service.schedule_exceptions)),
        locations=tuple(location(reader, entry) for entry in service.locations),
        channels=tuple(link.name for link in terms(reader, catalogue, "channels", service.channels)),
        accessibility=reader.line(service.accessibility),
        staff=reader.line(service.staff),
        cost=codes.cost(reader, service.cost_option),
        fees=reader.line(service.fees_description),
        anonymous=codes.anonymity(reader, service.anonymous),
        languages=reader.language_names(service.languages),
        interpretation=reader.line(service.interpretation_services),
        before=along(stretch.before),
        beside=along(stretch.beside),
        after=along(stretch.after),
        organization=Link(service.organization, own.organization, addresses.path("organizations", reader.language, service.organization)),
        topics=terms(reader, catalogue, "topics", service.topics),
        areas=terms(reader, catalogue, "areas", service.service_areas),
        assured=reader.date(service.assured_date) if service.assured_date else "",
        assured_age=reader.age(service.assured_date) if service.assured_date else "",
        sources=sources(reader, catalogue, service.source),
        keywords=service.keywords.get(reader.language, ()),
        fallback=reader.language_name(missing) if missing else "",
        stale=f"services/{service.id}" in reader.stale.documents,
        now=opening.now(reader, service),
        way_in=ways.way_in(reader, service),
        meanwhile=along(meanwhile),
        ask=asked,
        ask_at_door=asked_at_door,
    )
