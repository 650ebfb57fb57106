"""Posters for walls: one sheet of A4 for each area and topic, in all languages of the site, with a QR code.

The code leads to the poster's own page, which stands for all languages: each block on it is a link.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator import addresses
from generator.localise.views import Card, ListView
from generator.pages.qr import qr
from generator.pages.renderer import Page, Renderer

_NUMBERS = 2  # services whose number fits below the blocks


class Block(NamedTuple):
    """What a poster says in one language."""

    language: str
    heading: str
    text: str
    path: str


def plan(renderer: Renderer) -> Iterator[Page]:
    """All posters; without a site address there is nothing that a code could lead to."""
    settings = renderer.settings
    if not settings.site_url:
        return
    first = renderer.sites[settings.languages[0]]
    for kind in ("areas", "topics"):
        views: dict[str, tuple[ListView, ...]] = {language: getattr(site, kind) for language, site in renderer.sites.items()}
        for index, view in enumerate(getattr(first, kind)):
            path = addresses.poster(kind, view.id)
            blocks = [_block(renderer, language, lists[index]) for language, lists in views.items()]
            yield Page(
                path,
                "pages/poster.html",
                first.language,
                view.title,
                alternates={block.language: block.path for block in blocks},
                hidden=True,
                context={
                    "blocks": blocks,
                    "numbers": _numbers(view),
                    "qr": qr(settings.site_url + path),
                    "address": (settings.site_url + path).partition("//")[2],
                    "back": addresses.path("webmasters", first.language),
                },
            )


def _block(renderer: Renderer, language: str, view: ListView) -> Block:
    gettext = renderer.readers[language].gettext
    if view.kind == "topics":
        return Block(language, view.name.text, view.summary.text if view.summary else "", view.path)
    heading = gettext("Where do I find help?")
    return Block(
        language, heading, gettext("{area}: help for families and children, what it is, for whom, and how to get in.").format(area=view.name.text), view.path
    )


def _numbers(view: ListView) -> list[Card]:
    """The first services that anyone may call."""
    cards = {card.phone.tel: card for group in reversed(view.groups) for card in reversed(group.cards) if card.phone and card.threshold.code == "open"}
    return list(reversed(cards.values()))[:_NUMBERS]
