"""A service's view → the fields that are indexed, each a list of keys. The names here are the fields' names in the index.

The Finnish name on the door is indexed in every language, because nurses and door signs say it. Texts shown in another
language, for want of a translation, are read with that language's dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.localise.views import Chosen, ServiceView, SiteView
from generator.search import lexicon
from generator.search.analysis import tokens
from generator.search.lemmas import Lemmas

# How much a hit counts; `text` is the field that large sites load later.
BOOSTS = {"name": 6, "keywords": 4, "topics": 2, "places": 2, "summary": 2, "text": 1}
LATER = ("text",)


class Analyst:
    """Reads texts of any language, and keeps how each key is written and the words seen in the site's language."""

    def __init__(self, language: str, cache: Path | None = None) -> None:
        self.language = language
        self.cache = cache
        self.shown: dict[str, str] = {}
        self.seen: set[str] = set()
        self._lemmas: dict[str, Lemmas] = {}

    def lemmas(self, language: str | None = None) -> Lemmas:
        code = language or self.language
        if code not in self._lemmas:
            self._lemmas[code] = Lemmas(code, self.cache)
        return self._lemmas[code]

    def keys(self, text: Chosen | str | None) -> list[tuple[str, float]]:
        """The keys of a text with their weights."""
        if not text:
            return []
        if not isinstance(text, Chosen) or text.lang in (None, self.language):
            self.seen.update(tokens(str(text)))
        return lexicon.keys(str(text), self.lemmas(text.lang if isinstance(text, Chosen) else None), self.shown)

    def save(self) -> None:
        for lemmas in self._lemmas.values():
            lemmas.save()


def fields(view: ServiceView, professional: Mapping[str, Chosen]) -> dict[str, list[Chosen | str | None]]:
    """The texts of each field of one service. `professional` holds what professionals call each topic."""
    card = view.card
    names = [card.name, *([card.door_name] if card.door_name else [])]
    return {
        "name": [*names],
        # Once more, for the parts of compounds: Perhetupa is about perhe, but less than it is Perhetupa.
        "keywords": [*names, *view.keywords],
        "topics": [*(name for link in view.topics for name in (link.name, professional.get(link.id))), *(link.name for link in view.target_groups)],
        "places": [*(link.name for link in view.areas), view.municipalities, card.organization],
        "summary": [card.summary],
        "text": [*view.description, view.audience, *view.steps],
    }


def documents(site: SiteView, analyst: Analyst, chosen: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    """The keys of each field of the `chosen` services, by id, in their order."""
    professional = {topic.id: topic.professional_name for topic in site.topics if topic.professional_name}
    read = [
        ((identifier, field), [found for text in texts for found in analyst.keys(text)])
        for identifier in chosen
        for field, texts in fields(site.services[identifier], professional).items()
    ]
    found: dict[str, dict[str, list[str]]] = {identifier: {} for identifier in chosen}
    for ((identifier, field), _), keys in zip(read, lexicon.sift(keys for _, keys in read), strict=True):
        found[identifier][field] = [key for key, weight in keys if field != "name" or weight == 1.0]
    return found
