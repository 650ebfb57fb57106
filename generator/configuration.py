"""mkdocs.yml → `Settings`: our options, their defaults and what is wrong with them.

A build gets its values from MkDocs (`plugin`). Every other command reads the same file here with MkDocs' reader of YAML
(`!ENV`, INHERIT), without starting MkDocs, its theme and its plugins: `apupolku check` must begin quickly.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException
from mkdocs.utils.yaml import yaml_load

from generator.settings import Admin, EmergencyNumber, Freshness, Settings, resources

log = logging.getLogger("mkdocs.plugins.apupolku")

NAME = "apupolku"
"""The plugin's name in mkdocs.yml."""

OPTIONS: Mapping[str, Any] = {
    "languages": ["fi", "sv", "en", "uk"],
    "services_dir": "services",
    "notice": {},
    "exit_url": "https://www.ilmatieteenlaitos.fi/",
    "emergency": [],
    "feedback_url": "",
    "colors": {},
    "logo": "",
    "locales_dir": "locales",
    "open_data": True,
    "handouts": True,
    "search": True,
    "freshness": {},
    "accessibility_results": "",
    "admin": {},
}
"""The plugin's options and their defaults, which say their types, too; docs/configuration.md explains each."""

BACKENDS = ("github", "gitlab", "gitea", "test-repo")
MODES = ("", "simple", "editorial_workflow")
FAILURES = (ConfigurationError, MkDocsException, Abort, OSError)
"""What reading the file or a build raises when it could not run."""

_KINDS = {list: "a list", str: "a text", dict: "keys and values", bool: "true or false"}


def read(config_file: str) -> Settings:
    """The Settings of a mkdocs.yml, for commands that need no build; raises one of FAILURES."""
    file = Path(config_file)
    if not file.is_file():
        raise ConfigurationError(f"{config_file}: no such file")
    with file.open("rb") as stream:
        tree = yaml_load(stream)
    options = next((given for name, given in _plugins(tree.get("plugins")) if name == NAME), None)
    if options is None:
        raise Abort(f"{config_file}: the plugin “{NAME}” is not among its plugins; add it.")
    theme = tree.get("theme")
    base = file.resolve().parent
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    if not tree.get("site_name"):
        raise ConfigurationError(f"{config_file}: site_name: write the site's name")
    return settings(
        base, str(tree["site_name"]), tree.get("site_url") or "", base / (tree.get("docs_dir") or "docs"), base / custom if custom else None, options
    )


def _plugins(entries: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The names and options of mkdocs.yml's `plugins`, which is a list of names and of single keys, or a map."""
    for entry in entries.items() if isinstance(entries, dict) else entries or ():
        for name, given in entry.items() if isinstance(entry, dict) else (entry,) if isinstance(entry, tuple) else ((entry, None),):
            yield name, _checked(given or {}) if name == NAME else {}


def _checked(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The plugin's options with their defaults, of the types that MkDocs asks for in a build."""
    for name, value in given.items():
        if name not in OPTIONS:
            log.warning("%s: no such option; see docs/configuration.md", name)
        elif value is not None and not isinstance(value, type(OPTIONS[name])):
            raise ConfigurationError(f"{name}: write {_KINDS[type(OPTIONS[name])]}")
    return {**OPTIONS, **{name: value for name, value in given.items() if value is not None}}


def settings(base: Path, site_name: str, site_url: str, content_dir: Path, theme_dir: Path | None, options: Mapping[str, Any]) -> Settings:
    """What mkdocs.yml says, with paths resolved from its folder, `base`. `options`: a value for each of OPTIONS."""
    results, locales = options["accessibility_results"], base / options["locales_dir"]
    return Settings(
        site_name=site_name,
        site_url=site_url if not site_url or site_url.endswith("/") else site_url + "/",
        languages=tuple(options["languages"]),
        notice=options["notice"],
        exit_url=options["exit_url"],
        emergency=tuple(EmergencyNumber(str(entry["number"]), entry["name"], entry["description"]) for entry in options["emergency"]),
        feedback_url=options["feedback_url"],
        colors=_colors(options["colors"]),
        logo=_logo(base, options["logo"]),
        open_data=options["open_data"],
        handouts=options["handouts"],
        search=options["search"],
        freshness=_freshness(options["freshness"]),
        accessibility_results=base / results if results else None,
        admin=_admin(base, options["admin"], options["services_dir"]),
        services_dir=base / options["services_dir"],
        content_dir=content_dir,
        theme_dir=theme_dir or resources("theme"),
        locales_dir=locales if locales.is_dir() else resources("locales"),
    )


def _colors(options: Mapping[str, Any]) -> Mapping[str, Mapping[str, str]]:
    """`colors: {light: {action: "#0b4f5c"}, dark: …}`; tells what a reader could hardly see."""
    if not options:
        return options
    from generator.pages.colors import faint

    try:
        for line in faint(options):
            log.warning(line)
    except ValueError as error:
        raise ConfigurationError(f"colors: {error}") from error
    return options


def _logo(base: Path, name: str) -> Path | None:
    """The logo's file, beside mkdocs.yml."""
    if name and not ((base / name).is_file() and name.endswith((".svg", ".png", ".webp"))):
        raise ConfigurationError(f"logo: {name}: write the name of an .svg, .png or .webp file beside mkdocs.yml")
    return base / name if name else None


def _admin(base: Path, options: Mapping[str, Any], services: str) -> Admin | None:
    """`admin: {backend: {name: github, repo: OWNER/REPO, branch: main}, publish_mode: …, modules: node_modules}`; no forms without it."""
    if not options:
        return None
    known = {"backend", "publish_mode", "modules"}
    for key in options:
        if key not in known:
            raise ConfigurationError(f"admin: {key}: write {', '.join(sorted(known))}")
    backend, mode = options.get("backend"), options.get("publish_mode", "")
    if not isinstance(backend, dict) or backend.get("name") not in BACKENDS:
        raise ConfigurationError(f"admin: backend: write name ({', '.join(BACKENDS)}), and repo and branch as OWNER/REPO and main")
    if mode not in MODES:
        raise ConfigurationError(f"admin: publish_mode: {mode}: write {' or '.join(MODES[1:])}, or leave it out")
    return Admin(backend, mode, base / str(options.get("modules", "node_modules")), PurePosixPath(services))


def _freshness(options: Mapping[str, Any]) -> Freshness:
    """`freshness: {note: 6, warning: 12, lower: 18, hide: 0}`, in months; what is left out keeps its default."""
    known = {field.name for field in dataclasses.fields(Freshness)}
    for key, months in options.items():
        if key not in known or type(months) is not int or months < 0:
            raise ConfigurationError(f"freshness: {key}: {months}: write {', '.join(sorted(known))}, each with a number of months, 0 for never")
    return Freshness(**options)
