"""`apupolku new`: a valid file, guidance in the editor's language, nothing overwritten."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest

from generator import catalogue, checks, cli, formatting, scaffold
from generator.settings import Settings

ROOT = Path(__file__).parent.parent
FLAGS = [
    "--organization",
    "dila",
    "--name",
    "Äitien Kahvila",
    "--summary",
    "Paikka, jossa voi: jutella",
    "--threshold",
    "open",
    "--topic",
    "baby",
    "--topic",
    "safety",
]


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "services", tmp_path / "services")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return tmp_path / "services"


def errors(services: Path) -> list[str]:
    loaded = catalogue.load(services)
    found = [*loaded.problems, *checks.run(loaded, Settings(services_dir=services))]
    return [f"{problem.place.file}: {problem.code}" for problem in found if problem.level == "error"]


@pytest.mark.parametrize(("language", "words"), [("fi", "Seuraavaksi:"), ("sv", "Sedan:"), ("en", "Next:")])
def test_flags_make_a_valid_file_with_guidance(services: Path, language: str, words: str) -> None:
    before = errors(services)
    assert cli.main(["new", *FLAGS, "--phone", "0442700797", "--lang", language]) == 0
    text = (services / "dila" / "aitien-kahvila.yaml").read_text(encoding="utf-8")
    assert errors(services) == before
    assert f"# {words}" in text
    assert 'fi: "Paikka, jossa voi: jutella"' in text
    assert '- number: "0442700797"' in text
    assert "topics: [baby, safety]" in text
    kind = formatting.kind_of(services / "dila" / "aitien-kahvila.yaml", services)
    assert formatting.format_text(text.encode(), "x", kind, ("fi", "sv", "en", "uk"))[0] == text


def test_the_guidance_becomes_valid_when_its_marks_are_taken_away(services: Path) -> None:
    assert cli.main(["new", *FLAGS, "--lang", "fi"]) == 0
    file = services / "dila" / "aitien-kahvila.yaml"
    content, _, guidance = file.read_text(encoding="utf-8").partition("#\n# # ")
    offered = "\n".join(line[2:] for line in f"# # {guidance}".splitlines())
    offered = (
        offered.replace("postal_code: …", "postal_code: 00100").replace("document: …", "document: lahti-plan-2023").replace("https://", "https://example.fi")
    )
    file.write_text(content + "\n" + offered + "\n", encoding="utf-8")
    assert [problem for problem in errors(services) if "aitien" in problem] == []


def test_nothing_is_overwritten(services: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["new", *FLAGS]) == 0
    text = (services / "dila" / "aitien-kahvila.yaml").read_text(encoding="utf-8")
    assert cli.main(["new", *FLAGS]) == 2
    assert "There is already a service “aitien-kahvila”" in capsys.readouterr().err
    (services / "dila" / "broken.yaml").write_text("not: [yaml", encoding="utf-8")
    assert cli.main(["new", *FLAGS, "--id", "broken"]) == 2
    assert (services / "dila" / "broken.yaml").read_text(encoding="utf-8") == "not: [yaml"
    assert (services / "dila" / "aitien-kahvila.yaml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--threshold", "opne"], "“opne” is not known; did you mean “open”?"),
        (["--topic", "xxxxx"], "“xxxxx” is not known; choose one of those that are."),
        (["--organization", "dilaa"], "“dilaa” is not known; did you mean “dila”?"),
        (["--id", "Äiti"], "“Äiti” cannot be an id"),
        (["--summary", "x" * 151], "The sentence has 151 characters; shorten it to 150."),
        (["--phone", "soita"], "“soita” is not a phone number"),
    ],
)
def test_a_wrong_flag_is_told_and_nothing_is_written(services: Path, capsys: pytest.CaptureFixture[str], flags: list[str], said: str) -> None:
    before = sorted(services.rglob("*"))
    assert cli.main(["new", *FLAGS, *flags]) == 2
    assert said in capsys.readouterr().err
    assert sorted(services.rglob("*")) == before


def test_a_missing_flag_is_told_when_nobody_can_be_asked(services: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["new", "--organization", "dila", "--name", "Nimi"]) == 2
    assert "“--summary” is missing" in capsys.readouterr().err


def test_a_new_organization_gets_its_file(services: Path) -> None:
    before = errors(services)
    assert cli.main(["new", *FLAGS, "--organization", "uusi-jarjesto", "--organization-name", "Uusi järjestö ry"]) == 0
    assert errors(services) == before
    assert "fi: Uusi järjestö ry" in (services / "uusi-jarjesto" / "organization.yaml").read_text(encoding="utf-8")


def test_questions_are_asked_until_the_answer_can_be_used() -> None:
    settings = Settings(services_dir=ROOT / "services")
    loaded = catalogue.load(settings.services_dir)
    answers = iter(["dila", "Kahvila", "", "Lyhyesti.", "opne", "open", "", "baby safety", ""])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    said = scaffold.complete({}, loaded, settings, str, ask)
    assert said == {
        "organization": "dila",
        "name": "Kahvila",
        "id": "kahvila",
        "summary": "Lyhyesti.",
        "threshold": "open",
        "topics": "baby safety",
        "phone": "",
    }
    assert any("did you mean “open”?" in question for question in asked)
    assert any("An answer is needed here." in question for question in asked)


def test_the_schema_learns_the_new_id(services: Path) -> None:
    assert cli.main(["new", *FLAGS]) == 0
    assert '"aitien-kahvila"' in (services / ".schema" / "service.json").read_text(encoding="utf-8")


def test_ids_are_made_of_names() -> None:
    assert scaffold.slug("Lahden Äitikahvila & Öljymäki, 2. krs") == "lahden-aitikahvila-oljymaki-2-krs"
