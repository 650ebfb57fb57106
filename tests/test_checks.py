"""Each rule: where it speaks and where it is silent. The messages themselves are in test_problems."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from generator import catalogue, checks
from generator.settings import Settings

TODAY = datetime.date(2026, 6, 1)


@pytest.fixture
def codes(site: Path):  # type: ignore[no-untyped-def] # a function that the tests below call
    """A function: what the rules say when `text` stands in place of the same keys of a service."""

    def run(text: str, name: str = "talo/perhetupa.yaml", **more: object) -> list[str]:
        file = site / "services" / name
        own = {line.split(":")[0] for line in text.splitlines() if not line.startswith(" ")}
        kept, keep = [], True
        for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
            keep = line.split(":")[0] not in own if not line.startswith(" ") else keep
            kept += [line] if keep else []
        file.write_text(text + "".join(kept), encoding="utf-8")
        loaded = catalogue.load(site / "services", site)
        assert not loaded.problems
        return [problem.code for problem in checks.run(loaded, Settings(today=TODAY, **more))]  # type: ignore[arg-type]

    return run


def test_every_rule_is_documented_and_declares_its_codes() -> None:
    for rule in checks.RULES:
        assert rule.__doc__ and rule.check.__doc__


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("minimum_age: 13\nmaximum_age: 12\n", ["ages-crossed"]),
        ("minimum_age: 13\nmaximum_age: 13\n", []),
        ("minimum_age: 13\n", []),
        ("assured_date: 2026-06-01\n", []),
        ("assured_date: 2026-06-02\n", ["assured-date-future"]),
        ("assured_date: 2026-06\n", []),
        ("assured_date: 2026-07\n", ["assured-date-future"]),
        ("assured_date: 2025-10-01\n", ["assured-date-aging"]),
        ("assured_date: 2025-05-01\n", ["assured-date-old"]),
        ("assured_date: 2022\n", ["assured-date-old"]),
        ("languages: [fi, sv, se, rom, uk]\n", []),
        ("languages: [fi, xx]\n", ["language-unknown"]),
        ("alert: {fi: a, sv: b, en: c, uk: d}\n", []),
        ("alert: {fi: a, sv: b, en: c, ua: d}\n", ["language-unknown", "missing-translation"]),
        ("alert: {fi: a, sv: b, en: c, uk: d, ru: e}\n", []),
        ("alert: {fi: a}\n", ["missing-translation"]),
        ("keywords: {fi: [a]}\n", []),
        ("application_process: [{fi: a}, {fi: b}]\n", ["missing-translation", "missing-translation"]),
        ("threshold: municipality\n", ["municipality-unnamed"]),
        ("threshold: municipality\nmunicipalities: [lahti]\n", []),
        ("threshold: open\nmunicipalities: [lahti]\n", ["municipality-unused"]),
        ("source: []\n", ["source-missing"]),
        ("schedules: [{byday: [MO], opens_at: 9:00, closes_at: '15:00'}]\n", []),
        ("schedules: [{byday: [MO], opens_at: '22:00', closes_at: 6:00}]\n", []),
        ("schedules: [{byday: [MO]}]\n", []),
        ("schedules: [{by_appointment: yes}]\n", []),
        ("schedules: [{always_open: yes}]\n", []),
        ("schedules: [{byday: [MO], opens_at: 9:00}]\n", ["schedule-half"]),
        ("schedules: [{opens_at: 9:00, closes_at: '15:00'}]\n", ["schedule-days"]),
        ("schedules: [{always_open: yes, byday: [MO]}]\n", ["schedule-contradicts"]),
        ("schedules: [{valid_from: 2026-01-01}]\n", ["schedule-empty"]),
        ("schedules: [{by_appointment: yes, valid_from: 2026-02, valid_to: 2026-01}]\n", ["schedule-order"]),
        ("phones: [{number: '112', schedules: [{}]}]\n", ["schedule-empty"]),
        ("chat: {url: https://a.example, schedules: [{opens_at: 9:00}], languages: [xx]}\n", ["language-unknown", "schedule-half"]),
        ("schedule_exceptions: [{valid_from: 2026-12-24, closed: yes}]\n", []),
        ("application_process: [{fi: a, sv: b, en: c, uk: d}]\n", ["way-in-steps"]),
        ("application_process: []\n", ["way-in-steps"]),
        ("referral_path: {after: [turvakoti, unikoulu]}\n", ["path-one-sided"]),
        ("referral_path: {after: [turvakoti], beside: [unikoulu]}\n", ["path-one-sided"]),
        ("referral_path: {before: [unikoulu], after: [turvakoti]}\n", ["path-cycle", "path-one-sided"]),
        ("sensitive: yes\nschedules: [{always_open: yes}]\n", []),
        ("sensitive: yes\nreferral_path: {beside: [turvakoti]}\n", ["path-one-sided", "path-one-sided"]),
        (
            "sensitive: yes\nschedules: [{always_open: yes}]\nreferral_path: {before: [turvakoti]}\n",
            ["path-crisis-without-way-on", "path-one-sided", "path-one-sided"],
        ),
        ("schedule_exceptions: [{valid_from: 2026-12-24, opens_at: 9:00, closes_at: '12:00'}]\n", []),
        ("schedule_exceptions: [{valid_from: 2026-12-24}]\n", ["exception-half"]),
        ("schedule_exceptions: [{valid_from: 2026-12-24, opens_at: 9:00}]\n", ["exception-half"]),
        ("schedule_exceptions: [{valid_from: 2026-12-24, closed: yes, opens_at: 9:00, closes_at: '12:00'}]\n", ["exception-half"]),
        ("schedule_exceptions: [{valid_from: 2026-12-24, valid_to: 2026-12-23, closed: yes}]\n", ["schedule-order"]),
    ],
)
def test_rules_speak_and_are_silent(codes, text: str, found: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert sorted(codes(text)) == found


def test_a_contact_of_the_organization_is_enough(codes) -> None:  # type: ignore[no-untyped-def]
    text = "id: tupa\nname: {fi: Tupa, sv: Tupa, en: Tupa, uk: Tupa}\n"
    assert codes(text, "tupa/organization.yaml") == []


@pytest.mark.parametrize("contact", ["", "chat: {url: https://a.example}\n", "booking: {url: https://a.example}\n", "email: a@a.example\n"])
def test_a_service_that_nobody_can_reach(site: Path, contact: str) -> None:
    organization = site / "services/tupa/organization.yaml"
    organization.write_text(organization.read_text(encoding="utf-8").replace("url: https://tupa.example\n", ""), encoding="utf-8")
    with (site / "services/tupa/unikoulu.yaml").open("a", encoding="utf-8") as file:
        file.write(contact)
    loaded = catalogue.load(site / "services", site)
    assert [problem.code for problem in checks.run(loaded, Settings(today=TODAY))] == ([] if contact else ["no-contact"])


def test_an_organization_that_is_not_the_folders_is_told_once(site: Path) -> None:
    file = site / "services/talo/perhetupa.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("organization: talo", "organization: taol"), encoding="utf-8")
    loaded = catalogue.load(site / "services", site)
    assert [problem.code for problem in (*loaded.problems, *checks.run(loaded, Settings(today=TODAY)))] == ["organization-not-folder"]


def test_a_fault_in_an_organization_is_told_once(site: Path) -> None:
    file = site / "services/talo/organization.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "emial: apua@talo.example\n", encoding="utf-8")
    loaded = catalogue.load(site / "services", site)
    assert [problem.code for problem in (*loaded.problems, *checks.run(loaded, Settings(today=TODAY)))] == ["unknown-key"]


def test_a_service_without_date(codes) -> None:  # type: ignore[no-untyped-def]
    assert codes("assured_date: 2026-01-31\n") == []


def test_an_organizations_phone_is_checked_too(codes) -> None:  # type: ignore[no-untyped-def]
    assert codes("phones: [{number: '112', languages: [ua], schedules: [{opens_at: 9:00}]}]\n", "talo/organization.yaml") == [
        "language-unknown",
        "schedule-half",
    ]


def test_only_the_sites_languages_are_asked_for(codes) -> None:  # type: ignore[no-untyped-def]
    assert codes("alert: {fi: a, sv: b}\n", languages=("fi", "sv")) == []


def test_a_file_that_could_not_be_read_whole_is_not_asked_for_translations(site: Path) -> None:
    file = site / "services/talo/perhetupa.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  sv: Familjestugan", "  sv: Obs: ring"), encoding="utf-8")
    loaded = catalogue.load(site / "services", site)
    assert [problem.code for problem in [*loaded.problems, *checks.run(loaded, Settings(today=TODAY))]] == ["colon-in-text"]


def test_services_apart_from_the_rest_are_told_once(site: Path) -> None:
    service = site / "services/tupa/unikoulu.yaml"
    text = service.read_text(encoding="utf-8")
    for name, other in (("yksin", ""), ("kaksin", "kolmin"), ("kolmin", "kaksin")):
        path = text.replace("id: unikoulu", f"id: {name}").replace(
            "  before: [turvakoti]\n", f"  beside: [{other}]\n" if other else "  note: {fi: a, sv: b, en: c, uk: d}\n"
        )
        service.with_name(f"{name}.yaml").write_text(path, encoding="utf-8")
    loaded = catalogue.load(site / "services", site)
    found = [(problem.code, problem.values["names"]) for problem in checks.run(loaded, Settings(today=TODAY))]
    assert found == [("path-island", "kaksin, kolmin"), ("path-island", "yksin")]
    loaded.known["services"].add("unread")  # a file that could not be read may join them
    assert not list(checks.run(loaded, Settings(today=TODAY)))


def test_the_39_services_pass_the_rules_of_the_way_without_exceptions() -> None:
    loaded = catalogue.load(Path(__file__).parents[1] / "services")
    assert len(loaded.services) >= 39
    assert not [problem for problem in checks.run(loaded, Settings(today=TODAY)) if problem.code.startswith(("path-", "way-in"))]
