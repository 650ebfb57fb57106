"""MkDocs' events in, files out, nothing else.

With `configuration` the only room that knows MkDocs, so that replacing it stays a day's work: everything is read, checked and rendered before
MkDocs cleans the old site, and written after it has made its own pages. Content pages are Markdown that MkDocs renders;
their HTML goes into our own template. Nothing of Material's static files reaches the site.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from markupsafe import Markup
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MarkdownPage
from mkdocs.utils import meta

from generator import catalogue as catalogues
from generator import configuration, guard
from generator import site as site_files
from generator.configuration import OPTIONS, log
from generator.pages import Content, Renderer, content_page
from generator.problems import Problem
from generator.reports import summary
from generator.settings import Settings, resources


class ProblemsFoundError(PluginError):
    """The files have errors; the message lists them. MkDocs has logged it when it is raised."""


# MkDocs' own form of the options, so that a build checks them as it checks its own.
ApupolkuConfig: Any = type("ApupolkuConfig", (Config,), {name: Type(type(default), default=default) for name, default in OPTIONS.items()})


class ApupolkuPlugin(BasePlugin[ApupolkuConfig]):  # type: ignore[no-untyped-call] # MkDocs leaves its base untyped
    """Carries arguments between MkDocs and `generator.site`."""

    settings: Settings
    renderer: Renderer
    files: dict[str, bytes]
    secrets: tuple[guard.Secret, ...]
    contents: dict[str, dict[str, Content]]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the options; keep Material's own static templates (search, 404, sitemap) off the site."""
        base, theme = Path(config.config_file_path or "mkdocs.yml").resolve().parent, config.theme.custom_dir
        self.settings = configuration.settings(
            base, config.site_name, config.site_url or "", Path(config.docs_dir), Path(theme) if theme else None, self.config
        )
        config.theme.static_templates = set()
        if str(resources("theme")) not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(resources("theme")))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Everything that can fail, before MkDocs cleans the last site."""
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


def build(config_file: str, site_dir: str | None = None, *, strict: bool = False) -> None:
    """Build the site that mkdocs.yml describes; raises ProblemsFoundError for errors in the files, one of FAILURES otherwise."""
    config = load_config(config_file=config_file, strict=strict, **({"site_dir": site_dir} if site_dir else {}))
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
    from mkdocs.commands import serve as mkdocs_serve  # with its web server, which a build does not need

    mkdocs_serve.serve(config_file=config_file, dev_addr=address, livereload=True)
