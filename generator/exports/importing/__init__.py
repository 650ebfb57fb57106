"""`apupolku import hsds`: someone else's HSDS services → our YAML files, so that a directory can move in.

    result = importing.hsds(file, into, language, translations)

Everything that HSDS and our model share is carried; what only a person can decide gets a placeholder (the topic) or the
careful value (threshold not-stated); all that could not be carried is in `result.problems`, service by service. Nothing
is overwritten and nothing is written here: `result.files` says what to write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import catalogue as catalogues
from generator.exports.ids import identifier as uuid_of
from generator.exports.importing.places import organization, slug
from generator.exports.importing.reading import NotHsdsError, Reading, attributes, first, read, text
from generator.exports.importing.services import Terms, service
from generator.exports.importing.yaml_text import dump
from generator.exports.tree import Tree
from generator.problems import Problem

__all__ = ["NotHsdsError", "Result", "hsds"]
_RESERVED = ("organization", "terms")


@dataclass(frozen=True, slots=True)
class Result:
    """What an import made: path below the folder → content, how many services, and what to look at."""

    files: dict[str, bytes]
    services: int
    problems: list[Problem]


def hsds(file: Path, into: Path, language: str = "fi", translations: Mapping[str, Path] | None = None) -> Result:
    """Convert `file`. `into`: the services folder they are for, whose terms and ids are looked at. `translations`: the same
    services in other languages, such as {"sv": services.sv.json}; objects are matched by their ids. Raises NotHsdsError."""
    trees = read(file)
    reading = Reading(str(file), language, {code: read(path) for code, path in (translations or {}).items()})
    known = catalogues.load(into) if (into / "terms").is_dir() else None
    if known is None:
        reading.problem("import-unknown-terms", "")
    taken = set(known.known["services"]) if known else set()
    ids = _service_ids(reading, trees, taken)
    here = {uuid_of("service", entry): entry for entry in taken}
    areas = {name.casefold(): code for code, area in known.terms["areas"].items() for name in area.name.values()} if known else {}
    terms = Terms(known.known if known else None, areas, {**here, **{str(tree.get("id")): identifier for identifier, tree in ids.items()}})
    files: dict[str, bytes] = {}
    keepers: dict[str, str] = {}
    for identifier, tree in ids.items():
        keeper = _organization(reading, identifier, tree, into, terms, keepers, files)
        if f"{keeper}/{identifier}.yaml" in files or identifier in taken:
            continue
        files[f"{keeper}/{identifier}.yaml"] = dump(service(reading, identifier, keeper, tree, terms)).encode()
    made = sum(not path.endswith("organization.yaml") for path in files)
    return Result(files, made, reading.problems)


def _service_ids(reading: Reading, trees: list[Tree], taken: set[str]) -> dict[str, Tree]:
    """Our id for each service that has a name: its own local_id, else its name, else its UUID's beginning."""
    found: dict[str, Tree] = {}
    for tree in trees:
        if not text(tree, "name"):
            reading.problem("import-no-name", "", value=str(tree.get("id", "")))
            continue
        wanted = _own_id(tree, "service")
        if wanted in taken:
            reading.problem("import-exists", wanted)
            continue
        number = 2
        unique = wanted
        while unique in found or unique in _RESERVED:
            unique, number = f"{wanted}-{number}", number + 1
        found[unique] = tree
    return found


def _own_id(tree: Tree, otherwise: str) -> str:
    local = slug(first(attributes(tree, "local_id")))
    return local or slug(text(tree, "name")) or f"{otherwise}-{slug(str(tree.get('id', '')))[:8]}".strip("-")


def _organization(reading: Reading, service_id: str, tree: Tree, into: Path, terms: Terms, keepers: dict[str, str], files: dict[str, bytes]) -> str:
    """The id of the service's organization; its file is made once, unless the folder has it already."""
    nested = tree.get("organization")
    keeper: Tree = nested if isinstance(nested, dict) else {"id": str(tree.get("organization_id", "")), "name": ""}
    key = str(keeper.get("id", "")) or text(keeper, "name")
    if key in keepers and key:
        return keepers[key]
    identifier = _own_id(keeper, "organization")
    if identifier in keepers.values() or identifier in _RESERVED:
        identifier = f"{identifier}-{slug(key)[:8] or len(keepers)}"
    keepers[key] = identifier
    if not text(keeper, "name"):
        keeper = {**keeper, "name": identifier}
        reading.problem("import-organization", service_id, value=identifier)
    path = f"{identifier}/organization.yaml"
    if not (into / path).exists():
        areas = terms.pick(reading, identifier, "service_areas", "areas", attributes(keeper, "area"))
        made = organization(reading, identifier, keeper, areas, terms.known["sources"] if terms.known else None)
        files[path] = dump(made).encode()
    return identifier
