"""A text has changed since it was translated. The page says so until the translation follows: a warning, never a gate."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings
from generator.translations import Path, states, tracked

CODE = declare(
    "translation-stale",
    "warning",
    N_("“{key}” has changed in “{source}” since it was translated ({languages}); bring the translation up to date and run “apupolku stamp {file}”."),
)


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """One warning for each text, at the first translation that is behind; nothing where no stamp was ever written."""
    for name, _, tree in tracked(catalogue):
        if not tree.get("stamps"):
            continue
        document = catalogue.documents[name]
        behind: dict[Path, list[str]] = {}
        for text in states(tree, settings.languages):
            if text.state == "stale":
                behind.setdefault(text.path, []).append(text.language)
        for path, languages in behind.items():
            key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
            values = {"key": key, "source": settings.languages[0], "languages": ", ".join(languages), "file": document.file}
            yield Problem(CODE, document.place((*path, languages[0])), values)
