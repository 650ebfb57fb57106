"""What the site serves for the finder: packed files per language, and the worker with lunr.js in front. No Node is needed.

lunr.js 2.3.9 comes from the MkDocs wheel, without its parts that build indexes, stem and parse query strings: the index is built
in Python and asked through `index.query()`. Every name carries a hash of its content, so that files may be cached for ever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import rjsmin

from generator.catalogue import Catalogue
from generator.localise.views import SiteView
from generator.search import documents, files
from generator.settings import resources, theme_file

FOLDER = "assets/search/"
# From this line up to that one lunr.js holds what the browser never calls.
_UNUSED = (
    ("/*!\n * lunr.tokenizer", "/*!\n * lunr.Pipeline"),
    ("/*!\n * lunr.stemmer", "/*!\n * lunr.TokenSet"),
    ("/*!\n * lunr.Builder", "/**\n * Contains and collects metadata"),
    ("lunr.QueryParseError = ", "  /**\n   * export the module via AMD"),
)


@dataclass(frozen=True, slots=True)
class PartAssets:
    """One part of a language's index: the areas and services it holds, and the paths of its files. `cards` is where the page's
    cards of these services are served when the site is too large to hold them in the finder page; "" otherwise."""

    areas: tuple[str, ...]
    services: tuple[str, ...]
    core: str
    texts: str
    cards: str


@dataclass(frozen=True, slots=True)
class SearchAssets:
    """The paths, relative to the site's root, that one language's finder page names."""

    client: str
    worker: str
    own: str
    others: tuple[str, ...]
    parts: tuple[PartAssets, ...]

    def files(self, root: str) -> str:
        """The value of the template's data-files: what finder.js opens, with `root` (such as "../../") in front."""
        parts = [
            {
                "areas": part.areas if len(self.parts) > 1 else (),
                **{name: root + path for name, path in (("core", part.core), ("texts", part.texts), ("cards", part.cards)) if path},
            }
            for part in self.parts
        ]
        return json.dumps({"worker": root + self.worker, "own": root + self.own, "others": [root + path for path in self.others], "parts": parts})


def build(
    sites: Mapping[str, SiteView], catalogue: Catalogue, theme: Path | None = None, cache: Path | None = None
) -> tuple[dict[str, bytes], dict[str, SearchAssets]]:
    """All files of the search (path → content) for the languages in `sites`, and each language's paths. `theme` and `cache`
    are the folders of the theme and of kept dictionary answers, when they are not the usual ones."""
    theme = theme or resources("theme")
    written: dict[str, bytes] = {}

    def write(stem: str, ending: str, content: bytes) -> str:
        path = f"{FOLDER}{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{ending}"
        written[path] = content
        return path

    def pack(stem: str, packed: Mapping[str, Any]) -> str:
        return write(stem, "json", json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode())

    client = write("finder", "js", shrink(theme_file(theme, "components/finder/finder.js").read_text(encoding="utf-8")).encode())
    worker = write("worker", "js", (lunr() + shrink(theme_file(theme, "components/finder/worker.js").read_text(encoding="utf-8"))).encode())
    spoken = files.spoken(catalogue)
    spoken += [code for code in sites if code not in spoken]
    speeches: dict[str, str] = {}
    divisions: dict[str, tuple[PartAssets, ...]] = {}
    # A language's words and its services one after the other: its dictionary, opened for the one, is still there for the other.
    for language in sorted(spoken, key=lambda code: code not in sites):
        speeches[language] = pack(f"words-{language}", files.speech(catalogue, language, cache))
        if language not in sites:
            continue
        site, analyst = sites[language], documents.Analyst(language, cache)
        divided = files.parts(site)
        parts = []
        for number, (part, draft) in enumerate(zip(divided, files.read(site, analyst, divided), strict=True)):
            core, texts = files.core(site, catalogue, draft, analyst)
            name = f"{language}-{number}" if len(divided) > 1 else language
            cards = f"{FOLDER}cards-{name}.html" if len(divided) > 1 else ""
            parts.append(PartAssets(part.areas, part.services, pack(f"index-{name}", core), pack(f"texts-{name}", texts), cards))
        analyst.save()
        divisions[language] = tuple(parts)
    assets = {}
    for language in sites:
        others = tuple(speeches[code] for code in spoken if code != language)
        assets[language] = SearchAssets(client, worker, speeches[language], others, divisions[language])
    return written, assets


def lunr() -> str:
    """lunr.js as MkDocs ships it, shrunk; whole, when it is another version than the one whose parts are known."""
    source = package_files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_text(encoding="utf-8")
    if " - 2.3.9\n" not in source:
        return shrink(source)
    for start, end in _UNUSED:
        first = source.index(start)
        source = source[:first] + source[source.index(end, first) :]
    return "/* lunr 2.3.9, https://lunrjs.com, (C) 2020 Oliver Nightingale, MIT licence; parts left out */\n" + shrink(source)


def shrink(script: str) -> str:
    """A script without comments and needless space."""
    return str(rjsmin.jsmin(script)) + "\n"
