"""Views → the list of pages to write, each a `Page` with its path, template and view; `Renderer` makes their HTML.

Which pages there are is decided here and nowhere else. Every page exists in every language of the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from babel import Locale
from markupsafe import Markup

from generator import addresses
from generator.localise.views import Chosen, Link, ListView, PathView, SiteView, ThresholdView
from generator.pages import cards, client_list, embeds, permanent, pictures, posters
from generator.pages.renderer import POLICY, Page, Renderer
from generator.problems import N_
from generator.settings import Settings

__all__ = ["POLICY", "Content", "Page", "Renderer", "alternates", "content_page", "plan"]

_HEADINGS = {
    "topics": N_("What is happening?"),
    "target_groups": N_("For whom?"),
    "areas": N_("Where?"),
    "organizations": N_("Organizations"),
    "services": N_("All services"),
}

# A link in Markdown that leads out and does not say itself how.
_OUTWARD = re.compile(r'<a (?=[^>]*\bhref="https?:)(?![^>]*\brel=)')


class Content(NamedTuple):
    """A page of words from content/: its id (the same in all languages), language, path, title and description."""

    id: str
    language: str
    path: str
    title: str
    description: str


class Door(NamedTuple):
    """A way into the site in one language, for pages that speak all of them."""

    language: str
    name: str
    title: str
    path: str
    missing: str = ""
    advice: str = ""


class Entry(NamedTuple):
    """A line of an index page."""

    name: Chosen
    path: str
    summary: Chosen | None


def alternates(settings: Settings, kind: str, identifier: str = "") -> dict[str, str]:
    """The paths of the same page in each language."""
    return {language: addresses.path(kind, language, identifier) for language in settings.languages}


def plan(renderer: Renderer, finders: Mapping[str, Mapping[str, object]] | None = None) -> Iterator[Page]:
    """All pages but those of content/. `finders`: by language what the finder's template asks of the search: `finder` (its
    search.SearchAssets) and `counted` (its words for numbers of results); without it the finder is the list of all services."""
    settings, sites = renderer.settings, renderer.sites
    yield from _common(renderer)
    yield from permanent.plan(renderer)
    if settings.handouts:
        for handout in (cards, client_list, embeds, posters):
            yield from handout.plan(renderer)
    for language, site in sites.items():
        gettext = renderer.readers[language].gettext
        home = (gettext("Home"), addresses.path("home", language))
        yield Page(
            home[1],
            "pages/home.html",
            language,
            gettext("Where do I find help?"),
            gettext("Find the help of child-welfare and family organizations: what it is, for whom, and how to get in."),
            alternates=alternates(settings, "home"),
            feed=f"{home[1]}feed.xml" if settings.open_data else "",
        )
        yield Page(
            addresses.path("finder", language),
            "pages/finder.html",
            language,
            gettext("Find help"),
            gettext("All services by situation."),
            alternates=alternates(settings, "finder"),
            context=(finders or {}).get(language, {"finder": None, "counted": ""}),
        )
        yield Page(
            addresses.path("professionals", language),
            "pages/professionals.html",
            language,
            gettext("For professionals"),
            gettext("All services by how easy it is to get in, and who may guide there."),
            alternates=alternates(settings, "professionals"),
        )
        for kind, lists in _lists(site).items():
            heading = gettext(_HEADINGS[kind])
            path = addresses.path(kind, language)
            entries = [Entry(view.name, view.path, view.summary) for view in lists]
            yield Page(path, "pages/index.html", language, heading, alternates=alternates(settings, kind), context={"heading": heading, "entries": entries})
            for view in lists:
                yield _list_page(settings, language, view, (home, (heading, path)), gettext("Services of organizations that help families and children."))
        yield from _path_pages(renderer, language, home)
        yield from _service_pages(renderer, language, site, gettext(_HEADINGS["services"]), home)


def _lists(site: SiteView) -> Mapping[str, tuple[ListView, ...]]:
    return {"topics": site.topics, "target_groups": site.target_groups, "areas": site.areas, "organizations": site.organizations}


def _list_page(settings: Settings, language: str, view: ListView, trail: tuple[tuple[str, str], ...], neutral: str) -> Page:
    """`neutral`: the description where the topic must not be told."""
    template = "pages/organization.html" if view.kind == "organizations" else "pages/list.html"
    discreet = view.title != view.name.text
    return Page(
        view.path,
        template,
        language,
        view.title,
        view.summary.text if view.summary and not discreet else neutral,
        alternates=alternates(settings, view.kind, view.id),
        feed=f"{view.path}feed.xml" if settings.open_data and view.kind == "organizations" and view.size else "",
        context={"view": view, "trail": trail},
    )


def _path_pages(renderer: Renderer, language: str, home: tuple[str, str]) -> Iterator[Page]:
    """The whole way of each topic that has services."""
    site, gettext = renderer.sites[language], renderer.readers[language].gettext
    for view in site.paths:
        yield Page(
            view.path,
            "pages/path.html",
            language,
            view.title,
            gettext("Services of organizations that help families and children."),
            alternates=alternates(renderer.settings, "paths", view.id),
            context={
                "view": view,
                "picture": pictures.whole(view, site.direction),
                "thresholds": _thresholds(site, view),
                "trail": (home, (view.topic.name.text, view.topic.path)),
            },
        )


def _thresholds(site: SiteView, view: PathView) -> list[ThresholdView]:
    """The thresholds that the picture's colors stand for."""
    shown = {stop.card.threshold for stage in view.stages for stop in stage.stops}
    return [threshold for threshold in site.thresholds if threshold in shown]


