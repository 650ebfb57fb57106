"""Which text a translation was made from, and whether that text is still the same.

The site's first language is the source. A file's `stamps` hold, for each text and language, the fingerprint of the source
text that the translation was made from; a text has one of four states in each other language: current, stale (the source
has changed since), missing, untracked (no stamp). Facts (phones, hours, addresses) have no language and no state.

A stamp belongs to the place of its text, but entries of a list may move: a step that was number 2 and is now number 3
keeps its stamp. Not here: writing stamps (`stamps`), files for translators (`exchange`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from generator.catalogue import Catalogue

State = Literal["current", "stale", "missing", "untracked"]
STATES: tuple[State, ...] = ("current", "stale", "missing", "untracked")
Path = tuple[str | int, ...]

_LETTERS = "bcdfghjklmnpqrstvwxz"  # no vowels and no digits: a fingerprint is never a word or a number to any YAML reader
_LENGTH = 8
_WITHOUT_STATE = ("keywords", "stamps")


class Text(NamedTuple):
    """A text of one file in one language: where it is, its state, and its stamp ("" when it has none)."""

    path: Path
    language: str
    state: State
    stamp: str

    @property
    def key(self) -> str:
        return key_of(self.path)


def fingerprint(text: str) -> str:
    """Eight letters that stand for the words of `text`; how its lines are broken does not matter."""
    number = int.from_bytes(hashlib.blake2b(" ".join(text.split()).encode(), digest_size=8).digest(), "big")
    letters = []
    for _ in range(_LENGTH):
        number, letter = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "".join(letters)


def key_of(path: Path) -> str:
    """A path as `stamps` writes it: `application_process.2` is the second step."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def texts_of(tree: Any, languages: Sequence[str], path: Path = ()) -> Iterator[tuple[Path, dict[str, str]]]:
    """Every map of languages in a file's tree, with its path."""
    if isinstance(tree, list):
        for index, part in enumerate(tree):
            if isinstance(part, (dict, list)):
                yield from texts_of(part, languages, (*path, index))
    elif isinstance(tree, dict):
        if any(isinstance(tree.get(language), str) for language in languages):
            yield path, {language: text for language, text in tree.items() if isinstance(text, str) and text.strip()}
            return
        for key, part in tree.items():
            if isinstance(part, (dict, list)) and key not in _WITHOUT_STATE:
                yield from texts_of(part, languages, (*path, key))


def states(tree: Any, languages: Sequence[str]) -> Iterator[Text]:
    """The state of every text of a service's or an organization's tree in every language but the source."""
    source, *others = languages
    groups: dict[Path, list[tuple[Path, dict[str, str]]]] = {}
    for path, text in texts_of(tree, languages):
        groups.setdefault(tuple("*" if isinstance(step, int) else step for step in path), []).append((path, text))
    stamps = tree.get("stamps") if isinstance(tree, dict) else None
    for group in groups.values():
        for language in others:
            yield from _states(group, source, language, stamps if isinstance(stamps, dict) else {})


def _states(group: list[tuple[Path, dict[str, str]]], source: str, language: str, stamps: dict[str, Any]) -> Iterator[Text]:
    """The states of the texts that stand in the same list (or of one text) in one language."""
    known = {key: of[language] for key, of in stamps.items() if isinstance(of, dict) and isinstance(of.get(language), str)}
    prints = {path: fingerprint(text[source]) if source in text else "" for path, text in group if language in text}
    free = {key: known[key] for key in (_keys_like(known, group) if _in_list(group[0][0]) else map(key_of, prints)) if key in known}
    matched = {path for path in prints if known.get(key_of(path)) == prints[path]}
    for path in matched:
        free.pop(key_of(path), None)
    for path in prints:  # an entry of a list that has moved keeps its stamp
        moved = next((key for key, stamp in free.items() if stamp == prints[path]), None)
        if path not in matched and moved is not None:
            free.pop(moved)
            matched.add(path)
    for path, text in group:
        key = key_of(path)
        if language not in text:
            if source in text:
                yield Text(path, language, "missing", "")
        elif path in matched:
            yield Text(path, language, "current", prints[path])
        else:
            yield Text(path, language, "stale" if key in free and source in text else "untracked", free.get(key, ""))


def _in_list(path: Path) -> bool:
    return any(isinstance(step, int) for step in path)


def _keys_like(known: dict[str, str], group: list[tuple[Path, dict[str, str]]]) -> list[str]:
    """The stamps' keys that name an entry of the same list as the texts of `group`, whatever its number."""
    parts = key_of(group[0][0]).split(".")
    numbers = {at for at, step in enumerate(group[0][0]) if isinstance(step, int)}
    fitting = []
    for key in known:
        steps = key.split(".")
        same = len(steps) == len(parts) and all(steps[at].isdigit() if at in numbers else steps[at] == part for at, part in enumerate(parts))
        if same:
            fitting.append(key)
    return fitting


def tracked(catalogue: Catalogue) -> Iterator[tuple[str, str, Any]]:
    """The files whose texts have a state, as (document's name, organization's id, tree)."""
    for name, document in catalogue.documents.items():
        table, _, identifier = name.partition("/")
        if table in ("services", "organizations") and isinstance(document.root, dict):
            yield name, str(document.root.get("organization", identifier)) if table == "services" else identifier, document.root


class Stale(NamedTuple):
    """What is stale in one language: the typed texts, as `id()` of each (they live as long as the catalogue), and the
    documents that they are in, such as `services/ID`."""

    texts: frozenset[int] = frozenset()
    documents: frozenset[str] = frozenset()


def stale_texts(catalogue: Catalogue, language: str, languages: Sequence[str]) -> Stale:
    """What is stale in `language` in the whole catalogue."""
    found: set[int] = set()
    documents: set[str] = set()
    if language not in languages[1:]:
        return Stale()
    for name, _, tree in tracked(catalogue):
        if not tree.get("stamps"):
            continue
        table, _, identifier = name.partition("/")
        entry = getattr(catalogue, table).get(identifier)
        if entry is not None:
            stale = [id(_typed(entry, text.path)) for text in states(tree, (languages[0], language)) if text.state == "stale"]
            found.update(stale)
            documents.update([name] if stale else [])
    return Stale(frozenset(found), frozenset(documents))


def _typed(entry: Any, path: Path) -> Any:
    """The typed text at a path of the tree."""
    for step in path:
        entry = entry[step] if isinstance(step, int) else getattr(entry, "for_" if step == "for" else step)
    return entry


def report(catalogue: Catalogue, languages: Sequence[str]) -> dict[str, dict[str, dict[State, int]]]:
    """How many texts have each state: organization → language → state → number."""
    found: dict[str, dict[str, dict[State, int]]] = {}
    for _, organization, tree in tracked(catalogue):
        counts = found.setdefault(organization, {language: dict.fromkeys(STATES, 0) for language in languages[1:]})
        for text in states(tree, languages):
            counts[text.language][text.state] += 1
    return dict(sorted(found.items()))
