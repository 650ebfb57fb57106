"""`apupolku stamp`: write into a file which source text each of its translations was made from."""

from __future__ import annotations

import copy
from collections.abc import Container, Sequence
from typing import Any

from generator import formatting
from generator.formatting import Kind
from generator.layout import Entry, Node
from generator.problems import Problem
from generator.translations import fingerprint, key_of, states, texts_of


def stamps_of(tree: Any, languages: Sequence[str], *, only: Container[str] = (), renew: bool = False) -> dict[str, dict[str, str]]:
    """What a file's `stamps` should be: text → language → fingerprint.

    A text without a stamp gets one; a stale one only with `renew`, which says that the translations are up to date.
    `only`: the languages that this is about, all by default.
    """
    source = languages[0]
    prints = {path: fingerprint(text[source]) for path, text in texts_of(tree, languages) if source in text}
    found: dict[str, dict[str, str]] = {key_of(path): {} for path in prints}
    for text in states(tree, languages):
        if text.path not in prints or text.state == "missing":
            continue
        meant = not only or text.language in only
        fresh = text.state == "current" or (meant and (text.state == "untracked" or renew))
        stamp = prints[text.path] if fresh else text.stamp
        if stamp:
            found[text.key][text.language] = stamp
    return {key: {language: of[language] for language in languages if language in of} for key, of in found.items() if of}


def stamp(data: bytes, name: str, kind: Kind, languages: Sequence[str], *, only: Container[str] = (), renew: bool = False) -> tuple[str, list[Problem]]:
    """The text of a file with its stamps, formatted; "" and the problems when its YAML has errors. Raises formatting.UnsafeError."""

    def change(tree: Any, root: Node) -> Any:
        expected = copy.deepcopy(tree)
        write(expected, root, stamps_of(tree, languages, only=only, renew=renew))
        return expected

    return formatting.rewrite(data, name, kind, languages, change)


def write(tree: dict[str, Any], root: Node, wanted: dict[str, dict[str, str]]) -> None:
    """Set the stamps in a tree and in its nodes."""
    tree.pop("stamps", None)
    old = next((entry for entry in root.entries if entry.key == "stamps"), None)
    if not wanted:
        if old is not None:
            root.entries.remove(old)
            root.tail += [*old.before, *_comments(old.node.entries), *old.node.tail]
        return
    tree["stamps"] = wanted
    before = {entry.key: entry for entry in old.node.entries} if old else {}
    node = Node("mapping", tail=list(old.node.tail) if old else [])
    for key, of in wanted.items():
        line = Node("mapping", flow=True, entries=[Entry(language, Node("scalar", text)) for language, text in of.items()])
        last = before.pop(key, None)
        node.entries.append(Entry(key, line, _comments([last]) if last else []))
    node.tail += _comments(list(before.values()))
    root.put("stamps", node)


def _comments(entries: list[Entry]) -> list[str]:
    """The comments of entries that go, with those inside them."""
    found: list[str] = []
    for entry in entries:
        found += [line for line in entry.before if line] + _comments(entry.node.entries) + [line for line in entry.node.tail if line]
    return found
