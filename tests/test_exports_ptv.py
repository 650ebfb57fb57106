"""PTV Open API v11: keys and types of the sample shapes, limits, quarter hours, and nothing dropped in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import everything
import pytest

from generator.catalogue import Catalogue
from generator.exports import ptv
from generator.exports.ptv import codes
from generator.exports.ptv.findings import SENTENCES
from generator.exports.ptv.words import LANGUAGES, LIMITS
from generator.settings import Settings

SHAPES = everything.ROOT.parent / "shared" / "ptv"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return everything.load(tmp_path_factory.mktemp("ptv"))


@pytest.fixture(scope="module")
def files(loaded: Catalogue) -> dict[str, bytes]:
    return ptv.files(loaded, Settings(site_url="https://apupolku.example/"))


def table(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[f"{name}.json"])


def own(files: dict[str, bytes], name: str, source: str) -> Any:
    return next(entry for entry in table(files, name) if entry["sourceId"] == source)


def findings(files: dict[str, bytes], service: str) -> set[tuple[str, str]]:
    return {(entry["code"], entry["field"]) for entry in table(files, "report")["findings"] if entry["service"] == service}


def sample(name: str) -> Any:
    file = SHAPES / f"{name}.json"
    if not file.is_file():
        pytest.skip(f"the sample shapes of PTV are not in {SHAPES}")
    return json.loads(file.read_text(encoding="utf-8"))


def differences(tree: Any, shape: Any, path: str = "") -> list[str]:
    """Keys that the shape has not, and values of another kind than in the shape."""
    if type(tree) is not type(shape):
        return [f"{path}: {type(tree).__name__}"]
    if isinstance(tree, list):
        return [said for entry in tree for said in differences(entry, shape[0], f"{path}[]")]
    if isinstance(tree, dict):
        return [said for key, value in tree.items() for said in (differences(value, shape[key], f"{path}.{key}") if key in shape else [f"{path}.{key}"])]
    return []


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("services", "V11VmOpenApiService"),
        ("phone-channels", "V11VmOpenApiPhoneChannel"),
        ("location-channels", "V11VmOpenApiServiceLocationChannel"),
        ("e-channels", "V11VmOpenApiServiceLocationChannel"),
        ("web-channels", "V11VmOpenApiServiceLocationChannel"),
    ],
)
def test_keys_and_types_are_those_of_the_samples(files: dict[str, bytes], name: str, shape: str) -> None:
    entries = table(files, name)
    assert entries
    wanted = sample(shape)
    assert sorted({said for entry in entries for said in differences(entry, wanted)}) == []


def texts(tree: Any, kind: str = "") -> list[tuple[str, str, str]]:
    """(kind, language, text) of everything that has a language."""
    found = []
    if isinstance(tree, dict):
        if "language" in tree:
            found.append((tree.get("type") or kind, tree["language"], tree.get("value", "")))
            if "additionalInformation" in tree:
                found.append(("additionalInformation", tree["language"], tree["additionalInformation"]))
        for key, value in tree.items():
            found += texts(value, key)
    elif isinstance(tree, list):
        for value in tree:
            found += texts(value, kind)
    return found


def test_limits_and_languages(files: dict[str, bytes]) -> None:
    limits = {**LIMITS, "keywords": 150, "requirements": 2500, "additionalInformation": 150}
    for name in ("services", "phone-channels", "location-channels", "e-channels", "web-channels"):
        for kind, language, said in texts(table(files, name)):
            assert language in LANGUAGES
            assert len(said) <= limits.get(kind, 2500), (kind, said)


def test_every_language_has_name_summary_and_description(files: dict[str, bytes]) -> None:
    for entry in table(files, "services"):
        spoken = {item["language"] for item in entry["serviceNames"]}
        assert spoken
        for kind in ("Summary", "Description"):
            assert {item["language"] for item in entry["serviceDescriptions"] if item["type"] == kind} == spoken, entry["sourceId"]


def test_quarter_hours_alone(files: dict[str, bytes]) -> None:
    times = [
        hour[key]
        for name in ("phone-channels", "location-channels", "e-channels")
        for entry in table(files, name)
        for rule in entry.get("serviceHours", [])
        for hour in rule.get("openingHour", [])
        for key in ("from", "to")
    ]
    assert times
    assert all(time[3:5] in ("00", "15", "30", "45") for time in times)
    phone = own(files, "phone-channels", "kaikki-phone-1")
    first = phone["serviceHours"][0]
    assert "openingHour" not in first
    assert [item["value"] for item in first["additionalInformation"] if item["language"] == "fi"] == ["ma–ke 9.00–15.10: Paitsi lounaalla"]
    assert ("quarter-hour", "schedules") in findings(files, "kaikki")


def test_hours_past_midnight_and_exceptions(files: dict[str, bytes]) -> None:
    chat = own(files, "e-channels", "kaikki-chat")["serviceHours"][0]
    assert chat["serviceHourType"] == "OverMidnight"
    assert chat["openingHour"] == [{"dayFrom": "Saturday", "dayTo": "Sunday", "from": "18:00:00", "to": "02:00:00"}]
    weekly, always, words, closed, opened = own(files, "location-channels", "kaikki-place-1")["serviceHours"]
    assert (weekly["validFrom"], weekly["validTo"], weekly["validForNow"]) == ("2026-06-01T00:00:00.000Z", "2026-12-31T00:00:00.000Z", False)
    assert weekly["openingHour"][0] == {"dayFrom": "Monday", "dayTo": "Tuesday", "from": "09:00:00", "to": "00:00:00"}
    assert always["isAlwaysOpen"]
    assert words["additionalInformation"][0]["value"] == "Joskus."
    assert (closed["serviceHourType"], closed["isClosed"], opened["isClosed"]) == ("Exceptional", True, False)
    assert opened["openingHour"] == [{"from": "10:00:00", "to": "12:00:00"}]


def test_phones_in_parts(files: dict[str, bytes]) -> None:
    mobile = own(files, "phone-channels", "kaikki-phone-1")["phoneNumbers"][0]
    assert (mobile["prefixNumber"], mobile["number"], mobile["isFinnishServiceNumber"], mobile["serviceChargeType"]) == (
        "+358",
        "442700797",
        False,
        "Chargeable",
    )
    free = own(files, "phone-channels", "nollalinja-phone-1")["phoneNumbers"][0]
    assert (free["number"], free["isFinnishServiceNumber"], free["serviceChargeType"]) == ("080005005", True, "FreeOfCharge")
    assert "prefixNumber" not in free
    assert own(files, "phone-channels", "kaikki-phone-2")["phoneNumbers"][0]["number"] == "116117"


def test_an_organizations_phone_is_one_channel_and_its_place_is_no_services(files: dict[str, bytes]) -> None:
    tied = {entry["service"]: entry["channels"] for entry in table(files, "connections")}
    known = {entry["sourceId"] for name in ("phone-channels", "location-channels", "e-channels", "web-channels") for entry in table(files, name)}
    assert {channel for channels in tied.values() for channel in channels} <= known
    assert tied["lahti-doula"] == ["lahden-ensi-ja-turvakoti-phone-1", "lahden-ensi-ja-turvakoti-web"]
    assert "lahden-ensi-ja-turvakoti-place-1" in known
    assert not [channel for channels in tied.values() for channel in channels if "turvakoti-place" in channel]


def test_codes_are_those_of_the_lists() -> None:
    for name, used in (("TargetGroups", codes.TARGET_GROUPS), ("LifeEvents", codes.LIFE_EVENTS), ("ServiceClasses-labels", codes.SERVICE_CLASSES)):
        listed = {entry["Notation"]: entry for entry in sample(name)}
        for code in used.values():
            label = listed[code.code]["Label"]
            assert (code.fi, code.sv, code.en) == (label["Fi"], label["Sv"], label["En"])
            assert listed[code.code].get("Id", "") == code.uri


def test_mapped_terms_exist(loaded: Catalogue) -> None:
    for vocabulary, used in (
        ("target_groups", codes.TARGET_GROUPS),
        ("topics", codes.LIFE_EVENTS),
        ("topics", codes.SERVICE_CLASSES),
        ("areas", codes.REGIONS),
        ("municipalities", codes.MUNICIPALITIES),
    ):
        assert set(used) <= set(loaded.terms[vocabulary])


def test_violence_gets_no_code_and_is_told(files: dict[str, bytes]) -> None:
    shelter = own(files, "services", "lahti-turvakoti")
    assert "serviceClasses" not in shelter
    assert {("no-code", "topics"), ("required", "serviceClasses"), ("confidential", "locations.1")} <= findings(files, "lahti-turvakoti")


def test_everything_that_does_not_fit_is_in_the_report(files: dict[str, bytes]) -> None:
    told = {field for _, field in findings(files, "kaikki")}
    unfit = ("alert", "staff", "threshold", "anonymous", "sensitive", "status", "municipalities", "channels", "interpretation_services", "public_holidays")
    assert set(unfit) <= told
    assert {"referral_path.before", "referral_path.beside", "referral_path.after", "referral_path.referrers", "referral_path.note"} <= told
    assert {"assured_date", "source", "texts", "phones.anonymous", "phones.shown_on_bill", "chat.anonymous", "locations.1.accessibility"} <= told
    assert {"locations.3.address", "target_groups"} <= told
    assert {entry["code"] for entry in table(files, "report")["findings"]} <= set(SENTENCES)
    report = files["report.txt"].decode()
    assert all(entry["message"] in report for entry in table(files, "report")["findings"])
    assert "{" not in report


def test_too_long_texts_are_cut_at_a_word_and_told(tmp_path: Path) -> None:
    services = everything.folder(tmp_path)
    file = services / "kaikkien-talo" / "kaikki.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('name: {fi: "Kaikki: ja # muuta"', f'name: {{fi: "{"nimi " * 30}"'), encoding="utf-8")
    from generator import catalogue

    made = ptv.files(catalogue.load(services), Settings())
    name = own(made, "services", "kaikki")["serviceNames"][0]["value"]
    assert len(name) <= 100
    assert name.endswith("nimi…")
    assert ("too-long", "name") in findings(made, "kaikki")


def test_confidential_places_and_inactive_services_are_nowhere(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        for secret in (*everything.SECRET, "Loppunut palvelu"):
            assert secret not in content.decode(), path
