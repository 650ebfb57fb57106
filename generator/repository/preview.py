"""What a change alters for the reader: the pages of two versions of the files, as their views word them, compared per language.

A phone number typed with other spaces that reads the same alters nothing; a new topic of a service alters the topic's page,
too. Changes of mkdocs.yml, of the theme and of the program are not shown.
"""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator import catalogue as catalogues
from generator.catalogue import Catalogue
from generator.localise import localise
from generator.localise.views import Card, ChannelView, Chosen, ListView, LocationView, PhoneView, ServiceView, SiteView
from generator.problems import N_
from generator.settings import Settings

Say = Callable[[str], str]

_LIMIT = 60_000  # characters; a comment on GitHub holds 65,536


class GitError(Exception):
    """Git cannot tell how the files were; the text is Git's own."""


class Line(NamedTuple):
    """One thing that a page says. Two lines are the same when label and `key` are."""

    label: str
    text: str
    key: str


class Reading(NamedTuple):
    """A page as its reader meets it: where, what it is called, and all that it says."""

    path: str
    name: str
    lines: tuple[Line, ...]


class Changed(NamedTuple):
    """A page that differs: `kind` is "new", "gone" or "changed"; `lines` begin with "-", "+"."""

    kind: str
    path: str
    name: str
    lines: tuple[str, ...]


def compare(settings: Settings, revision: str, say: Say) -> tuple[str, dict[str, list[Changed]]]:
    """The short name of the commit compared with, and the changed pages of each language. Raises GitError."""
    top = settings.services_dir.resolve()
    commit = git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}").decode().strip()
    with contextlib.suppress(GitError):  # a shallow clone: the commit itself
        commit = git(top, "merge-base", commit, "HEAD").decode().strip()
    with tempfile.TemporaryDirectory() as place:
        old = dataclasses.replace(settings, services_dir=Path(place) / "services", content_dir=Path(place) / "content")
        _restore(commit, settings.services_dir, old.services_dir)
        _restore(commit, settings.content_dir, old.content_dir)
        before = catalogues.load(old.services_dir)
        now = catalogues.load(settings.services_dir)
        changed = {}
        for language in settings.languages:
            was = _readings(before, old, language, say)
            changed[language] = list(_differences(was, _readings(now, settings, language, say)))
    return commit[:10], changed


def git(folder: Path, *arguments: str) -> bytes:
    """What a Git command says. Raises GitError."""
    try:
        return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=True).stdout
    except FileNotFoundError as error:
        raise GitError("git") from error
    except subprocess.CalledProcessError as error:
        raise GitError(error.stderr.decode(errors="replace").strip() or arguments[0]) from error


def _restore(commit: str, folder: Path, to: Path) -> None:
    """Write the files of `folder` as they were; an empty folder when it was not there."""
    to.mkdir(parents=True)
    if not folder.is_dir():
        return
    top, prefix = git(folder, "rev-parse", "--show-toplevel", "--show-prefix").decode().split("\n")[:2]
    try:
        archive = git(Path(top), "archive", "--format=tar", f"{commit}:{prefix.rstrip('/')}")
    except GitError:
        return
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content and ".." not in PurePosixPath(member.name).parts:
                file = to / member.name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content.read())


def _readings(catalogue: Catalogue, settings: Settings, language: str, say: Say) -> dict[str, Reading]:
    """Every page of a language that the files make."""
    site: SiteView = localise(catalogue, language, settings)
    found = [Reading(view.card.path, view.card.name.text, tuple(_service(view, say))) for view in site.services.values()]
    for views in (site.topics, site.target_groups, site.areas, site.organizations):
        found += [Reading(view.path, view.name.text, tuple(_list(view, say))) for view in views]
    for file in sorted((settings.content_dir / language).glob("*.md")):
        text = file.read_text(encoding="utf-8", errors="replace")
        paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n---\n", text) if part.strip(" \n-")]
        name = f"{settings.content_dir.name}/{language}/{file.name}"
        found.append(Reading(name, "", tuple(Line(say(N_("Text")), part, part) for part in paragraphs)))
    return {reading.path: reading for reading in found}


