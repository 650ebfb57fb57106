"""What lies in /data/: a table of contents for programs (`index.json`) and for people (`README.txt`).

Licence, day, and of each file its description, size, SHA-256 and, of lists, the number of entries. A page can be made of `entries`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from generator.catalogue import Catalogue
from generator.exports.tree import last_day
from generator.localise.reader import Reader
from generator.problems import N_
from generator.settings import Settings

LICENSE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
# The beginning of a file's path below data/ → what it is. The first that fits is taken.
DESCRIPTIONS = {
    "hsds/3.0/services": N_("Services with all that belongs to them, Open Referral HSDS 3.0"),
    "hsds/3.0/organizations": N_("Organizations, Open Referral HSDS 3.0"),
    "hsds/3.0/locations": N_("Places, Open Referral HSDS 3.0"),
    "hsds/3.0/taxonomy": N_("Vocabularies, Open Referral HSDS 3.0"),
    "hsds/3.1/services": N_("Services with all that belongs to them, Open Referral HSDS 3.1"),
    "hsds/3.1/organizations": N_("Organizations, Open Referral HSDS 3.1"),
    "hsds/3.1/locations": N_("Places, Open Referral HSDS 3.1"),
    "hsds/3.1/taxonomy": N_("Vocabularies, Open Referral HSDS 3.1"),
    "ptv/services": N_("Services for the Finnish Service Catalogue (PTV), Open API 11"),
    "ptv/connections": N_("Which channels belong to which service in PTV"),
    "ptv/report": N_("What did not fit into PTV"),
    "ptv/": N_("Channels for the Finnish Service Catalogue (PTV), Open API 11"),
    "jsonld/": N_("Services as schema.org JSON-LD"),
    "services.csv": N_("Services as a table, a row for each service in each language"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the data. `path` is relative to data/; `language` is "" when it has several; `count` (of services, channels…)
    is None where it is not told."""

    path: str
    description: str
    language: str
    bytes: int
    count: int | None
    sha256: str


def entries(files: Mapping[str, bytes], reader: Reader) -> tuple[Entry, ...]:
    """The table of contents in the reader's language; `files` by path below data/."""
    return tuple(
        Entry(path, _description(path, reader), _language(path, reader), len(content), _count(path, content), hashlib.sha256(content).hexdigest())
        for path, content in files.items()
    )


def facts_until(catalogue: Catalogue) -> str:
    """The newest day on which a person confirmed a service's facts, or ""."""
    days = [last_day(entry.assured_date) or "" for entry in catalogue.services.values() if entry.status != "inactive"]
    return max(days, default="")


def files(catalogue: Catalogue, settings: Settings, others: Mapping[str, bytes]) -> dict[str, bytes]:
    """`index.json` and `README.txt` for the files `others`."""
    readers = [Reader(language, settings) for language in settings.languages]
    newest = facts_until(catalogue)
    listed = entries(others, readers[0])
    index = {
        "title": settings.site_name,
        "url": settings.site_url,
        "license": {"name": LICENSE[0], "url": LICENSE[1]},
        "date": settings.today.isoformat(),
        "facts_until": newest,
        "timezone": "Europe/Helsinki",
        "languages": list(settings.languages),
        "files": [
            {
                "path": own.path,
                "description": {reader.language: _description(own.path, reader) for reader in readers},
                **({"language": own.language} if own.language else {}),
                **({"count": own.count} if own.count is not None else {}),
                "bytes": own.bytes,
                "sha256": own.sha256,
            }
            for own in listed
        ],
    }
    index = {key: value for key, value in index.items() if value}
    text = "\n\n".join(_readme(reader, settings, listed, newest) for reader in readers)
    return {"index.json": (json.dumps(index, ensure_ascii=False, indent=1) + "\n").encode(), "README.txt": f"{text}\n".encode()}


def _readme(reader: Reader, settings: Settings, listed: tuple[Entry, ...], newest: str) -> str:
    # Outside of f-strings: the extraction of messages does not look into them.
    title, license_, day, confirmed = reader.gettext("Open data"), reader.gettext("License"), reader.gettext("Date"), reader.gettext("Facts confirmed until")
    heading = f"{settings.site_name}: {title}"
    lines = [heading, "=" * len(heading), f"{license_}: {LICENSE[0]}, {LICENSE[1]}", f"{day}: {settings.today.isoformat()}"]
    if newest:
        lines.append(f"{confirmed}: {newest}")
    own = [entry.path for entry in listed if entry.language in ("", reader.language)]
    return "\n".join([*lines, "", *(f"{path}: {_description(path, reader)}" for path in own)])


def _description(path: str, reader: Reader) -> str:
    return next((reader.gettext(words) for start, words in DESCRIPTIONS.items() if path.startswith(start)), path)


def _language(path: str, reader: Reader) -> str:
    """The language of a file by its name: services.sv.json; HSDS without one is in the site's first language."""
    parts = path.rsplit("/", 1)[-1].split(".")
    languages = reader.settings.languages
    if len(parts) == 3 and parts[1] in languages:
        return parts[1]
    return languages[0] if path.startswith(("hsds/", "ptv/report")) else ""


def _count(path: str, content: bytes) -> int | None:
    """How many entries there are in the files that have an entry on each line: see `tree.json_list`."""
    whole_line = path.startswith(("hsds/", "ptv/")) and not path.split("/")[-1].startswith(("taxonomy", "report"))
    return content.count(b"\n{") if whole_line else None
