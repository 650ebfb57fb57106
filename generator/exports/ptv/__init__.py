"""The Finnish Service Catalogue (PTV), Open API v11: services and channels as drafts, and a report of what did not fit.

Keys are those of V11VmOpenApiService, V11VmOpenApiPhoneChannel and V11VmOpenApiServiceLocationChannel (released source
vrk-kpa/ptv-releases, MIT); electronic channels and web pages use the keys that these two channels share. What only PTV
can give (its ids) or only a person can decide (funding, ontology terms) is left out and reported.
"""

from __future__ import annotations

from generator.catalogue import Catalogue
from generator.exports.ptv.channels import channels
from generator.exports.ptv.services import GENERAL, languages, service
from generator.exports.ptv.words import Words
from generator.exports.tree import Tree, json_list, json_object
from generator.localise.reader import Reader
from generator.model import Service
from generator.settings import Settings

_FILES = {"Phone": "phone-channels", "ServiceLocation": "location-channels", "EChannel": "e-channels", "WebPage": "web-channels"}


def files(catalogue: Catalogue, settings: Settings) -> dict[str, bytes]:
    """Path below `ptv/` → content. `connections.json` ties services to channels by our ids (PTV's sourceId)."""
    words = Words(catalogue, settings)
    for field in GENERAL:
        words.findings.add("required", "", field)
    shown = [entry for entry in catalogue.services.values() if entry.status != "inactive"]
    services: list[Tree] = []
    connections: list[Tree] = []
    shared = {identifier: _shared(words, identifier) for identifier in dict.fromkeys(entry.organization for entry in shown)}
    every = [tree for trees in shared.values() for tree in trees]
    for entry in shown:
        spoken = languages(words, entry)
        if not spoken:
            words.findings.add("required", entry.id, "serviceNames")
            continue
        areas = words.areas(entry.id, entry.service_areas)
        own = channels(words, entry, spoken, areas)
        every += own
        tied = own + _inherited(entry, shared[entry.organization])
        services.append(service(words, entry, spoken, areas, tied))
        connections.append({"service": entry.id, "channels": [tree["sourceId"] for tree in tied]})
    gettext = Reader(settings.languages[0], settings).gettext
    return {
        "services.json": json_list(services),
        **{f"{name}.json": json_list(tree for tree in every if tree["serviceChannelType"] == kind) for kind, name in _FILES.items()},
        "connections.json": json_list(connections),
        "report.json": json_object({"findings": [finding.tree(gettext) for finding in words.findings]}),
        "report.txt": words.findings.text(gettext).encode(),
    }


def _shared(words: Words, identifier: str) -> list[Tree]:
    """The channels of an organization that has services."""
    entry = words.catalogue.organizations.get(identifier)
    spoken = languages(words, entry) if entry else ()
    return channels(words, entry, spoken, words.areas(identifier, entry.service_areas)) if entry and spoken else []


def _inherited(entry: Service, shared: list[Tree]) -> list[Tree]:
    """The organization's phones and web page, where the service has none of its own. Never its places: a service is given
    where its own file says, or that is not known."""
    lacking = {"Phone"} if not entry.phones else set()
    lacking |= {"WebPage"} if not entry.url else set()
    return [tree for tree in shared if tree["serviceChannelType"] in lacking]
