"""Organizations, locations, phones and languages as HSDS objects.

A confidential place is a location of the type physical with nothing else: no name, no address, no coordinates, only the
sentence that the address is not public. A place whose address is merely not known says confidential: no.
"""

from __future__ import annotations

import re

from generator.exports.hsds.schedules import as_attributes, schedules
from generator.exports.hsds.writer import Writer
from generator.exports.ids import identifier
from generator.exports.tree import Tree, tidy
from generator.model import Address, Channel, Location, Organization, PartialDate, Phone, Source

_FIELD = {"service": "service_id", "organization": "organization_id", "location": "location_id", "phone": "phone_id"}


def phones(writer: Writer, owner: tuple[str, ...], entries: tuple[Phone, ...]) -> list[Tree]:
    """Phone numbers, named by their digits: a number keeps its UUID when the order changes."""
    made: list[Tree] = []
    seen: dict[str, int] = {}
    for entry in entries:
        digits = re.sub(r"[^\d+]", "", entry.number)
        seen[digits] = seen.get(digits, 0) + 1
        own = ("phone", *owner, digits if seen[digits] == 1 else f"{digits}-{seen[digits]}")
        made.append(
            tidy(
                {
                    "id": identifier(*own),
                    _FIELD[owner[0]]: identifier(*owner),
                    "number": " ".join(entry.number.split()),
                    "type": "voice",
                    "description": writer.speech.line(entry.description),
                    "languages": languages(writer, own, entry.languages),
                    "attributes": [
                        *writer.said(own, "cost_option", entry.cost_option),
                        *writer.yes_no(own, "anonymous", entry.anonymous),
                        *writer.yes_no(own, "shown_on_bill", entry.shown_on_bill),
                        *as_attributes(writer, own, entry.schedules),
                    ],
                }
            )
        )
    return made


def languages(writer: Writer, owner: tuple[str, ...], codes: tuple[str, ...]) -> list[Tree]:
    """Languages spoken, each with its name in the file's language."""
    return [
        {"id": identifier("language", *owner, code), _FIELD[owner[0]]: identifier(*owner), "name": writer.reader.language_name(code), "code": code}
        for code in codes
    ]


def location(writer: Writer, owner: tuple[str, ...], entry: Location, key: str, areas: tuple[str, ...], accessibility: str | None = None) -> Tree:
    """A place. `areas`: where to look for the region of a city that no municipality is called."""
    own = ("location", *owner, key)
    head = {"id": identifier(*own), "location_type": "physical"}
    if owner[0] == "organization":
        head["organization_id"] = identifier(*owner)
    if entry.confidential:
        said = writer.reader.gettext("The address is not public. Ask for it by phone.")
        return {**head, "description": said, "attributes": writer.yes_no(own, "confidential", True)}
    steps = writer.speech.line(entry.accessibility) or accessibility
    return tidy(
        {
            **head,
            "name": writer.speech.line(entry.name),
            "description": writer.speech.line(entry.description),
            "addresses": [_address(writer, own, entry.address, areas)] if entry.address else [],
            "attributes": [] if entry.address else writer.yes_no(own, "confidential", False),
            "accessibility": [{"id": identifier("accessibility", *own), "location_id": identifier(*own), "description": steps}] if steps else [],
        }
    )


def _address(writer: Writer, owner: tuple[str, ...], address: Address, areas: tuple[str, ...]) -> Tree:
    return tidy(
        {
            "id": identifier("address", *owner),
            "location_id": identifier(*owner),
            "address_1": address.address_1,
            "address_2": address.address_2,
            "city": address.city,
            "state_province": _region(writer, address.city, areas),
            "postal_code": address.postal_code,
            "country": address.country,
            "address_type": "physical",
        }
    )


def _region(writer: Writer, city: str, areas: tuple[str, ...]) -> str:
    """The region of a city: of the municipality of that name, else the first regional area given, else the city itself."""
    terms = writer.catalogue.terms
    home = next((m.area for m in terms["municipalities"].values() if city.casefold() in (name.casefold() for name in m.name.values())), None)
    own = home or next((area for area in areas if area in terms["areas"] and terms["areas"][area].part_of), None)
    return writer.speech.required(terms["areas"][own].name, city) if own in terms["areas"] else city


def virtual(writer: Writer, owner: tuple[str, ...], kind: str, channel: Channel) -> Tree:
    """A chat or a booking as a service_at_location: a virtual location with its web address, hours and languages."""
    own = ("location", *owner, kind)
    link = ("service_at_location", *owner, kind)
    name = writer.reader.gettext("Chat") if kind == "chat" else writer.reader.gettext("Book a time")
    place = tidy(
        {
            "id": identifier(*own),
            "location_type": "virtual",
            "url": channel.url,
            "name": name,
            "description": writer.speech.line(channel.description),
            "languages": languages(writer, own, channel.languages),
            "attributes": [
                *writer.said(own, "contact_channel", kind),
                *writer.said(own, "cost_option", channel.cost_option),
                *writer.yes_no(own, "anonymous", channel.anonymous),
            ],
        }
    )
    return tidy(
        {
            "id": identifier(*link),
            "service_id": identifier(*owner),
            "location_id": identifier(*own),
            "location": place,
            "schedules": schedules(writer, link, channel.schedules),
        }
    )


def origins(writer: Writer, owner: tuple[str, ...], entries: tuple[Source, ...], assured: PartialDate | None) -> list[Tree]:
    """Where facts come from, “document section”, and a date of which only the year or the month is known."""
    said = [f"{entry.document} {entry.section}" if entry.section else entry.document for entry in entries]
    made = [writer.attribute(owner, "source", value, str(index)) for index, value in enumerate(said)]
    return made + (writer.said(owner, "assured_date_partial", assured.isoformat()) if assured and not assured.day else [])


def organization(writer: Writer, entry: Organization) -> Tree:
    """Who keeps a service; made once for all its services."""
    if entry.id not in writer.organizations:
        writer.organizations[entry.id] = _organization(writer, entry)
    return writer.organizations[entry.id]


def _organization(writer: Writer, entry: Organization) -> Tree:
    """The description is required: where there is none, the summary or the name stands there."""
    own = ("organization", entry.id)
    name = writer.speech.required(entry.name, entry.id)
    door = writer.settings.languages[0]
    summary, description = writer.speech.line(entry.summary), writer.speech.paragraphs(entry.description)
    return tidy(
        {
            "id": identifier(*own),
            "name": name,
            "alternate_name": alternate(entry.name, name, door),
            "description": "\n\n".join(part for part in (summary, description) if part) or writer.speech.required(entry.summary, name),
            "email": entry.email,
            "website": entry.url,
            "phones": phones(writer, own, entry.phones),
            "locations": [location(writer, own, place, str(index), entry.service_areas) for index, place in enumerate(entry.locations)],
            "attributes": [
                writer.attribute(own, "local_id", entry.id),
                *writer.said(own, "summary", summary),
                *writer.said(own, "assured_date", entry.assured_date.isoformat() if entry.assured_date and entry.assured_date.day else None),
                *writer.classified(own, "area", "areas", entry.service_areas),
                *origins(writer, own, entry.source, entry.assured_date),
            ],
        }
    )


def alternate(names: dict[str, str], shown: str, door: str) -> str | None:
    """The name on the door, where the file's language calls it something else."""
    original = " ".join(names.get(door, "").split())
    return original if original and original != shown else None
