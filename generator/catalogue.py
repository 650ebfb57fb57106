"""The folder of services → one `Catalogue`, with every id and reference resolved, and all problems of all files.

A wrong file never hides the problems of another: it is left out of the catalogue, its id is still known, so that no
reference to it is called wrong.

Layout: `<organization>/organization.yaml`, `<organization>/<service-id>.yaml`, `terms/<vocabulary>.yaml`,
`terms/concepts/<concept-id>.yaml`. Files whose name begins with a dot or an underscore are passed over.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import itertools
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import model, source
from generator.model import Area, Concept, Municipality, Organization, Retired, Service, SourceDocument, Term, Topic
from generator.problems import N_, Place, Problem, closest, declare
from generator.source import Document

declare("no-services", "error", N_("The folder {folder} holds no services; write the path of the folder that has “terms” in it."))
declare(
    "id-not-file",
    "error",
    N_("The id “{value}” differs from the name of the file or folder, “{expected}”; make them the same (addresses are made of the id, so keep the older one)."),
)
declare("organization-not-folder", "error", N_("The organization “{value}” differs from the folder “{expected}”; move the file or correct the id."))
declare("duplicate-id", "error", N_("The id “{value}” is already that of {first}; give this one an id of its own."))
declare("no-organization-file", "error", N_("The folder “{folder}” has no organization.yaml; write one with the organization's id and name."))
declare("unknown-reference", "error", N_("“{value}” is not in {vocabulary}; did you mean “{suggestion}”?"))
declare("unknown-reference-here", "error", N_("“{value}” is not in {vocabulary}; write an id that is there, or add it."))
declare("refers-to-itself", "error", N_("The service names itself in “{key}”; delete “{value}” there."))
declare(
    "retired-is-there",
    "error",
    N_("“{value}” is retired and the id of a service, too; take it out of one of them (an old id is never given to another service)."),
)
declare("wrong-ending", "warning", N_("Only files ending in .yaml are read, so this one is not on the site; rename it to end in .yaml."))
declare(
    "misplaced-file",
    "warning",
    N_("No file is read from this place, so this one is not on the site; move it into its organization's folder, or name it as a vocabulary: {names}."),
)

VOCABULARIES: dict[str, type[Term]] = {
    "topics": Topic,
    "target_groups": Term,
    "areas": Area,
    "municipalities": Municipality,
    "channels": Term,
    "referrers": Term,
    "sources": SourceDocument,
    "retired": Retired,
}


@dataclass(slots=True)
class Catalogue:
    """Everything that the folder holds, in the order of the vocabularies' files and of ids; `documents` gives places."""

    folder: Path
    services: dict[str, Service] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    terms: dict[str, dict[str, Any]] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    known: dict[str, set[str]] = field(default_factory=dict)

    def place(self, kind: str, identifier: str, path: tuple[Any, ...] = (), *, key: bool = False) -> Place:
        """Where in a file the entry `identifier` of `kind` (services, organizations, concepts) says `path`."""
        document = self.documents.get(f"{kind}/{identifier}")
        return document.place(path, key=key) if document else Place(str(self.folder))

    def contact(self, service: Service) -> model.Contact:
        """The service's phones, e-mail and web address, each from its organization where the service has none."""
        organization = self.organizations.get(service.organization)
        if organization is None:
            return service
        return model.Contact.model_construct(
            phones=service.phones or organization.phones,
            email=service.email or organization.email,
            url=service.url or organization.url,
        )


def load(folder: Path, base: Path | None = None, *, unread: Collection[Path] = ()) -> Catalogue:
    """Read `folder`; file names in problems are relative to `base` (the project's root) where they lie below it.

    `unread`: services, organizations and concepts of which only the ids are known, by the files' names.
    """
    with uncollected():
        return _load(folder, base, unread)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Work that makes many objects, none of them garbage in a circle: looking for such took a fifth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _load(folder: Path, base: Path | None, unread: Collection[Path]) -> Catalogue:
    catalogue = Catalogue(
        folder, terms={name: {} for name in VOCABULARIES}, known={name: set() for name in (*VOCABULARIES, "services", "organizations", "concepts")}
    )
    if not (folder / "terms").is_dir():
        catalogue.problems.append(Problem("no-services", Place(label(folder, base)), {"folder": label(folder, base)}))
        return catalogue
    for file in unread:
        own = file.name == "organization.yaml"
        catalogue.known["organizations" if own else "concepts" if file.parent.name == "concepts" else "services"].add(file.parent.name if own else file.stem)
    for vocabulary, kind in VOCABULARIES.items():
        _read_vocabulary(catalogue, folder / "terms" / f"{vocabulary}.yaml", vocabulary, kind, base)
    _misplaced(catalogue, folder, base)
    for file in _yaml_files(catalogue, folder / "terms" / "concepts", base):
        if file not in unread:
            _read_entry(catalogue, file, Concept, "concepts", base)
    for home in sorted(path for path in folder.iterdir() if path.is_dir() and path.name != "terms" and path.name[0] not in "._"):
        files = _yaml_files(catalogue, home, base)
        if files and not (home / "organization.yaml").is_file():
            catalogue.problems.append(Problem("no-organization-file", Place(label(files[0], base), 1, 1), {"folder": home.name}))
            catalogue.known["organizations"].add(home.name)
        for file in files:
            if file in unread:
                continue
            if file.name == "organization.yaml":
                _read_entry(catalogue, file, Organization, "organizations", base)
            else:
                _read_entry(catalogue, file, Service, "services", base)
    catalogue.services = dict(sorted(catalogue.services.items()))
    catalogue.problems.extend(_references(catalogue))
    catalogue.problems.extend(_risen(catalogue))
    return catalogue