def _service_pages(renderer: Renderer, language: str, site: SiteView, heading: str, home: tuple[str, str]) -> Iterator[Page]:
    settings, beside = renderer.settings, cards.links(renderer, language)
    entries = [
        Entry(view.card.name, view.card.path, view.card.summary) for view in sorted(site.services.values(), key=lambda view: view.card.name.text.casefold())
    ]
    yield Page(
        addresses.path("services", language),
        "pages/index.html",
        language,
        heading,
        alternates=alternates(settings, "services"),
        context={"heading": heading, "entries": entries},
    )
    # One object for all services of a topic, so that it is rendered once.
    alone = (home,)
    trails = {view.id: (home, (view.name.text, view.path)) for view in site.topics}
    gettext = renderer.readers[language].gettext
    words = gettext("Before this"), gettext("Beside this"), gettext("After this")
    for view in site.services.values():
        yield Page(
            view.card.path,
            "pages/service.html",
            language,
            view.title,
            view.meta_description,
            alternates=alternates(settings, "services", view.card.id),
            context={
                "view": view,
                "picture": pictures.stretch(view.before, view.beside, view.after, words, site.direction),
                "beside": beside,
                "trail": trails.get(view.topics[0].id, alone) if view.topics else alone,
            },
            scripts=("components/hours/hours.js",) if view.now else (),
        )


def door(renderer: Renderer, language: str, kind: str, identifier: str, title: str) -> Door:
    """A way into the site in one language: to the page of `kind` with `identifier`, told by `title`."""
    gettext = renderer.readers[language].gettext
    name = Locale.parse(language).get_display_name(language) or language
    return Door(
        language,
        name[:1].upper() + name[1:],
        title,
        addresses.path(kind, language, identifier),
        gettext("This page is not here"),
        gettext("It may have moved or ended. Begin from the front page or search in your own words."),
    )


def _common(renderer: Renderer) -> Iterator[Page]:
    """Pages that speak all languages: the choice of language, the page that is not found, permanent links."""
    settings, sites = renderer.settings, renderer.sites
    first = settings.languages[0]

    doors = [door(renderer, language, "home", "", renderer.readers[language].gettext("Where do I find help?")) for language in sites]
    yield Page("", "pages/languages.html", first, settings.site_name, alternates=alternates(settings, "home"), context={"doors": doors})
    yield Page("404.html", "pages/not-found.html", first, settings.site_name, hidden=True, context={"doors": doors})
    for identifier, view in sites[first].services.items():
        doors = [door(renderer, language, "services", identifier, site.services[identifier].card.name.text) for language, site in sites.items()]
        yield Page(
            addresses.path("permalink", first, identifier),
            "pages/permalink.html",
            first,
            view.title,
            hidden=True,
            alternates=alternates(settings, "services", identifier),
            context={"doors": doors, "door_name": view.card.name.text},
        )


def content_page(content: Content, body: Markup, contents: Mapping[str, Mapping[str, Content]]) -> Page:
    """A page of words: `body` is its HTML, `contents` all content pages by id and language.

    The accessibility statement shows what was tested where its Markdown has the comment `<!-- tested -->`, or at its end.
    Links that lead out get `noreferrer`, as all others of the site have it.
    """
    others = {language: other.path for language, other in contents[content.id].items()}
    body = Markup(_OUTWARD.sub('<a rel="noreferrer" ', body))
    before, _, after = body.partition("<!-- tested -->") if content.id == "accessibility" else (body, "", "")
    context = {"before": before, "after": after, "shows_tests": content.id == "accessibility"}
    return Page(content.path, "pages/content.html", content.language, content.title, content.description, alternates=others, context=context)


def content_links(contents: Mapping[str, Mapping[str, Content]], language: str) -> tuple[Link, ...]:
    """The content pages for the footer, in the order of their ids' first appearance; one that a language lacks is that of
    the first language that has it."""
    links = []
    for identifier, versions in contents.items():
        shown = versions.get(language) or next(iter(versions.values()))
        links.append(Link(identifier, Chosen(shown.title, None if shown.language == language else shown.language), shown.path))
    return tuple(links)
