"""The texts of one language, for data: unlike a page, data cannot mark a text that stands in another language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.localise.reader import Reader


class Speech:
    """The texts of one language alone: what is missing there stays missing, since data cannot mark a fallback.

    Only what a format demands (a name) falls back, by `required`.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.language = reader.language
        self.gettext = reader.gettext

    def line(self, text: Mapping[str, str] | None) -> str | None:
        """The text of this language on one line, or None."""
        own = (text or {}).get(self.language)
        return " ".join(own.split()) if own else None

    def paragraphs(self, text: Mapping[str, str] | None) -> str | None:
        """The text of this language, its paragraphs divided by an empty line, or None."""
        own = (text or {}).get(self.language)
        return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", own)) if own else None

    def required(self, text: Mapping[str, str] | None, otherwise: str = "") -> str:
        """The text of this language, else the one that the site shows in its stead, else `otherwise`."""
        chosen = self.reader.line(text)
        return chosen.text if chosen else otherwise
