"""A new site's folder: what `starter/` holds, the vocabularies, two ready pages and the workflows for GitHub.

Theme and words stay in the installed package; what is copied is what the new site's keepers will change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator import __version__, catalogue
from generator.checks import concept_conflict
from generator.localise.reader import language_known
from generator.problems import N_
from generator.settings import Settings, resources

_OWN_WORDS = {"fi": "Sivusto", "sv": "Webbplatsen", "en": "This site", "uk": "Сайт"}
_READY_PAGES = ("safety", "privacy")
_VOCABULARIES = ("topics", "target_groups", "channels", "referrers")
_ONLY_HERE = ("tests.yml",)  # workflows that test the program itself
_WITH_BLANKS = ("mkdocs.yml", "README.md", "requirements.txt")


class StarterError(ValueError):
    """Why no folder can be made: a message with its values."""

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message)
        self.message, self.values = message, values


def make(folder: Path, name: str, languages: Sequence[str]) -> int:
    """Write a new site into `folder`, which must be empty or not there; returns how many files. Raises StarterError."""
    for code in languages:
        if not re.fullmatch(r"[a-z]{2,3}", code) or not language_known(code):
            raise StarterError(N_("“{code}” is not the code of a language; Finnish is fi, Swedish sv, English en, Ukrainian uk, Arabic ar."), code=code)
    if not languages or len(set(languages)) != len(languages):
        raise StarterError(N_("--languages needs at least one code, and each only once."))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StarterError(N_("{folder} is there already and is not empty; nothing was changed."), folder=str(folder))
    name = " ".join(name.split()) or re.sub(r"[-_]+", " ", folder.resolve().name).strip().capitalize()
    blanks = {"@LANGUAGES@": f"[{', '.join(languages)}]", "@VERSION@": __version__}
    made = 0
    for path, text in files(languages):
        if path in _WITH_BLANKS:
            for blank, value in {**blanks, "@NAME@": json.dumps(name, ensure_ascii=False) if path.endswith(".yml") else name}.items():
                text = text.replace(blank, value)
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        made += 1
    _settle(folder)
    return made


def _settle(folder: Path) -> None:
    """Leave what people say with the first of two concepts that only our services joined: without these they lead apart, and
    a new site would begin with a hundred warnings about words that its keepers have not written."""
    settings = Settings(services_dir=folder / "services")
    apart: dict[str, set[int]] = {}
    for problem in concept_conflict.check(catalogue.load(settings.services_dir, folder), settings):
        apart.setdefault(problem.place.file, set()).add(problem.place.line)
    for name, numbers in apart.items():
        file = folder / name
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(line for number, line in enumerate(lines, 1) if number not in numbers), encoding="utf-8", newline="\n")


def files(languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every file of a new site: its path and its text, with the blanks still in it."""
    starter, terms, content, github = (resources(name) for name in ("starter", "services/terms", "content", ".github"))
    written = [code for code in languages if (starter / "content" / code).is_dir()] or ["en"]
    for file in _files(starter):
        path = file.relative_to(starter).as_posix()
        if not path.startswith("content/") or path.split("/")[1] in written:
            yield {"gitignore": ".gitignore"}.get(path, path), file.read_text(encoding="utf-8")
    for code in written:
        for file in _files(content / code):
            text = file.read_text(encoding="utf-8")
            if re.search(rf"^id: (?:{'|'.join(_READY_PAGES)})$", text, re.MULTILINE):
                yield f"content/{code}/{file.name}", text.replace("Apupolku", _OWN_WORDS[code])
    for vocabulary in _VOCABULARIES:
        yield f"services/terms/{vocabulary}.yaml", _without_schema((terms / f"{vocabulary}.yaml").read_text(encoding="utf-8"))
    for file in _files(terms / "concepts"):
        # What people say is worth keeping; which of our services answers it is not.
        text = re.sub(r"^services: *\[[^\]]*\]\n|^services:\n(?:[ -].*\n)*", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        yield f"services/terms/concepts/{file.name}", _without_schema(text)
    for file in _files(github):
        if file.name not in _ONLY_HERE:
            yield f".github/{file.relative_to(github).as_posix()}", file.read_text(encoding="utf-8")


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def _without_schema(text: str) -> str:
    """A file without the line that names a JSON Schema: `apupolku schema` writes those that belong to it."""
    return re.sub(r"\A# yaml-language-server:.*\n", "", text)
