"""Everything packed: what each file of a language's search holds.

A site of more than LARGE services is divided by area, so that the first result needs one part only: the part of the whole
country comes first, and a part's name says nothing of what is typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.catalogue import Catalogue
from generator.localise.views import SiteView
from generator.search import concepts, documents, index, lexicon
from generator.search.lemmas import Lemmas
from generator.search.query import PARAMS

LARGE = 1000
# The languages that are asked first when the site's own does not know a word; others follow by their codes.
FIRST = ("fi", "sv", "en", "uk")


class Part(NamedTuple):
    """The services of some areas, the lowest threshold first."""

    areas: tuple[str, ...]
    services: tuple[str, ...]


class Draft(NamedTuple):
    """A part as read: service → field → keys, and the words seen in its texts in the site's language."""

    documents: dict[str, dict[str, list[str]]]
    seen: set[str]


def parts(site: SiteView) -> list[Part]:
    """The site's services in parts of whole areas (a service counts for its first); one part unless the site is large."""
    ordered = [card.id for group in site.all_services for card in group.cards]
    areas = [area.id for area in site.areas]
    if len(ordered) <= LARGE:
        return [Part(tuple(areas), tuple(ordered))]
    wide = {area.id for area in site.areas if area.wider_name is None}
    home: dict[str, list[str]] = {}
    for identifier in ordered:
        own = [link.id for link in site.services[identifier].areas]
        home.setdefault(next((area for area in own if area in wide), own[0] if own else ""), []).append(identifier)
    found: list[Part] = []
    for area in sorted(home, key=lambda area: (area not in wide, areas.index(area) if area in areas else -1)):
        # An area of more than LARGE services is itself cut.
        for start in range(0, len(home[area]), LARGE):
            piece = tuple(home[area][start : start + LARGE])
            if found and len(found[-1].services) + len(piece) <= LARGE and len(found) > 1:
                found[-1] = Part((*found[-1].areas, area), found[-1].services + piece)
            else:
                found.append(Part((area,), piece))
    return found


def read(site: SiteView, analyst: documents.Analyst, divided: Sequence[Part]) -> list[Draft]:
    """The analysed texts of each part. All parts are read before any is packed, so that the forms of all their words are found in
    one walk through the dictionary: that walk is what takes long, and not how many words it is made for."""
    drafts = []
    for part in divided:
        analyst.seen = set()
        drafts.append(Draft(documents.documents(site, analyst, part.services), analyst.seen))
    lexicon.forms(analyst.shown, analyst.lemmas())
    return drafts


def core(site: SiteView, catalogue: Catalogue, draft: Draft, analyst: documents.Analyst) -> tuple[dict[str, Any], dict[str, Any]]:
    """For the services of `draft`: (the index of names, keywords, topics, places and summaries with the concepts' votes; the index
    of texts)."""
    found = draft.documents
    first = tuple(field for field in documents.BOOSTS if field not in documents.LATER)
    number = {identifier: place for place, identifier in enumerate(found)}
    topics = [topic.id for topic in site.topics]
    ordered = [concept for _, concept in sorted(catalogue.concepts.items())]
    packed = {
        "language": site.language,
        **index.pack(found, first, analyst, draft.seen),
        "params": PARAMS,
        "concept_ids": " ".join(concept.id for concept in ordered),
        # Level 1 is the service that answers best.
        "votes": concepts.pack_pairs(
            [sorted((number[service], rank) for rank, service in enumerate(concept.services, 1) if service in number) for concept in ordered]
        ),
        "concept_topics": concepts.pack_pairs([sorted((topics.index(topic), 1) for topic in concept.topics if topic in topics) for concept in ordered]),
        "topics": concepts.pack_pairs(
            [sorted((number[card.id], 1) for group in topic.groups for card in group.cards if card.id in number) for topic in site.topics]
        ),
        "acute": [place for place, concept in enumerate(ordered) if concept.acute],
    }
    return packed, index.pack(found, documents.LATER, analyst, draft.seen)


def spoken(catalogue: Catalogue) -> list[str]:
    """The languages that concepts speak, in the order in which they are asked."""
    codes = {code for concept in catalogue.concepts.values() for code in concept.expressions}
    return sorted(codes, key=lambda code: (FIRST.index(code) if code in FIRST else len(FIRST), code))


def speech(catalogue: Catalogue, language: str, cache: Path | None = None) -> dict[str, Any]:
    """The words of one language and what they say for the concepts."""
    lemmas = Lemmas(language, cache)
    packed = concepts.pack(catalogue, lemmas)
    lemmas.save()
    return packed
