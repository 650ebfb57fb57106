"""The pages about the site's own facts: how fresh they are, and the data that others may take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import addresses
from generator.pages.renderer import Page, Renderer


def plan(renderer: Renderer, entries: Mapping[str, object]) -> Iterator[Page]:
    """One page of each kind in each language. `entries`: by language the files of the open data (exports.contents.Entry);
    without them there is no page of data."""
    languages = renderer.settings.languages
    for language in languages:
        gettext = renderer.readers[language].gettext
        for kind, title, description, shown in (
            ("freshness", gettext("How fresh are the facts?"), gettext("When the facts of each organization's services were last checked."), True),
            ("data", gettext("Open data"), gettext("All services as files that anyone may use."), bool(entries)),
        ):
            if shown:
                others = {code: addresses.path(kind, code) for code in languages}
                context = {"entries": entries.get(language, ())}
                yield Page(addresses.path(kind, language), f"pages/{kind}.html", language, title, description, alternates=others, context=context)
