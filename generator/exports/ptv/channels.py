"""Phones, places, chat, booking and web page → PTV's channels, each its own object.

An organization's own phone and web page are channels of the organization, tied to each of its services that has none of
its own, as on the service's page. Our ids (PTV's sourceId): `<id>-phone-1`, `<id>-place-1`, `<id>-chat`, `<id>-booking`,
`<id>-web`, where <id> is the service's or the organization's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import phonenumbers
from phonenumbers import PhoneNumberType

from generator.exports.ptv.codes import CHARGES, MUNICIPALITIES
from generator.exports.ptv.words import Words
from generator.exports.tree import Tree, tidy
from generator.localise.reader import telephone
from generator.model import Address, Channel, Location, Organization, Phone, Service

Keeper = Service | Organization
_SERVICE_NUMBERS = (PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN)


def channels(words: Words, entry: Keeper, languages: tuple[str, ...], areas: Tree) -> list[Tree]:
    """The channels that a service or an organization has of its own."""
    made = [_phone(words, entry, phone, index, languages, areas) for index, phone in enumerate(entry.phones, 1)]
    for index, place in enumerate(entry.locations, 1):
        if place.confidential:
            words.findings.add("confidential", entry.id, f"locations.{index}")
        elif place.address is None:
            words.findings.add("required", entry.id, f"locations.{index}.address")
        else:
            made.append(_place(words, entry, place, place.address, index, languages, areas))
    online = {kind: channel for kind in ("chat", "booking") if (channel := getattr(entry, kind, None)) is not None}
    for kind, channel in online.items():
        if channel.url:
            made.append(_electronic(words, entry, kind, channel, languages, areas))
        else:
            words.findings.add("no-address", entry.id, kind, " ".join((channel.description or {}).get("fi", "").split()))
    if entry.url and entry.url not in [channel.url for channel in online.values()]:
        made.append({**_head(words, entry, "web", "WebPage", None, languages, areas), "webPages": _pages(entry.url, languages)})
    _email(words, entry, made, languages)
    _hours(words, entry, made)
    return made


def _head(words: Words, entry: Keeper, ending: str, kind: str, names: Mapping[str, str] | None, languages: tuple[str, ...], areas: Tree) -> Tree:
    """What every channel begins with: the keeper's own name and texts where the channel has none."""
    named = {language: (names or {}).get(language, entry.name[language]) for language in languages}
    summary = entry.summary or {}
    described = {language: (entry.description or {}).get(language) or summary[language] for language in languages}
    return tidy(
        {
            "sourceId": f"{entry.id}-{ending}",
            "serviceChannelType": kind,
            "serviceChannelNames": [{**item, "type": "Name"} for item in words.items(named, "Name", entry.id, "name", languages)],
            "serviceChannelDescriptions": [
                *words.typed(summary, "Summary", entry.id, "summary", languages),
                *words.typed(described, "Description", entry.id, "description", languages),
            ],
            **areas,
            "languages": list(getattr(entry, "languages", ())),
            "publishingStatus": "Draft",
        }
    )


def _phone(words: Words, entry: Keeper, phone: Phone, index: int, languages: tuple[str, ...], areas: Tree) -> Tree:
    head = _head(words, entry, f"phone-{index}", "Phone", None, languages, areas)
    numbers = []
    for language in languages:
        said = " ".join((phone.description or {}).get(language, "").split())
        numbers.append(
            tidy(
                {
                    "type": "Phone",
                    "additionalInformation": words.fit(said, "information", entry.id, "phones.description"),
                    "serviceChargeType": CHARGES.get(phone.cost_option or ""),
                    **_number(phone.number),
                    "language": language,
                }
            )
        )
    for field in ("anonymous", "shown_on_bill"):
        value = getattr(phone, field)
        if value is not None:
            words.findings.add("no-field", entry.id, f"phones.{field}", f"{phone.number}: {'yes' if value else 'no'}")
    spoken = list(phone.languages) or head.get("languages", [])
    return tidy({**head, "languages": spoken, "phoneNumbers": numbers, "serviceHours": words.hours(entry.id, phone.schedules, languages=languages)})


def _number(number: str) -> Tree:
    """A number in PTV's parts: with its country, or as a Finnish service number that is dialed as it is (112, 0800, 116 117)."""
    _, tel = telephone(number)
    if not tel.startswith("+"):
        return {"isFinnishServiceNumber": True, "number": tel}
    parsed = phonenumbers.parse(tel)
    if parsed.country_code == 358 and phonenumbers.number_type(parsed) in _SERVICE_NUMBERS:
        return {"isFinnishServiceNumber": True, "number": f"0{parsed.national_number}"}
    return {"prefixNumber": f"+{parsed.country_code}", "isFinnishServiceNumber": False, "number": str(parsed.national_number)}


