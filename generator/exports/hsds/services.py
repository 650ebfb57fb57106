"""A service → the HSDS `service` object, fully nested; 3.1 has `additional` besides."""

from __future__ import annotations

from generator import addresses
from generator.exports.hsds.places import alternate, languages, location, organization, origins, phones, virtual
from generator.exports.hsds.schedules import exception, schedules
from generator.exports.hsds.writer import Writer
from generator.exports.ids import identifier
from generator.exports.tree import Tree, tidy
from generator.localise import codes
from generator.model import Service

WAYS = ("before", "beside", "after")


def service(writer: Writer, entry: Service) -> Tree:
    """One service in the writer's language. Texts that the language lacks are left out, but for the name."""
    own = ("service", entry.id)
    keeper = writer.catalogue.organizations.get(entry.organization)
    name = writer.speech.required(entry.name, entry.id)
    parts = (writer.speech.line(entry.summary), writer.speech.paragraphs(entry.description))
    return tidy(
        {
            "id": identifier(*own),
            "organization_id": identifier("organization", entry.organization),
            "name": name,
            "alternate_name": alternate(entry.name, name, writer.settings.languages[0]),
            "description": "\n\n".join(part for part in parts if part),
            "url": entry.url,
            "email": entry.email,
            "status": entry.status,
            "interpretation_services": writer.speech.line(entry.interpretation_services),
            "application_process": _steps(writer, entry),
            "fees_description": writer.speech.line(entry.fees_description),
            "eligibility_description": _eligibility(writer, entry),
            "minimum_age": entry.minimum_age,
            "maximum_age": entry.maximum_age,
            "assured_date": entry.assured_date.isoformat() if entry.assured_date and entry.assured_date.day else None,
            "alert": writer.speech.line(entry.alert),
            "phones": phones(writer, own, entry.phones),
            "schedules": [
                *schedules(writer, own, entry.schedules),
                *(exception(writer, own, days, str(index)) for index, days in enumerate(entry.schedule_exceptions)),
            ],
            "service_areas": _areas(writer, entry),
            "service_at_locations": _places(writer, entry),
            "languages": languages(writer, own, entry.languages),
            "organization": organization(writer, keeper) if keeper else None,
            "cost_options": _costs(writer, entry),
            "attributes": _attributes(writer, entry),
        }
    )


def permalink(writer: Writer, identifier: str) -> str | None:
    """The permanent address of a service's page, when the site's address is known."""
    site = writer.settings.site_url
    return site + addresses.path("permalink", writer.language, identifier) if site else None


def additional(writer: Writer, entry: Service) -> Tree:
    """What 3.1 has besides: the permanent address of the page among the `additional_urls`."""
    link = permalink(writer, entry.id)
    if not link:
        return {}
    own = {"id": identifier("url", "service", entry.id), "label": writer.settings.site_name, "url": link, "service_id": identifier("service", entry.id)}
    return {"additional_urls": [own]}


def _steps(writer: Writer, entry: Service) -> str:
    """The way in, a numbered line for each step. A step that the language lacks keeps its number, so that the others do."""
    said = [(number, writer.speech.line(step)) for number, step in enumerate(entry.application_process, 1)]
    return "\n".join(f"{number}. {step}" for number, step in said if step)


def _eligibility(writer: Writer, entry: Service) -> str:
    """Whom it is for and, since a reader of this field alone must know it, whom it is not for."""
    wanted, unwanted = writer.speech.line(entry.eligibility.for_), writer.speech.line(entry.eligibility.not_for)
    label = writer.reader.gettext("Not for")
    return "\n\n".join(part for part in (wanted, f"{label}: {unwanted}" if unwanted else None) if part)


def _areas(writer: Writer, entry: Service) -> list[Tree]:
    made = []
    for code in entry.service_areas:
        if code not in writer.catalogue.terms["areas"]:
            continue
        own = ("service_area", "service", entry.id, code)
        term = writer.term("areas", code)
        made.append(
            {
                "id": identifier(*own),
                "service_id": identifier("service", entry.id),
                "name": term["name"],
                "description": term["description"],
                "attributes": [writer.attribute(own, "area", code, term=term)],
            }
        )
    return made


def _places(writer: Writer, entry: Service) -> list[Tree]:
    """Places where the service is given, then its chat and its booking as virtual ones."""
    own = ("service", entry.id)
    accessible = writer.speech.line(entry.accessibility)
    made: list[Tree] = []
    for index, place in enumerate(entry.locations):
        nested = location(writer, own, place, str(index), entry.service_areas, accessible)
        link = identifier("service_at_location", *own, str(index))
        made.append({"id": link, "service_id": identifier(*own), "location_id": nested["id"], "location": nested})
    for kind in ("chat", "booking"):
        channel = getattr(entry, kind)
        if channel is not None:
            made.append(virtual(writer, own, kind, channel))
    return made


def _costs(writer: Writer, entry: Service) -> list[Tree]:
    """Free is the amount 0; a fee whose amount nobody has told has none."""
    if entry.cost_option is None:
        return []
    own = {"id": identifier("cost_option", "service", entry.id), "service_id": identifier("service", entry.id)}
    words = {"currency": "EUR", "amount_description": codes.cost(writer.reader, entry.cost_option)}
    return [{**own, **words, "amount": 0} if entry.cost_option == "free" else {**own, **words}]


def _attributes(writer: Writer, entry: Service) -> list[Tree]:
    """What HSDS has no field for. docs/open-data.md tells what each link_type means."""
    own = ("service", entry.id)
    path = entry.referral_path
    return [
        writer.attribute(own, "local_id", entry.id),
        writer.attribute(own, "threshold", entry.threshold, term=writer.term("threshold", entry.threshold)),
        *writer.classified(own, "topic", "topics", entry.topics),
        *writer.classified(own, "target_group", "target_groups", entry.target_groups),
        *writer.classified(own, "channel", "channels", entry.channels),
        *writer.classified(own, "municipality", "municipalities", entry.municipalities),
        *writer.classified(own, "referrer", "referrers", path.referrers),
        *(writer.attribute(own, f"path_{way}", identifier("service", other), other) for way in WAYS for other in getattr(path, way) if other in writer.names),
        *writer.said(own, "path_note", writer.speech.line(path.note)),
        *writer.said(own, "summary", writer.speech.line(entry.summary)),
        *writer.said(own, "not_for", writer.speech.line(entry.eligibility.not_for)),
        *writer.said(own, "first_contact", writer.speech.line(entry.first_contact)),
        *writer.said(own, "staff", writer.speech.line(entry.staff)),
        *writer.said(own, "accessibility", writer.speech.line(entry.accessibility)),
        *writer.yes_no(own, "anonymous", entry.anonymous),
        *(writer.yes_no(own, "sensitive", True) if entry.sensitive else []),
        *writer.said(own, "public_holidays", entry.public_holidays),
        *(writer.attribute(own, "keyword", word, str(index)) for index, word in enumerate(entry.keywords.get(writer.language, ()))),
        *origins(writer, own, entry.source, entry.assured_date),
        *writer.said(own, "permalink", permalink(writer, entry.id)),
    ]
