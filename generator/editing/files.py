"""The commands about the shape of files: schema, format, new."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator import catalogue, formatting, scaffold
from generator import schema as schemas
from generator.editing.answers import fail, rewrite, say_of
from generator.problems import N_
from generator.settings import Settings


def schema(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write, print or compare the schemas."""
    loaded, language = catalogue.load(settings.services_dir), arguments.lang or schemas.language_of(settings)
    if arguments.kind or arguments.check:
        made = schemas.schemas(loaded, settings, language)
        if arguments.kind:
            if arguments.kind not in made:
                return fail(f"{arguments.kind}: {', '.join(made)}")
            print(schemas.text(made[arguments.kind]), end="")
            return 0
        home = arguments.output or settings.services_dir / formatting.SCHEMAS
        old = [home / f"{name}.json" for name, content in made.items() if not _reads(home / f"{name}.json", schemas.text(content))]
        for file in old:
            print(catalogue.label(file, None))
        return 1 if old else 0
    for file in schemas.write(loaded, settings, language, arguments.output):
        print(catalogue.label(file, None))
    return 0


def _reads(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text


def format_files(arguments: argparse.Namespace, settings: Settings) -> int:
    """Format files in place, or name those that are not formatted."""
    return rewrite(
        arguments.paths or [settings.services_dir],
        settings,
        lambda data, name, kind: formatting.format_text(data, name, kind, settings.languages),
        check=arguments.check,
    )


def new(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write a new service's file."""
    say, loaded = say_of(arguments, settings), catalogue.load(settings.services_dir)
    given = {key: getattr(arguments, key, None) or "" for key in scaffold.ANSWERS} | {"topics": ",".join(arguments.topic or ())}
    try:
        answers = scaffold.complete(given, loaded, settings, say, input if sys.stdin.isatty() else None)
    except scaffold.AnswerError as error:
        return fail(error)
    except EOFError:
        return 2
    files = scaffold.files(answers, loaded, settings, say)
    for file in files:
        if file.exists():
            return fail(say(N_("{file} exists already and was not touched.")).format(file=catalogue.label(file, None)))
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        print(catalogue.label(file, None))
    if (settings.services_dir / formatting.SCHEMAS).is_dir():
        schemas.write(catalogue.load(settings.services_dir), settings, schemas.language_of(settings))
    return 0
