"""One table for spreadsheets: a row for each service in each language (RFC 4180, UTF-8 without a byte order mark, CRLF).

A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break) begins with an apostrophe.
Several values in a cell are divided by “; ”. Codes are ours; docs/open-data.md tells the columns.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from generator import addresses
from generator.catalogue import Catalogue
from generator.exports.speech import Speech
from generator.localise import services as words
from generator.localise.codes import threshold
from generator.localise.reader import Reader
from generator.model import Service
from generator.settings import Settings

COLUMNS = (
    "id",
    "language",
    "name",
    "organization",
    "organization_id",
    "status",
    "summary",
    "description",
    "threshold",
    "threshold_label",
    "application_process",
    "eligibility",
    "not_for",
    "minimum_age",
    "maximum_age",
    "topics",
    "target_groups",
    "service_areas",
    "municipalities",
    "channels",
    "phones",
    "email",
    "url",
    "chat_url",
    "booking_url",
    "addresses",
    "schedules",
    "schedule_exceptions",
    "languages",
    "interpretation_services",
    "accessibility",
    "cost_option",
    "fees_description",
    "anonymous",
    "sensitive",
    "alert",
    "before",
    "beside",
    "after",
    "assured_date",
    "link",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def files(catalogue: Catalogue, settings: Settings) -> dict[str, bytes]:
    """`services.csv`. Inactive services are not in it."""
    stream = io.StringIO(newline="")
    table = csv.writer(stream, lineterminator="\r\n")
    table.writerow(COLUMNS)
    readers = [Reader(language, settings) for language in settings.languages]
    shown = {identifier: entry for identifier, entry in catalogue.services.items() if entry.status != "inactive"}
    for entry in shown.values():
        for reader in readers:
            row = _row(reader, catalogue, settings, shown, entry)
            table.writerow([harmless(row[column]) for column in COLUMNS])
    return {"services.csv": stream.getvalue().encode()}


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _row(reader: Reader, catalogue: Catalogue, settings: Settings, shown: Mapping[str, Service], entry: Service) -> dict[str, str]:
    """Texts are those of the language alone; an empty cell is a text that it lacks, or a fact that is not known."""
    speech = Speech(reader)
    contact = catalogue.contact(entry)
    keeper = catalogue.organizations.get(entry.organization)
    places = [words.location(reader, place) for place in entry.locations]
    path = entry.referral_path
    texts = ("summary", "interpretation_services", "accessibility", "fees_description", "alert")
    return {
        **{field: speech.line(getattr(entry, field)) or "" for field in texts},
        **{field: "; ".join(getattr(entry, field)) for field in ("topics", "target_groups", "service_areas", "municipalities", "channels", "languages")},
        **{way: "; ".join(other for other in getattr(path, way) if other in shown) for way in ("before", "beside", "after")},
        "id": entry.id,
        "language": reader.language,
        "name": speech.required(entry.name, entry.id),
        "organization": speech.required(keeper.name if keeper else None, entry.organization),
        "organization_id": entry.organization,
        "status": entry.status,
        "description": speech.paragraphs(entry.description) or "",
        "threshold": entry.threshold,
        "threshold_label": threshold(reader, entry.threshold).label,
        "application_process": "\n".join(f"{number}. {said}" for number, step in enumerate(entry.application_process, 1) if (said := speech.line(step))),
        "eligibility": speech.line(entry.eligibility.for_) or "",
        "not_for": speech.line(entry.eligibility.not_for) or "",
        "minimum_age": "" if entry.minimum_age is None else str(entry.minimum_age),
        "maximum_age": "" if entry.maximum_age is None else str(entry.maximum_age),
        "phones": "; ".join(" ".join(phone.number.split()) for phone in contact.phones),
        "email": contact.email or "",
        "url": contact.url or "",
        "chat_url": (entry.chat.url or "") if entry.chat else "",
        "booking_url": (entry.booking.url or "") if entry.booking else "",
        "addresses": "; ".join(", ".join(place.lines) for place in places if place.lines),
        "schedules": "; ".join(line.text for line in reader.schedules(entry.schedules)),
        "schedule_exceptions": "; ".join(reader.exception(exception).text for exception in entry.schedule_exceptions),
        "cost_option": entry.cost_option or "",
        "anonymous": "" if entry.anonymous is None else "yes" if entry.anonymous else "no",
        "sensitive": "yes" if entry.sensitive else "",
        "assured_date": entry.assured_date.isoformat() if entry.assured_date else "",
        "link": settings.site_url + addresses.path("permalink", reader.language, entry.id) if settings.site_url else "",
    }