def read_service(catalogue: Catalogue, file: Path, base: Path | None = None) -> None:
    """Read one more service file, which may lie anywhere, against this catalogue; its problems join the others."""
    document = _read_entry(catalogue, file, Service, "services", base, placed=False)
    catalogue.problems.extend(_references_of(catalogue, "services", document))


def label(path: Path, base: Path | None) -> str:
    """`path` as messages show it: relative to the project, with forward slashes on every system."""
    return f"{_folder_label(path.parent, base, Path.cwd())}{path.name}"


@functools.lru_cache(maxsize=1024)
def _folder_label(folder: Path, base: Path | None, here: Path) -> str:
    """A folder's part of its files' labels, with a slash at its end; asked for file by file."""
    full, home = (here / folder).resolve(), (here / (base or "")).resolve()
    shown = full.relative_to(home) if full.is_relative_to(home) else folder
    return "" if shown == Path() else f"{shown.as_posix().rstrip('/')}/"


def _yaml_files(catalogue: Catalogue, folder: Path, base: Path | None) -> list[Path]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        files = sorted(folder / entry.name for entry in entries if entry.name[0] not in "._" and entry.is_file())
    for file in files:
        if file.suffix in (".yml", ".YAML", ".YML", ".txt"):
            catalogue.problems.append(Problem("wrong-ending", Place(label(file, base))))
    return [file for file in files if file.suffix == ".yaml"]


def _misplaced(catalogue: Catalogue, folder: Path, base: Path | None) -> None:
    """Files where no file is read: beside the organizations' folders, deeper than these, or an unknown vocabulary."""
    for home, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] not in "._")
        parts = Path(home).relative_to(folder).parts
        if parts == ("terms", "concepts") or (len(parts) == 1 and parts[0] != "terms"):
            continue
        for name in sorted(names):
            if name.endswith(".yaml") and name[0] not in "._" and not (parts == ("terms",) and name.removesuffix(".yaml") in VOCABULARIES):
                catalogue.problems.append(Problem("misplaced-file", Place(label(Path(home, name), base)), {"names": ", ".join(VOCABULARIES)}))


def _read_vocabulary(catalogue: Catalogue, file: Path, vocabulary: str, kind: type[Term], base: Path | None) -> None:
    if not file.is_file():
        return
    document = source.read(file, label(file, base), expect=list)
    catalogue.documents[f"terms/{vocabulary}"] = document
    catalogue.problems.extend(document.problems)
    for index, tree in enumerate(document.root):
        term, problems = model.build(kind, tree, document, (index,))
        catalogue.problems.extend(problems)
        identifier = str(tree.get("id", "")) if isinstance(tree, dict) else ""
        if identifier and identifier in catalogue.known[vocabulary]:
            first = next(number for number, other in enumerate(document.root) if isinstance(other, dict) and other.get("id") == identifier)
            shown = f"{document.file}:{document.place((first, 'id')).line}"
            catalogue.problems.append(Problem("duplicate-id", document.place((index, "id")), {"value": identifier, "first": shown}))
        catalogue.known[vocabulary].add(identifier)
        if term is not None:
            catalogue.terms[vocabulary][term.id] = term


