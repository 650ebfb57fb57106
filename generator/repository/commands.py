"""The commands links, report, preview and init: arguments in, words and exit codes out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable

from generator import catalogue, reports, words
from generator.problems import N_, Place
from generator.repository import links as addresses
from generator.repository import preview as previews
from generator.repository import report as reporting
from generator.repository import starter
from generator.repository.links import Answer, Asker
from generator.settings import Settings


def _fail(message: object) -> int:
    print(f"apupolku: {message}", file=sys.stderr)
    return 2


def _language(arguments: argparse.Namespace) -> str:
    return arguments.lang or reports.language_of_environment()


def _say(arguments: argparse.Namespace, settings: Settings) -> Callable[[str], str]:
    return words.translations(settings.locales_dir, "editor", _language(arguments)).gettext


def _asked(arguments: argparse.Namespace, settings: Settings, loaded: catalogue.Catalogue) -> tuple[dict[str, list[Place]], list[Answer]]:
    """The addresses with their places, and what was found about each, in the same order."""
    places = addresses.gather(loaded, settings.content_dir)
    answers = Asker(arguments.delay, arguments.timeout, settings.site_url).ask(places)
    return places, [answers[url] for url in places]


def links(arguments: argparse.Namespace, settings: Settings) -> int:
    """Ask the addresses and tell which do not work."""
    say = _say(arguments, settings)
    places, answers = _asked(arguments, settings, catalogue.load(settings.services_dir))
    if arguments.json:
        found = [
            {**answer._asdict(), "message": reporting.sentence(answer, say), "places": [place._asdict() for place in places[answer.url]]} for answer in answers
        ]
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for line in reporting.lines(answers, places, say):
            print(line)
        print(reporting.counts(answers, say), file=sys.stderr)
    return 1 if arguments.strict and any(answer.state == "broken" for answer in answers) else 0


def report(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the report to the terminal."""
    loaded = catalogue.load(settings.services_dir)
    places, answers = _asked(arguments, settings, loaded) if arguments.links else ({}, None)
    language = _language(arguments)
    shown = language if language in settings.languages else settings.languages[0]
    print(reporting.markdown(loaded, settings, shown, _say(arguments, settings), answers, places))
    return 0


def preview(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write what changes for the reader to the terminal."""
    say = _say(arguments, settings)
    try:
        commit, changed = previews.compare(settings, arguments.since, say)
    except (previews.GitError, OSError) as error:
        return _fail(f"--since {arguments.since}: {error}")
    print(previews.plain(changed, say) if arguments.plain else previews.markdown(commit, changed, settings, say), end="")
    return 0


def init(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make a new folder with a site in it."""
    say = _say(arguments, settings)
    try:
        made = starter.make(arguments.folder, arguments.name, [code.strip() for code in arguments.languages.split(",") if code.strip()])
    except starter.StarterError as error:
        return _fail(say(error.message).format(**error.values))
    except OSError as error:
        return _fail(error)
    print(say(N_("{count} files in {folder}. Next: cd {folder} && make site")).format(count=made, folder=arguments.folder))
    return 0
