"""The commands for those who write the files: schema, format, new, stamp, translations, review.

`add` puts them into the parser of `cli`; each command takes the parsed arguments and returns the exit code. What they say
to editors is in the editor's language, from the environment or `--lang`.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator import reports
from generator.settings import Settings

Run = Callable[[argparse.Namespace, Settings], int]


def add(commands: Any, run: Callable[[Run], Callable[[argparse.Namespace], int]]) -> None:
    """Add the commands; `run` turns a command that needs the settings into one that reads them."""

    def command(name: str, module: str, help_: str, description: str) -> argparse.ArgumentParser:
        def function(arguments: argparse.Namespace, settings: Settings) -> int:
            # Imported when it runs, since `check` must begin quickly.
            found: Run = getattr(importlib.import_module(f"{__name__}.{module}"), name if name != "format" else "format_files")
            return found(arguments, settings)

        parser: argparse.ArgumentParser = commands.add_parser(name, help=help_, description=description)
        parser.add_argument("--config-file", default="mkdocs.yml", help="the site's configuration (default: mkdocs.yml)")
        parser.set_defaults(run=run(function))
        return parser

    schema = command(
        "schema",
        "files",
        "write JSON Schemas for editors' tools",
        "Write a JSON Schema for each kind of file, which VS Code and others complete and check with. They change when the model or the vocabularies change.",
    )
    schema.add_argument("kind", nargs="?", metavar="KIND", help="print one schema instead: service, organization, concept, or a vocabulary such as topics")
    schema.add_argument("--lang", choices=reports.LANGUAGES, help="language of the descriptions (default: the site's first language)")
    schema.add_argument("--output", type=Path, metavar="DIR", help="the folder to write (default: .schema in the services folder)")
    schema.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a file is not what would be written")

    shape = command(
        "format",
        "files",
        "bring files into one shape",
        "Put keys in order, quote what another program would take for a number or a date, wrap long texts. Loses nothing, comments included; a file with faults in its YAML is left alone.",
    )
    shape.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: the services folder)")
    shape.add_argument("--check", action="store_true", help="write nothing; name the files that would change and exit with 1")

    new = command(
        "new",
        "files",
        "begin a new service",
        "Write a valid file for a new service, with the next steps in it. Asks for what is not given; overwrites nothing.",
    )
    new.add_argument("--organization", metavar="ID", help="id of the organization, the same as its folder")
    new.add_argument("--organization-name", metavar="NAME", help="official name of the organization, when it is new")
    new.add_argument("--name", help="the service's name, in the site's first language")
    new.add_argument("--id", help="the service's permanent id (default: made of the name)")
    new.add_argument("--summary", help="what the help is, in one sentence")
    new.add_argument("--threshold", metavar="CODE", help="how one gets in: open, self-referral, municipality, referral or not-stated")
    new.add_argument("--topic", action="append", metavar="ID", help="life situation in which it helps (may be repeated)")
    new.add_argument("--phone", metavar="NUMBER", help="phone number, if there is one")
    new.add_argument("--lang", choices=reports.LANGUAGES, help="language of the questions and the guidance (default: from the environment)")

    stamp = command(
        "stamp",
        "texts",
        "mark translations as up to date",
        "Write into files which text each translation was made from, so that it is known when that text changes. Without PATH only translations that have no stamp get one; with PATH those that were behind count as up to date, too.",
    )
    stamp.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders whose translations are up to date")
    stamp.add_argument("--lang", action="append", metavar="LANG", help="only this language (may be repeated)")

    report = command(
        "translations",
        "texts",
        "what is translated and what is not",
        "Tell per organization and language how many texts are current, stale, missing or untracked; write the ones to be translated to a file, or take a translator's file back.",
    )
    report.add_argument("file", nargs="?", type=Path, metavar="FILE", help="with --export: the file to write")
    report.add_argument("--json", action="store_true", help="as JSON, for programs")
    report.add_argument("--export", choices=("po", "xliff"), metavar="FORMAT", help="write a file for a translator: po or xliff")
    report.add_argument(
        "--import", dest="take", type=Path, metavar="FILE", help="take translations from a PO or XLIFF file; a text that has changed meanwhile is refused"
    )
    report.add_argument("--lang", metavar="LANG", help="the language to translate into")
    report.add_argument("--organization", default="", metavar="ID", help="only this organization's texts")
    report.add_argument("--all", action="store_true", help="export every text, not only those that are missing or stale")

    review = command(
        "review",
        "texts",
        "ask an organization to confirm its facts",
        "Write an e-mail and a one-page sheet (Markdown and HTML) with which an organization confirms its services' facts; or note that it has done so.",
    )
    review.add_argument("organization", metavar="ORGANIZATION", help="id of the organization")
    review.add_argument("--lang", choices=reports.LANGUAGES, help="language of the e-mail and the sheet (default: the site's first language)")
    review.add_argument("--output", type=Path, default=Path("review"), metavar="DIR", help="the folder to write (default: review)")
    review.add_argument(
        "--confirmed", nargs="?", const="", metavar="DATE", help="the facts were confirmed, on DATE or today: set assured_date, and nothing else"
    )
    review.add_argument("--service", action="append", metavar="ID", help="with --confirmed: only this service (may be repeated)")
