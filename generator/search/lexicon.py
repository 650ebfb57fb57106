"""A text → keys with weights, as the index and the concepts count them; and the words of a file packed for the browser.

A key is a folded lemma (simplemma), or what the rules of endings make of a word that no dictionary has. A compound also
counts as its parts, for half. The browser knows no dictionary: it finds a key by the word itself, by the rules, or by an
alias: what the rules wrongly make of an inflected form of that key's lemma (`lasten` → `lanen` → `lapsi`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.search.analysis import fold, rules, stem, tokens
from generator.search.lemmas import Lemmas

PART = 0.4
_FRONT = re.compile(r"([A-Z])([^A-Z]*)")


def keys(text: str, lemmas: Lemmas, shown: dict[str, str]) -> list[tuple[str, float]]:
    """The keys of a text in order, with weight 1, or PART for a compound's parts; stop words left out. `shown` gets, per key,
    how it is written (`väkivalta`)."""
    stop = rules(lemmas.language).stop
    found: list[tuple[str, float]] = []
    for token in tokens(text):
        folded = fold(token)
        if folded in stop or (len(folded) < 2 and not folded.isdigit()):
            continue
        key = _key(token, lemmas, shown)
        if key in stop:
            continue
        found.append((key, 1.0))
        found.extend((_key(part, lemmas, shown), PART) for part in lemmas.parts(lemmas.lemma(token) or token))
    return found


def sift(texts: Iterable[list[tuple[str, float]]]) -> list[list[tuple[str, float]]]:
    """The texts without the parts that are no words of their own here: väkivalta is not about väki, but eroryhmä is about
    ero. A part of two different compounds counts as a word."""
    kept = list(texts)
    alone = {key for text in kept for key, weight in text if weight == 1.0}
    within: dict[str, set[str]] = {}
    for text in kept:
        whole = ""
        for key, weight in text:
            if weight == 1.0:
                whole = key
            else:
                within.setdefault(key, set()).add(whole)
    alone |= {key for key, wholes in within.items() if len(key) >= 5 and len(wholes) > 1}
    return [[(key, weight) for key, weight in text if weight == 1.0 or key in alone] for text in kept]


def _key(token: str, lemmas: Lemmas, shown: dict[str, str]) -> str:
    lemma = lemmas.lemma(token)
    key = fold(lemma) if lemma else stem(fold(token), lemmas.language)
    if not lemma and lemmas.lemma(key):
        # The rules make another word's form of it: then it stays as it is written.
        key = fold(token)
    elif key != lemma and lemmas.often[lemmas.lemma(key)] > lemmas.often[lemma] > 0:
        # Folded it is the form of a commoner word: läpsiä must not take lapsia from lapsi.
        key = fold(token)
    # The browser folds what is shown into the key again.
    shown.setdefault(key, next((written for written in (lemma, token) if fold(written) == key), key))
    return key


def aliases(known: Mapping[str, str], seen: Iterable[str], lemmas: Lemmas, most: int) -> dict[str, list[str]]:
    """Per key, at most `most` results of the rules that are forms of its lemma and no key themselves; those of the
    forms `seen` in the texts always. An alias that starts like its key is left out: the browser finds it by its beginning."""
    chosen: dict[str, list[str]] = {key: [] for key in known}
    taken: set[str] = set(known)
    for token in sorted(seen):
        lemma = lemmas.lemma(token)
        key, made = fold(lemma), stem(fold(token), lemmas.language)
        if lemma and key in chosen and made not in taken:
            chosen[key].append(made)
            taken.add(made)
    if lemmas.known:
        found = forms(known, lemmas)
        for key, written in sorted(known.items()):
            for form in found.get(written, ())[: most * 2]:
                made, _, count = form.partition(":")
                if len(chosen[key]) < most and made not in taken and (int(count) > 1 or len(key) < 6) and not begins_alike(made, key):
                    chosen[key].append(made)
                    taken.add(made)
    return chosen


def forms(known: Mapping[str, str], lemmas: Lemmas) -> dict[str, list[str]]:
    """What the rules make of the forms of the lemmas among `known` (key → how it is written)."""
    return lemmas.forms({written for key, written in known.items() if fold(written) == key})


def begins_alike(word: str, key: str) -> bool:
    """Whether the browser's guess by common beginnings finds `key` from `word`."""
    common = shared(word, key)
    return common >= 5 and common >= 0.7 * max(len(word), len(key))


def shared(one: str, other: str) -> int:
    """How many letters two words begin with in common."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def pack_words(words: Iterable[str]) -> str:
    """Sorted lower-case words as one text: a capital says how many letters of the word before are kept (A none, B one …)."""
    packed, before = [], ""
    for word in words:
        kept = min(shared(before, word), 25)
        packed.append(chr(65 + kept) + word[kept:])
        before = word
    return "".join(packed)


def unpack_words(packed: str) -> list[str]:
    """What `pack_words` packed."""
    words, before = [], ""
    for kept, rest in _FRONT.findall(packed):
        before = before[: ord(kept) - 65] + rest
        words.append(before)
    return words


def pack_aliases(known: Iterable[str], chosen: Mapping[str, list[str]]) -> str:
    """The aliases of each key in the keys' order, divided by spaces, each told by what differs from the key."""
    return " ".join(
        "".join(chr(65 + min(shared(key, alias), 25)) + alias[min(shared(key, alias), 25) :] for alias in sorted(chosen.get(key, ()))) for key in known
    ).rstrip()


def unpack_aliases(known: list[str], packed: str) -> dict[str, str]:
    """Alias → key."""
    return {key[: ord(kept) - 65] + rest: key for key, told in zip(known, packed.split(" "), strict=False) for kept, rest in _FRONT.findall(told)}
