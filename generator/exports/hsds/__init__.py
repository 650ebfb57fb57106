"""Open Referral HSDS 3.0 and 3.1: services, organizations, locations and taxonomy, a file for each language.

HSDS has no translations: the file without a language in its name is in the site's first language, `services.sv.json` is
the same in Swedish, with the same UUIDs. Specification: https://docs.openreferral.org (repository
openreferral/specification, branches 3.0 and 3.1-dev).
"""

from __future__ import annotations

from generator.catalogue import Catalogue
from generator.exports.hsds.places import organization
from generator.exports.hsds.services import additional, service
from generator.exports.hsds.writer import TAXONOMIES, Writer
from generator.exports.tree import Tree, json_line, json_lines, json_list, json_object
from generator.settings import Settings

VERSIONS = ("3.0", "3.1")


def files(catalogue: Catalogue, settings: Settings, versions: tuple[str, ...] = VERSIONS) -> dict[str, bytes]:
    """Path below `hsds/` → content. What we use of 3.1 beyond 3.0 stands at the end of each service's line, so that the
    rest is made once."""
    made: dict[str, bytes] = {}
    for language in settings.languages:
        writer = Writer(catalogue, settings, language)
        tables = _objects(writer)
        lines = [json_line(tree) for tree in tables["services"]]
        more = [json_line(additional(writer, catalogue.services[identifier])) for identifier in writer.names]
        newer = [f"{line[:-1]},{extra[1:]}" if extra != "{}" else line for line, extra in zip(lines, more, strict=True)]
        ending = "json" if language == settings.languages[0] else f"{language}.json"
        same = {name: json_list(tables[name]) for name in ("organizations", "locations")}
        same["taxonomy"] = json_object({"taxonomies": tables["taxonomies"], "terms": tables["terms"]})
        for version in versions:
            made[f"{version}/services.{ending}"] = json_lines(newer if version == "3.1" else lines)
            made |= {f"{version}/{name}.{ending}": content for name, content in same.items()}
    return made


def _objects(writer: Writer) -> dict[str, list[Tree]]:
    """The objects of one language by table. Inactive services are not on the site and not in the data."""
    services = [service(writer, writer.catalogue.services[identifier]) for identifier in writer.names]
    organizations = [organization(writer, entry) for entry in writer.catalogue.organizations.values()]
    places = [link["location"] for tree in services for link in tree.get("service_at_locations", [])]
    places += [place for tree in organizations for place in tree.get("locations", [])]
    return {
        "services": services,
        "organizations": organizations,
        "locations": places,
        "taxonomies": [writer.taxonomy(vocabulary) for vocabulary in TAXONOMIES],
        "terms": writer.terms(),
    }
