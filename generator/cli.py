"""The commands. Exit code 0: fine, 1: problems found, 2: could not run.

Each command is a function that takes the parsed arguments and returns the exit code; what it does lives in other rooms.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generator import __version__, catalogue, checks, reports
from generator.problems import Problem
from generator.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; returns the exit code."""
    parser = _parser()
    try:
        parsed = parser.parse_args(arguments)
    except SystemExit as stop:  # argparse: 0 after --help, 2 for words that it does not know
        return int(stop.code or 0)
    try:
        return int(parsed.run(parsed))
    except KeyboardInterrupt:
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="apupolku", description="One YAML file per service becomes a static site in several languages.")
    parser.add_argument("--version", action="version", version=f"apupolku {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    build = commands.add_parser(
        "build", help="build the site", description="Build the site into a folder. Stops before writing anything when a file has an error."
    )
    build.add_argument("--config-file", default="mkdocs.yml", help="the site's configuration (default: mkdocs.yml)")
    build.add_argument("--site-dir", help="the folder to write (default: site, or what the configuration says)")
    build.add_argument("--strict", action="store_true", help="stop at MkDocs' own warnings, too")
    build.set_defaults(run=_build)

    serve = commands.add_parser(
        "serve", help="show the site on this machine", description="Serve the site on this machine and build it again when a file changes."
    )
    serve.add_argument("--config-file", default="mkdocs.yml", help="the site's configuration (default: mkdocs.yml)")
    serve.add_argument("--address", default="127.0.0.1:8000", help="where to serve (default: 127.0.0.1:8000)")
    serve.set_defaults(run=_serve)

    check = commands.add_parser(
        "check",
        help="tell what is wrong with the files",
        description="Tell every problem of every file as file:line:column: what is wrong; what to do [code]. Warnings alone give exit code 0.",
    )
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders to tell about (default: the whole services folder)")
    check.add_argument("--config-file", default="mkdocs.yml", help="the site's configuration (default: mkdocs.yml)")
    check.add_argument("--format", choices=("text", "github", "json"), default="text", help="text for people, github for annotations, json for programs")
    check.add_argument("--lang", choices=reports.LANGUAGES, help="language of the messages (default: from the environment)")
    check.add_argument("--quiet", action="store_true", help="errors only")
    check.set_defaults(run=_check)
    return parser


def _fail(message: object) -> int:
    print(f"apupolku: {message}", file=sys.stderr)
    return 2


def _settings(config_file: str) -> Settings:
    """The Settings of mkdocs.yml; where there is none, those of the working directory."""
    if not Path(config_file).is_file():
        return Settings()
    from generator import plugin

    return plugin.settings(config_file)


def _build(arguments: argparse.Namespace) -> int:
    from generator import plugin

    try:
        plugin.build(arguments.config_file, arguments.site_dir, strict=arguments.strict)
    except plugin.ProblemsFoundError:
        return 1
    except plugin.FAILURES as error:
        return _fail(error)
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    from generator import plugin

    try:
        plugin.serve(arguments.config_file, arguments.address)
    except plugin.FAILURES as error:
        return _fail(error)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from generator import plugin

    try:
        settings = _settings(arguments.config_file)
    except plugin.FAILURES as error:
        return _fail(error)
    missing = [path for path in arguments.paths if not path.exists()]
    if missing:
        return _fail(f"{missing[0]}: no such file or folder")
    problems = _problems(arguments.paths, settings)
    if arguments.quiet:
        problems = [problem for problem in problems if problem.level == "error"]
    language = arguments.lang or reports.language_of_environment()
    shape = {"text": reports.text, "github": reports.github, "json": reports.as_json}[arguments.format]
    output = shape(problems, settings.locales_dir, language)
    if output:
        print(output)
    errors, warnings = reports.count(problems, "error"), reports.count(problems, "warning")
    if arguments.format == "text":
        print(reports.counts(errors, warnings, language, settings.locales_dir), file=sys.stderr)
    return 1 if errors else 0


def _problems(paths: Sequence[Path], settings: Settings) -> list[Problem]:
    """The problems of `paths`: a folder with terms is a services folder of its own, other paths narrow the project's."""
    roots = [path for path in paths if (path / "terms").is_dir()]
    found: list[Problem] = []
    for root in roots or [settings.services_dir]:
        loaded = catalogue.load(root)
        outside = [path for path in paths if path not in roots and not path.resolve().is_relative_to(root.resolve())]
        for path in outside:
            for file in sorted(path.rglob("*.yaml")) if path.is_dir() else [path]:
                catalogue.read_service(loaded, file)
        loaded.problems.extend(checks.run(loaded, settings))
        found.extend(loaded.problems)
    narrowed = [path.resolve() for path in paths if path not in roots]
    if not narrowed:
        return found
    return [
        problem for problem in found if any(Path(problem.place.file).resolve().is_relative_to(path) for path in narrowed + [root.resolve() for root in roots])
    ]
