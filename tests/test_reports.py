"""Problems as lines for people, annotations for GitHub, JSON for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import reports
from generator.problems import Place, Problem
from generator.settings import Settings, resources

LOCALES = resources("locales")
WARNING = Problem("no-contact", Place("a.yaml", 1, 1))
NOTE = Problem("municipality-unnamed", Place("a.yaml", 2, 1))
ERROR = Problem("bad-id", Place("b,c:d%.yaml", 10, 5), {"value": "100 %\nÄ"})
WHOLE = Problem("too-large", Place("c.yaml"), {"size": "9", "limit": "1"})
ALL = [WHOLE, ERROR, NOTE, WARNING]


def test_text_is_one_line_a_problem_sorted_by_place() -> None:
    lines = reports.text(ALL, LOCALES, "en").split("\n")
    assert [line.split(": ")[0] for line in lines] == ["a.yaml:1:1", "a.yaml:2:1", "b,c:d%.yaml:10:5", "c.yaml:1:1"]
    assert lines[2].endswith("such as lahti-turvakoti. [bad-id]") and "“100 % Ä”" in lines[2]


def test_text_is_in_the_editors_language() -> None:
    said = [reports.text([ERROR], LOCALES, language) for language in reports.LANGUAGES]
    assert "ei kelpaa id:ksi" in said[0] and "kan inte vara ett id" in said[1] and "cannot be an id" in said[2]


def test_github_tells_the_worst_first_and_escapes() -> None:
    lines = reports.github(ALL, LOCALES, "en").split("\n")
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "::warning", "::notice"]
    assert lines[0].startswith("::error file=b%2Cc%3Ad%25.yaml,line=10,col=5,title=bad-id::“100 %25 Ä” cannot be")


def test_json_is_whole() -> None:
    told = json.loads(reports.as_json(ALL, LOCALES, "fi"))
    assert len(told) == 4
    assert told[2] == {
        "file": "b,c:d%.yaml",
        "line": 10,
        "column": 5,
        "level": "error",
        "code": "bad-id",
        "message": told[2]["message"],
    }
    assert json.loads(reports.as_json([], LOCALES, "fi")) == []


@pytest.mark.parametrize(
    ("errors", "warnings", "language", "told"),
    [
        (1, 0, "en", "1 error, 0 warnings"),
        (2, 1, "en", "2 errors, 1 warning"),
        (2, 1, "fi", "2 virhettä, 1 varoitus"),
        (1, 2, "sv", "1 fel, 2 varningar"),
    ],
)
def test_counts_are_worded(errors: int, warnings: int, language: str, told: str) -> None:
    assert reports.counts(errors, warnings, language, LOCALES) == told


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "fi_FI.UTF-8"}, "fi"),
        ({"LANG": "sv_FI.UTF-8"}, "sv"),
        ({"LANG": "uk_UA.UTF-8"}, "en"),
        ({"LC_ALL": "sv_FI", "LANG": "fi_FI"}, "sv"),
        ({"LC_MESSAGES": "fi_FI", "LANG": "sv_FI"}, "fi"),
        ({"LANG": "C"}, "en"),
        ({}, "en"),
    ],
)
def test_language_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    assert reports.language_of_environment() == language


def test_a_build_says_all_errors_or_only_how_many_warnings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US")
    text, errors, warnings = reports.summary(ALL, Settings())
    assert (errors, warnings) == (2, 1) and text.count("\n") == 2 and text.endswith("2 errors, 1 warning") and "no-contact" not in text
    assert reports.summary([WARNING], Settings())[0].startswith("0 errors, 1 warning")


def test_places_without_a_line_are_the_files_first(tmp_path: Path) -> None:
    assert ",line=1,col=1," in reports.github([WHOLE], LOCALES, "en")
