"""What all HSDS objects are made with: one language's texts, taxonomy terms and attributes.

`attributes` is the specification's own way to say what it has no field for: a link type, a value, a taxonomy term
(https://docs.openreferral.org, object `attribute`; link_type is an open code list). docs/open-data.md lists ours.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator import addresses
from generator.catalogue import Catalogue
from generator.exports.ids import identifier
from generator.exports.speech import Speech
from generator.exports.tree import Tree, tidy
from generator.localise import codes
from generator.localise.reader import Reader
from generator.model import THRESHOLDS, Term
from generator.problems import N_
from generator.settings import Settings

VOCABULARIES = ("topics", "target_groups", "areas", "municipalities", "channels", "referrers")
TAXONOMIES = {
    "threshold": N_("How easy it is to get in"),
    "topics": N_("Life situations"),
    "target_groups": N_("For whom"),
    "areas": N_("Areas"),
    "municipalities": N_("Municipalities"),
    "channels": N_("In what way"),
    "referrers": N_("Who may guide to a service"),
}


class Writer:
    """One language's HSDS objects. Holds what they all need and the terms made so far."""

    def __init__(self, catalogue: Catalogue, settings: Settings, language: str) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self.language = language
        self.reader = Reader(language, settings)
        self.speech = Speech(self.reader)
        self._terms: dict[tuple[str, str], Tree] = {}
        self.organizations: dict[str, Tree] = {}
        shown = [entry for entry in catalogue.services.values() if entry.status != "inactive"]
        self.names = {entry.id: self.speech.required(entry.name, entry.id) for entry in shown}

    def term(self, vocabulary: str, code: str) -> Tree:
        """A taxonomy_term: a threshold, or an entry of services/terms."""
        key = (vocabulary, code)
        if key not in self._terms:
            self._terms[key] = self._threshold(code) if vocabulary == "threshold" else self._entry(vocabulary, self.catalogue.terms[vocabulary][code])
        return self._terms[key]

    def terms(self) -> list[Tree]:
        """All terms of all taxonomies, each with its taxonomy in full."""
        every = [("threshold", code) for code in THRESHOLDS]
        every += [(vocabulary, code) for vocabulary in VOCABULARIES for code in self.catalogue.terms[vocabulary]]
        return [{**self.term(*key), "taxonomy_detail": self.taxonomy(key[0])} for key in every]

    def taxonomy(self, vocabulary: str) -> Tree:
        """A taxonomy: its name in this language stands for its description, too."""
        name = self.reader.gettext(TAXONOMIES[vocabulary])
        return {"id": identifier("taxonomy", vocabulary), "name": vocabulary, "description": name}

    def _threshold(self, code: str) -> Tree:
        words = codes.threshold(self.reader, code)
        return self._term("threshold", code, words.label, words.sentence)

    def _entry(self, vocabulary: str, term: Term) -> Tree:
        name = self.speech.required(term.name, term.id)
        description = self.speech.required(term.summary) or self.speech.required(term.description) or name
        parent = getattr(term, "part_of", None)
        tree = self._term(vocabulary, term.id, name, description)
        if parent:
            tree["parent_id"] = identifier("term", vocabulary, parent)
        if vocabulary in ("topics", "target_groups", "areas") and self.settings.site_url:
            tree["term_uri"] = self.settings.site_url + addresses.path(vocabulary, self.language, term.id)
        return tree

    def _term(self, vocabulary: str, code: str, name: str, description: str) -> Tree:
        return {
            "id": identifier("term", vocabulary, code),
            "code": code,
            "name": name,
            "description": description,
            "taxonomy": vocabulary,
            "taxonomy_id": identifier("taxonomy", vocabulary),
            "language": self.language,
        }

    def attribute(self, owner: tuple[str, ...], kind: str, value: str | None, key: str = "", term: Tree | None = None) -> Tree:
        """An attribute of `owner` (the steps of its UUID's name). `key` tells several of one `kind` apart."""
        return tidy(
            {
                "id": identifier("attribute", *owner, kind, *([key] if key else [])),
                "link_id": identifier(*owner),
                "link_type": kind,
                "link_entity": owner[0],
                "value": value,
                "taxonomy_term_id": term["id"] if term else None,
                "taxonomy_term": term,
            }
        )

    def classified(self, owner: tuple[str, ...], kind: str, vocabulary: str, ids: Iterable[str]) -> list[Tree]:
        """One attribute for each known term of `ids`, in their order."""
        known = [code for code in ids if code in self.catalogue.terms[vocabulary]]
        return [self.attribute(owner, kind, code, code, term=self.term(vocabulary, code)) for code in known]

    def yes_no(self, owner: tuple[str, ...], kind: str, value: bool | None) -> list[Tree]:
        """An attribute with the value yes or no; nothing when not known."""
        return [] if value is None else [self.attribute(owner, kind, "yes" if value else "no")]

    def said(self, owner: tuple[str, ...], kind: str, value: str | None, key: str = "") -> list[Tree]:
        """An attribute with a text or a code; nothing when there is none."""
        return [self.attribute(owner, kind, value, key)] if value else []
