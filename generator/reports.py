"""Problems → what a person or a machine reads: terminal lines, GitHub annotations, JSON.

The words come from `problems` through the catalogue `editor` of the reader's language (fi, sv or en).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

from generator import words
from generator.problems import Level, Problem, worst_first
from generator.settings import Settings

LANGUAGES = ("fi", "sv", "en")
_RANK: dict[Level, int] = {"error": 0, "warning": 1, "note": 2}
_MARKS: dict[Level, str] = {"error": "❌", "warning": "⚠️", "note": "ℹ️"}
_GITHUB: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


def language_of_environment() -> str:
    """The editor's language from LC_ALL, LC_MESSAGES or LANG; English when it is none of ours."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return value[:2] if value[:2] in LANGUAGES else "en"
    return "en"


def count(problems: Iterable[Problem], level: Level) -> int:
    """How many problems are of `level`."""
    return sum(problem.level == level for problem in problems)


def text(problems: Iterable[Problem], locales: Path, language: str) -> str:
    """One line each, sorted by place: `file:line:column: what is wrong; what to do [code]`."""
    translate = words.translations(locales, "editor", language).gettext
    lines = []
    for problem in worst_first(problems):
        place = problem.place
        where = f"{place.file}:{place.line or 1}:{place.column or 1}"
        lines.append(f"{where}: {problem.sentence(translate)} [{problem.code}]")
    return "\n".join(lines)


def github(problems: Iterable[Problem], locales: Path, language: str) -> str:
    """GitHub's annotation commands, the worst first, since GitHub shows only ten of each level a step."""
    translate = words.translations(locales, "editor", language).gettext
    ordered = sorted(worst_first(problems), key=lambda problem: _RANK[problem.level])
    lines = []
    for problem in ordered:
        place = problem.place
        properties = f"file={_property(place.file)},line={place.line or 1},col={place.column or 1},title={_property(problem.code)}"
        message = problem.sentence(translate).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        lines.append(f"::{_GITHUB[problem.level]} {properties}::{message}")
    return "\n".join(lines)


def _property(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")


def markdown(problems: Iterable[Problem], locales: Path, language: str) -> str:
    """A summary as Markdown: how many, then each file with its problems, the worst first."""
    translate = words.translations(locales, "editor", language).gettext
    ordered = sorted(worst_first(problems), key=lambda problem: _RANK[problem.level])
    told = counts(count(ordered, "error"), count(ordered, "warning"), language, locales)
    lines = [f"### apupolku check: {told}", ""]
    for file in dict.fromkeys(problem.place.file for problem in ordered):
        lines.append(f"**{_escape(file)}**")
        lines.append("")
        for problem in ordered:
            if problem.place.file == file:
                lines.append(
                    f"- {_MARKS[problem.level]} {problem.place.line or 1}:{problem.place.column or 1} {_escape(problem.sentence(translate))} `{problem.code}`"
                )
        lines.append("")
    return "\n".join(lines)


def _escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&@])", r"\\\1", text)


def write_step_summary(problems: Iterable[Problem], locales: Path, language: str) -> None:
    """On GitHub, add the summary to the page of the run; elsewhere ($GITHUB_STEP_SUMMARY is not set) nothing."""
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if target:
        with Path(target).open("a", encoding="utf-8") as stream:
            stream.write(markdown(problems, locales, language) + "\n")


def as_json(problems: Iterable[Problem], locales: Path, language: str) -> str:
    """A JSON list of objects: file, line, column, level, code, message."""
    translate = words.translations(locales, "editor", language).gettext
    return json.dumps(
        [
            {
                "file": problem.place.file,
                "line": problem.place.line or 1,
                "column": problem.place.column or 1,
                "level": problem.level,
                "code": problem.code,
                "message": problem.sentence(translate),
            }
            for problem in worst_first(problems)
        ],
        ensure_ascii=False,
        indent=2,
    )


def counts(errors: int, warnings: int, language: str, locales: Path) -> str:
    """“2 errors, 1 warning” in the editor's language."""
    ngettext = words.translations(locales, "editor", language).ngettext
    return ", ".join(
        (
            ngettext("{count} error", "{count} errors", errors).format(count=errors),
            ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
        )
    )


def summary(problems: Iterable[Problem], settings: Settings) -> tuple[str, int, int]:
    """What a build says: all errors when there are any, else only how many warnings; with the two counts."""
    problems = list(problems)
    errors, warnings = count(problems, "error"), count(problems, "warning")
    language = language_of_environment()
    told = counts(errors, warnings, language, settings.locales_dir)
    if errors:
        listed = text((problem for problem in problems if problem.level == "error"), settings.locales_dir, language)
        return f"{listed}\n{told}", errors, warnings
    return f"{told}: apupolku check", errors, warnings
