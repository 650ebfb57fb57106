"""Freshness: what is measured, what the site does about it, and asking an organization to confirm its facts."""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import shutil
from pathlib import Path

import pytest

from generator import catalogue, checks, cli, configuration, review
from generator.localise import localise
from generator.model import PartialDate
from generator.settings import Freshness, Settings

ROOT = Path(__file__).parent.parent
DAY = datetime.date(2026, 6, 15)
SERVICE = "id: {id}\norganization: dila\nname: {{fi: {id}}}\nsummary: {{fi: Lyhyesti}}\ntopics: [safety]\nthreshold: open\n"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    shutil.copytree(ROOT / "services" / "terms", tmp_path / "services" / "terms", ignore=shutil.ignore_patterns("concepts"))
    (tmp_path / "services" / "dila").mkdir()
    (tmp_path / "services" / "dila" / "organization.yaml").write_text("id: dila\nname: {fi: DILA}\nemail: toimisto@example.fi\n", encoding="utf-8")
    dates = {"a-old": "2022-12-08", "b-unknown": "", "c-fresh": "2026-05-01", "d-aging": "2025-11-30", "e-year": "2025"}
    for name, date in dates.items():
        text = SERVICE.format(id=name) + (f"assured_date: {date}\n" if date else "")
        (tmp_path / "services" / "dila" / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Settings(services_dir=tmp_path / "services", languages=("fi", "sv", "en"), today=DAY)


@pytest.mark.parametrize(
    ("date", "months"),
    [((2026, 6, 15), 0), ((2026, 5, 16), 0), ((2026, 5, 15), 1), ((2025, 6, 15), 12), ((2025, 6, 16), 11), ((2025, 0, 0), 5), ((2026, 4, 0), 1)],
)
def test_months_are_whole_and_what_is_not_known_is_late(date: tuple[int, int, int], months: int) -> None:
    assert PartialDate(*date).months_before(DAY) == months


def test_what_is_measured(settings: Settings) -> None:
    everything, organization = localise(catalogue.load(settings.services_dir), "en", settings).freshness
    assert everything.organization is None
    assert (organization.total, organization.checked, organization.months, organization.sentence) == (5, 3, 12, "3 of 5 checked within a year")
    assert organization.organization is not None
    assert organization.organization.path == "en/organizations/dila/"
    assert organization.oldest == "8 December 2022"
    half = dataclasses.replace(settings, freshness=Freshness(warning=6))
    assert localise(catalogue.load(settings.services_dir), "en", half).freshness[0].sentence == "2 of 5 checked within 6 months"


def test_old_facts_stand_lower_and_are_hidden_only_when_so_configured(settings: Settings) -> None:
    loaded = catalogue.load(settings.services_dir)
    assert [card.id for card in localise(loaded, "fi", settings).all_services[0].cards] == ["c-fresh", "d-aging", "e-year", "a-old", "b-unknown"]
    hiding = dataclasses.replace(settings, freshness=Freshness(hide=24))
    assert sorted(localise(loaded, "fi", hiding).services) == ["c-fresh", "d-aging", "e-year"]
    never = dataclasses.replace(settings, freshness=Freshness(lower=0))
    assert next(card.id for card in localise(loaded, "fi", never).all_services[0].cards) == "a-old"


def test_notes_and_warnings(settings: Settings) -> None:
    loaded = catalogue.load(settings.services_dir)
    found = {(problem.code, problem.level, Path(problem.place.file).stem) for problem in checks.run(loaded, settings) if problem.code.startswith("assured")}
    assert found == {("assured-date-old", "warning", "a-old"), ("assured-date-missing", "warning", "b-unknown"), ("assured-date-aging", "note", "d-aging")}


def test_the_policy_comes_from_mkdocs_yml(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    file = tmp_path / "mkdocs.yml"
    text = "site_name: x\ndocs_dir: content\ntheme: {name: material}\nplugins:\n  - apupolku:\n      freshness: {warning: 3, hide: 36}\n"
    file.write_text(text, encoding="utf-8")
    assert configuration.read(str(file)).freshness == Freshness(6, 3, 18, 36)
    file.write_text(text.replace("hide", "hied"), encoding="utf-8")
    with pytest.raises(configuration.FAILURES):
        configuration.read(str(file))


@pytest.mark.parametrize(("language", "subject"), [("fi", "Aihe: "), ("sv", "Ämne: "), ("en", "Subject: ")])
def test_the_e_mail_and_the_sheet(settings: Settings, language: str, subject: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", "dila", "--lang", language, "--output", "out"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    letter, sheet, page = ((tmp_path / "out" / f"dila.{language}.{ending}").read_text(encoding="utf-8") for ending in ("txt", "md", "html"))
    assert subject in letter
    assert "toimisto@example.fi" in letter
    assert sheet.count("\n## ") == 5
    assert page.count("<h2>") == 5
    assert f'<html lang="{language}">' in page


def test_a_confidential_address_is_not_on_the_sheet() -> None:
    loaded = catalogue.load(ROOT / "services")
    sheet = review.sheet(loaded, "lahden-ensi-ja-turvakoti", Settings(services_dir=ROOT / "services", today=DAY), "fi")
    own = sheet.partition("## Turvakoti")[2].partition("## ")[0]
    assert "osoite pidetään salassa" in own


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("assured_date: 2022-12-08\n", "assured_date: 2026-06-15\n"),
        ('assured_date:   "2022"\n', "assured_date: 2026-06-15\n"),
        ("", "assured_date: 2026-06-15\n"),
        ("source:\n  - document: lahti-plan-2023\n", "assured_date: 2026-06-15\nsource:\n  - document: lahti-plan-2023\n"),
    ],
)
def test_an_answer_changes_one_line(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "x.yaml"
    top = "# a comment\nthreshold:   open\nid: x\n"
    file.write_text(top + before, encoding="utf-8")
    assert review.confirm(file, "2026-06-15")
    assert file.read_text(encoding="utf-8") == top + after
    assert not review.confirm(file, "2026-06-15")


def test_every_file_of_this_repository_can_be_confirmed_by_one_line(tmp_path: Path) -> None:
    for file in sorted((ROOT / "services").glob("*/*-*.yaml")):
        copy = tmp_path / file.name
        shutil.copy(file, copy)
        review.confirm(copy, "2026-06-15")
        changed = [
            line for line in difflib.ndiff(file.read_text(encoding="utf-8").splitlines(), copy.read_text(encoding="utf-8").splitlines()) if line[0] in "+-"
        ]
        assert len(changed) <= 2
        assert all("assured_date" in line for line in changed)


def test_the_answer_as_a_command(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["review", "dila", "--confirmed", "2026-06-01", "--service", "a-old"]) == 0
    assert "assured_date: 2026-06-01\n" in (tmp_path / "services/dila/a-old.yaml").read_text(encoding="utf-8")
    assert "assured_date" not in (tmp_path / "services/dila/b-unknown.yaml").read_text(encoding="utf-8")
    assert cli.main(["review", "dila", "--confirmed", "1.6.2026"]) == 2
    assert cli.main(["review", "dial"]) == 2
    assert "dila" in capsys.readouterr().err
