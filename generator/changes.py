"""`apupolku check --since REV`: only the problems that the changes since a Git revision have caused.

A problem that was there before, at the same key of the same file and about the same words, is left out even when its line
has moved. Only what the change can touch is read: the changed files, the vocabularies, the services of a changed
organization, those that a way joins to a changed one, those with a confidential location, and every file that mentions an
id that is gone. The revision is compared where the branches parted.
"""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from generator import catalogue, checks, source
from generator.catalogue import VOCABULARIES, Catalogue
from generator.problems import Problem
from generator.settings import Settings
from generator.source import Document, Marks

_PATH, _LOCATIONS = (re.compile(rb"^" + key + rb":.*(?:\r?\n(?:[ \t#-].*)?)*", re.MULTILINE) for key in (b"referral_path", b"locations"))
_WORD = re.compile(rb"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_WORDS = ("first", "file")
"""Values of problems that name a line or a file, which may change without the problem being another one."""


class RevisionError(Exception):
    """Git cannot tell what has changed; the text is Git's own."""


@dataclass(slots=True)
class Changes:
    """File names below the folder of services: as they are now, as they were at the revision, and the old name of a moved one."""

    changed: set[str] = field(default_factory=set)
    before: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)


def problems(revision: str, settings: Settings) -> list[Problem]:
    """The problems that the changes since `revision` have caused, files not yet known to Git included. Raises RevisionError."""
    folder = settings.services_dir.resolve()
    base = _common(folder, revision)
    changes = _changes(folder, base)
    if not changes.changed and not changes.before:
        return []
    with tempfile.TemporaryDirectory() as place:
        old = Path(place).resolve()
        listed = _restore(folder, old, base, changes)
        present = {name: _bytes(folder, name) for name in _names_below(folder)}
        was_there = {name: _bytes(old, name) for name in changes.before}
        touched = _touched(folder, old, changes, present)
        touched |= _joined(present, was_there, changes) | _secret(present, was_there, changes)
        read = touched | {name for name in listed if PurePosixPath(name).parent.name == "terms"}
        for name in (listed & read) - changes.before:
            (old / name).parent.mkdir(parents=True, exist_ok=True)
            (old / name).write_bytes((folder / name).read_bytes())
        now = _load(settings.services_dir, present.keys() - read, settings, changes.changed)
        was = _load(old, listed - read - changes.before, settings, changes.before)
    label = catalogue.label(settings.services_dir, None)
    known = Counter(_identities(was, catalogue.label(old, None), {moved: name for name, moved in changes.moved.items()}))
    found = []
    for problem, identity in zip(now.problems, _identities(now, label, {}), strict=True):
        if known[identity]:
            known[identity] -= 1
        else:
            found.append(problem)
    return found


def _names_below(folder: Path) -> set[str]:
    """The names of all YAML files below a folder, with forward slashes."""
    found: set[str] = set()
    for home, _, names in os.walk(folder):
        below = Path(home).relative_to(folder).as_posix()
        found.update(name if below == "." else f"{below}/{name}" for name in names if name.endswith(".yaml"))
    return found


def _git(folder: Path, *arguments: str, data: bytes | None = None) -> bytes:
    try:
        return subprocess.run(["git", "-C", str(folder), *arguments], input=data, capture_output=True, check=True).stdout
    except FileNotFoundError as error:
        raise RevisionError("git") from error
    except subprocess.CalledProcessError as error:
        raise RevisionError(error.stderr.decode(errors="replace").strip() or arguments[0]) from error


def _common(folder: Path, revision: str) -> str:
    """The commit to compare with: where this branch left `revision`; the revision itself in a shallow clone."""
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}").decode().strip()
    try:
        return _git(folder, "merge-base", commit, "HEAD").decode().strip()
    except RevisionError:
        return commit


def _changes(folder: Path, base: str) -> Changes:
    """What differs between the commit and the files as they are."""
    found = Changes()
    parts = iter(_git(folder, "diff", "--name-status", "-z", "-M", "--relative", base, "--", ".").decode().split("\0"))
    for status in parts:
        if not status:
            continue
        name = next(parts)
        if status[0] == "R":
            new = next(parts)
            found.moved[new] = name
            found.before.add(name)
            found.changed.add(new)
            continue
        if status[0] != "D":
            found.changed.add(name)
        if status[0] != "A":
            found.before.add(name)
    found.changed.update(name for name in _git(folder, "ls-files", "--others", "--exclude-standard", "-z").decode().split("\0") if name)
    return found


def _restore(folder: Path, old: Path, base: str, changes: Changes) -> set[str]:
    """Write what has changed since as it was; returns the names of all files of that time."""
    prefix = _git(folder, "rev-parse", "--show-prefix").decode().strip()
    names = _git(folder, "ls-tree", "-r", "-z", "--name-only", base, ".").decode().split("\0")
    listed = {name for name in names if name.endswith(".yaml")}
    (old / "terms").mkdir(parents=True)
    wanted = sorted(listed & changes.before)
    answer = _git(folder, "cat-file", "--batch", data="".join(f"{base}:{prefix}{name}\n" for name in wanted).encode())
    at = 0
    for name in wanted:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[-1])
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_bytes(answer[end + 1 : end + 1 + size])
        at = end + 1 + size + 1
    return listed


def _touched(folder: Path, old: Path, changes: Changes, present: Mapping[str, bytes]) -> set[str]:
    """Which of the files `present` the changes can have caused problems in."""
    names = present.keys()
    touched = changes.changed | changes.before
    homes = {PurePosixPath(name).parent for name in touched if PurePosixPath(name).name == "organization.yaml"}
    stems = {PurePosixPath(name).stem for name in touched} - {"organization"}
    for name in names - touched:
        path = PurePosixPath(name)
        if (
            path.parent in homes
            or path.stem in stems
            or (path.name == "organization.yaml" and any(PurePosixPath(other).parent == path.parent for other in touched))
        ):
            touched = touched | {name}
    gone = [identifier.encode() for identifier in _ids(old, changes.before) - _ids(folder, changes.changed) - _names(names)]
    if gone:
        touched = touched | {name for name in names - touched if any(identifier in present[name] for identifier in gone)}
    return touched


