"""The commands around the files: links, report, preview, init.

`add` puts them into the parser of `cli`; each command takes the parsed arguments and returns the exit code. Only `links` (and
`report --links`) asks the network, and only when someone calls it.
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

    def command(name: str, help_: str, description: str, *, configured: bool = True) -> argparse.ArgumentParser:
        def function(arguments: argparse.Namespace, settings: Settings) -> int:
            # Imported when it runs, since `check` must begin quickly.
            found: Run = getattr(importlib.import_module(f"{__name__}.commands"), name)
            return found(arguments, settings)

        parser: argparse.ArgumentParser = commands.add_parser(name, help=help_, description=description)
        if configured:
            parser.add_argument("--config-file", default="mkdocs.yml", help="the site's configuration (default: mkdocs.yml)")
            parser.set_defaults(run=run(function))
        else:
            parser.set_defaults(run=lambda arguments: function(arguments, Settings()))
        parser.add_argument("--lang", choices=reports.LANGUAGES, help="language of the messages (default: from the environment)")
        return parser

    links = command(
        "links",
        "ask whether the web addresses still work",
        "Ask each web address in the services, organizations, terms and content pages, politely: one at a time per host, with a pause, as robots.txt allows. Exit code 0 whatever is found, unless --strict.",
    )
    _about_links(links)
    links.add_argument("--json", action="store_true", help="as JSON, for programs")
    links.add_argument("--strict", action="store_true", help="exit with 1 when an address is broken")

    report = command(
        "report",
        "how fresh the facts are, as Markdown",
        "Write a report for the editors: how many services were checked within a year, per organization, which to ask about first, and (with --links) which web addresses are broken.",
    )
    report.add_argument("--links", action="store_true", help="ask the web addresses, too")
    _about_links(report)

    preview = command(
        "preview",
        "what a change alters for the reader",
        "Compare the pages before and after the changes since a Git revision, as a reader sees them, per language. Writes Markdown.",
    )
    preview.add_argument("--since", metavar="REV", default="HEAD", help="the Git revision to compare with (default: HEAD, the last commit)")
    preview.add_argument("--plain", action="store_true", help="plain lines with + and - instead of Markdown")

    init = command(
        "init",
        "begin a site of your own",
        "Make a new folder with all that a site needs: mkdocs.yml, vocabularies, one made-up service, pages, workflows for GitHub, a Makefile. Overwrites nothing.",
        configured=False,
    )
    init.add_argument("folder", type=Path, metavar="DIR", help="the folder to make; must not exist or be empty")
    init.add_argument("--name", default="", help="the site's name (default: made of DIR)")
    init.add_argument(
        "--languages", default="fi,sv,en,uk", metavar="CODES", help="languages of the site, the first one shown where a text is missing (default: fi,sv,en,uk)"
    )


def _about_links(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--delay", type=float, default=1.0, metavar="SECONDS", help="pause between two questions to one host (default: 1)")
    parser.add_argument("--timeout", type=float, default=20.0, metavar="SECONDS", help="how long to wait for an answer (default: 20)")