def _service(view: ServiceView, say: Say) -> Iterator[Line]:
    """What a service's page says, from top to bottom."""
    card = view.card
    closed = say(N_("closed for the time being")) if view.status == "temporarily closed" else ""
    yield from _lines(say(N_("Name")), card.name)
    yield from _lines(say(N_("Status")), closed)
    yield from _lines(say(N_("Alert")), view.alert)
    yield from _lines(say(N_("Text")), say(N_("the page says that the first language's text is newer")) if view.stale else "")
    yield from _lines(say(N_("In one sentence")), card.summary)
    yield from _lines(say(N_("The way in")), card.threshold.sentence)
    yield from _lines(say(N_("Municipalities")), view.municipalities)
    yield from _lines(say(N_("Phone")), *map(_phone, view.phones))
    yield from _lines(say(N_("Chat")), _channel(view.chat))
    yield from _lines(say(N_("Booking")), _channel(view.booking))
    yield from _lines(say(N_("E-mail")), view.email)
    yield from _lines(say(N_("Web page")), view.url)
    yield from _lines(say(N_("Hours")), *view.hours, *view.exceptions)
    yield from _lines(say(N_("Place")), *(_place(place, say) for place in view.locations))
    yield from _lines(say(N_("How to get in")), *view.steps)
    yield from _lines(say(N_("What happens then")), view.first_contact)
    yield from _lines(say(N_("May guide here")), view.referrers)
    yield from _lines(say(N_("Text")), *view.description)
    yield from _lines(say(N_("For whom")), view.audience, view.ages, *(group.name for group in view.target_groups))
    yield from _lines(say(N_("Not for")), view.not_for)
    yield from _lines(say(N_("Who works there")), view.staff)
    yield from _lines(say(N_("Cost")), view.cost, view.fees)
    yield from _lines(say(N_("Anonymity")), view.anonymous)
    yield from _lines(say(N_("Languages")), view.languages, view.interpretation)
    yield from _lines(say(N_("In what way")), *view.channels)
    yield from _lines(say(N_("Accessibility")), view.accessibility)
    yield from _lines(say(N_("The path")), view.note)
    for label, cards in ((N_("Before this"), view.before), (N_("Beside this"), view.beside), (N_("After this"), view.after)):
        yield from _cards(say(label), cards)
    yield from _lines(say(N_("Organization")), view.organization.name)
    yield from _lines(say(N_("Topic")), *(topic.name for topic in view.topics))
    yield from _lines(say(N_("Area")), *(area.name for area in view.areas))
    yield from _lines(say(N_("Last confirmed")), view.assured)
    yield from _lines(say(N_("Source")), *view.sources)
    yield from _lines(say(N_("Search words")), *view.keywords)


def _list(view: ListView, say: Say) -> Iterator[Line]:
    """What the page of a topic, a group, an area or an organization says; of its services, which they are."""
    yield from _lines(say(N_("Name")), view.name)
    yield from _lines(say(N_("In one sentence")), view.summary)
    yield from _lines(say(N_("Text")), *view.description)
    yield from _lines(say(N_("Name for professionals")), view.professional_name)
    if view.contact:
        yield from _lines(say(N_("Phone")), *map(_phone, view.contact.phones))
        yield from _lines(say(N_("E-mail")), view.contact.email)
        yield from _lines(say(N_("Web page")), view.contact.url)
        yield from _lines(say(N_("Place")), *(_place(place, say) for place in view.contact.locations))
        yield from _lines(say(N_("Last confirmed")), view.contact.assured)
    yield from _cards(say(N_("Service")), sorted((card for group in (*view.groups, *view.wider) for card in group.cards), key=lambda card: card.id))


