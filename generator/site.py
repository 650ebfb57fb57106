"""The whole way in one place: folder → catalogue → checks → views → pages → bytes, and writing them.

What `plugin` and `cli` both call. Nothing is written before everything is made.
"""

from __future__ import annotations

import dataclasses
import datetime
import os
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from generator import addresses, admin, checks, exports, guard, headers, search
from generator import catalogue as catalogues
from generator.catalogue import Catalogue
from generator.localise import ground, localise
from generator.localise.views import SiteView
from generator.pages import Content, Page, Renderer, content_links, door, embeds, facts, plan
from generator.settings import Settings


def load(settings: Settings) -> Catalogue:
    """Read and check the services; all problems but advice on prose are in `.problems`."""
    catalogue = catalogues.load(settings.services_dir, settings.services_dir.parent)
    catalogue.problems.extend(checks.run(catalogue, settings, advice=False))
    return catalogue


def views(catalogue: Catalogue, settings: Settings) -> dict[str, SiteView]:
    """All views, by language."""
    base = ground(catalogue, settings)
    return {language: localise(catalogue, language, settings, base) for language in settings.languages}


def make(catalogue: Catalogue, settings: Settings, contents: Mapping[str, Mapping[str, Content]]) -> tuple[dict[str, bytes], Renderer]:
    """Every file of the site but content pages and assets (those are in the renderer when all pages are rendered).

    Where a file tells a confidential place, a problem more is among the catalogue's: then nothing may be written.
    """
    links = {language: content_links(contents, language) for language in settings.languages}
    renderer = Renderer(settings, views(catalogue, settings), links)
    linked = {language: exports.jsonld.Linked(catalogue, settings, language) for language in settings.languages} if settings.open_data else {}
    files: dict[str, bytes] = {}
    listed: list[Page] = []
    found, finders = search.build(renderer.sites, catalogue, settings.theme_dir) if settings.search else ({}, {})
    worded = {
        language: {"finder": finder, "counted": search.counted(reader.ngettext, reader.locale)}
        for language, finder in finders.items()
        if (reader := renderer.readers[language])
    }
    exported = exports.files(catalogue, settings) if settings.open_data else {}
    below = {path.removeprefix("data/"): content for path, content in exported.items()}
    entries = {language: exports.contents.entries(below, renderer.readers[language]) for language in settings.languages} if exported else {}
    for page in [*plan(renderer, worded), *facts.plan(renderer, entries)]:
        name = page.path if page.path.endswith(".html") else f"{page.path}index.html"
        files[name] = renderer.render(_with_linked_data(page, catalogue, linked)).encode()
        if not page.hidden:
            listed.append(page)
    others = [{language: content.path for language, content in versions.items()} for versions in contents.values()]
    files |= found | embeds.files(renderer)
    for language, finder in finders.items():
        files |= {part.cards: renderer.cards(language, part.services).encode() for part in finder.parts if part.cards}
    if settings.open_data:
        files |= exported | exports.feeds(catalogue, settings)
        files["data/index.html"] = renderer.render(_data_door(renderer)).encode()
    files["sitemap.xml"] = _sitemap(settings, listed, others)
    files["robots.txt"] = _robots(settings)
    files |= headers.files(settings) | admin.files(catalogue, settings)
    # The last: whatever is made above is looked through.
    catalogue.problems.extend(guard.search(guard.secrets(catalogue), files | renderer.assets.files))
    return files, renderer


def _data_door(renderer: Renderer) -> Page:
    """`/data/` offers the page of the data in each language."""
    first = renderer.settings.languages[0]
    doors = [door(renderer, language, "data", "", renderer.readers[language].gettext("Open data")) for language in renderer.settings.languages]
    others = {language: addresses.path("data", language) for language in renderer.settings.languages}
    return Page("data/", "pages/languages.html", first, renderer.settings.site_name, hidden=True, alternates=others, context={"doors": doors})


def _with_linked_data(page: Page, catalogue: Catalogue, linked: Mapping[str, exports.jsonld.Linked]) -> Page:
    """A service's page with its JSON-LD; the room `pages` stands before `exports` and cannot ask for it."""
    if page.template != "pages/service.html" or not linked:
        return page
    entry = catalogue.services[page.context["view"].card.id]
    return dataclasses.replace(page, context={**page.context, "linked_data": exports.jsonld.embedded(linked[page.language].service(entry))})


def _sitemap(settings: Settings, pages: list[Page], contents: list[dict[str, str]]) -> bytes:
    """The sitemap, each page with its other languages; permanent links and the 404 page are not in it."""
    entries = [(page.path, dict(page.alternates)) for page in pages] + [(path, versions) for versions in contents for path in versions.values()]
    day = datetime.date.isoformat(settings.today)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for path, versions in entries:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(settings.site_url + other)}"/>' for language, other in versions.items()
        )
        lines.append(f"<url><loc>{escape(settings.site_url + path)}</loc><lastmod>{day}</lastmod>{links}</url>")
    return "\n".join([*lines, "</urlset>\n"]).encode()


def _robots(settings: Settings) -> bytes:
    """Everything may be read by search engines; permanent links say of themselves that they are not to be listed."""
    lines = ["User-agent: *", "Allow: /"]
    if settings.site_url:
        lines.append(f"Sitemap: {settings.site_url}sitemap.xml")
    return "\n".join([*lines, ""]).encode()


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files below `folder`. Plain system calls: with thousands of small files, opening them as streams costs more
    than rendering them."""
    made: set[str] = set()
    base = f"{folder}{os.sep}"
    for name, content in files.items():
        home, _, _ = name.rpartition("/")
        if home not in made:
            os.makedirs(base + home, exist_ok=True)  # noqa: PTH103 # see the docstring
            made.add(home)
        descriptor = os.open(base + name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        try:
            written = 0
            while written < len(content):
                written += os.write(descriptor, content[written:] if written else content)
        finally:
            os.close(descriptor)
