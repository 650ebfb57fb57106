"""Ids that have no service any more: their permanent links and old addresses go on answering, in all languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator import addresses
from generator.localise.views import RetiredView
from generator.pages.renderer import Page, Renderer


class Ending(NamedTuple):
    """What a language says of a service that has ended; `finder` and `place` lead on."""

    language: str
    heading: str
    advice: str
    instead: str
    view: RetiredView
    search: str
    finder: str


def plan(renderer: Renderer) -> Iterator[Page]:
    """/p/ID/ in all languages at once, and the service's old address in each."""
    languages = renderer.settings.languages
    for identifier in renderer.sites[languages[0]].retired:
        endings = {language: _ending(renderer, language, identifier) for language in languages}
        paths = {language: addresses.path("services", language, identifier) for language in languages}
        title = endings[languages[0]].heading
        yield Page(
            addresses.path("permalink", languages[0], identifier),
            "pages/retired.html",
            languages[0],
            title,
            alternates=paths,
            hidden=True,
            context={"endings": tuple(endings.values())},
        )
        for language, path in paths.items():
            yield Page(
                path, "pages/retired.html", language, endings[language].heading, alternates=paths, hidden=True, context={"endings": (endings[language],)}
            )


def _ending(renderer: Renderer, language: str, identifier: str) -> Ending:
    gettext = renderer.readers[language].gettext
    view = renderer.sites[language].retired[identifier]
    return Ending(
        language,
        gettext("This service is no longer here"),
        gettext("It ended on {date}.").format(date=view.date) if view.date else "",
        gettext("This helps instead:") if view.replaced_by else gettext("Search for other help in your own words."),
        view,
        gettext("Find help"),
        addresses.path("finder", language),
    )
