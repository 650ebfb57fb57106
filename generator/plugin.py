"""MkDocs' events in, files out, nothing else.

The only room that knows MkDocs, so that replacing it stays a day's work: everything is read, checked and rendered before
MkDocs cleans the old site, and written after it has made its own pages. Content pages are Markdown that MkDocs renders;
their HTML goes into our own template. Nothing of Material's static files reaches the site.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException, PluginError
from mkdocs.plugins import BasePlugin

from generator import catalogue as catalogues
from generator import guard
from generator.problems import Problem
from generator.reports import summary
from generator.settings import Admin, EmergencyNumber, Freshness, Settings, resources

if TYPE_CHECKING:  # what makes pages is imported when a site is made: `apupolku check` only reads the options
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page as MarkdownPage

    from generator.pages import Content, Renderer

log = logging.getLogger("mkdocs.plugins.apupolku")


class ProblemsFoundError(PluginError):
    """The files have errors; the message lists them. MkDocs has logged it when it is raised."""


BACKENDS = ("github", "gitlab", "gitea", "test-repo")
MODES = ("", "simple", "editorial_workflow")

FAILURES = (ConfigurationError, MkDocsException, Abort, OSError)
"""What a build raises when it could not run."""


class ApupolkuConfig(Config):  # type: ignore[no-untyped-call] # MkDocs leaves its base untyped
    """The plugin's options in mkdocs.yml; see docs/configuration.md."""

    languages = Type(list, default=["fi", "sv", "en", "uk"])
    services_dir = Type(str, default="services")
    notice = Type(dict, default={})
    exit_url = Type(str, default="https://www.ilmatieteenlaitos.fi/")
    emergency = Type(list, default=[])
    feedback_url = Type(str, default="")
    colors = Type(dict, default={})
    logo = Type(str, default="")
    locales_dir = Type(str, default="locales")
    open_data = Type(bool, default=True)
    handouts = Type(bool, default=True)
    search = Type(bool, default=True)
    freshness = Type(dict, default={})
    accessibility_results = Type(str, default="")
    admin = Type(dict, default={})


