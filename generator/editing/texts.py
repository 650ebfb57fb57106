"""The commands about what the files say: stamp, translations, review."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path

from generator import catalogue, formatting, reports, words
from generator import review as reviews
from generator import translations as texts
from generator.editing.answers import fail, rewrite, say_of
from generator.problems import N_, Problem, closest, shorten
from generator.schema import language_of
from generator.settings import Settings
from generator.translations import exchange, stamps

STATE_NAMES = (N_("current"), N_("stale"), N_("missing"), N_("untracked"))
REFUSED = {
    "changed": N_("{context}: not taken, because the text has changed since: “{source}”. Export it anew."),
    "unknown": N_("{context}: not taken, because there is no such text any more: “{source}”."),
    "unsafe": N_("{context}: not taken, because the file could not be changed without a loss: “{source}”."),
}


def stamp(arguments: argparse.Namespace, settings: Settings) -> int:
    """Stamp the translations of files."""
    unknown = [language for language in arguments.lang or () if language not in settings.languages[1:]]
    if unknown:
        return fail(f"--lang {unknown[0]}: {', '.join(settings.languages[1:])}")

    def change(data: bytes, name: str, kind: formatting.Kind) -> tuple[str, list[Problem]]:
        if kind.name not in ("service", "organization"):
            return data.decode("utf-8-sig"), []
        return stamps.stamp(data, name, kind, settings.languages, only=arguments.lang or (), renew=bool(arguments.paths))

    return rewrite(arguments.paths or [settings.services_dir], settings, change)


def translations(arguments: argparse.Namespace, settings: Settings) -> int:
    """Report, export or import."""
    loaded, others = catalogue.load(settings.services_dir), settings.languages[1:]
    if arguments.lang and arguments.lang not in others:
        return fail(f"--lang {arguments.lang}: {', '.join(others)}")
    try:
        if arguments.take:
            return _take(arguments, settings, loaded)
        if arguments.export:
            if not (arguments.lang and arguments.file):
                return fail("--export FORMAT --lang LANG FILE")
            units = list(exchange.units(loaded, arguments.lang, settings, everything=arguments.all, organization=arguments.organization))
            exchange.write(arguments.file, arguments.export, units, arguments.lang, settings)
            print(f"{arguments.file}: {len(units)}")
            return 0
    except ImportError:
        return fail("XLIFF: pip install 'apupolku[translate]'")
    except (OSError, ValueError) as error:
        return fail(error)
    found = {key: value for key, value in texts.report(loaded, settings.languages).items() if arguments.organization in ("", key)}
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    say, width = say_of(arguments, settings), max(map(len, [*found, "-"]))
    names = [say(name) for name in STATE_NAMES]
    print("  ".join([" " * width, "  ", *names]))
    for organization, languages in found.items():
        for language, counts in languages.items():
            if arguments.lang in (None, language):
                numbers = [str(counts[state]).rjust(len(name)) for state, name in zip(texts.STATES, names, strict=True)]
                print("  ".join([organization.ljust(width), language, *numbers]))
    return 0


def _take(arguments: argparse.Namespace, settings: Settings, loaded: catalogue.Catalogue) -> int:
    said, units = exchange.read(arguments.take)
    language = arguments.lang or said
    if language not in settings.languages[1:]:
        return fail(f"--lang LANG: {', '.join(settings.languages[1:])}")
    written, refused = exchange.take(loaded, units, language, settings)
    for file, number in written.items():
        print(f"{file}: {number}")
    say = words.translations(settings.locales_dir, "editor", reports.language_of_environment()).gettext
    for one in refused:
        print(say(REFUSED[one.reason]).format(context=one.context, source=shorten(one.source)), file=sys.stderr)
    return 1 if refused else 0


def review(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the e-mail and the sheet, or note the answer."""
    loaded, name = catalogue.load(settings.services_dir), arguments.organization
    if name not in loaded.organizations:
        near = closest(name, loaded.organizations)
        return fail(f"{name}: {near or ', '.join(loaded.organizations)}?")
    if arguments.confirmed is not None:
        return _confirm(arguments, settings, loaded)
    language = arguments.lang or language_of(settings)
    arguments.output.mkdir(parents=True, exist_ok=True)
    markdown = reviews.sheet(loaded, name, settings, language)
    made = {"txt": reviews.email(loaded, name, settings, language), "md": markdown, "html": reviews.as_html(markdown, language)}
    for ending, text in made.items():
        file = arguments.output / f"{name}.{language}.{ending}"
        file.write_text(text, encoding="utf-8")
        print(file)
    return 0


def _confirm(arguments: argparse.Namespace, settings: Settings, loaded: catalogue.Catalogue) -> int:
    date, own = arguments.confirmed or settings.today.isoformat(), arguments.organization
    names = arguments.service or [service.id for service in loaded.services.values() if service.organization == own]
    for name in names:
        if name not in loaded.services or loaded.services[name].organization != own:
            return fail(f"--service {name}: {own}?")
    try:
        datetime.date.fromisoformat(date)
        for name in names:
            file = Path(loaded.documents[f"services/{name}"].file)
            if reviews.confirm(file, date):
                print(file)
    except ValueError as error:
        return fail(error)
    return 0
