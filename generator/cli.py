"""The commands. Exit code 0: fine, 1: problems found, 2: could not run.

Each command is a function that takes the parsed arguments and returns the exit code; what it does lives in other rooms.
Those that make pages are imported when a command needs them, since `check` must begin quickly.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from generator import __version__, catalogue, changes, checks, editing, reports, repository
from generator.problems import Problem
from generator.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without some of our letters must not end the command
            stream.reconfigure(errors="backslashreplace")
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
    check.add_argument("--since", metavar="REV", help="only what the changes since this Git revision have caused")
    check.set_defaults(run=_check)

    find = commands.add_parser(
        "search",
        help="ask the finder",
        description="Ask the finder of a language, with the ranking that the browser gives. With --explain: why each result is there. Exit 1 when nothing was found.",
    )
    find.add_argument("query", metavar="QUERY", help="what a person would type")
    find.add_argument("--lang", required=True, help="language of the site that is asked, such as fi")
    find.add_argument("--json", action="store_true", help="for programs: a list of results with ids, names and scores")
    find.add_argument("--explain", action="store_true", help="how each word was read, and each result's score by fields and concepts")
    find.add_argument("--most", type=int, default=10, metavar="N", help="how many results (default: 10)")
    find.add_argument("--config-file", default="mkdocs.yml", help="the site's configuration (default: mkdocs.yml)")
    find.set_defaults(run=_search)

    export = commands.add_parser(
        "export",
        help="write the services as open data",
        description="Write the services in a format of others: Open Referral HSDS, the Finnish Service Catalogue (PTV), JSON-LD, CSV, Atom. docs/open-data.md describes each.",
    )
    export.add_argument("--format", type=_export_format, metavar="FORMAT", default="all", help="what to write (default: all, as in the site's /data/)")
    export.add_argument("--output", type=Path, default=Path("data"), metavar="DIR", help="the folder to write (default: data)")
    export.add_argument("--config-file", default="mkdocs.yml", help="the site's configuration (default: mkdocs.yml)")
    export.set_defaults(run=_export)

    importer = commands.add_parser(
        "import",
        help="make service files from another directory's data",
        description="Make YAML files from someone else's HSDS 3.0 or 3.1 services (an object, a list, or a page of the API). Tells all that could not be carried. Overwrites nothing.",
    )
    importer.add_argument("kind", choices=("hsds",), help="the format of FILE")
    importer.add_argument("file", type=Path, metavar="FILE", help="a JSON file of services")
    importer.add_argument("--into", type=Path, required=True, metavar="DIR", help="the services folder to write to")
    importer.add_argument("--lang", default="fi", help="language of the texts in FILE (default: fi)")
    importer.add_argument(
        "--translation",
        action="append",
        default=[],
        metavar="LANG=FILE",
        help="the same services in another language, such as sv=services.sv.json (may be repeated)",
    )
    importer.set_defaults(run=_import)
    editing.add(commands, _with_settings)
    repository.add(commands, _with_settings)
    return parser


def _with_settings(function: editing.Run) -> Callable[[argparse.Namespace], int]:
    """A command of `editing` with the settings of its configuration file."""

    def run(arguments: argparse.Namespace) -> int:
        try:
            settings = _settings(arguments.config_file)
        except _failures() as error:
            return _fail(error)
        return function(arguments, settings)

    return run


def _export_format(word: str) -> str:
    from generator.exports import FORMATS

    if word not in FORMATS:
        raise argparse.ArgumentTypeError(f"{word}: write one of {', '.join(FORMATS)}")
    return word


def _fail(message: object) -> int:
    print(f"apupolku: {message}", file=sys.stderr)
    return 2


def _failures() -> tuple[type[BaseException], ...]:
    """What reading mkdocs.yml or a build may raise; not loaded to know it until something was raised."""
    from generator import configuration

    return configuration.FAILURES


def _settings(config_file: str) -> Settings:
    """The Settings of mkdocs.yml; where there is none and none was named, those of the working directory."""
    if config_file == "mkdocs.yml" and not Path(config_file).is_file():
        return Settings()
    from generator import configuration

    return configuration.read(config_file)


def _build(arguments: argparse.Namespace) -> int:
    from generator import plugin

    try:
        plugin.build(arguments.config_file, arguments.site_dir, strict=arguments.strict)
    except plugin.ProblemsFoundError:
        return 1
    except _failures() as error:
        return _fail(error)
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    from generator import plugin

    gc.enable()  # this one goes on for hours
    try:
        plugin.serve(arguments.config_file, arguments.address)
    except _failures() as error:
        return _fail(error)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    try:
        settings = _settings(arguments.config_file)
    except _failures() as error:
        return _fail(error)
    missing = [path for path in arguments.paths if not path.exists()]
    if missing:
        return _fail(f"{missing[0]}: no such file or folder")
    try:
        with catalogue.uncollected():
            problems = _narrow(changes.problems(arguments.since, settings), arguments.paths) if arguments.since else _problems(arguments.paths, settings)
    except changes.RevisionError as error:
        return _fail(f"--since {arguments.since}: {error}")
    if arguments.quiet:
        problems = [problem for problem in problems if problem.level == "error"]
    language = arguments.lang or reports.language_of_environment()
    shape = {"text": reports.text, "github": reports.github, "json": reports.as_json}[arguments.format]
    output = shape(problems, settings.locales_dir, language)
    if output:
        print(output)
    if arguments.format == "github":
        reports.write_step_summary(problems, settings.locales_dir, language)
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
        home = root.resolve()
        outside = [path for path in paths if path not in roots and not path.resolve().is_relative_to(home) and not home.is_relative_to(path.resolve())]
        for path in outside:
            for file in sorted(path.rglob("*.yaml")) if path.is_dir() else [path]:
                catalogue.read_service(loaded, file)
        loaded.problems.extend(checks.run(loaded, settings))
        found.extend(loaded.problems)
    return _narrow(found, [path for path in paths if path not in roots] and paths)


def _narrow(problems: list[Problem], paths: Sequence[Path]) -> list[Problem]:
    """The problems of the files and folders at `paths`; all when there are none."""
    wanted = [path.resolve() for path in paths]
    return [problem for problem in problems if not wanted or any(Path(problem.place.file).resolve().is_relative_to(path) for path in wanted)]


def _search(arguments: argparse.Namespace) -> int:
    from generator import search, site
    from generator.localise import localise

    try:
        settings = _settings(arguments.config_file)
        loaded = site.load(settings)
    except _failures() as error:
        return _fail(error)
    text, errors, _ = reports.summary(loaded.problems, settings)
    if errors:
        print(text, file=sys.stderr)
        return 1
    if arguments.lang not in settings.languages:
        return _fail(f"--lang {arguments.lang}: the site's languages are {', '.join(settings.languages)}")
    view = localise(loaded, arguments.lang, settings)
    answer = search.engine(view, loaded).search(arguments.query)
    names = {identifier: service.card.name.text for identifier, service in view.services.items()}
    results = answer.results[: arguments.most]
    if arguments.json:
        shown = [{"service": result.service, "name": names[result.service], "score": round(result.score, 4)} for result in results]
        guesses = [{"word": word, "meant": meant} for word, meant in answer.guesses]
        print(
            json.dumps(
                {"query": arguments.query, "language": answer.language, "acute": answer.acute, "guesses": guesses, "results": shown},
                ensure_ascii=False,
                indent=2,
            )
        )
    elif arguments.explain:
        print("\n".join(search.explain(answer, names)))
    else:
        for place, result in enumerate(results, 1):
            print(f"{place:2} {result.service}: {names[result.service]}")
    return 0 if results else 1


def _export(arguments: argparse.Namespace) -> int:
    from generator import exports, guard, site

    try:
        settings = _settings(arguments.config_file)
        loaded = site.load(settings)
        text, errors, _ = reports.summary(loaded.problems, settings)
        if errors:
            print(text, file=sys.stderr)
            return 1
        made = exports.one(arguments.format, loaded, settings)
        text, errors, _ = reports.summary(guard.search(guard.secrets(loaded), made), settings)
        if errors:
            print(text, file=sys.stderr)
            return 1
        site.write(made, arguments.output)
    except _failures() as error:
        return _fail(error)
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from generator import site
    from generator.exports import importing

    settings = Settings()
    translations = {}
    for pair in arguments.translation:
        language, equals, file = pair.partition("=")
        if not equals:
            return _fail(f"--translation {pair}: write it as sv=FILE")
        translations[language] = Path(file)
    try:
        result = importing.hsds(arguments.file, arguments.into, arguments.lang, translations)
        site.write(result.files, arguments.into)
    except (importing.NotHsdsError, OSError) as error:
        return _fail(error)
    language = reports.language_of_environment()
    for path in result.files:
        print(arguments.into / path)
    told = reports.text(result.problems, settings.locales_dir, language)
    errors, warnings = reports.count(result.problems, "error"), reports.count(result.problems, "warning")
    print("\n".join(filter(None, (told, reports.counts(errors, warnings, language, settings.locales_dir)))), file=sys.stderr)
    return 1 if errors else 0
