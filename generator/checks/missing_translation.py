"""A text lacks one of the site's languages. The page then shows another language and says so: a warning, never a gate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings
from generator.source import Document

CODE = declare("missing-translation", "warning", N_("“{key}” has no text in {languages}; the page shows it in another language until it is translated."))


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """Every map that has one of the site's languages should have all of them."""
    languages = set(settings.languages)
    for name, document in catalogue.documents.items():
        if not name.startswith("concepts/") and not document.broken:
            yield from _walk(document, document.root, (), languages)


def _walk(document: Document, tree: Any, path: tuple[Any, ...], languages: set[str]) -> Iterator[Problem]:
    if isinstance(tree, list):
        for index, part in enumerate(tree):
            if isinstance(part, (dict, list)):
                yield from _walk(document, part, (*path, index), languages)
    elif isinstance(tree, dict):
        written = {key for key, value in tree.items() if value and key in languages}
        if written and written != languages and path and path[-1] != "keywords":
            missing = ", ".join(sorted(languages - written))
            key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
            yield Problem(CODE, document.place(path, key=True), {"key": key, "languages": missing})
        elif not written:
            for key, part in tree.items():
                if isinstance(part, (dict, list)) and key != "stamps":
                    yield from _walk(document, part, (*path, key), languages)
