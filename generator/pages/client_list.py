"""The list for a client: one page a language. The list itself lives in the address (#list=ID,ID&lang=uk) and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator import addresses
from generator.localise.views import Chosen, ServiceView
from generator.pages.cards import CardLink, links
from generator.pages.renderer import Page, Renderer

SCRIPTS = ("components/list/qr.js", "components/list/list.js")


class Entry(NamedTuple):
    """A service that can be chosen: its card, its hours and public places, and where its bilingual cards are."""

    view: ServiceView
    places: tuple[str, ...]


class ClientLanguage(NamedTuple):
    """A language that the list can be opened in: code, name in the page's language, address of its list."""

    code: str
    name: str
    path: str


def plan(renderer: Renderer) -> Iterator[Page]:
    """The list's page in each language."""
    settings = renderer.settings
    for language, site in renderer.sites.items():
        reader = renderer.readers[language]
        views = sorted(site.services.values(), key=lambda view: view.card.name.text.casefold())
        beside: tuple[CardLink, ...] = links(renderer, language)
        paths = {code: addresses.path("client_list", code) for code in settings.languages}
        yield Page(
            paths[language],
            "pages/client-list.html",
            language,
            reader.gettext("List for a client"),
            reader.gettext("Choose services and give them in the client’s language, on paper or as a link."),
            alternates=paths,
            scripts=SCRIPTS,
            context={
                "entries": [Entry(view, tuple(", ".join(place.lines) for place in view.locations if place.lines)) for view in views],
                "beside": beside,
                "languages": [ClientLanguage(code, reader.language_name(code), path) for code, path in paths.items()],
                "no_hours": Chosen(reader.gettext("The hours are not known. Ask before you go.")),
            },
        )
