"""Open Referral HSDS 3.0 and 3.1: valid by the compiled schemas, and what stands in it."""

from __future__ import annotations

import dataclasses
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import everything
import jsonschema
import pytest

from generator.catalogue import Catalogue
from generator.exports import hsds
from generator.exports.ids import NAMESPACE, identifier
from generator.settings import Settings

SCHEMAS = everything.ROOT.parent / "shared" / "hsds"
SITE = "https://apupolku.example/"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return everything.load(tmp_path_factory.mktemp("hsds"))


@pytest.fixture(scope="module")
def files(loaded: Catalogue) -> dict[str, bytes]:
    return hsds.files(loaded, Settings(site_url=SITE))


def table(files: dict[str, bytes], path: str) -> Any:
    return json.loads(files[path])


def one(files: dict[str, bytes], name: str = "kaikki", path: str = "3.1/services.json") -> Any:
    return next(entry for entry in table(files, path) if entry["id"] == identifier("service", name))


def values(tree: Any, kind: str) -> list[str]:
    return [entry.get("value") for entry in tree.get("attributes", []) if entry["link_type"] == kind]


def objects(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from objects(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from objects(value)


@pytest.mark.parametrize("version", ["3.0", "3.1"])
@pytest.mark.parametrize("ending", ["json", "sv.json", "en.json", "uk.json"])
def test_valid_by_the_compiled_schema_with_formats(files: dict[str, bytes], version: str, ending: str) -> None:
    file = SCHEMAS / f"service_with_definitions-{version}.json"
    if not file.is_file():
        pytest.skip(f"the compiled schemas of HSDS are not in {SCHEMAS}")
    schema = json.loads(file.read_text(encoding="utf-8"))
    draft = jsonschema.Draft202012Validator
    for name, part in (
        ("services", schema),
        ("organizations", {"$ref": "#/definitions/organization", "definitions": schema["definitions"]}),
        ("locations", {"$ref": "#/definitions/location", "definitions": schema["definitions"]}),
    ):
        validator = draft(part, format_checker=draft.FORMAT_CHECKER)
        entries = table(files, f"{version}/{name}.{ending}")
        assert entries
        assert [f"{entry['id']}: {error.message}" for entry in entries for error in validator.iter_errors(entry)] == []
    taxonomy = table(files, f"{version}/taxonomy.{ending}")
    for name, key in (("taxonomy", "taxonomies"), ("taxonomy_term", "terms")):
        validator = draft({"$ref": f"#/definitions/{name}", "definitions": schema["definitions"]}, format_checker=draft.FORMAT_CHECKER)
        assert [error.message for entry in taxonomy[key] for error in validator.iter_errors(entry)] == []


def test_the_format_check_would_see_a_bad_uuid() -> None:
    file = SCHEMAS / "service_with_definitions-3.0.json"
    if not file.is_file():
        pytest.skip(f"the compiled schemas of HSDS are not in {SCHEMAS}")
    draft = jsonschema.Draft202012Validator
    validator = draft(json.loads(file.read_text(encoding="utf-8")), format_checker=draft.FORMAT_CHECKER)
    assert not validator.is_valid({"id": "not-a-uuid", "name": "x", "status": "active"})


def test_every_shown_service_is_there_fully_nested(files: dict[str, bytes], loaded: Catalogue) -> None:
    for version in hsds.VERSIONS:
        entries = table(files, f"{version}/services.json")
        assert len(entries) == sum(service.status != "inactive" for service in loaded.services.values()) == 40
        for entry in entries:
            assert entry["organization"]["id"] == entry["organization_id"]
            assert entry["organization"]["description"]


def test_ids_are_version_5_stable_and_the_same_in_every_language(files: dict[str, bytes]) -> None:
    assert uuid.uuid5(uuid.NAMESPACE_URL, "tag:apupolku,2025:open-data") == NAMESPACE
    assert identifier("service", "lahti-turvakoti") == "b52cf93b-24fa-5098-bc80-a23f76fe7f89"
    for ending in ("sv.json", "en.json", "uk.json"):
        assert [e["id"] for e in table(files, f"3.1/services.{ending}")] == [e["id"] for e in table(files, "3.1/services.json")]
    for entry in objects(table(files, "3.1/services.json")):
        assert "id" not in entry or uuid.UUID(entry["id"]).version == 5


def test_ids_are_unique_among_things_that_are_not_shared(files: dict[str, bytes]) -> None:
    own = [
        entry
        for service in table(files, "3.1/services.json")
        for entry in objects({**service, "organization": None})
        if "id" in entry and "taxonomy" not in entry
    ]
    seen = [entry["id"] for entry in own]
    assert len(seen) == len(set(seen))


def test_no_nulls_and_nothing_empty(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        for entry in objects(json.loads(content)):
            assert not [key for key, value in entry.items() if value is None or value in ("", [], {})], path


def test_facts(files: dict[str, bytes]) -> None:
    entry = one(files)
    assert entry["name"] == "Kaikki: ja # muuta"
    assert entry["status"] == "temporarily closed"
    assert entry["description"] == "Saat kaiken.\n\nEnsimmäinen kappale, joka jatkuu.\n\nToinen: kappale # merkki."
    assert (entry["minimum_age"], entry["maximum_age"]) == (7, 17)
    assert entry["eligibility_description"].startswith("Kaikille.\n\n")
    assert entry["eligibility_description"].endswith(": Ei kenellekään.")
    assert entry["application_process"] == "1. Soita.\n3. Tule."
    assert entry["phones"][0]["number"] == "0442700797"
    assert [language["code"] for language in entry["phones"][0]["languages"]] == ["fi", "uk"]
    assert [language["code"] for language in entry["languages"]] == ["fi", "sv"]
    assert [area["name"] for area in entry["service_areas"]] == ["Päijät-Häme"]
    assert "amount" not in entry["cost_options"][0]
    assert one(files, "lahti-turvakoti")["cost_options"][0]["amount"] == 0
    assert entry["additional_urls"][0]["url"] == f"{SITE}p/kaikki/"
    assert "additional_urls" not in one(files, path="3.0/services.json")
    assert {**one(files, path="3.0/services.json"), "additional_urls": entry["additional_urls"]} == entry


def test_the_threshold_is_an_attribute_with_a_term(files: dict[str, bytes]) -> None:
    for version in hsds.VERSIONS:
        for entry in table(files, f"{version}/services.json"):
            (threshold,) = [attribute for attribute in entry["attributes"] if attribute["link_type"] == "threshold"]
            assert threshold["link_entity"] == "service"
            assert threshold["link_id"] == entry["id"]
            assert threshold["taxonomy_term"]["code"] == threshold["value"]
            assert threshold["taxonomy_term_id"] == threshold["taxonomy_term"]["id"]
            assert threshold["taxonomy_term"]["taxonomy"] == "threshold"
    terms = {term["id"] for term in table(files, "3.0/taxonomy.json")["terms"]}
    used = {a["taxonomy_term_id"] for entry in table(files, "3.0/services.json") for a in objects(entry) if "taxonomy_term_id" in a}
    assert used <= terms


def test_what_has_no_field_is_an_attribute(files: dict[str, bytes]) -> None:
    entry = one(files)
    assert values(entry, "local_id") == ["kaikki"]
    assert values(entry, "anonymous") == ["no"]
    assert values(entry, "sensitive") == ["yes"]
    assert values(entry, "topic") == ["baby", "divorce"]
    assert values(entry, "municipality") == ["lahti", "hollola"]
    assert values(entry, "referrer") == ["self", "school"]
    assert values(entry, "path_before") == [identifier("service", "lahti-doula")]
    assert values(entry, "keyword") == ["=cmd", "yksi", "no", "1"]
    assert values(entry, "source") == ["lahti-plan-2023 5.1 ja 6", "general-description"]
    assert values(entry["phones"][0], "shown_on_bill") == ["yes"]
    assert values(entry["phones"][1], "cost_option") == ["free"]


def test_a_date_is_told_only_when_it_is_whole(files: dict[str, bytes]) -> None:
    assert "assured_date" not in one(files)
    assert values(one(files), "assured_date_partial") == ["2026-03"]
    assert one(files, "lahti-turvakoti")["assured_date"] == "2022-12-08"


def test_hours_in_the_words_of_ical(files: dict[str, bytes]) -> None:
    weekly, always, words, closed, opened = one(files)["schedules"]
    assert (weekly["freq"], weekly["byday"], weekly["opens_at"], weekly["closes_at"]) == ("WEEKLY", "MO,FR", "09:00", "00:00")
    assert (weekly["valid_from"], weekly["dtstart"], weekly["valid_to"]) == ("2026-06-01", "2026-06-01", "2026-12-31")
    assert values(weekly, "timezone") == ["Europe/Helsinki"]
    assert (always["byday"], always["opens_at"], always["closes_at"], values(always, "always_open")) == ("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59", ["yes"])
    assert (words["description"], "freq" in words) == ("Joskus.", False)
    assert (closed["valid_from"], closed["valid_to"], values(closed, "schedule_exception")) == ("2026-12-24", "2026-12-26", ["closed"])
    assert not {"freq", "byday", "opens_at"} & set(closed)
    assert (opened["opens_at"], values(opened, "schedule_exception")) == ("10:00", ["open"])
    rule = json.loads(values(one(files)["phones"][0], "schedule")[0])
    assert (rule["byday"], rule["closes_at"], rule["description"]) == ("MO,TU,WE", "15:10", "Paitsi lounaalla")


def test_places(files: dict[str, bytes]) -> None:
    open_house, secret, unknown, chat, booking = [link["location"] for link in one(files)["service_at_locations"]]
    assert open_house["addresses"][0]["state_province"] == "Päijät-Häme"
    assert open_house["addresses"][0]["address_type"] == "physical"
    assert [entry["description"] for entry in open_house["accessibility"]] == ["Hissi"]
    assert set(secret) == {"id", "location_type", "description", "attributes"}
    assert (values(secret, "confidential"), values(unknown, "confidential")) == (["yes"], ["no"])
    assert (chat["location_type"], chat["url"]) == ("virtual", "https://chat.example.fi/x?a=1&b=2")
    assert booking["url"] == "https://aika.example.fi"
    office = next(o for o in table(files, "3.0/organizations.json") if o["id"] == identifier("organization", "kaikkien-talo"))["locations"][0]
    assert office["addresses"][0]["state_province"] == "Kymenlaakso"
    listed = [entry["id"] for entry in table(files, "3.1/locations.json")]
    assert len(listed) == len(set(listed))
    assert open_house["id"] in listed
    assert office["id"] in listed


def test_languages_do_not_mix(files: dict[str, bytes]) -> None:
    swedish = one(files, path="3.1/services.sv.json")
    assert swedish["name"] == "Allt"
    assert swedish["alternate_name"] == "Kaikki: ja # muuta"
    assert swedish["application_process"] == "1. Ring.\n2. Kom.\n3. Vänta."
    assert "alert" not in swedish
    assert values(swedish, "keyword") == ["ett"]
    assert "interpretation_services" not in one(files, path="3.1/services.uk.json")


def test_confidential_places_and_inactive_services_are_nowhere(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        for secret in (*everything.SECRET, "Loppunut palvelu", "latitude"):
            assert secret not in content.decode(), path


def test_without_a_site_address_there_are_no_links(loaded: Catalogue, tmp_path: Path) -> None:
    entry = one(hsds.files(loaded, dataclasses.replace(Settings(), site_url="")))
    assert "additional_urls" not in entry
    assert not values(entry, "permalink")
