"""How the editors' commands answer: failures, problems, and files changed in place."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from generator import catalogue, reports, words
from generator.problems import N_, Problem
from generator.settings import Settings

UNSAFE = N_("{file}: nothing was changed, because something of it would have been lost; please tell those who keep the program.")


def fail(message: object) -> int:
    """Say why a command could not run; returns its exit code."""
    print(f"apupolku: {message}", file=sys.stderr)
    return 2


def say_of(arguments: argparse.Namespace, settings: Settings) -> Callable[[str], str]:
    """The words of the editor's language."""
    language = getattr(arguments, "lang", None)
    language = language if language in reports.LANGUAGES else reports.language_of_environment()
    return words.translations(settings.locales_dir, "editor", language).gettext


def tell(problems: Iterable[Problem], settings: Settings) -> None:
    """Tell problems, one a line."""
    print(reports.text(problems, settings.locales_dir, reports.language_of_environment()), file=sys.stderr)


def rewrite(paths: list[Path], settings: Settings, change: Callable[..., tuple[str, list[Problem]]], *, check: bool = False) -> int:
    """Change files in place and name those that changed; a file that cannot be changed safely stays as it is."""
    from generator import formatting

    missing = [path for path in paths if not path.exists()]
    if missing:
        return fail(f"{missing[0]}: no such file or folder")
    changed, found, unsafe = 0, [], False
    for file in formatting.files_below(paths):
        data, name = file.read_bytes(), catalogue.label(file, None)
        try:
            text, problems = change(data, name, formatting.kind_of(file, settings.services_dir))
        except formatting.UnsafeError:
            unsafe = True
            print(words.translations(settings.locales_dir, "editor", reports.language_of_environment()).gettext(UNSAFE).format(file=name), file=sys.stderr)
            continue
        found += problems
        if not problems and text.encode() != data:
            changed += 1
            print(name)
            if not check:
                file.write_text(text, encoding="utf-8", newline="\n")
    if found:
        tell(found, settings)
    return 1 if found or unsafe or (check and changed) else 0