def _read_entry(catalogue: Catalogue, file: Path, kind: Any, table: str, base: Path | None, *, placed: bool = True) -> Document:
    """Read one service, organization or concept; `placed`: its id must be the file's (or folder's) name."""
    document = source.read(file, label(file, base))
    entry, problems = model.build(kind, document.root, document) if document.root or not document.problems else (None, [])
    expected = file.parent.name if table == "organizations" else file.stem
    identifier, organization = (value if isinstance(value := document.root.get(key), str) and model.is_id(value) else "" for key in ("id", "organization"))
    catalogue.problems.extend(document.problems)
    catalogue.problems.extend(problems)
    if placed and identifier and identifier != expected:
        catalogue.problems.append(Problem("id-not-file", document.place(("id",)), {"value": identifier, "expected": expected}))
    if placed and table == "services" and organization and organization != file.parent.name:
        values = {"value": organization, "expected": file.parent.name}
        catalogue.problems.append(Problem("organization-not-folder", document.place(("organization",)), values))
    identifier = identifier or expected
    first = catalogue.documents.get(f"{table}/{identifier}")
    if first is not None and placed:
        shown = f"{first.file}:{first.place(('id',)).line}"
        catalogue.problems.append(Problem("duplicate-id", document.place(("id",)), {"value": identifier, "first": shown}))
        return document
    catalogue.known[table].update((identifier, expected))
    catalogue.documents[f"{table}/{identifier}"] = document
    if entry is not None:
        getattr(catalogue, table)[identifier] = entry
    return document


# Where ids of other entries stand in an entry of each kind, and what they are ids of. “terms/areas” holds a list of entries.
_REFERENCES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "services": (
        (("organization",), "organizations"),
        (("topics",), "topics"),
        (("target_groups",), "target_groups"),
        (("municipalities",), "municipalities"),
        (("channels",), "channels"),
        (("service_areas",), "areas"),
        (("referral_path", "referrers"), "referrers"),
        (("referral_path", "before"), "services"),
        (("referral_path", "beside"), "services"),
        (("referral_path", "after"), "services"),
        (("source", "*", "document"), "sources"),
    ),
    "organizations": ((("service_areas",), "areas"), (("source", "*", "document"), "sources")),
    "concepts": ((("services",), "services"), (("topics",), "topics")),
    "terms/areas": ((("*", "part_of"), "areas"), (("*", "municipalities"), "municipalities")),
    "terms/municipalities": ((("*", "area"), "areas"),),
    "terms/retired": ((("*", "replaced_by"), "services"),),
}


def _references(catalogue: Catalogue) -> Iterator[Problem]:
    """Ids that nothing has; read from the documents, so that a file with another fault tells of these, too. Where an
    organization is not that of the folder, what to write has been said."""
    told = {problem.place for problem in catalogue.problems if problem.code == "organization-not-folder"}
    for name, document in catalogue.documents.items():
        unknown = _references_of(catalogue, name if name.startswith("terms/") else name.split("/")[0], document)
        found = list(itertools.islice((problem for problem in unknown if problem.place not in told), model.MAX_PROBLEMS))
        yield from found
        if len(found) == model.MAX_PROBLEMS:
            yield Problem("too-many-faults", found[-1].place, {"limit": str(model.MAX_PROBLEMS)})


def _risen(catalogue: Catalogue) -> Iterator[Problem]:
    """Ids of services that are retired as well."""
    document = catalogue.documents.get("terms/retired")
    if document is None:
        return
    for path, value in _values(document.root, ("*", "id")):
        if value in catalogue.known["services"]:
            yield Problem("retired-is-there", document.place(path), {"value": value})


def _references_of(catalogue: Catalogue, kind: str, document: Document) -> Iterator[Problem]:
    own = document.root.get("id") if kind == "services" else None
    for pattern, vocabulary in _REFERENCES.get(kind, ()):
        for path, value in _values(document.root, pattern):
            if value == own and vocabulary == "services":
                yield Problem("refers-to-itself", document.place(path), {"key": pattern[-1], "value": value})
            elif value not in catalogue.known[vocabulary]:
                shown = {
                    "value": value,
                    "vocabulary": vocabulary if vocabulary in ("services", "organizations") else f"terms/{vocabulary}.yaml",
                    "suggestion": closest(value, filter(model.is_id, catalogue.known[vocabulary])),
                }
                yield Problem("unknown-reference" if shown["suggestion"] else "unknown-reference-here", document.place(path), shown)


def _values(tree: Any, pattern: tuple[str, ...], path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """The ids below `tree` along `pattern` (“*”: each entry of a list), with their paths; what is no id the model tells."""
    if not pattern:
        for step, value in enumerate(tree) if isinstance(tree, list) else ((None, tree),):
            if isinstance(value, str) and model.is_id(value):
                yield (path if step is None else (*path, step)), value
    elif pattern[0] == "*":
        for index, entry in enumerate(tree if isinstance(tree, list) else ()):
            yield from _values(entry, pattern[1:], (*path, index))
    elif isinstance(tree, dict) and pattern[0] in tree:
        yield from _values(tree[pattern[0]], pattern[1:], (*path, pattern[0]))
