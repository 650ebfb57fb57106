"""A query → services in order, from the same files and by the same steps as the browser: the twin of the finder's worker.

Two kinds of evidence meet. Words hit a service's own fields (lunr's scores), and words speak for concepts, which vote for
their services. Both count by the share of the query's words that they cover. The query is read in the language that knows
its words best, the site's own first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.search.analysis import fold, words
from generator.search.concepts import unpack_pairs
from generator.search.lexicon import unpack_words
from generator.search.speech import Meaning, Speech

UNKNOWN = 2.0
# What the browser reads from the index's file. cover, dcover: how much the share of covered words counts; power, decay, top: how
# steeply concepts and their services fall off; hub: how much a service pays for being in many concepts; cut: the least share
# of the best score that is still a result.
PARAMS = {
    "cover": 0.5,
    "power": 2.0,
    "decay": 0.8,
    "topic": 0.06,
    "direct": 0.75,
    "dcover": 0.8,
    "top": 12,
    "hub": 0.15,
    "own": 0.15,
    "enough": 0.75,
    "cut": 0.12,
}


def _steps(value: float) -> int:
    """Scores are compared in millionths, rounded as JavaScript rounds."""
    return math.floor(value * 1e6 + 0.5)


@dataclass(slots=True)
class Result:
    """A service and why it is there: what its fields gave, and which concepts voted for it."""

    service: str
    score: float
    direct: float = 0.0
    concepts: list[tuple[str, float]] = field(default_factory=list)


@dataclass(slots=True)
class Answer:
    """The results in order, the language the query was read in, guesses as (typed, meant), and whether it sounds acute."""

    results: list[Result]
    language: str
    guesses: list[tuple[str, str]]
    acute: bool
    meanings: list[tuple[str, Meaning]]
    sure: float = 0.0
    fit: float = 0.0


class Index:
    """Scores of packed indexes, one after the other: key → {service's number: score}."""

    def __init__(self) -> None:
        self.scores: dict[str, dict[int, float]] = {}

    def add(self, packed: Mapping[str, Any], offset: int) -> None:
        """Learn one more index; its services count from `offset`."""
        keys = [fold(word) for word in unpack_words(packed["words"])]
        for step, rows in packed["vectors"].values():
            for service, row in enumerate(unpack_pairs(rows), offset):
                for number, level in row:
                    posting = self.scores.setdefault(keys[number], {})
                    posting[service] = posting.get(service, 0.0) + level * step


class Engine:
    """All that a site's language searches with, from the parsed files that the browser would load: `parts` are pairs of core
    and texts, `speeches` the files of words, the site's own language first."""

    def __init__(self, language: str, parts: Iterable[tuple[dict[str, Any], dict[str, Any]]], speeches: Mapping[str, dict[str, Any]]) -> None:
        self.language = language
        self.services: list[str] = []
        self.fame: list[int] = []
        self.core, self.texts = Index(), Index()
        self.speeches = {code: Speech(packed) for code, packed in speeches.items()}
        for core, texts in parts:
            self._add(core, texts)

    def _add(self, core: dict[str, Any], texts: dict[str, Any]) -> None:
        offset = len(self.services)
        if not offset:
            self.params: dict[str, float] = core["params"]
            self.acute: list[int] = core["acute"]
            self.concept_ids: list[str] = core["concept_ids"].split(" ")
            self.concept_topics = unpack_pairs(core["concept_topics"])
            self.votes: list[list[tuple[int, int]]] = [[] for _ in self.concept_ids]
            self.topics: list[list[int]] = [[] for _ in unpack_pairs(core["topics"])]
        self.services.extend(core["services"].split(" "))
        self.fame.extend([0] * (len(self.services) - offset))
        for votes, row in zip(self.votes, unpack_pairs(core["votes"]), strict=True):
            votes.extend((number + offset, rank) for number, rank in row)
            for number, _ in row:
                self.fame[number + offset] += 1
        for listed, row in zip(self.topics, unpack_pairs(core["topics"]), strict=True):
            listed.extend(number + offset for number, _ in row)
        self.core.add(core, offset)
        self.texts.add(texts, offset)
        self.speeches[self.language].add(core)
        self.speeches[self.language].add_later(texts)

    def read(self, typed: list[str], speech: Speech) -> tuple[float, list[tuple[str, Meaning]]]:
        """How well the language knows the words, by letters; and what the words with a meaning mean."""
        known = letters = 0.0
        meanings = []
        for place, word in enumerate(typed):
            letters += len(word)
            if word in speech.stop or speech.stem(word) in speech.stop:
                known += len(word)
                continue
            meaning = speech.meaning(word, place == len(typed) - 1, speech.language == self.language)
            known += len(word) * meaning.quality
            meanings.append((word, meaning))
        return (known / letters if letters else 0.0), meanings

    def importance(self, meaning: Meaning, speech: Speech) -> float:
        """How much a word narrows the search: rare among concepts or services is much."""
        best = 0.0
        for key in meaning.keys:
            counts = ((speech.concepts, len(speech.weights.get(key, ()))), (len(self.services), len(self.core.scores.get(key, ()))))
            rare = [math.log(1 + (total - count + 0.5) / (count + 0.5)) for total, count in counts if count]
            best = max(best, min(rare, default=UNKNOWN))
        return best if meaning.keys else UNKNOWN

    def search(self, query: str) -> Answer:
        """The services for `query`, in order. Other languages are asked only when the site's own does not know every word, or
        has nothing that covers most of them: the browser need not fetch them before."""
        p = self.params
        typed = words(query)
        best: Answer | None = None
        for code, speech in self.speeches.items():
            own = code == self.language
            quality, meanings = self.read(typed, speech)
            # A language that could not win even if it covered everything is not ranked.
            if any(meaning.keys for _, meaning in meanings) and (own or best is None or quality * 2 > best.fit):
                answer = self.rank(meanings, speech)
                answer.fit = (quality + (p["own"] if own else 0.0)) * (1 + answer.sure)
                if best is None or answer.fit > best.fit + 1e-9:
                    best = answer
                if own and quality > 0.999 and answer.sure >= p["enough"]:
                    break
        return best or Answer([], self.language, [], False, [])

    def rank(self, meanings: list[tuple[str, Meaning]], speech: Speech) -> Answer:
        p = self.params
        own = self.speeches[self.language]
        total = 0.0
        concept: dict[int, float] = {}
        ccover: dict[int, float] = {}
        direct: dict[int, float] = {}
        dcover: dict[int, float] = {}
        for word, meaning in meanings:
            weight = self.importance(meaning, speech)
            total += weight
            for number, said in speech.evidence(meaning).items():
                concept[number] = concept.get(number, 0.0) + said
                ccover[number] = ccover.get(number, 0.0) + weight
            hits: dict[int, float] = {}
            here = meaning if speech is own else Meaning({key: 1.0 for key in [own.exact(word)] if key}, 1.0)
            for key, sure in here.keys.items():
                for service, score in self.core.scores.get(key, {}).items():
                    hits[service] = max(hits.get(service, 0.0), score * sure)
                if key not in self.core.scores and key not in speech.weights:
                    for service, score in self.texts.scores.get(key, {}).items():
                        hits[service] = max(hits.get(service, 0.0), score * sure)
            for service, score in hits.items():
                direct[service] = direct.get(service, 0.0) + score
                dcover[service] = dcover.get(service, 0.0) + weight
        share = {number: (ccover[number] / total) ** p["cover"] for number in concept}
        ranked = sorted(((number, value * share[number]) for number, value in concept.items()), key=lambda item: (-_steps(item[1]), item[0]))[: int(p["top"])]
        votes: dict[int, float] = {}
        topics: dict[int, float] = {}
        why: dict[int, list[tuple[str, float]]] = {}
        most = ranked[0][1] if ranked else 1.0
        sure = share[ranked[0][0]] if ranked else 0.0
        for number, value in ranked:
            says = (value / most) ** p["power"] * sure
            for service, rank in self.votes[number]:
                vote = says * p["decay"] ** (rank - 1)
                votes[service] = votes.get(service, 0.0) + vote
                why.setdefault(service, []).append((self.concept_ids[number], vote))
            for topic, _ in self.concept_topics[number]:
                topics[topic] = topics.get(topic, 0.0) + says * p["topic"]
        for topic, says in topics.items():
            for service in self.topics[topic]:
                votes[service] = votes.get(service, 0.0) + says
        votes = {service: value / max(1, self.fame[service]) ** p["hub"] for service, value in votes.items()}
        top_votes = max(votes.values(), default=1.0)
        covered = {service: value * (dcover[service] / total) ** p["dcover"] for service, value in direct.items()}
        top_direct = max(covered.values(), default=1.0)
        dsure = max((dcover[service] / total for service in covered), default=0.0)
        results = []
        for service in set(votes) | set(covered):
            straight = covered.get(service, 0.0) / top_direct * dsure * p["direct"]
            score = votes.get(service, 0.0) / top_votes * sure + straight
            results.append((-_steps(score), service, Result(self.services[service], score, straight, why.get(service, []))))
        ordered = [result for _, _, result in sorted(results, key=lambda item: item[:2])]
        least = p["cut"] * max((result.score for result in ordered), default=0.0)
        kept = [result for result in ordered if result.score >= least]
        acute = any(number in self.acute and value >= 0.85 * most for number, value in ranked)
        guesses = [(word, speech.keys[meaning.guessed]) for word, meaning in meanings if meaning.guessed]
        return Answer(kept, speech.language, guesses, acute, meanings, max(sure, dsure))