def _joined(present: Mapping[str, bytes], was_there: Mapping[str, bytes], changes: Changes) -> set[str]:
    """The services that a way joins to a changed one: the next ones, and all further ones when the ways have changed.

    Ways are looked for in the text, which is quick and finds too many rather than too few. What only the whole catalogue can
    tell (a service that no way leads to) is left to a full check.
    """
    files = {_stem(name): name for name in present if not name.startswith("terms/")}
    now = {stem: _ways(present[name]) for stem, name in files.items()}
    was = {_stem(name): _ways(held) for name, held in was_there.items() if not name.startswith("terms/")}
    changed = {_stem(name) for name in changes.changed if not name.startswith("terms/")} | set(was)
    neighbors: dict[str, set[str]] = {}
    for ways in (now, was):
        for stem, words in ways.items():
            for other in words & files.keys():
                neighbors.setdefault(stem, set()).add(other)
                neighbors.setdefault(other, set()).add(stem)
    further = any(now.get(stem) != was.get(stem) for stem in changed)
    found, waiting = set(changed), list(changed)
    while waiting:
        new = neighbors.get(waiting.pop(), set()) - found
        found |= new
        waiting += new if further else ()
    return {files[stem] for stem in found if stem in files}


def _secret(present: Mapping[str, bytes], was_there: Mapping[str, bytes], changes: Changes) -> set[str]:
    """The files with a confidential location, which no text may tell of; every file when such a location may have changed."""
    found, was = ({name for name, text in held.items() if b"confidential" in text} for held in (present, was_there))
    moved = any(_locations(present.get(name, b"")) != _locations(was_there.get(name, b"")) for name in (found & changes.changed) | was)
    return set(present) if moved else found


def _locations(held: bytes) -> list[bytes]:
    """The lines of a file's locations; the whole file where they are written in a way that is not seen at once."""
    return _LOCATIONS.findall(held) or [held]


def _bytes(folder: Path, name: str) -> bytes:
    """What a file holds; nothing when it is not there."""
    try:
        return (folder / name).read_bytes()
    except OSError:
        return b""


def _ways(held: bytes) -> frozenset[str]:
    """The words of a service's referral path, among them the ids that it names."""
    match = _PATH.search(held)
    return frozenset(word.decode() for word in _WORD.findall(match.group())) if match else frozenset()


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".yaml")


def _names(names: Iterable[str]) -> set[str]:
    """The ids that follow from the names of files: services, concepts and organizations."""
    return {path.stem if path.name != "organization.yaml" else path.parent.name for path in map(PurePosixPath, names)}


def _ids(folder: Path, names: Iterable[str]) -> set[str]:
    """The ids that files declare: by their names, and the terms inside vocabularies."""
    found = _names(names)
    for name in names:
        path = PurePosixPath(name)
        if path.parent.name == "terms" and path.stem in VOCABULARIES and (folder / name).is_file():
            root = source.read(folder / name, expect=list).root
            found.update(str(term.get("id")) for term in root if isinstance(term, dict))
    return found


def _load(folder: Path, unread: set[str], settings: Settings, changed: set[str]) -> Catalogue:
    """The catalogue of a folder; of the files that are not read only the names are known, and they need not be there.
    Advice on prose is asked for the changed services alone: what the others say is the same as before."""
    hidden = {name for name in unread if name.endswith(".yaml") and not any(part[0] in "._" for part in PurePosixPath(name).parts)}
    loaded = catalogue.load(folder, unread={folder / name for name in hidden})
    names = {PurePosixPath(name).stem for name in changed}
    judged = dataclasses.replace(loaded, services={name: service for name, service in loaded.services.items() if name in names})
    loaded.problems.extend([*checks.run(loaded, settings, advice=False), *checks.advise(judged, settings)])
    return loaded


def _identities(loaded: Catalogue, label: str, renamed: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    """What stays the same of a problem when lines move: its code, file, key and words."""
    documents = {document.file: document for document in loaded.documents.values()}
    paths: dict[str, dict[tuple[int, int], tuple[Any, ...]]] = {}
    for problem in loaded.problems:
        place = problem.place
        name = place.file.removeprefix(label + "/")
        if place.file not in paths:
            paths[place.file] = _paths(documents[place.file]) if place.file in documents else {}
        path = paths[place.file].get((place.line, place.column), ())
        words = tuple(sorted((key, value) for key, value in problem.values.items() if key not in _NOT_WORDS))
        yield problem.code, renamed.get(name, name), tuple(step for step in path if isinstance(step, str)), words


def _paths(document: Document) -> dict[tuple[int, int], tuple[Any, ...]]:
    """The path of every place of a document, of its keys and of its values."""
    found: dict[tuple[int, int], tuple[Any, ...]] = {}
    waiting: list[tuple[Marks, tuple[Any, ...]]] = [(document.marks, ())]
    while waiting:
        marks, above = waiting.pop()
        for step, (key_line, key_column, line, column, below) in marks.children.items():
            path = (*above, step)
            found.setdefault((line, column), path)
            found[key_line, key_column] = path
            if below is not None:
                waiting.append((below, path))
    # What is said of a file as a whole stands at its first line, where its first key may stand or a comment.
    first = min((entry[:2] for entry in document.marks.children.values()), default=(1, 1))
    found[first] = found[1, 1] = ()
    return found
