"""A text lacks one of the site's languages. The page then shows another language and says so: a warning, never a gate."""

from __future__ import annotations

from collections.abc import Iterator

from generator import prose
from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

CODE = declare("missing-translation", "warning", N_("“{key}” has no text in {languages}; the page shows it in another language until it is translated."))


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """Every map that has one of the site's languages should have all of them."""
    languages = frozenset(settings.languages)
    for name, maps in prose.words_of(catalogue, settings.languages).items():
        document = catalogue.documents[name]
        for path, words in () if name.startswith("concepts/") or document.broken else maps:
            written = {language for language, text in words.items() if text and language in languages}
            if written and written != languages and path and path[-1] != "keywords" and "stamps" not in path:
                key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
                yield Problem(CODE, document.place(path, key=True), {"key": key, "languages": ", ".join(sorted(languages - written))})
