"""Someone else's HSDS 3.0 or 3.1 file: services out of it, their texts in all languages, and findings about them.

Nothing in the file is trusted: a field of another type than HSDS says is not there; control characters, invisible
characters and HTML are taken out of texts.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.exports.tree import Tree
from generator.problems import N_, Place, Problem, declare

MAX_BYTES = 64 * 1024 * 1024

declare("import-no-name", "error", N_("A service has no name (its id: {value}), so no file was made; give it a name in the HSDS file."))
declare("import-exists", "error", N_("“{service}” is already here, and its file was left as it is; move it away, or take the service out of the HSDS file."))
declare("import-unknown-terms", "warning", N_("The folder has no terms, so nobody can tell which topics and areas there are; copy services/terms into it."))
declare("import-topic", "warning", N_("The topic of “{service}” is for a person to choose; write one from terms/topics.yaml in place of {value}."))
declare("import-threshold", "warning", N_("How one gets into “{service}” is not in the HSDS file, so not-stated was written; find it out and write it."))
declare("import-summary", "warning", N_("The summary of “{service}” was made of its description: “{value}”; read it and write a better one."))
declare("import-organization", "warning", N_("Who keeps “{service}” is not in the HSDS file; write the organization's name in {value}/organization.yaml."))
declare("import-not-valid", "warning", N_("“{value}” in {field} of “{service}” does not fit and was left out; write it into the file by hand."))
declare("import-no-field", "warning", N_("{field} of “{service}” has no place here and was left out: “{value}”; put it into a text if families need it."))
declare("import-no-term", "warning", N_("“{value}” in {field} of “{service}” is not in the terms and was left out; choose a term that means the same."))
declare("import-no-service", "warning", N_("“{service}” leads on to a service that is neither in the HSDS file nor here ({value}); write the way on by hand."))
declare("import-schedule", "warning", N_("The hours “{value}” of “{service}” do not repeat weekly and were kept as words or left out; check them."))
declare(
    "import-confidential",
    "warning",
    N_("A place of “{service}” has no address, so it was marked confidential; if it may be told, delete that and write the address."),
)

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"</(p|div|li|ul|ol|h\d)>|<br\s*/?>", re.IGNORECASE)


class NotHsdsError(Exception):
    """The file cannot be read as HSDS services; the text says why."""


def read(file: Path) -> list[Tree]:
    """The services of a file: one object, a list of objects, or a page of the API (`contents`). Raises NotHsdsError."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise NotHsdsError(f"{file}: more than {MAX_BYTES} bytes")
        tree = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise NotHsdsError(f"{file}: {error}") from error
    if isinstance(tree, dict) and isinstance(tree.get("contents"), list):
        tree = tree["contents"]
    found = [entry for entry in (tree if isinstance(tree, list) else [tree]) if isinstance(entry, dict)]
    if not any("name" in entry or "status" in entry for entry in found):
        raise NotHsdsError(f"{file}: holds no HSDS services (objects with id, name and status)")
    return found


def clean(value: Any) -> str:
    """A text without what cannot be seen and without HTML; "" for anything that is not a text."""
    if not isinstance(value, str):
        return ""
    if _TAG.search(value):
        value = html.unescape(_TAG.sub("", _BREAK.sub("\n\n", value)))
    lines = [line.strip(" \t\u00a0") for line in _UNSEEN.sub("", value.replace("\r\n", "\n").replace("\t", " ")).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def text(tree: Mapping[str, Any], field: str) -> str:
    """A text of an object, cleaned; "" when it is not there."""
    return clean(tree.get(field))


def many(tree: Mapping[str, Any], field: str) -> list[Tree]:
    """A list of objects of an object; [] when it is not there."""
    value = tree.get(field)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def attributes(tree: Mapping[str, Any], kind: str) -> list[str]:
    """The values of an object's attributes of one link type; a term's code where there is no value."""
    own = [entry for entry in many(tree, "attributes") if entry.get("link_type") == kind]
    return [said for entry in own if (said := text(entry, "value") or text(_term(entry), "code"))]


def _term(entry: Mapping[str, Any]) -> Tree:
    term = entry.get("taxonomy_term")
    return term if isinstance(term, dict) else {}


def first(values: list[str]) -> str:
    """The first of `values`, or ""."""
    return values[0] if values else ""


def yes_no(tree: Mapping[str, Any], kind: str) -> bool | None:
    """An attribute's yes or no; None when it is not there."""
    return {"yes": True, "true": True, "no": False, "false": False}.get(first(attributes(tree, kind)).lower())


class Reading:
    """An import under way: the texts of the same objects in other languages, and the problems found."""

    def __init__(self, name: str, language: str, translations: Mapping[str, list[Tree]]) -> None:
        self.name = name
        self.language = language
        self.problems: list[Problem] = []
        self._index = {code: dict(_objects(trees)) for code, trees in translations.items()}

    def problem(self, code: str, service: str, field: str = "", value: str = "") -> None:
        """Note a problem with a service."""
        self.problems.append(Problem(code, Place(self.name), {"service": service, "field": field, "value": value}))

    def versions(self, tree: Tree) -> dict[str, Tree]:
        """The same object (by its id) in every language that has it."""
        others = {code: index[key] for code, index in self._index.items() if (key := str(tree.get("id"))) in index}
        return {self.language: tree, **others}

    def words(self, tree: Tree, field: str) -> dict[str, str]:
        """A text of an object in all languages, on one line."""
        return {code: said for code, own in self.versions(tree).items() if (said := " ".join(text(own, field).split()))}

    def paragraphs(self, tree: Tree, field: str) -> dict[str, str]:
        """A text of an object in all languages, with its empty lines."""
        return {code: said for code, own in self.versions(tree).items() if (said := text(own, field))}

    def said(self, tree: Tree, kind: str) -> dict[str, str]:
        """An attribute's text in all languages, on one line."""
        return {code: " ".join(said.split()) for code, own in self.versions(tree).items() if (said := first(attributes(own, kind)))}


def _objects(tree: Any) -> Iterator[tuple[str, Tree]]:
    """Every object with an id, however deep; without recursion, since the file is someone else's."""
    waiting: list[Any] = [tree]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            if isinstance(current.get("id"), str):
                yield current["id"], current
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)
