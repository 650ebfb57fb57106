"""The folder of services → one `Catalogue`, with every id and reference resolved, and all problems of all files.

A wrong file never hides the problems of another: it is left out of the catalogue, its id is still known, so that no
reference to it is called wrong.

Layout: `<organization>/organization.yaml`, `<organization>/<service-id>.yaml`, `terms/<vocabulary>.yaml`,
`terms/concepts/<concept-id>.yaml`. Files whose name begins with a dot or an underscore are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import model, source
from generator.model import Area, Concept, Municipality, Organization, Service, SourceDocument, Term, Topic
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
declare("wrong-ending", "warning", N_("Only files ending in .yaml are read, so this one is not on the site; rename it to end in .yaml."))

VOCABULARIES: dict[str, type[Term]] = {
    "topics": Topic,
    "target_groups": Term,
    "areas": Area,
    "municipalities": Municipality,
    "channels": Term,
    "referrers": Term,
    "sources": SourceDocument,
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


def load(folder: Path, base: Path | None = None) -> Catalogue:
    """Read `folder`; file names in problems are relative to `base` (the project's root) where they lie below it."""
    catalogue = Catalogue(
        folder, terms={name: {} for name in VOCABULARIES}, known={name: set() for name in (*VOCABULARIES, "services", "organizations", "concepts")}
    )
    if not (folder / "terms").is_dir():
        catalogue.problems.append(Problem("no-services", Place(_name(folder, base)), {"folder": _name(folder, base)}))
        return catalogue
    for vocabulary, kind in VOCABULARIES.items():
        _read_vocabulary(catalogue, folder / "terms" / f"{vocabulary}.yaml", vocabulary, kind, base)
    for file in _yaml_files(catalogue, folder / "terms" / "concepts", base):
        _read_entry(catalogue, file, Concept, "concepts", base)
    for home in sorted(path for path in folder.iterdir() if path.is_dir() and path.name != "terms" and path.name[0] not in "._"):
        files = _yaml_files(catalogue, home, base)
        if files and not (home / "organization.yaml").is_file():
            catalogue.problems.append(Problem("no-organization-file", Place(_name(files[0], base), 1, 1), {"folder": home.name}))
        for file in files:
            if file.name == "organization.yaml":
                _read_entry(catalogue, file, Organization, "organizations", base)
            else:
                _read_entry(catalogue, file, Service, "services", base)
    catalogue.services = dict(sorted(catalogue.services.items()))
    catalogue.problems.extend(_references(catalogue))
    return catalogue


def read_service(catalogue: Catalogue, file: Path, base: Path | None = None) -> None:
    """Read one more service file, which may lie anywhere, against this catalogue; its problems join the others."""
    before = set(catalogue.services)
    _read_entry(catalogue, file, Service, "services", base, placed=False)
    for identifier in set(catalogue.services) - before:
        catalogue.problems.extend(_service_references(catalogue, catalogue.services[identifier]))


def _name(path: Path, base: Path | None) -> str:
    """`path` as messages show it: relative to the project, with forward slashes on every system."""
    try:
        return path.resolve().relative_to((base or Path.cwd()).resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def _yaml_files(catalogue: Catalogue, folder: Path, base: Path | None) -> list[Path]:
    if not folder.is_dir():
        return []
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name[0] not in "._")
    for file in files:
        if file.suffix in (".yml", ".YAML", ".YML", ".txt"):
            catalogue.problems.append(Problem("wrong-ending", Place(_name(file, base))))
    return [file for file in files if file.suffix == ".yaml"]


def _read_vocabulary(catalogue: Catalogue, file: Path, vocabulary: str, kind: type[Term], base: Path | None) -> None:
    if not file.is_file():
        return
    document = source.read(file, _name(file, base), expect=list)
    catalogue.documents[f"terms/{vocabulary}"] = document
    catalogue.problems.extend(document.problems)
    for index, tree in enumerate(document.root):
        term, problems = model.build(kind, tree, document, (index,))
        catalogue.problems.extend(problems)
        identifier = str(tree.get("id", "")) if isinstance(tree, dict) else ""
        if identifier in catalogue.known[vocabulary]:
            catalogue.problems.append(Problem("duplicate-id", document.place((index, "id")), {"value": identifier, "first": document.file}))
        catalogue.known[vocabulary].add(identifier)
        if term is not None:
            catalogue.terms[vocabulary][term.id] = term


def _read_entry(catalogue: Catalogue, file: Path, kind: Any, table: str, base: Path | None, *, placed: bool = True) -> None:
    """Read one service, organization or concept; `placed`: its id must be the file's (or folder's) name."""
    document = source.read(file, _name(file, base))
    entry, problems = model.build(kind, document.root, document) if document.root or not document.problems else (None, [])
    expected = file.parent.name if table == "organizations" else file.stem
    identifier = str(document.root.get("id", expected)) if document.root else expected
    catalogue.problems.extend(document.problems)
    catalogue.problems.extend(problems)
    if placed and entry is not None:
        if entry.id != expected:
            catalogue.problems.append(Problem("id-not-file", document.place(("id",)), {"value": entry.id, "expected": expected}))
        if table == "services" and entry.organization != file.parent.name:
            catalogue.problems.append(
                Problem("organization-not-folder", document.place(("organization",)), {"value": entry.organization, "expected": file.parent.name})
            )
    first = catalogue.documents.get(f"{table}/{identifier}")
    if first is not None and placed:
        catalogue.problems.append(Problem("duplicate-id", document.place(("id",)), {"value": identifier, "first": first.file}))
        return
    catalogue.known[table].update((identifier, expected))
    catalogue.documents[f"{table}/{identifier}"] = document
    if entry is not None:
        getattr(catalogue, table)[identifier] = entry


def _references(catalogue: Catalogue) -> Iterator[Problem]:
    for service in catalogue.services.values():
        yield from _service_references(catalogue, service)
    for organization in catalogue.organizations.values():
        document = catalogue.documents[f"organizations/{organization.id}"]
        yield from _resolve(catalogue, document, "areas", ("service_areas",), organization.service_areas)
        yield from _sources(catalogue, document, organization.source)
    for concept in catalogue.concepts.values():
        document = catalogue.documents[f"concepts/{concept.id}"]
        yield from _resolve(catalogue, document, "services", ("services",), concept.services)
        yield from _resolve(catalogue, document, "topics", ("topics",), concept.topics)
    for vocabulary, other, attribute in (("areas", "areas", "part_of"), ("municipalities", "areas", "area"), ("areas", "municipalities", "municipalities")):
        for index, term in enumerate(catalogue.terms[vocabulary].values()):
            value = getattr(term, attribute)
            values = value if isinstance(value, tuple) else (value,) if value else ()
            yield from _resolve(catalogue, catalogue.documents[f"terms/{vocabulary}"], other, (index, attribute), values)


def _service_references(catalogue: Catalogue, service: Service) -> Iterator[Problem]:
    document = catalogue.documents[f"services/{service.id}"]
    path = service.referral_path
    yield from _resolve(catalogue, document, "organizations", ("organization",), (service.organization,))
    for vocabulary, where, values in (
        ("topics", ("topics",), service.topics),
        ("target_groups", ("target_groups",), service.target_groups),
        ("municipalities", ("municipalities",), service.municipalities),
        ("channels", ("channels",), service.channels),
        ("areas", ("service_areas",), service.service_areas),
        ("referrers", ("referral_path", "referrers"), path.referrers),
        ("services", ("referral_path", "before"), path.before),
        ("services", ("referral_path", "beside"), path.beside),
        ("services", ("referral_path", "after"), path.after),
    ):
        yield from _resolve(catalogue, document, vocabulary, where, values)
        if vocabulary == "services" and service.id in values:
            place = document.place((*where, values.index(service.id)))
            yield Problem("refers-to-itself", place, {"key": where[-1], "value": service.id})
    yield from _sources(catalogue, document, service.source)


def _sources(catalogue: Catalogue, document: Document, entries: tuple[model.Source, ...]) -> Iterator[Problem]:
    for index, entry in enumerate(entries):
        yield from _resolve(catalogue, document, "sources", ("source", index, "document"), (entry.document,))


def _resolve(catalogue: Catalogue, document: Document, vocabulary: str, where: tuple[Any, ...], values: Iterable[str]) -> Iterator[Problem]:
    known = catalogue.known[vocabulary]
    for index, value in enumerate(values):
        if value in known:
            continue
        place = document.place((*where, index))
        shown = {
            "value": value,
            "vocabulary": vocabulary if vocabulary in ("services", "organizations") else f"terms/{vocabulary}.yaml",
            "suggestion": closest(value, known),
        }
        yield Problem("unknown-reference" if shown["suggestion"] else "unknown-reference-here", place, shown)
