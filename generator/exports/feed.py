"""Atom feeds (RFC 4287) of the services: one for each language, and one for each organization and language.

When an entry was `updated` comes from the facts alone, so that a build without changes makes the same bytes: the day when
a person last confirmed them (assured_date; its first day when only the year or month is known), else the newest of the
documents that they come from, else the organization's day, else 1970-01-01. The id of an entry is the service's permanent
link, which never changes; without a site address it is its UUID.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from generator import addresses
from generator.catalogue import Catalogue
from generator.exports.ids import identifier
from generator.exports.speech import Speech
from generator.exports.tree import first_day
from generator.localise.codes import threshold
from generator.localise.reader import Reader
from generator.model import Service
from generator.settings import Settings

UNKNOWN = "1970-01-01"


def path(language: str, organization: str = "") -> str:
    """Where a feed lies: path("fi") → "fi/feed.xml"; an organization's lies beside its page."""
    return f"{addresses.path('organizations', language, organization) if organization else addresses.path('home', language)}feed.xml"


def files(catalogue: Catalogue, settings: Settings) -> dict[str, bytes]:
    """Path from the site's root → feed."""
    made = {}
    shown = [entry for entry in catalogue.services.values() if entry.status != "inactive"]
    ordered = sorted(sorted(shown, key=lambda entry: entry.id), key=lambda entry: day(catalogue, entry), reverse=True)
    kept: dict[str, list[Service]] = {}
    for entry in ordered:
        kept.setdefault(entry.organization, []).append(entry)
    for language in settings.languages:
        reader = Reader(language, settings)
        made[path(language)] = _feed(reader, catalogue, settings, ordered, settings.site_name, "")
        for keeper in catalogue.organizations.values():
            if own := kept.get(keeper.id):
                name = Speech(reader).required(keeper.name, keeper.id)
                made[path(language, keeper.id)] = _feed(reader, catalogue, settings, own, f"{name} – {settings.site_name}", keeper.id)
    return made


def day(catalogue: Catalogue, entry: Service) -> str:
    """The day (YYYY-MM-DD) of a service's facts; see the module's text."""
    documents = [catalogue.terms["sources"].get(source.document) for source in entry.source]
    keeper = catalogue.organizations.get(entry.organization)
    dated = max((document.date for document in documents if document is not None and document.date), default=None)
    return first_day(entry.assured_date or dated or (keeper.assured_date if keeper else None)) or UNKNOWN


def _feed(reader: Reader, catalogue: Catalogue, settings: Settings, entries: list[Service], title: str, organization: str) -> bytes:
    language, site = reader.language, settings.site_url
    own = path(language, organization)
    page = addresses.path("organizations", language, organization) if organization else addresses.path("home", language)
    newest = max((day(catalogue, entry) for entry in entries), default=UNKNOWN)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language)}>',
        f"<id>{escape(site + own if site else 'urn:uuid:' + identifier('feed', language, organization))}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{newest}T00:00:00Z</updated>",
        f"<author><name>{escape(settings.site_name)}</name></author>",
    ]
    if site:
        lines.append(f'<link rel="self" type="application/atom+xml" href={quoteattr(site + own)}/>')
        lines.append(f'<link rel="alternate" type="text/html" href={quoteattr(site + page)}/>')
    lines.append("<rights>CC BY 4.0, https://creativecommons.org/licenses/by/4.0/</rights>")
    lines += [_entry(reader, catalogue, settings, entry) for entry in entries]
    return "\n".join([*lines, "</feed>\n"]).encode()


def _entry(reader: Reader, catalogue: Catalogue, settings: Settings, entry: Service) -> str:
    speech, site = Speech(reader), settings.site_url
    code = threshold(reader, entry.threshold)
    permanent = site + addresses.path("permalink", reader.language, entry.id) if site else f"urn:uuid:{identifier('service', entry.id)}"
    target = site + addresses.path("services", reader.language, entry.id) if site else permanent
    return (
        f"<entry><id>{escape(permanent)}</id><title>{escape(speech.required(entry.name, entry.id))}</title>"
        f"<updated>{day(catalogue, entry)}T00:00:00Z</updated>"
        f'<link rel="alternate" type="text/html" href={quoteattr(target)}/>'
        f"<category term={quoteattr(code.code)} label={quoteattr(code.label)}/>"
        f"<summary>{escape(speech.required(entry.summary))}</summary></entry>"
    )
