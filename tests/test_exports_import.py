"""`import hsds`: a round trip loses nothing that HSDS has; someone else's file is carried or told of, never trusted."""

from __future__ import annotations

import contextlib
import copy
import json
import random
import shutil
from pathlib import Path
from typing import Any

import everything
import pytest
import yaml

from generator import catalogue, cli, source
from generator.exports import hsds, importing
from generator.exports.importing.places import slug
from generator.exports.importing.yaml_text import dump
from generator.settings import Settings

SETTINGS = Settings(site_url="https://apupolku.example/")
OTHERS = ("sv", "en", "uk")


def write(files: dict[str, bytes], folder: Path) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def imported(trees: Any, tmp_path: Path, *, terms: bool = True) -> tuple[Any, dict[str, str], list[str]]:
    """(catalogue, files, codes of problems) of an import of `trees`."""
    file = tmp_path / "theirs.json"
    file.write_text(json.dumps(trees), encoding="utf-8")
    into = tmp_path / "into"
    if terms:
        shutil.copytree(everything.REAL / "terms", into / "terms", ignore=shutil.ignore_patterns("concepts"))
    result = importing.hsds(file, into)
    write(result.files, into)
    return catalogue.load(into), {path: content.decode() for path, content in result.files.items()}, [problem.code for problem in result.problems]


