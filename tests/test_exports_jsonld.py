"""JSON-LD by schema.org: types, allowed and required properties, kinds of values; and what must not be in it."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import everything
import pytest

from generator import site
from generator.catalogue import Catalogue
from generator.exports import jsonld
from generator.settings import Settings

SETTINGS = Settings(site_url="https://apupolku.example/")

# schema.org, read in November 2026: of each type the properties that we use (own and inherited), with what they may hold.
# A trailing * is a list or one, ! is required by us for a useful result.
THING = {"name": "Text", "alternateName": "Text", "description": "Text", "url": "URL", "identifier": "Text"}
TYPES: dict[str, dict[str, str]] = {
    "Service": {
        **THING,
        "name": "Text!",
        "provider": "Organization NGO!",
        "audience": "Audience PeopleAudience",
        "areaServed": "AdministrativeArea Country*",
        "availableChannel": "ServiceChannel*",
        "hoursAvailable": "OpeningHoursSpecification*",
        "offers": "Offer",
    },
    "Organization": {**THING, "name": "Text!"},
    "NGO": {**THING, "name": "Text!"},
    "Audience": {**THING, "audienceType": "Text"},
    "PeopleAudience": {**THING, "audienceType": "Text", "suggestedMinAge": "Number", "suggestedMaxAge": "Number"},
    "AdministrativeArea": {**THING, "name": "Text!"},
    "Country": {**THING, "name": "Text!"},
    "ServiceChannel": {**THING, "servicePhone": "ContactPoint", "serviceUrl": "URL", "serviceLocation": "Place", "availableLanguage": "Language*"},
    "ContactPoint": {**THING, "telephone": "Phone!", "availableLanguage": "Language*", "hoursAvailable": "OpeningHoursSpecification*"},
    "Place": {**THING, "address": "PostalAddress"},
    "PostalAddress": {"streetAddress": "Text!", "postalCode": "Text!", "addressLocality": "Text!", "addressCountry": "Text!"},
    "OpeningHoursSpecification": {"dayOfWeek": "Day*", "opens": "Time", "closes": "Time", "validFrom": "Date", "validThrough": "Date"},
    "Offer": {"price": "Number!", "priceCurrency": "Text!"},
}
VALUES = {
    "Text": r".+",
    "URL": r"https?://\S+",
    "Phone": r"\+?\d{3,15}",
    "Language": r"[a-z]{2,3}",
    "Day": r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|PublicHolidays",
    "Time": r"([01]\d|2[0-3]):[0-5]\d",
    "Date": r"\d{4}-\d{2}-\d{2}",
}


def faults(tree: Any, expected: str = "Service") -> list[str]:
    """What schema.org does not allow in `tree`."""
    kinds = expected.rstrip("*!").split()
    if isinstance(tree, list):
        return [said for entry in tree for said in faults(entry, expected.rstrip("*!"))] if expected.endswith("*") and tree else [f"{expected}: list"]
    if not isinstance(tree, dict):
        if kinds == ["Number"]:
            return [] if isinstance(tree, int | float) and not isinstance(tree, bool) else [f"{expected}: {tree!r}"]
        good = isinstance(tree, str) and any(kind in VALUES and re.fullmatch(VALUES[kind], tree, re.DOTALL) for kind in kinds)
        return [] if good else [f"{expected}: {tree!r}"]
    kind = tree.get("@type", "")
    if kind not in kinds:
        return [f"{expected}: {kind}"]
    found = [f"{kind} without {name}" for name, rule in TYPES[kind].items() if rule.endswith("!") and name not in tree]
    for name, value in tree.items():
        if name in ("@context", "@type", "@id"):
            continue
        found += faults(value, TYPES[kind][name]) if name in TYPES[kind] else [f"{kind}.{name}"]
    return found


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return everything.load(tmp_path_factory.mktemp("jsonld"))


@pytest.mark.parametrize("language", SETTINGS.languages)
def test_types_and_properties_by_schema_org(loaded: Catalogue, language: str) -> None:
    linked = jsonld.Linked(loaded, SETTINGS, language)
    for entry in loaded.services.values():
        tree = json.loads(jsonld.embedded(linked.service(entry)))
        assert tree["@context"] == "https://schema.org"
        assert tree["@id"] == f"https://apupolku.example/p/{entry.id}/"
        assert faults(tree) == [], entry.id


def test_the_rules_see_faults() -> None:
    assert faults({"@type": "Service", "name": "x", "provider": {"@type": "NGO", "name": "y"}, "isAccessibleForFree": True}) == ["Service.isAccessibleForFree"]
    assert faults({"@type": "Service", "name": "x"}) == ["Service without provider"]


def test_facts(loaded: Catalogue) -> None:
    tree = jsonld.Linked(loaded, SETTINGS, "fi").service(loaded.services["kaikki"])
    assert tree["provider"]["@type"] == "NGO"
    assert tree["audience"] == {"@type": "PeopleAudience", "audienceType": "Kaikille.", "suggestedMinAge": 7, "suggestedMaxAge": 17}
    phone = tree["availableChannel"][0]["servicePhone"]
    assert (phone["telephone"], phone["availableLanguage"]) == ("+358442700797", ["fi", "uk"])
    assert [channel["serviceLocation"]["name"] for channel in tree["availableChannel"] if "serviceLocation" in channel] == [
        "Avoin talo",
        "Paikka vailla osoitetta",
    ]
    weekly, always, closed, opened, holidays = tree["hoursAvailable"]
    assert (weekly["dayOfWeek"], weekly["opens"], weekly["closes"], weekly["validThrough"]) == (["Monday", "Friday"], "09:00", "00:00", "2026-12-31")
    assert (len(always["dayOfWeek"]), always["closes"]) == (7, "23:59")
    assert ("opens" in closed, closed["validThrough"], opened["opens"]) == (False, "2026-12-26", "10:00")
    assert holidays["dayOfWeek"] == ["PublicHolidays"]
    assert "offers" not in tree
    shelter = jsonld.Linked(loaded, SETTINGS, "uk").service(loaded.services["lahti-turvakoti"])
    assert shelter["offers"]["price"] == 0
    assert shelter["alternateName"] == "Turvakoti"
    assert [channel for channel in shelter["availableChannel"] if "serviceLocation" in channel] == []


def test_a_sensitive_service_has_no_description(loaded: Catalogue) -> None:
    linked = jsonld.Linked(loaded, SETTINGS, "fi")
    for entry in loaded.services.values():
        assert ("description" in linked.service(entry)) is not entry.sensitive


def test_confidential_places_and_inactive_services_are_nowhere(loaded: Catalogue) -> None:
    for path, content in jsonld.files(loaded, SETTINGS).items():
        for secret in (*everything.SECRET, "Loppunut palvelu"):
            assert secret not in content.decode(), path


def test_nothing_ends_the_script_element() -> None:
    text = str(jsonld.embedded({"name": "</script><!--<script>&\u2028"}))
    assert not re.search("[<>&\u2028]", text)
    assert json.loads(text) == {"name": "</script><!--<script>&\u2028"}


def test_without_a_site_address(loaded: Catalogue) -> None:
    tree = jsonld.Linked(loaded, dataclasses.replace(SETTINGS, site_url=""), "fi").service(loaded.services["lahti-doula"])
    assert not {"@id", "url"} & set(tree)


def test_each_service_page_has_it_and_says_no_more_than_the_page(loaded: Catalogue) -> None:
    files, _ = site.make(loaded, SETTINGS, {})
    pages = {name: content.decode() for name, content in files.items() if b"application/ld+json" in content}
    assert len(pages) == 40 * len(SETTINGS.languages)
    for name, html in pages.items():
        (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        tree = json.loads(block)
        assert faults(tree) == [], name
        body = re.sub(r"\s+", " ", html.split("</head>")[1])
        assert tree["name"].split("<")[0] in body.replace("&#39;", "'").replace("&amp;", "&").replace("&#34;", '"'), name
