"""A page and its view → HTML. The only room that knows Jinja.

Templates get finished views. What they call besides: `_` and `ngettext` (in the page's language), `say` (a text, marked
when it is in another language), `icon`, `path`, `asset`. Output is escaped by default and tight: indentation and empty
lines are taken out of the template's source once, not out of every page.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jinja2
from babel import Locale
from jinja2.ext import Extension
from markupsafe import Markup, escape

from generator import addresses
from generator.localise.reader import Reader
from generator.localise.views import Chosen, Link, SiteView
from generator.pages.styles import Assets
from generator.settings import Settings

# What a browser may do on our pages, by name. frame-ancestors cannot stand in a meta element: the header files have it.
POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "img-src": "'self'",
    "manifest-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "worker-src": "'self'",
}
_SHORT = {"uk": "УКР", "ru": "РУС", "ar": "ع"}


@dataclass(frozen=True, slots=True)
class Page:
    """One page to write. `path` as in `addresses`; `alternates`: the same page's path in each language."""

    path: str
    template: str
    language: str
    title: str
    description: str = ""
    heading: str = ""
    alternates: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False
    context: Mapping[str, Any] = field(default_factory=dict)


class _Tight(Extension):
    """Takes indentation and empty lines out of template sources."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"\n\s*", "\n", source)


def _say(text: Chosen | str | None) -> Markup:
    if text is None:
        return Markup("")
    if isinstance(text, Chosen) and text.lang:
        return Markup('<span lang="{}">{}</span>').format(text.lang, text.text)
    return escape(str(text))


def _lines(text: str) -> Markup:
    """Lines of an address, each on its own."""
    return Markup("<br>").join(text.split("\n"))


class Renderer:
    """Renders pages of all languages with one environment; templates are compiled once."""

    def __init__(self, settings: Settings, sites: Mapping[str, SiteView], contents: Mapping[str, tuple[Link, ...]] | None = None) -> None:
        self.settings = settings
        self.sites = sites
        self.contents = contents or {}
        self.assets = Assets(settings.theme_dir)
        self.readers = {language: Reader(language, settings) for language in settings.languages}
        self._reader = self.readers[settings.languages[0]]
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(settings.theme_dir),
            extensions=[_Tight],
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
        )
        self.environment.filters["lines"] = _lines
        self.environment.globals.update(
            _=lambda message: self._reader.gettext(message),
            ngettext=lambda one, many, number: self._reader.ngettext(one, many, number),
            say=_say,
            icon=self._icon,
            path=addresses.path,
            asset=self.assets.file,
            language_short=lambda code: _SHORT.get(code, code.upper()),
            language_label=self._language_label,
            site_name=settings.site_name,
            site_url=settings.site_url,
            feedback_url=settings.feedback_url,
            policy="; ".join(f"{name} {value}" for name, value in POLICY.items()),
        )

    def render(self, page: Page) -> str:
        """The page's HTML."""
        language = page.language
        self._reader = self.readers[language]
        site = self.sites[language]
        root = addresses.root(page.path) if page.template != "pages/not-found.html" else self._absolute_root()
        scripts = [self.assets.file("site.js")]
        styles = [sheet for sheet in (self.assets.base(), self.assets.style(page.template)) if sheet]
        return self.environment.get_template(page.template).render(
            page={
                "language": language,
                "direction": site.direction,
                "path": page.path,
                "title": f"{page.title} – {self.settings.site_name}" if page.title != self.settings.site_name else page.title,
                "heading": page.heading or page.title,
                "description": page.description,
                "hidden": page.hidden,
                "alternates": page.alternates if not page.hidden else {},
                "switch": page.alternates or {code: addresses.path("home", code) for code in self.settings.languages},
                "default": page.alternates.get(self.settings.languages[0], page.path),
                "styles": styles,
                "scripts": scripts,
            },
            site=site,
            root=root,
            contents=self.contents.get(language, ()),
            safety=next((link.path for link in self.contents.get(language, ()) if link.id == "safety"), ""),
            **page.context,
        )

    def _absolute_root(self) -> str:
        """The path of the site on its host, for the page that is shown at any depth (404)."""
        match = re.match(r"https?://[^/]+(/.*)?\Z", self.settings.site_url)
        return (match[1] if match and match[1] else "/").rstrip("/") + "/"

    @functools.cache  # noqa: B019 # a Renderer lives as long as a build
    def _icon(self, name: str) -> Markup:
        """An icon of the theme as inline SVG, hidden from screen readers: words stand beside it."""
        shape = (self.settings.theme_dir / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        return Markup(f'<svg viewBox="0 0 24 24" aria-hidden="true">{shape}</svg>')

    @functools.cache  # noqa: B019 # a Renderer lives as long as a build
    def _language_label(self, code: str) -> str:
        """A language's own name with its letters on the switch, for screen readers: “FI, suomi”."""
        return f"{_SHORT.get(code, code.upper())}, {Locale.parse(code).get_display_name(code)}"