def _place(words: Words, entry: Keeper, place: Location, address: Address, index: int, languages: tuple[str, ...], areas: Tree) -> Tree:
    head = _head(words, entry, f"place-{index}", "ServiceLocation", place.name, languages, areas)
    accessible = place.accessibility or getattr(entry, "accessibility", None)
    if accessible:
        words.findings.add("no-field", entry.id, f"locations.{index}.accessibility", " ".join(accessible.get("fi", "").split()))
    hours = words.hours(entry.id, getattr(entry, "schedules", ()), getattr(entry, "schedule_exceptions", ()), languages)
    return tidy({**head, "addresses": [_address(words, entry, place, address, languages)], "serviceHours": hours})


def _address(words: Words, entry: Keeper, place: Location, address: Address, languages: tuple[str, ...]) -> Tree:
    """A street address: the street's name apart from its number, as PTV wants it."""
    parts = re.match(r"(.*?)\s*(\d.*)?\Z", address.address_1)
    street, number = (parts[1], parts[2]) if parts else (address.address_1, None)
    towns = words.catalogue.terms["municipalities"]
    town = next((code for code, term in towns.items() if address.city.casefold() == term.name.get("fi", "").casefold()), "")
    more = {language: said for language in languages if (said := " ".join(filter(None, (address.address_2, (place.description or {}).get(language)))))}
    return {
        "type": "Location",
        "subType": "Street",
        "streetAddress": tidy(
            {
                "street": [{"language": language, "value": street} for language in languages],
                "streetNumber": number,
                "postalCode": address.postal_code,
                "postOffice": [{"language": language, "value": address.city} for language in languages],
                "municipality": {"code": MUNICIPALITIES[town]} if town in MUNICIPALITIES else None,
                "additionalInformation": words.items(more, "information", entry.id, "locations.description", languages),
            }
        ),
        "country": address.country,
    }


def _electronic(words: Words, entry: Keeper, kind: str, channel: Channel, languages: tuple[str, ...], areas: Tree) -> Tree:
    """A chat or a booking with a web address; its own description stands for the service's."""
    head = _head(words, entry, kind, "EChannel", None, languages, areas)
    own = words.typed(channel.description, "Description", entry.id, kind, languages)
    told = {item["language"] for item in own}
    texts = [item for item in head["serviceChannelDescriptions"] if item["type"] == "Summary" or item["language"] not in told]
    for field in ("anonymous", "cost_option"):
        value = getattr(channel, field)
        if value is not None:
            words.findings.add("no-field", entry.id, f"{kind}.{field}", {True: "yes", False: "no"}.get(value, str(value)))
    return tidy(
        {
            **head,
            "serviceChannelDescriptions": texts + own,
            "languages": list(channel.languages) or head.get("languages", []),
            "webPages": _pages(channel.url or "", languages),
            "serviceHours": words.hours(entry.id, channel.schedules, languages=languages),
        }
    )


def _pages(url: str, languages: tuple[str, ...]) -> list[Tree]:
    return [{"language": language, "url": url, "value": url} for language in languages]


def _email(words: Words, entry: Keeper, made: list[Tree], languages: tuple[str, ...]) -> None:
    """Put the e-mail address into the channels that have a field for it; tell when there is none."""
    fields = {"Phone": "supportEmails", "ServiceLocation": "emails"}
    takers = [tree for tree in made if tree["serviceChannelType"] in fields]
    for tree in takers:
        if entry.email:
            tree[fields[tree["serviceChannelType"]]] = [{"language": language, "value": entry.email} for language in languages]
    if entry.email and not takers:
        words.findings.add("no-channel", entry.id, "email", entry.email)


def _hours(words: Words, entry: Keeper, made: list[Tree]) -> None:
    """A service's hours live in its places in PTV (a phone has hours of its own): tell of hours that found no place."""
    if any(tree["serviceChannelType"] == "ServiceLocation" for tree in made):
        return
    reader = words.readers["fi"]
    rules = "; ".join(reader.schedule(schedule).text for schedule in getattr(entry, "schedules", ()))
    days = "; ".join(reader.exception(exception).text for exception in getattr(entry, "schedule_exceptions", ()))
    for field, said in (("schedules", rules), ("schedule_exceptions", days)):
        if said:
            words.findings.add("no-channel", entry.id, field, said)
