"""Texts out to a translator and back: PO (gettext) and XLIFF 1.2.

A unit's context says where its text belongs: `services/ID application_process.2`; its source is the text of the site's
first language at that time, so that a translation of a text that has changed meanwhile is known, and refused. XLIFF needs
the translate-toolkit (`pip install apupolku[translate]`).
"""

from __future__ import annotations

import copy
import io
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from generator import formatting
from generator.catalogue import Catalogue
from generator.layout import Node
from generator.settings import Settings
from generator.translations import State, fingerprint, key_of, stamps, states, texts_of, tracked

FORMATS = ("po", "xliff")


class Unit(NamedTuple):
    """One text for a translator. `fuzzy`: there is a translation, but of an older text."""

    context: str
    source: str
    target: str
    fuzzy: bool = False


class Refused(NamedTuple):
    """A translation that was not taken: why ("changed", "unknown" or "unsafe"), and which."""

    reason: str
    context: str
    source: str


def units(catalogue: Catalogue, language: str, settings: Settings, *, everything: bool = False, organization: str = "") -> Iterator[Unit]:
    """The texts that need `language`: missing and stale ones, or all with `everything`."""
    source, wanted = settings.languages[0], {"missing", "stale"}
    for name, owner, tree in tracked(catalogue):
        if organization not in ("", owner):
            continue
        texts = dict(texts_of(tree, settings.languages))
        found: dict[tuple[str | int, ...], State] = {text.path: text.state for text in states(tree, (source, language))}
        for path, state in found.items():
            if source in texts[path] and (everything or state in wanted):
                yield Unit(f"{name} {key_of(path)}", texts[path][source].strip(), texts[path].get(language, "").strip(), state == "stale")


def write(file: Path, shape: str, texts: Iterable[Unit], language: str, settings: Settings) -> None:
    """Write a file for a translator; `shape` is one of FORMATS. Raises ImportError without the translate-toolkit."""
    data = _po(texts, language, settings) if shape == "po" else _xliff(texts, language, settings)
    file.write_bytes(data)


def _po(texts: Iterable[Unit], language: str, settings: Settings) -> bytes:
    day = settings.today.isoformat()
    catalog = Catalog(locale=language, project=settings.site_name, version=day, fuzzy=False, header_comment=f"# {settings.site_name}, {day}")
    for unit in texts:
        catalog.add(unit.source, unit.target, context=unit.context, flags=["fuzzy"] if unit.fuzzy else [])
    stream = io.BytesIO()
    write_po(stream, catalog, width=0)
    return stream.getvalue()


def _xliff(texts: Iterable[Unit], language: str, settings: Settings) -> bytes:
    from translate.storage.xliff import xlifffile

    store: Any = xlifffile(sourcelanguage=settings.languages[0], targetlanguage=language)
    for unit in texts:
        added = store.addsourceunit(unit.source)
        added.setid(unit.context)
        if unit.target:
            added.settarget(unit.target)
            added.markfuzzy(unit.fuzzy)
    return bytes(store)


def read(file: Path) -> tuple[str, list[Unit]]:
    """A translator's file as its language ("" when it does not say) and its units; raises ValueError or ImportError."""
    data = file.read_bytes()
    if data.lstrip().startswith(b"<"):
        return _read_xliff(data)
    try:
        catalog = read_po(io.BytesIO(data), abort_invalid=True)
    except PoFileError as error:
        raise ValueError(f"{file}: {error}") from error
    found = [Unit(str(entry.context), str(entry.id), str(entry.string), entry.fuzzy) for entry in catalog if entry.id and entry.context]
    return str(catalog.locale or ""), found


def _read_xliff(data: bytes) -> tuple[str, list[Unit]]:
    from translate.storage.base import ParseError
    from translate.storage.xliff import xlifffile

    parse: Any = xlifffile.parsestring
    try:
        store = parse(data)
    except (ParseError, SyntaxError) as error:
        raise ValueError(str(error)) from error
    # The toolkit puts the file's name before an id, divided by a control character.
    return store.gettargetlanguage() or "", [Unit(unit.getid().rpartition("\x04")[2], unit.source, unit.target or "", unit.isfuzzy()) for unit in store.units]


def take(catalogue: Catalogue, texts: Iterable[Unit], language: str, settings: Settings) -> tuple[dict[str, int], list[Refused]]:
    """Write translations into the services' files, each with its stamp: how many in each file, and what was refused.

    A unit without a translation or still marked as fuzzy is passed over.
    """
    documents = {name: tree for name, _, tree in tracked(catalogue)}
    taken: dict[str, dict[str, str]] = {}
    refused: list[Refused] = []
    for unit in texts:
        if not unit.target.strip() or unit.fuzzy:
            continue
        name, _, key = unit.context.partition(" ")
        text = next((text for path, text in texts_of(documents.get(name), settings.languages) if key_of(path) == key), None)
        if text is None:
            refused.append(Refused("unknown", unit.context, unit.source))
        elif fingerprint(text.get(settings.languages[0], "")) != fingerprint(unit.source):
            refused.append(Refused("changed", unit.context, unit.source))
        else:
            taken.setdefault(name, {})[key] = unit.target.strip()
    written: dict[str, int] = {}
    for name, by_key in taken.items():
        file = Path(catalogue.documents[name].file)
        try:
            changed = _write(file, by_key, language, settings)
        except formatting.UnsafeError:
            refused += [Refused("unsafe", f"{name} {key}", text) for key, text in by_key.items()]
            continue
        if changed:
            written[str(file)] = len(by_key)
    return written, refused


def _write(file: Path, by_key: dict[str, str], language: str, settings: Settings) -> bool:
    """Set texts of one language in one file and stamp them; whether the file changed."""
    data, kind = file.read_bytes(), formatting.kind_of(file, settings.services_dir)

    def change(tree: Any, root: Node) -> Any:
        expected = copy.deepcopy(tree)
        for path, text in list(texts_of(expected, settings.languages)):
            new, node = by_key.get(key_of(path)), root.at(path)
            if new is None or node is None:
                continue
            # A longer text keeps the final line break that a block has, so that it stays one.
            value = new + "\n" if "\n" in new or text.get(settings.languages[0], "").endswith("\n") else new
            _at(expected, path)[language] = value
            node.put(language, Node("scalar", value))
        stamps.write(expected, root, _stamps(expected, by_key, language, settings.languages))
        return expected

    text, _ = formatting.rewrite(data, str(file), kind, settings.languages, change)
    if text and text != data.decode("utf-8-sig"):
        file.write_text(text, encoding="utf-8")
        return True
    return False


def _stamps(tree: Any, keys: Container[str], language: str, languages: Sequence[str]) -> dict[str, dict[str, str]]:
    """The stamps with those of the texts at `keys` renewed in `language`: the others keep theirs, since nobody looked at them."""
    kept, renewed = (stamps.stamps_of(tree, languages, only=(language,), renew=renew) for renew in (False, True))
    return {key: of if key in keys else kept.get(key, {}) for key, of in renewed.items() if key in keys or key in kept}


def _at(tree: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree
