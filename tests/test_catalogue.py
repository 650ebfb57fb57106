"""The folder of services: what is read, what is resolved, and that one wrong file hides nothing of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import catalogue, checks
from generator.problems import Place
from generator.settings import Settings


def write(site: Path, name: str, text: str) -> None:
    """Write one file of the site."""
    file = site / "services" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def told(site: Path) -> list[tuple[str, int, str]]:
    """What loading says: file below services/, line, code."""
    return sorted((p.place.file.removeprefix("services/"), p.place.line, p.code) for p in catalogue.load(site / "services", site).problems)


def change(site: Path, name: str, old: str, new: str) -> None:
    """Replace a piece of a file that is there once."""
    file = site / "services" / name
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_all_of_the_folder_is_read(site: Path) -> None:
    loaded = catalogue.load(site / "services", site)
    assert not loaded.problems
    assert list(loaded.services) == ["perhetupa", "turvakoti", "unikoulu"]
    assert list(loaded.organizations) == ["talo", "tupa"]
    assert {name: list(terms) for name, terms in loaded.terms.items()} == {
        "topics": ["baby", "violence"],
        "target_groups": ["families"],
        "areas": ["whole-country", "lahti-area"],
        "municipalities": ["lahti"],
        "channels": ["phone"],
        "referrers": ["self"],
        "sources": ["plan"],
        "retired": [],
    }


def test_facts_are_as_written(site: Path) -> None:
    loaded = catalogue.load(site / "services", site)
    family, shelter = loaded.services["perhetupa"], loaded.services["turvakoti"]
    assert family.locations[0].address and family.locations[0].address.postal_code == "00100"
    assert family.schedules[0].opens_at == 570
    assert shelter.phones[0].number == "0442700797"


def test_a_service_inherits_each_contact_that_it_does_not_say(site: Path) -> None:
    loaded = catalogue.load(site / "services", site)
    assert [phone.number for phone in loaded.contact(loaded.services["perhetupa"]).phones] == ["044 270 0797"]
    assert [phone.number for phone in loaded.contact(loaded.services["turvakoti"]).phones] == ["0442700797"]
    assert loaded.contact(loaded.services["unikoulu"]).url == "https://tupa.example"


def test_one_wrong_file_hides_nothing_of_another(site: Path) -> None:
    write(site, "talo/perhetupa.yaml", "id: [\n")
    write(site, "talo/turvakoti.yaml", "id: turvakoti\norganization: talo\n")
    change(site, "tupa/unikoulu.yaml", "[lahti]", "[lathi]")
    change(site, "tupa/organization.yaml", "https://", "")
    found = told(site)
    assert {(file, code) for file, _, code in found} == {
        ("talo/perhetupa.yaml", "unclosed-bracket"),
        ("talo/turvakoti.yaml", "missing-key"),
        ("tupa/unikoulu.yaml", "unknown-reference"),
        ("tupa/organization.yaml", "bad-url"),
    }


def test_a_file_with_a_fault_tells_of_its_references_too(site: Path) -> None:
    change(site, "talo/perhetupa.yaml", "threshold: open", "threshold: avoin")
    change(site, "talo/perhetupa.yaml", "after: [turvakoti]", "after: [turvakotti, perhetupa]")
    change(site, "talo/perhetupa.yaml", "topics: [baby]", "topics: [babby, xyz]")
    assert {code for _, _, code in told(site)} == {"bad-choice", "unknown-reference", "unknown-reference-here", "refers-to-itself"}


def test_a_reference_to_a_wrong_file_is_not_called_wrong(site: Path) -> None:
    write(site, "talo/turvakoti.yaml", "id: turvakoti\nname: [\n")
    assert {code for file, _, code in told(site) if file == "talo/perhetupa.yaml"} == set()


def test_a_term_with_a_fault_does_not_move_the_places_of_others(site: Path) -> None:
    change(site, "terms/areas.yaml", "- id: whole-country\n", "- id: Whole Country\n")
    change(site, "terms/areas.yaml", "part_of: whole-country", "part_of: whole-contry")
    found = told(site)
    text = (site / "services/terms/areas.yaml").read_text(encoding="utf-8").split("\n")
    assert ("terms/areas.yaml", 1, "bad-id") in found
    assert ("terms/areas.yaml", text.index("  part_of: whole-contry") + 1, "unknown-reference-here") in found, found


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("talo/perhetupa.yaml", "id: perhetupa", "id: perhetupa-2", "id-not-file"),
        ("talo/organization.yaml", "id: talo", "id: toinen", "id-not-file"),
        ("talo/perhetupa.yaml", "organization: talo", "organization: tupa", "organization-not-folder"),
        ("talo/perhetupa.yaml", "- document: plan", "- document: plann", "unknown-reference"),
        ("tupa/unikoulu.yaml", "id: unikoulu", "id: turvakoti", "duplicate-id"),
        ("terms/topics.yaml", "- id: violence", "- id: baby", "duplicate-id"),
        ("terms/municipalities.yaml", "area: lahti-area", "area: lathi-area", "unknown-reference"),
    ],
)
def test_ids_and_references_are_resolved(site: Path, name: str, old: str, new: str, code: str) -> None:
    change(site, name, old, new)
    assert (name, code) in {(file, code) for file, _, code in told(site)}


def test_a_duplicate_says_where_the_first_stands(site: Path) -> None:
    change(site, "tupa/unikoulu.yaml", "id: unikoulu", "id: turvakoti")
    problem = next(p for p in catalogue.load(site / "services", site).problems if p.code == "duplicate-id")
    assert problem.values["first"] == "services/talo/turvakoti.yaml:1"


def test_a_suggestion_is_the_nearest_id(site: Path) -> None:
    change(site, "talo/perhetupa.yaml", "topics: [baby]", "topics: [violense]")
    problem = next(p for p in catalogue.load(site / "services", site).problems if p.code == "unknown-reference")
    assert problem.values == {"value": "violense", "vocabulary": "terms/topics.yaml", "suggestion": "violence"}
    assert problem.place[1:] == (13, 10)


def test_files_that_are_not_read_are_told(site: Path) -> None:
    for name in ("talo/uusi.yml", "ulkona.yaml", "talo/syvalla/uusi.yaml", "terms/topic.yaml", "terms/concepts/sub/x.yaml"):
        write(site, name, "id: x\n")
    write(site, "talo/_luonnos.yaml", "kesken [")
    write(site, "talo/.swp.yaml", "kesken [")
    assert told(site) == [
        ("talo/syvalla/uusi.yaml", 0, "misplaced-file"),
        ("talo/uusi.yml", 0, "wrong-ending"),
        ("terms/concepts/sub/x.yaml", 0, "misplaced-file"),
        ("terms/topic.yaml", 0, "misplaced-file"),
        ("ulkona.yaml", 0, "misplaced-file"),
    ]


def test_a_folder_without_organization_file_is_told_once(site: Path) -> None:
    (site / "services/tupa/organization.yaml").unlink()
    assert told(site) == [("tupa/unikoulu.yaml", 1, "no-organization-file")]


def test_concepts_refer_to_services_and_topics(site: Path) -> None:
    write(site, "terms/concepts/sleep.yaml", "id: sleep\nservices: [unikoulu, unikolu]\ntopics: [baby]\nexpressions:\n  fi: [ei nuku]\n")
    assert told(site) == [("terms/concepts/sleep.yaml", 2, "unknown-reference")]


def test_a_folder_without_terms_is_no_services_folder(tmp_path: Path) -> None:
    loaded = catalogue.load(tmp_path, tmp_path)
    assert [problem.code for problem in loaded.problems] == ["no-services"]
    assert catalogue.load(tmp_path / "missing", tmp_path).problems[0].code == "no-services"


def test_a_file_from_elsewhere_is_read_against_the_catalogue(site: Path, tmp_path: Path) -> None:
    loaded = catalogue.load(site / "services", site)
    file = tmp_path / "uusi.yaml"
    file.write_text("id: uusi\norganization: talo\nname: {fi: Uusi}\nsummary: {fi: Apua}\ntopics: [babby]\nthreshold: open\n", encoding="utf-8")
    catalogue.read_service(loaded, file, site)
    assert [(p.code, p.place.line) for p in loaded.problems] == [("unknown-reference", 5)]


def test_places_are_found_by_id(site: Path) -> None:
    loaded = catalogue.load(site / "services", site)
    assert loaded.place("services", "perhetupa", ("threshold",)) == Place("services/talo/perhetupa.yaml", 14, 12)
    assert loaded.place("services", "nothing").line == 0


def test_a_file_with_thousands_of_faults_is_told_in_time(site: Path) -> None:
    keys = "".join(f"avain{number}: [a, b]\n" for number in range(3000))
    topics = ", ".join(f"aihe-{number}" for number in range(5000))
    change(site, "talo/perhetupa.yaml", "topics: [baby]\n", f"topics: [{topics}]\n{keys}")
    loaded = catalogue.load(site / "services", site)
    found = [*loaded.problems, *checks.run(loaded, Settings())]
    assert 100 < len(found) < 250
    assert "too-many-faults" in {problem.code for problem in found}