def theirs(**more: Any) -> dict[str, Any]:
    organization = {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Öppna rf", "description": "Vi hjälper."}
    return {"id": "ac148810-d857-441c-9679-408f346de14b", "name": "Äitien Ryhmä", "status": "active", "organization": organization, **more}


@pytest.mark.parametrize("version", hsds.VERSIONS)
def test_round_trip_of_every_service_in_every_language(version: str, tmp_path: Path) -> None:
    before = hsds.files(everything.load(tmp_path / "from"), SETTINGS, (version,))
    write(before, tmp_path / "data")
    into = tmp_path / "into"
    shutil.copytree(everything.REAL / "terms", into / "terms")
    data = tmp_path / "data" / version
    result = importing.hsds(data / "services.json", into, "fi", {code: data / f"services.{code}.json" for code in OTHERS})
    assert result.services == 40
    assert [problem for problem in result.problems if problem.level == "error"] == []
    write(result.files, into)
    again = catalogue.load(into)
    assert [problem.sentence() for problem in again.problems] == []
    after = hsds.files(again, SETTINGS, (version,))
    for name in ("services.json", *(f"services.{code}.json" for code in OTHERS)):
        assert json.loads(after[f"{version}/{name}"]) == json.loads(before[f"{version}/{name}"]), name


def test_round_trip_of_one_language_alone(tmp_path: Path) -> None:
    before = hsds.files(catalogue.load(everything.REAL), SETTINGS)
    _, _, codes = imported(json.loads(before["3.0/services.json"]), tmp_path)
    assert codes == []
    after = hsds.files(catalogue.load(tmp_path / "into"), SETTINGS)
    assert json.loads(after["3.0/services.json"]) == json.loads(before["3.0/services.json"])


@pytest.mark.parametrize("wrap", [lambda tree: tree, lambda tree: [tree], lambda tree: {"total_items": 1, "contents": [tree]}])
def test_an_object_a_list_or_a_page_of_the_api(wrap: Any, tmp_path: Path) -> None:
    loaded, files, _ = imported(wrap(theirs()), tmp_path)
    assert set(files) == {"oppna-rf/organization.yaml", "oppna-rf/aitien-ryhma.yaml"}
    assert loaded.known["services"] == {"aitien-ryhma"}


def test_what_a_person_must_decide_is_a_placeholder_that_check_shows(tmp_path: Path) -> None:
    loaded, files, codes = imported(theirs(description="Yksi lause. " + "Pitkä lause " * 30), tmp_path)
    assert {"import-topic", "import-threshold", "import-summary"} <= set(codes)
    assert "threshold: not-stated" in files["oppna-rf/aitien-ryhma.yaml"]
    assert loaded.services["aitien-ryhma"].summary["fi"] == "Yksi lause."
    assert [(problem.code, problem.values["value"]) for problem in loaded.problems] == [("unknown-reference-here", "choose-a-topic")]


def test_someone_elses_facts_are_carried(tmp_path: Path) -> None:
    loaded, _, codes = imported(
        theirs(
            description="<p>Apua.</p><p>Lisää &amp; enemmän.</p>",
            phones=[{"id": "x", "number": "+358 44 270 0797", "extension": 12}, {"id": "y", "number": "ask us"}],
            contacts=[{"id": "c", "name": "Ann Persona", "phones": [{"id": "z", "number": "050 123 4567"}]}],
            schedules=[
                {"id": "1", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00:00+02:00", "closes_at": "15:30Z"},
                {"id": "2", "freq": "MONTHLY", "byday": "2MO", "description": "Joka toinen viikko"},
                {"id": "4", "valid_from": "2026-13-45", "valid_to": "2026-13-45"},
                {"id": "3", "valid_from": "2026-12-24", "valid_to": "2026-12-24", "notes": "closed"},
            ],
            service_areas=[{"id": "a", "name": "päijät-häme"}, {"id": "b", "name": "Greater London"}],
            languages=[{"id": "l", "code": "fi"}, {"id": "m", "name": "Urdu"}],
            minimum_age=12,
            maximum_age=17.5,
            email="not an address",
            url="https://example.fi/",
            cost_options=[{"id": "f", "amount": 0}],
            accreditations="ISO",
            service_at_locations=[
                {
                    "id": "s",
                    "location": {
                        "id": "p",
                        "location_type": "physical",
                        "name": "Talo",
                        "latitude": 60.9,
                        "addresses": [
                            {
                                "id": "q",
                                "address_1": "Katu 1",
                                "city": "Lahti",
                                "state_province": "x",
                                "postal_code": "15100",
                                "country": "FI",
                                "address_type": "physical",
                            }
                        ],
                    },
                },
                {"id": "t", "location": {"id": "u", "location_type": "physical", "name": "Turvatalo"}},
            ],
        ),
        tmp_path,
    )
    service = loaded.services["aitien-ryhma"]
    assert service.description == {"fi": "Apua.\n\nLisää & enemmän."}
    assert [phone.number for phone in service.phones] == ["+358 44 270 0797", "050 123 4567"]
    weekly, words = service.schedules
    assert (weekly.byday, weekly.opens_at, weekly.closes_at) == (("MO", "TU"), 540, 930)
    assert words.description == {"fi": "Joka toinen viikko"}
    assert service.schedule_exceptions[0].closed
    assert (service.service_areas, service.languages, service.minimum_age, service.maximum_age) == (("paijat-hame",), ("fi",), 12, None)
    assert (service.email, service.url, service.cost_option) == (None, "https://example.fi/", "free")
    public, hidden = service.locations
    assert public.address is not None
    assert (public.address.city, hidden.confidential, hidden.name) == ("Lahti", True, None)
    for code in ("import-no-field", "import-not-valid", "import-no-term", "import-schedule", "import-confidential"):
        assert code in codes
    assert codes.count("import-not-valid") == 4  # phone, language, age, e-mail


def test_hostile_values_become_text_or_nothing(tmp_path: Path) -> None:
    loaded, files, _ = imported(
        [
            theirs(name="../../etc: &a [x] # <script>alert(1)</script>", status=7, phones="no", organization={"id": 1, "name": "../.."}, schedules=[None, 3]),
            theirs(name="\u202eyes\u0000", attributes=[{"link_type": "local_id", "value": "../../../tmp/x"}], description=["a"]),
            {"id": "3", "status": "active"},
            theirs(name="terms"),
            theirs(name="organization"),
        ],
        tmp_path,
    )
    assert not [path for path in files if ".." in path or path.startswith(("/", "terms/"))]
    assert [problem.code for problem in loaded.problems if problem.code != "unknown-reference-here"] == []
    assert "yes" in [service.name["fi"] for service in loaded.services.values()]
    assert len(loaded.services) == 4


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "theirs.json"
    file.write_text(json.dumps(theirs()), encoding="utf-8")
    into = tmp_path / "into"
    shutil.copytree(everything.REAL / "terms", into / "terms")
    assert cli.main(["import", "hsds", str(file), "--into", str(into)]) == 0
    assert "aitien-ryhma.yaml" in capsys.readouterr().out
    own = into / "oppna-rf" / "aitien-ryhma.yaml"
    own.write_text(own.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    assert cli.main(["import", "hsds", str(file), "--into", str(into)]) == 1
    assert "[import-exists]" in capsys.readouterr().err
    assert own.read_text(encoding="utf-8").endswith("# mine\n")


@pytest.mark.parametrize("content", ["", "{", "[]", "[1, 2]", "null", '{"a": 1}', "[" * 100_000])
def test_a_file_that_is_not_hsds(content: str, tmp_path: Path) -> None:
    file = tmp_path / "theirs.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(importing.NotHsdsError):
        importing.hsds(file, tmp_path)
    assert cli.main(["import", "hsds", str(file), "--into", str(tmp_path)]) == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Lahden Äitiryhmä", "lahden-aitiryhma"), ("Притулок для їжака", "prytulok-dlia-izhaka"), ("中文", ""), ("  --A  b--", "a-b"), ("x" * 99, "x" * 60)],
)
def test_ids_are_made_of_names(name: str, expected: str) -> None:
    assert slug(name) == expected


VALUES = [
    "yes",
    "No",
    "null",
    "~",
    "1",
    "007",
    "0x1f",
    "1e3",
    "9:00",
    "2026-01-31",
    "-",
    "- a",
    "a: b",
    "a #b",
    "a:",
    "#a",
    "&a",
    "*a",
    "!a",
    "@a",
    "`a",
    "%a",
    "'a",
    '"a',
    "[a",
    "{a",
    "a, b]",
    "? a",
    "| a",
    "> a",
    "ä ö",
    "\\n",
    "=",
    "…",
    "«ї»",
]


@pytest.mark.parametrize("value", VALUES)
def test_every_value_is_read_back_as_it_was_by_us_and_by_others(value: str) -> None:
    tree = {"name": {"fi": value}, "list": [value, "b"], "keys": [{"a": value, "b": True, "c": 7}]}
    text = dump(tree)
    assert yaml.safe_load(text) == tree
    document = source.parse(text.encode(), "x.yaml")
    assert document.problems == []
    assert document.root == {"name": {"fi": value}, "list": [value, "b"], "keys": [{"a": value, "b": "yes", "c": "7"}]}


def test_paragraphs_stand_in_blocks() -> None:
    long = "sana " * 60
    text = dump({"description": {"fi": f"{long}\n\n# toinen: kappale"}})
    assert max(map(len, text.splitlines())) <= 96
    read = source.parse(text.encode(), "x.yaml")
    assert read.problems == []
    assert [" ".join(part.split()) for part in read.root["description"]["fi"].split("\n\n")] == [long.strip(), "# toinen: kappale"]


_JUNK = [
    None,
    float("inf"),
    0,
    -1,
    1.5,
    True,
    "",
    [],
    {},
    [None],
    [[]],
    {"a": {}},
    "x" * 300,
    "\n\n: # - [",
    "yes",
    "9:00",
    "2026-13-45",
    "\u0000\u202e",
    "<b>x</b>",
    "1. a\n2. b",
]


def _places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(deeper for step, value in steps for deeper in _places(value, (*path, step)))]


def test_any_junk_in_any_place_gives_files_that_can_be_read(tmp_path: Path) -> None:
    """Seeded: a service with everything, spoiled in up to six places, 300 times."""
    whole = json.loads(hsds.files(everything.load(tmp_path / "from"), SETTINGS)["3.1/services.json"])
    (tree,) = [entry for entry in whole if entry["name"].startswith("Kaikki")]
    places = [path for path in _places(tree) if path]
    terms = everything.REAL / "terms"
    chance = random.Random(5)
    for turn in range(300):
        spoiled = copy.deepcopy(tree)
        for path in chance.sample(places, chance.randint(1, 6)):
            owner: Any = spoiled
            with contextlib.suppress(KeyError, IndexError, TypeError):  # a place that an earlier one has taken away
                for step in path[:-1]:
                    owner = owner[step]
                owner[path[-1]] = chance.choice(_JUNK)
        file = tmp_path / "spoiled.json"
        file.write_text(json.dumps(spoiled), encoding="utf-8")
        result = importing.hsds(file, tmp_path / "empty")
        into = tmp_path / str(turn)
        write(result.files, into)
        (into / "terms").mkdir(parents=True)
        for vocabulary in terms.glob("*.yaml"):
            shutil.copy(vocabulary, into / "terms")
        problems = catalogue.load(into).problems
        assert [problem.sentence() for problem in problems if not problem.code.startswith("unknown-reference")] == []
