"""A page and its view → HTML.

Templates get finished views. What they call besides: `_` and `ngettext` (in the page's language), `here` (the path of a
page in it), `part` and `fragment` (a component), the filters `icon`, `asset`, `joined`, `lines`. What they put out is
escaped; a text in another language is marked with it (`templates.escaped`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import quote

import jinja2
from babel import Locale
from markupsafe import Markup

from generator import addresses
from generator.localise.reader import Reader
from generator.localise.views import Link, SiteView
from generator.pages import colors
from generator.pages.styles import Assets
from generator.pages.templates import Templates, escaped
from generator.settings import Settings, resources, theme_file

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
    """One page to write. `path` as in `addresses`; `alternates`: the same page's path in each language; `feed`: that of the
    Atom feed which tells of the page's changes; `scripts`: files of the theme besides site.js."""

    path: str
    template: str
    language: str
    title: str
    description: str = ""
    heading: str = ""
    alternates: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False
    feed: str = ""
    scripts: tuple[str, ...] = ()
    context: Mapping[str, Any] = field(default_factory=dict)


class _Head(NamedTuple):
    """What the document says of the page around its main part: `page` in the templates."""

    language: str
    direction: str
    path: str
    title: str
    heading: str
    description: str
    hidden: bool
    alternates: Mapping[str, str]
    switch: Mapping[str, str]
    default: str
    styles: list[str]
    scripts: list[str]
    feed: str


class _Words(dict[str, str]):
    """Messages in a language, each looked up once for all the pages that say it."""

    def __init__(self, gettext: Callable[[str], str]) -> None:
        self._gettext = gettext

    def __missing__(self, message: str) -> str:
        said = self[message] = self._gettext(message)
        return said


def _joined(texts: Iterable[object], between: str) -> Markup:
    """Texts as a template puts them out, with `between` between them."""
    return Markup(escaped(between).join(map(escaped, texts)))


def _lines(text: str) -> Markup:
    """Lines of an address, each on its own."""
    return Markup("<br>").join(text.split("\n"))


def _unbroken(html: Markup) -> Markup:
    """HTML on one line: where a line ends, a space may stand."""
    return Markup(html.replace("\n", " "))


@functools.cache
def _switch(code: str, current: str) -> Markup:
    """The rest of a language's link on the switch, from its attributes to its letters; its name is for screen readers."""
    short = _SHORT.get(code, code.upper())
    name = Locale.parse(code).get_display_name(code) or code
    here = Markup(' aria-current="true"') if code == current else ""
    return Markup('lang="{0}" hreflang="{0}" aria-label="{1}, {2}"{3}>{1}').format(code, short, name, here)


def _here(language: str, kind: str, identifier: str = "") -> str:
    return addresses.path(kind, language, identifier)


def _about(language: str, address: str, identifier: str) -> str:
    """The address with which a reader tells that a service's facts are old."""
    return address.replace("{id}", quote(identifier, safe="")).replace("{language}", quote(language, safe=""))


