"""A service → schema.org JSON-LD for its page, in the page's language.

Types and properties by https://schema.org: `Service` with provider, audience, areaServed, availableChannel
(ServiceChannel: servicePhone, serviceUrl, serviceLocation, availableLanguage), hoursAvailable. `isAccessibleForFree`
belongs to places, events and creative works, not to Service: free of charge is an `Offer` with the price 0. It says nothing
that the page does not say; a sensitive service has no description here, as its page has none in its head. A confidential
place is not in it in any form.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from generator import addresses
from generator.catalogue import Catalogue
from generator.exports.speech import Speech
from generator.exports.tree import Tree, clock, first_day, json_object, last_day, tidy
from generator.localise.reader import Reader, telephone
from generator.model import WEEKDAYS, Location, Organization, Phone, Schedule, ScheduleException, Service
from generator.settings import Settings

CONTEXT = "https://schema.org"
_DAYS = dict(zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class Linked:
    """Makes the JSON-LD of one language's services."""

    def __init__(self, catalogue: Catalogue, settings: Settings, language: str) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self.reader = Reader(language, settings)
        self.speech = Speech(self.reader)

    def service(self, entry: Service) -> Tree:
        """The object; without a site address it has neither @id nor url."""
        site, language = self.settings.site_url, self.reader.language
        contact = self.catalogue.contact(entry)
        keeper = self.catalogue.organizations.get(entry.organization)
        name = self.speech.required(entry.name, entry.id)
        door = " ".join(entry.name.get(self.settings.languages[0], "").split())
        return tidy(
            {
                "@context": CONTEXT,
                "@type": "Service",
                "@id": site + addresses.path("permalink", language, entry.id) if site else None,
                "identifier": entry.id,
                "name": name,
                "alternateName": door if door != name else None,
                "description": None if entry.sensitive else self.speech.line(entry.summary),
                "url": site + addresses.path("services", language, entry.id) if site else None,
                "provider": self._provider(keeper) if keeper else None,
                "audience": self._audience(entry),
                "areaServed": self._areas(entry),
                "availableChannel": self._channels(entry, contact.phones, contact.url),
                "hoursAvailable": hours(entry.schedules, entry.schedule_exceptions, entry.public_holidays),
                "offers": {"@type": "Offer", "price": 0, "priceCurrency": "EUR"} if entry.cost_option == "free" else None,
            }
        )

    def _provider(self, keeper: Organization) -> Tree:
        """A registered association (ry) is an NGO by law; of others we do not know."""
        site, language = self.settings.site_url, self.reader.language
        registered = keeper.name.get("fi", "").endswith(" ry")
        return tidy(
            {
                "@type": "NGO" if registered else "Organization",
                "name": self.speech.required(keeper.name, keeper.id),
                "url": keeper.url or (site + addresses.path("organizations", language, keeper.id) if site else None),
            }
        )

    def _audience(self, entry: Service) -> Tree:
        """For whom in words, and ages in years."""
        said = self.speech.line(entry.eligibility.for_)
        ages = tidy({"suggestedMinAge": entry.minimum_age, "suggestedMaxAge": entry.maximum_age})
        if not said and not ages:
            return {}
        return tidy({"@type": "PeopleAudience" if ages else "Audience", "audienceType": said, **ages})

    def _areas(self, entry: Service) -> list[Tree]:
        """Regions as AdministrativeArea, the whole country as Country."""
        terms = self.catalogue.terms["areas"]
        return [
            {"@type": "AdministrativeArea", "name": self.speech.required(terms[code].name, code)}
            if terms[code].part_of
            else {"@type": "Country", "name": str(self.reader.locale.territories["FI"])}
            for code in entry.service_areas
            if code in terms
        ]

    def _channels(self, entry: Service, phones: tuple[Phone, ...], url: str | None) -> list[Tree]:
        made = [self._phone(phone) for phone in phones]
        online = [channel for channel in (entry.chat, entry.booking) if channel is not None and channel.url]
        made += [tidy({"@type": "ServiceChannel", "serviceUrl": channel.url, "availableLanguage": list(channel.languages)}) for channel in online]
        if url and url not in [channel.url for channel in online]:
            made.append({"@type": "ServiceChannel", "serviceUrl": url})
        made += [
            {"@type": "ServiceChannel", "serviceLocation": self._place(place)}
            for place in entry.locations
            if not place.confidential and (place.name or place.address)
        ]
        return made

    def _phone(self, phone: Phone) -> Tree:
        point = {"@type": "ContactPoint", "telephone": telephone(phone.number)[1], "description": self.speech.line(phone.description)}
        said = tidy({**point, "availableLanguage": list(phone.languages), "hoursAvailable": hours(phone.schedules)})
        return {"@type": "ServiceChannel", "servicePhone": said}

    def _place(self, place: Location) -> Tree:
        address = place.address
        return tidy(
            {
                "@type": "Place",
                "name": self.speech.line(place.name),
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": ", ".join(filter(None, (address.address_1, address.address_2))),
                    "postalCode": address.postal_code,
                    "addressLocality": address.city,
                    "addressCountry": address.country,
                }
                if address
                else None,
            }
        )


def hours(rules: tuple[Schedule, ...], exceptions: tuple[ScheduleException, ...] = (), holidays: str | None = None) -> list[Tree]:
    """OpeningHoursSpecification of what is known in days and times. By schema.org days without `opens` are closed, and a
    closing time before the opening time is on the next day."""
    made = []
    for rule in rules:
        valid = tidy({"validFrom": first_day(rule.valid_from), "validThrough": last_day(rule.valid_to)})
        if rule.always_open:
            made.append({"@type": "OpeningHoursSpecification", "dayOfWeek": list(_DAYS.values()), "opens": "00:00", "closes": "23:59", **valid})
        elif rule.byday and rule.opens_at is not None and rule.closes_at is not None:
            days = [_DAYS[day] for day in WEEKDAYS if day in rule.byday]
            made.append({"@type": "OpeningHoursSpecification", "dayOfWeek": days, "opens": clock(rule.opens_at), "closes": clock(rule.closes_at), **valid})
    for entry in exceptions:
        days_off: Tree = {
            "@type": "OpeningHoursSpecification",
            "validFrom": first_day(entry.valid_from),
            "validThrough": last_day(entry.valid_to or entry.valid_from),
        }
        if not entry.closed and entry.opens_at is not None and entry.closes_at is not None:
            days_off |= {"opens": clock(entry.opens_at), "closes": clock(entry.closes_at)}
        made.append(days_off)
    if made and holidays == "closed":
        made.append({"@type": "OpeningHoursSpecification", "dayOfWeek": ["PublicHolidays"]})
    return made


def embedded(tree: Any) -> Markup:
    """JSON to stand inside a script element: <, > and & are escaped as JSON allows, so that nothing can end the element."""
    text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))


def files(catalogue: Catalogue, settings: Settings) -> dict[str, bytes]:
    """Path below `jsonld/` → all services of a language as one graph."""
    made = {}
    for language in settings.languages:
        linked = Linked(catalogue, settings, language)
        shown = [entry for entry in catalogue.services.values() if entry.status != "inactive"]
        graph = [{key: value for key, value in linked.service(entry).items() if key != "@context"} for entry in shown]
        made[f"services.{language}.jsonld"] = json_object({"@context": CONTEXT, "@graph": graph})
    return made
