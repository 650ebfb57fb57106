"""What other sites may take: a small page of a service or of a topic in an area, HTML to copy, oEmbed.

Nothing of it has a script, a frame or an image, so that a site that shows it tells us nothing of its visitors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from generator import addresses
from generator.localise.views import Card, Link, ListView, SiteView
from generator.pages.renderer import Page, Renderer


class Snippet(NamedTuple):
    """HTML to copy, and where the same stands as a small page."""

    name: str
    html: str
    path: str
    more: tuple[Link, ...] = ()


class PosterLink(NamedTuple):
    """A poster's name and address."""

    name: str
    path: str


def plan(renderer: Renderer) -> Iterator[Page]:
    """The small pages, and the page for those who keep other sites. Without a site address nobody could link to us."""
    settings = renderer.settings
    if not settings.site_url:
        return
    languages = settings.languages
    for language, site in renderer.sites.items():
        for identifier, view in site.services.items():
            paths = {code: addresses.embed("services", code, identifier) for code in languages}
            context = {"heading": view.card.name, "target": view.card.path, "cards": (view.card,), "single": True}
            yield Page(paths[language], "pages/embed.html", language, view.title, alternates=paths, hidden=True, context=context)
        for topic in site.topics:
            for area, cards in _filtered(site, topic).items():
                paths = {code: addresses.embed("topics", code, topic.id, area) for code in languages}
                context = {"heading": topic.name, "target": topic.path, "cards": cards, "single": False}
                yield Page(paths[language], "pages/embed.html", language, topic.title, alternates=paths, hidden=True, context=context)
        yield _webmasters(renderer, language, site)


def files(renderer: Renderer) -> dict[str, bytes]:
    """oEmbed 1.0 of every service: path from the site's root → JSON."""
    settings = renderer.settings
    if not (settings.site_url and settings.handouts):
        return {}
    made = {}
    for language, site in renderer.sites.items():
        for view in site.services.values():
            answer: dict[str, object] = {
                "version": "1.0",
                "type": "link",
                "title": view.title,
                "provider_name": settings.site_name,
                "provider_url": settings.site_url,
                "cache_age": 86400,
            }
            if not view.card.sensitive:
                answer |= {"type": "rich", "html": _snippet(renderer, language, (view.card,)), "width": 480, "height": 200}
            made[f"{view.card.path}oembed.json"] = (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode()
    return made


def _filtered(site: SiteView, topic: ListView) -> dict[str, tuple[Card, ...]]:
    """A topic's services, all of them under "", and those of each area that has any, the country's own after them."""
    cards = [card for group in topic.groups for card in group.cards]
    found = {"": tuple(cards)} if cards else {}
    for area in site.areas:
        own = {card.id for group in area.groups for card in group.cards}
        wider = {card.id for group in area.wider for card in group.cards}
        if any(card.id in own for card in cards):
            found[area.id] = tuple(sorted((card for card in cards if card.id in own | wider), key=lambda card: card.id not in own))
    return found


def _snippet(renderer: Renderer, language: str, cards: tuple[Card, ...]) -> str:
    return str(renderer.component(language, "components/embed/snippet.html", "", cards=cards, code=language)).strip()


def _webmasters(renderer: Renderer, language: str, site: SiteView) -> Page:
    gettext = renderer.readers[language].gettext
    names = {area.id: area.name.text for area in site.areas} | {"": gettext("All areas")}
    services = [
        Snippet(view.card.name.text, _snippet(renderer, language, (view.card,)), addresses.embed("services", language, view.card.id))
        for view in sorted(site.services.values(), key=lambda view: view.card.name.text.casefold())
    ]
    lists = []
    for topic in site.topics:
        filtered = _filtered(site, topic)
        more = tuple(Link(area, topic.name._replace(text=names[area]), addresses.embed("topics", language, topic.id, area)) for area in filtered)
        if filtered:
            lists.append(Snippet(topic.name.text, _snippet(renderer, language, filtered[""]), more[0].path, more))
    posters = [PosterLink(view.name.text, addresses.poster(view.kind, view.id)) for view in (*site.areas, *site.topics)]
    return Page(
        addresses.path("webmasters", language),
        "pages/webmasters.html",
        language,
        gettext("For other sites and for walls"),
        gettext("Ready HTML of each service and topic for your own site, and posters to print."),
        alternates={code: addresses.path("webmasters", code) for code in renderer.settings.languages},
        context={"services": services, "lists": lists, "posters": posters},
    )