class Renderer:
    """Renders the pages of all languages."""

    def __init__(self, settings: Settings, sites: Mapping[str, SiteView], contents: Mapping[str, tuple[Link, ...]] | None = None) -> None:
        self.settings = settings
        self.sites = sites
        self.contents = contents or {}
        self.assets = Assets(settings.theme_dir, colors.css(settings.colors))
        self.readers = {language: Reader(language, settings) for language in settings.languages}
        filters = {"icon": self._icon, "asset": self.assets.file, "joined": _joined, "lines": _lines, "switch": _switch, "unbroken": _unbroken}
        self._templates = Templates([settings.theme_dir, resources("theme")], filters)
        self._variables = {language: self._variables_of(reader) for language, reader in self.readers.items()}
        self._fragments: dict[tuple[object, ...], tuple[Markup, object]] = {}

    def _variables_of(self, reader: Reader) -> dict[str, Any]:
        """What every template of a language may name."""
        settings, language = self.settings, reader.language
        contents = self.contents.get(language, ())
        return {
            "_": _Words(reader.gettext).__getitem__,
            "ngettext": reader.ngettext,
            "here": functools.partial(_here, language),
            "about": functools.partial(_about, language),
            "part": functools.partial(self._part, language),
            "fragment": functools.partial(self._fragment, language),
            "site": self.sites[language],
            "site_name": settings.site_name,
            "site_url": settings.site_url,
            "open_data": settings.open_data,
            "feedback_url": settings.feedback_url,
            "handouts": settings.handouts,
            "logo": settings.logo is not None,
            "sign": self._sign(),
            "paper": {mode: colors.of(settings.colors, mode, "paper") for mode in colors.MODES},
            "policy": Markup("; ".join(f"{name} {value}" for name, value in POLICY.items())),
            "contents": contents,
            "safety": next((link.path for link in contents if link.id == "safety"), ""),
        }

    def _sign(self) -> str:
        """The path of the site's sign: its logo, or the theme's icon."""
        logo = self.settings.logo
        return self.assets.add(logo.name, logo.read_bytes()) if logo else self.assets.file("icon.svg")

    def render(self, page: Page) -> str:
        """The page's HTML."""
        language = page.language
        root = addresses.root(page.path) if page.template != "pages/not-found.html" else self._absolute_root()
        return self._template(language, page.template).render(
            page=_Head(
                language=language,
                direction=self.sites[language].direction,
                path=page.path,
                title=f"{page.title} – {self.settings.site_name}" if page.title != self.settings.site_name else page.title,
                heading=page.heading or page.title,
                description=page.description,
                hidden=page.hidden,
                alternates=page.alternates if not page.hidden else {},
                switch=page.alternates or {code: addresses.path("home", code) for code in self.settings.languages},
                default=page.alternates.get(self.settings.languages[0], page.path),
                styles=self.styles(page.template),
                scripts=[self.assets.file(name) for name in ("site.js", *page.scripts)],
                feed=page.feed,
            ),
            root=root,
            **page.context,
        )

    @functools.cache  # noqa: B019 # a Renderer lives as long as a build
    def _template(self, language: str, name: str) -> jinja2.Template:
        return self._templates.get(name, self._variables[language])

    def styles(self, template: str) -> list[str]:
        """The style sheets of a page template: the base, and its own when it has one."""
        return [sheet for sheet in (self.assets.base(), self.assets.style(template)) if sheet]

    def cards(self, language: str, identifiers: Iterable[str]) -> str:
        """The finder's cards of some services, a line each, as they stand in its page."""
        root = addresses.root(addresses.path("finder", language))
        services = self.sites[language].services
        return "\n".join(
            _unbroken(self._fragment(language, "components/card/card.html", root, service=services[identifier].card, level=2, show_badge=True, facets=True))
            for identifier in identifiers
        )

    def component(self, language: str, template: str, root: str, /, **context: Any) -> Markup:
        """A component alone, for pages that join parts of several languages."""
        return self._part(language, template, root, **context)

    def _part(self, language: str, template: str, root: str, /, **context: Any) -> Markup:
        """A component with its parameters."""
        return Markup(self._template(language, template).render(root=root, **context))

    def _fragment(self, language: str, template: str, root: str, /, **context: Any) -> Markup:
        """A component that stands alike on many pages (the foot, a card), rendered once for each language and depth."""
        # What is put in is told by its identity: hashing a view would read all of it. The cache keeps it, so that no other takes its place.
        given = tuple(context.values())
        key = (language, template, root, *map(id, given))
        found = self._fragments.get(key)
        if found is None:
            found = self._fragments[key] = self._part(language, template, root, **context), given
        return found[0]

    def _absolute_root(self) -> str:
        """The path of the site on its host, for the page that is shown at any depth (404)."""
        match = re.match(r"https?://[^/]+(/.*)?\Z", self.settings.site_url)
        return (match[1] if match and match[1] else "/").rstrip("/") + "/"

    @functools.cache  # noqa: B019 # a Renderer lives as long as a build
    def _icon(self, name: str) -> Markup:
        """An icon of the theme as inline SVG, hidden from screen readers: words stand beside it."""
        shape = theme_file(self.settings.theme_dir, f"icons/{name}.svg").read_text(encoding="utf-8")
        return Markup(f'<svg viewBox="0 0 24 24" aria-hidden="true">{shape}</svg>')
