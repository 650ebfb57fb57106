"""States of translations, stamps, and files for translators."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator import catalogue, checks, cli, formatting, source, translations
from generator.localise import localise
from generator.settings import Settings
from generator.translations import exchange, stamps

ROOT = Path(__file__).parent.parent
LANGUAGES = ("fi", "sv", "en", "uk")
SERVICE = """\
# yaml-language-server: $schema=../.schema/service.json
id: one
organization: dila
name:
  fi: Talo
  sv: Hus
  en: House
  uk: Дім
summary:
  fi: Lyhyesti.
  sv: Kort.
topics: [safety]
threshold: open
application_process:
  - fi: Soita.
    sv: Ring.
  - fi: Tule.
    sv: Kom.
phones:
  - number: 044 270 0797
    description:
      fi: Toimisto
      sv: Kontoret
keywords:
  fi: [talo]
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    shutil.copytree(ROOT / "services" / "terms", tmp_path / "services" / "terms", ignore=shutil.ignore_patterns("concepts"))
    (tmp_path / "services" / "dila").mkdir()
    (tmp_path / "services" / "dila" / "organization.yaml").write_text("id: dila\nname:\n  fi: DILA\n", encoding="utf-8")
    write(tmp_path / "services", SERVICE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return Settings(services_dir=tmp_path / "services")


def write(services: Path, text: str) -> Path:
    file = services / "dila" / "one.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def stamped(text: str = SERVICE, **how: object) -> str:
    kind = formatting.Kind("service", formatting.kind_of(Path("x.yaml"), Path("y")).shape, "../.schema/service.json")
    return stamps.stamp(text.encode(), "one.yaml", kind, LANGUAGES, **how)[0]  # type: ignore[arg-type]


def states(text: str, language: str = "sv") -> dict[str, str]:
    return {found.key: found.state for found in translations.states(source.parse(text.encode(), "").root, LANGUAGES) if found.language == language}


ALL = ("name", "summary", "application_process.1", "application_process.2", "phones.1.description")


def test_without_a_stamp_a_text_is_untracked_or_missing() -> None:
    assert states(SERVICE) == dict.fromkeys(ALL, "untracked")
    assert states(SERVICE, "en") == dict.fromkeys(ALL, "missing") | {"name": "untracked"}


def test_stamping_makes_current_and_changes_nothing_else() -> None:
    text = stamped()
    assert text.startswith(SERVICE)
    assert text.removeprefix(SERVICE).startswith("stamps:\n  name: {sv: ")
    assert states(text) == dict.fromkeys(ALL, "current")
    assert stamped(text) == text


def test_a_changed_sentence_flags_exactly_that_sentence() -> None:
    text = stamped().replace("fi: Lyhyesti.", "fi: Aivan lyhyesti.")
    assert states(text) == dict.fromkeys(ALL, "current") | {"summary": "stale"}
    assert states(text, "en")["summary"] == "missing"


def test_a_changed_phone_number_or_a_line_broken_elsewhere_alarms_nobody() -> None:
    text = stamped().replace("044 270 0797", "044 111 2222").replace("fi: Tule.", "fi: |\n      Tule.\n")
    assert states(text) == dict.fromkeys(ALL, "current")


def test_steps_may_move() -> None:
    text = stamped()
    swapped = text.replace("  - fi: Soita.\n    sv: Ring.\n  - fi: Tule.\n    sv: Kom.\n", "  - fi: Tule.\n    sv: Kom.\n  - fi: Soita.\n    sv: Ring.\n")
    assert swapped != text
    assert states(swapped) == dict.fromkeys(ALL, "current")
    added = text.replace("  - fi: Soita.", "  - fi: Uusi.\n    sv: Ny.\n  - fi: Soita.")
    assert states(added) == dict.fromkeys(ALL, "current") | {"application_process.1": "untracked", "application_process.3": "current"}
    gone = text.replace("  - fi: Soita.\n    sv: Ring.\n", "")
    assert states(gone)["application_process.1"] == "current"


def test_a_stale_text_keeps_its_stamp_until_someone_says_that_it_is_up_to_date() -> None:
    text = stamped().replace("fi: Lyhyesti.", "fi: Aivan lyhyesti.")
    assert states(stamped(text))["summary"] == "stale"
    assert states(stamped(text, renew=True, only=("en",)))["summary"] == "stale"
    assert states(stamped(text, renew=True, only=("sv",)))["summary"] == "current"


def test_comments_and_stamps_of_texts_that_are_gone() -> None:
    text = (
        stamped()
        .replace("  summary: {sv", "  # checked twice\n  summary: {sv")
        .replace("summary:\n  fi: Lyhyesti.\n  sv: Kort.\n", "summary: {fi: Lyhyesti.}\n")
    )
    again = stamped(text)
    assert "# checked twice" in again
    assert "  summary: {sv" not in again


def test_a_fingerprint_is_a_word_to_every_reader() -> None:
    from generator.yamltext import seen_as

    prints = {translations.fingerprint(str(number)) for number in range(2000)}
    assert len(prints) == 2000
    assert all(len(one) == 8 and seen_as(one) == "str" for one in prints)
    assert translations.fingerprint("a  b\nc") == translations.fingerprint("a b c")


def test_the_page_says_what_is_stale_and_the_check_warns(settings: Settings) -> None:
    write(settings.services_dir, stamped().replace("fi: Lyhyesti.", "fi: Aivan lyhyesti."))
    loaded = catalogue.load(settings.services_dir)
    view = localise(loaded, "sv", settings).services["one"]
    assert (view.stale, view.card.summary.stale, view.card.name.stale, view.steps[0].stale) == (True, True, False, False)
    finnish = localise(loaded, "fi", settings).services["one"]
    assert (finnish.stale, finnish.card.summary.stale) == (False, False)
    found = [problem for problem in checks.run(loaded, settings) if problem.code == "translation-stale"]
    assert [(problem.level, problem.place.line, problem.values["key"], problem.values["languages"]) for problem in found] == [("warning", 11, "summary", "sv")]


def test_the_report(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    write(settings.services_dir, stamped().replace("fi: Lyhyesti.", "fi: Aivan lyhyesti."))
    assert cli.main(["translations", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["dila"]["sv"] == {"current": 4, "stale": 1, "missing": 1, "untracked": 0}
    assert cli.main(["translations", "--lang", "sv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["dila", "sv", "4", "1", "1", "0"]


@pytest.mark.parametrize("shape", exchange.FORMATS)
def test_out_to_a_translator_and_back(settings: Settings, shape: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(settings.services_dir, stamped().replace("fi: Lyhyesti.", 'fi: |\n    Aivan lyhyesti.\n\n    Toinen "kappale" & <muuta>.'))
    out = tmp_path / "texts"
    assert cli.main(["translations", "--export", shape, "--lang", "sv", str(out)]) == 0
    language, units = exchange.read(out)
    assert language == "sv"
    assert [(unit.context, unit.target, unit.fuzzy) for unit in units] == [("services/one summary", "Kort.", True), ("organizations/dila name", "", False)] or {
        unit.context for unit in units
    } == {"services/one summary", "organizations/dila name"}
    translated = [unit._replace(target=f"På svenska: {unit.source}", fuzzy=False) for unit in units]
    exchange.write(out, shape, translated, "sv", settings)
    capsys.readouterr()
    assert cli.main(["translations", "--import", str(out)]) == 0
    root = source.read(file).root
    assert root["summary"]["sv"] == 'På svenska: Aivan lyhyesti.\n\nToinen "kappale" & <muuta>.\n'
    assert set(states(file.read_text(encoding="utf-8")).values()) == {"current"}
    assert source.read(settings.services_dir / "dila" / "organization.yaml").root["name"]["sv"] == "På svenska: DILA"


@pytest.mark.parametrize("shape", exchange.FORMATS)
def test_a_text_that_has_changed_meanwhile_is_refused_and_the_others_are_taken(
    settings: Settings, shape: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = write(settings.services_dir, SERVICE), tmp_path / "texts"
    assert cli.main(["translations", "--export", shape, "--lang", "en", "--all", str(out)]) == 0
    _, units = exchange.read(out)
    exchange.write(out, shape, [unit._replace(target=unit.target or "English.") for unit in units], "en", settings)
    write(settings.services_dir, SERVICE.replace("fi: Lyhyesti.", "fi: Aivan lyhyesti.").replace("  - fi: Tule.\n    sv: Kom.\n", ""))
    assert cli.main(["translations", "--import", str(out), "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert "services/one summary: not taken, because the text has changed since: “Lyhyesti.”" in said
    assert "services/one application_process.2: not taken, because there is no such text any more: “Tule.”" in said
    root = source.read(file).root
    assert "en" not in root["summary"]
    assert root["application_process"][0]["en"] == "English."
    assert root["phones"][0]["description"]["en"] == "English."


def test_an_unreadable_file_and_a_wrong_language_could_not_run(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "bad.po").write_text("this is not PO", encoding="utf-8")
    assert cli.main(["translations", "--import", str(tmp_path / "bad.po"), "--lang", "sv"]) == 2
    assert cli.main(["translations", "--import", str(tmp_path / "none.po"), "--lang", "sv"]) == 2
    assert cli.main(["translations", "--export", "po", "--lang", "fi", str(tmp_path / "x.po")]) == 2
    assert cli.main(["stamp", "--lang", "fi"]) == 2


def test_the_stamp_command(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    file = settings.services_dir / "dila" / "one.yaml"
    assert cli.main(["stamp"]) == 0
    assert set(states(file.read_text(encoding="utf-8")).values()) == {"current"}
    write(settings.services_dir, file.read_text(encoding="utf-8").replace("fi: Lyhyesti.", "fi: Aivan lyhyesti."))
    assert cli.main(["stamp"]) == 0
    assert states(file.read_text(encoding="utf-8"))["summary"] == "stale"
    assert cli.main(["stamp", "services/dila/one.yaml", "--lang", "sv"]) == 0
    assert states(file.read_text(encoding="utf-8"))["summary"] == "current"
    assert "services/dila/one.yaml" in capsys.readouterr().out


def test_most_texts_of_this_repository_are_tracked() -> None:
    counts = [of for languages in translations.report(catalogue.load(ROOT / "services"), LANGUAGES).values() for of in languages.values()]
    untracked, all_ = sum(of["untracked"] for of in counts), sum(sum(of.values()) for of in counts)
    assert untracked < all_ / 10, "run: apupolku stamp"