def _lines(label: str, *texts: Chosen | str | None) -> Iterator[Line]:
    for text in texts:
        if text:
            said = f"[{text.lang}] {text.text}" if isinstance(text, Chosen) and text.lang else str(text)
            yield Line(label, " ".join(said.split()), " ".join(said.split()))


def _cards(label: str, cards: Iterable[Card]) -> Iterator[Line]:
    """Services in a list: the same as long as their ids are, whatever they are called."""
    for card in cards:
        yield Line(label, card.name.text, card.id)


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _phone(view: PhoneView) -> str:
    return _joined(view.display, view.description, *view.facts, *view.hours)


def _channel(view: ChannelView | None) -> str:
    return _joined(view.url, view.description, *view.facts, *view.hours) if view else ""


def _place(view: LocationView, say: Say) -> str:
    return say(N_("the address is kept secret")) if view.confidential else _joined(view.name, *view.lines, view.description, view.accessibility)


def _differences(before: dict[str, Reading], now: dict[str, Reading]) -> Iterator[Changed]:
    """Pages that differ: new ones and changed ones in the order of the site, gone ones last."""
    for path, reading in now.items():
        old = before.get(path)
        if old is None:
            yield Changed("new", path, reading.name, tuple(f"+ {line.label}: {line.text}" for line in reading.lines))
        elif [(line.label, line.key) for line in old.lines] != [(line.label, line.key) for line in reading.lines]:
            yield Changed("changed", path, reading.name, tuple(_changed_lines(old.lines, reading.lines)))
    for path, reading in before.items():
        if path not in now:
            yield Changed("gone", path, reading.name, ())


def _changed_lines(old: tuple[Line, ...], new: tuple[Line, ...]) -> Iterator[str]:
    keys = [(line.label, line.key) for line in old], [(line.label, line.key) for line in new]
    for kind, a, b, c, d in difflib.SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (f"- {line.label}: {line.text}" for line in old[a:b])
            yield from (f"+ {line.label}: {line.text}" for line in new[c:d])


def plain(changed: dict[str, list[Changed]], say: Say, limit: int = _LIMIT) -> str:
    """The changes as lines that begin with "@@" (a page), "-" and "+": text that nobody need trust, on which no mark acts."""
    lines: list[str] = []
    size = 0
    for language, pages in changed.items():
        for page in pages:
            block = [_head(page, language, say), *page.lines]
            size += sum(len(line) + 1 for line in block)
            if size > limit:
                return "\n".join([*lines, say(N_("@@ … and more, too long to show here @@"))]) + "\n"
            lines += block
    return "\n".join(lines) + "\n" if lines else ""


def _head(page: Changed, language: str, say: Say) -> str:
    kinds = {"new": say(N_("new page")), "gone": say(N_("the page is gone")), "changed": ""}
    return " ".join(part for part in ("@@", language, page.path, page.name, f"({kinds[page.kind]})" if kinds[page.kind] else "", "@@") if part)


def markdown(commit: str, changed: dict[str, list[Changed]], settings: Settings, say: Say) -> str:
    """The changes as Markdown: a count, then one block a language. Every line of a block has a mark before it, so that
    nothing that a file says can end the block or act as Markdown."""
    count = sum(len(pages) for pages in changed.values())
    lines = ["### " + say(N_("What changes for the reader")), ""]
    if not count:
        return "\n".join([*lines, say(N_("Nothing: every page says the same as before.")), ""])
    lines += [say(N_("Pages that change: {count}. Compared with {commit}.")).format(count=count, commit=commit), ""]
    left = _LIMIT
    for language, pages in changed.items():
        block = plain({language: pages}, say, left)
        left -= len(block)
        if pages:
            lines += [f"#### {language} ({len(pages)})", "", "```diff", block.rstrip("\n"), "```", ""]
    return "\n".join(lines)