def settings_of(config: MkDocsConfig, options: ApupolkuConfig) -> Settings:
    """mkdocs.yml → Settings, with paths resolved from its folder."""
    base = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    site_url = config.site_url or ""
    return Settings(
        site_name=config.site_name,
        site_url=site_url if not site_url or site_url.endswith("/") else site_url + "/",
        languages=tuple(options.languages),
        notice=options.notice,
        exit_url=options.exit_url,
        emergency=tuple(EmergencyNumber(str(entry["number"]), entry["name"], entry["description"]) for entry in options.emergency),
        feedback_url=options.feedback_url,
        colors=_colors(options.colors),
        logo=_logo(base, options.logo),
        open_data=options.open_data,
        handouts=options.handouts,
        search=options.search,
        freshness=_freshness(options.freshness),
        accessibility_results=base / options.accessibility_results if options.accessibility_results else None,
        admin=_admin(base, options.admin, options.services_dir),
        services_dir=base / options.services_dir,
        content_dir=Path(config.docs_dir),
        theme_dir=Path(config.theme.custom_dir) if config.theme.custom_dir else resources("theme"),
        locales_dir=base / options.locales_dir if (base / options.locales_dir).is_dir() else resources("locales"),
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


class ApupolkuPlugin(BasePlugin[ApupolkuConfig]):  # type: ignore[no-untyped-call] # MkDocs leaves its base untyped
    """Carries arguments between MkDocs and `generator.site`."""

    settings: Settings
    renderer: Renderer
    files: dict[str, bytes]
    secrets: tuple[guard.Secret, ...]
    contents: dict[str, dict[str, Content]]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the options; keep Material's own static templates (search, 404, sitemap) off the site."""
        self.settings = settings_of(config, self.config)
        config.theme.static_templates = set()
        if str(resources("theme")) not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(resources("theme")))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Everything that can fail, before MkDocs cleans the last site."""
        from generator import site as site_files

        catalogue = site_files.load(self.settings)
        warnings = self._stop_at_errors(catalogue.problems)
        if warnings:
            log.info(warnings)
        self.contents = read_contents(Path(config.docs_dir), self.settings)
        self.files, self.renderer = site_files.make(catalogue, self.settings, self.contents)
        self.secrets = guard.secrets(catalogue)
        self._stop_at_errors([*catalogue.problems, *guard.search(self.secrets, _files_below(Path(config.docs_dir)) if self.secrets else {})])

    def _stop_at_errors(self, problems: Iterable[Problem]) -> str:
        """Raises ProblemsFoundError where there is an error; returns what is to be said of warnings, "" without any."""
        text, errors, warnings = summary(problems, self.settings)
        if errors:
            raise ProblemsFoundError(text)
        return text if warnings else ""

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Only our content pages: the theme's own files are not for families' phones."""
        from mkdocs.structure.files import Files, InclusionLevel

        kept = [file for file in files if Path(file.abs_src_path or "").is_relative_to(config.docs_dir)]
        for file in kept:
            file.inclusion = InclusionLevel.NOT_IN_NAV if file.is_documentation_page() else file.inclusion
        return Files(kept)

    def on_page_context(self, context: Any, /, *, page: MarkdownPage, config: MkDocsConfig, nav: Any) -> Any:
        """A content page's HTML in our own document; theme/main.html only hands it out."""
        content = next((version for versions in self.contents.values() for version in versions.values() if version.path == page.url), None)
        if content is None:
            raise PluginError(
                f"{page.file.src_uri}: a content page lies in content/LANGUAGE/ and begins with id, title and description between two lines of ---"
            )
        from generator.pages import content_page

        document = self.renderer.render(content_page(content, Markup(page.content or ""), self.contents))
        self._stop_at_errors(guard.search(self.secrets, {f"{page.url}index.html": document.encode()}))
        context["document"] = Markup(document)
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what was made before, once no file that MkDocs or another plugin has made tells a confidential place."""
        found = list(guard.search(self.secrets, self.renderer.assets.files))
        for name, content in (_files_below(Path(config.site_dir)) if self.secrets else {}).items():
            told = list(guard.search(self.secrets, {name: content}))
            if told:
                (Path(config.site_dir) / name).unlink()
            found += told
        self._stop_at_errors(found)
        from generator import site as site_files

        site_files.write({**self.files, **self.renderer.assets.files}, Path(config.site_dir))

    def on_serve(self, server: Any, /, *, config: MkDocsConfig, builder: Any) -> Any:
        """Rebuild when anything that the site is made of changes."""
        for folder in (self.settings.services_dir, self.settings.theme_dir, self.settings.locales_dir):
            server.watch(str(folder))
        return server


def _files_below(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by their paths in it."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def read_contents(folder: Path, settings: Settings) -> dict[str, dict[str, Content]]:
    """The content pages' heads by id and language, in the order of the first language's files."""
    from mkdocs.structure.files import File
    from mkdocs.utils import meta

    from generator.pages import Content

    contents: dict[str, dict[str, Content]] = {}
    for language in settings.languages:
        for file in sorted((folder / language).glob("*.md")):
            _, head = meta.get_data(file.read_text(encoding="utf-8"))
            path = File(file.relative_to(folder).as_posix(), str(folder), "", use_directory_urls=True).url
            if head.get("id") and head.get("title"):
                contents.setdefault(str(head["id"]), {})[language] = Content(
                    str(head["id"]), language, path, str(head["title"]), str(head.get("description", ""))
                )
    return contents


def configuration(config_file: str, site_dir: str | None = None, **more: Any) -> MkDocsConfig:
    """Load mkdocs.yml; raises mkdocs.exceptions.ConfigurationError."""
    extra: dict[str, Any] = {"config_file": config_file, **more}
    if site_dir:
        extra["site_dir"] = site_dir
    return load_config(**extra)


def build(config_file: str, site_dir: str | None = None, *, strict: bool = False) -> None:
    """Build the site that mkdocs.yml describes; raises ProblemsFoundError for errors in the files, one of FAILURES otherwise."""
    from mkdocs.commands import build as mkdocs_build

    config = configuration(config_file, site_dir, strict=strict)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        with catalogues.uncollected():  # a build keeps nearly all that it makes until its end and then exits
            mkdocs_build.build(config)
    except Abort as abort:
        if isinstance(abort.__context__, ProblemsFoundError):
            raise abort.__context__ from None
        raise
    finally:
        config.plugins.on_shutdown()


def serve(config_file: str, address: str) -> None:
    """Serve the site and rebuild on change, until interrupted."""
    from mkdocs.commands import serve as mkdocs_serve

    mkdocs_serve.serve(config_file=config_file, dev_addr=address, livereload=True)


def settings(config_file: str) -> Settings:
    """The Settings of a mkdocs.yml, for commands that need no build."""
    config = configuration(config_file)
    plugin: Mapping[str, Any] = config.plugins
    found = next((entry for entry in plugin.values() if isinstance(entry, ApupolkuPlugin)), None)
    if found is None:
        raise Abort(f"{config_file}: the plugin “apupolku” is not among its plugins; add it.")
    return settings_of(config, found.config)
