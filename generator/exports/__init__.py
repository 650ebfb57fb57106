"""Open data: the same facts in the formats of others. docs/open-data.md describes each.

    exports.files(catalogue, settings)   everything below data/
    exports.feeds(catalogue, settings)   the Atom feeds, from the site's root
    exports.one(format, …)               what `apupolku export --format` writes
    exports.jsonld.Linked                a service's JSON-LD for its page

Never in any of it: anything of a confidential place but that it is confidential; inactive services. Texts are those of
the named language alone. The same sources give the same bytes (but for the build's day in index.json and README.txt).
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.catalogue import Catalogue
from generator.exports import contents, csv_, feed, hsds, jsonld, ptv
from generator.settings import Settings

FORMATS = ("hsds-3.0", "hsds-3.1", "ptv", "jsonld", "csv", "feed", "all")
FOLDER = "data"


def files(catalogue: Catalogue, settings: Settings) -> dict[str, bytes]:
    """Everything that the site publishes in /data/: path from the site's root → content."""
    data = _data(catalogue, settings)
    return _below(FOLDER, {**data, **contents.files(catalogue, settings, data)})


def feeds(catalogue: Catalogue, settings: Settings) -> dict[str, bytes]:
    """The Atom feeds: path from the site's root → content."""
    return feed.files(catalogue, settings)


def one(kind: str, catalogue: Catalogue, settings: Settings) -> dict[str, bytes]:
    """The files of one of FORMATS, by path below the folder that they are written to."""
    match kind:
        case "hsds-3.0" | "hsds-3.1":
            version = kind.removeprefix("hsds-")
            return {path.removeprefix(f"{version}/"): content for path, content in hsds.files(catalogue, settings, (version,)).items()}
        case "ptv":
            return ptv.files(catalogue, settings)
        case "jsonld":
            return jsonld.files(catalogue, settings)
        case "csv":
            return csv_.files(catalogue, settings)
        case "feed":
            return feed.files(catalogue, settings)
        case "all":
            data = _data(catalogue, settings)
            return {**data, **contents.files(catalogue, settings, data)}
    raise ValueError(kind)


def _data(catalogue: Catalogue, settings: Settings) -> dict[str, bytes]:
    return {
        **_below("hsds", hsds.files(catalogue, settings)),
        **_below("ptv", ptv.files(catalogue, settings)),
        **_below("jsonld", jsonld.files(catalogue, settings)),
        **csv_.files(catalogue, settings),
    }


def _below(folder: str, made: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{path}": content for path, content in made.items()}
