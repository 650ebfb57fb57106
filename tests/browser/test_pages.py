"""Every page of the built site: links, markup, words, bytes, and what contract.md promises."""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import brotli
import pytest

from generator import addresses

from .conftest import HOST, LANGUAGES, ROOT, SERVICES


class _Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str, dict[str, str]]] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        for name in ("href", "src", "action"):
            if name in attributes:
                self.links.append((tag, attributes[name], attributes))


@pytest.fixture(scope="session")
def pages(built: Path, html_files: list[Path]) -> dict[str, _Page]:
    return {file.as_posix(): _Page((built / file).read_text(encoding="utf-8")) for file in html_files}


def test_39_services_have_pages_in_four_languages_without_fallback_text(built: Path) -> None:
    identifiers = sorted(file.stem for file in (ROOT / "services").glob("*/*.yaml") if file.parent.name != "terms" and file.stem != "organization")
    assert len(identifiers) >= 39
    for language in LANGUAGES:
        for identifier in identifiers:
            text = (built / language / SERVICES[language] / identifier / "index.html").read_text(encoding="utf-8")
            assert f'<html lang="{language}"' in text
            assert f'data-service="{identifier}"' in text
            main = text[text.index("<main") : text.index("</main>")]
            others = re.findall(r'lang="(\w+)"', main)
            # Only the name as on the door is in another language, and it is Finnish.
            assert set(others) <= ({"fi"} if language != "fi" else set()), (language, identifier)
            doors = re.findall(r'(?:class="door"[^>]*|<span|<q) lang="fi"', main)
            assert len(doors) == len(others), (language, identifier)
            # The name on the door is shown, so it must say that it is Finnish.
            assert bool(doors) == ('class="door"' in main), (language, identifier)


def test_every_internal_link_and_anchor_resolves(built: Path, pages: dict[str, _Page]) -> None:
    broken = []
    for name, page in pages.items():
        here = HOST + name.removesuffix("index.html")
        for tag, href, _ in page.links:
            if re.match(r"(tel|mailto):", href):
                continue
            target, fragment = urldefrag(urljoin(here, href))
            if not target.startswith(HOST):
                # Outside the base path is only the root that a 404 page at any depth must name.
                assert tag in ("a", "link"), (name, href)
                assert not target.startswith("https://apupolku.example/"), (name, href)
                continue
            path = unquote(target.removeprefix(HOST))
            file = path + "index.html" if not path or path.endswith("/") else path
            if not (built / file).is_file() or (fragment and "=" not in fragment and fragment not in pages[file].ids):
                broken.append((name, href))
    assert not broken


def test_ids_are_unique_on_each_page(pages: dict[str, _Page]) -> None:
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name


def test_html_is_valid(built: Path) -> None:
    jar = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        ["java", "-jar", str(jar), "--skip-non-html", "--format", "json", str(built)], capture_output=True, text=True, timeout=300, check=False
    )
    messages = json.loads(done.stderr)["messages"]
    # The checker reads files, so that it takes 'self' of the page's own policy for another place than the files'.
    faults = [message for message in messages if "-src” directive" not in message["message"] and message["type"] == "error"]
    assert not faults, faults[:5]
    assert len(messages) > len(list(built.rglob("*.html"))), "the checker read nothing"


def test_addresses_of_the_contract(built: Path) -> None:
    table = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w[\w ]*) \| (/fi/\S*) \| (/sv/\S*) \| (/en/\S*) \| (/uk/\S*) \|$", table, re.MULTILINE)
    kinds = {
        "home": "",
        "finder": "",
        "service": "lahti-turvakoti",
        "topic": "safety",
        "path of a topic": "safety",
        "for whom": "fathers",
        "area": "paijat-hame",
        "organization": "thl",
    }
    assert {kind for kind, *_ in rows} == set(kinds)
    for kind, *paths in rows:
        for path in paths:
            assert (built / path.strip("/").replace("ID", kinds[kind]) / "index.html").is_file(), path
    assert (built / "p" / "lahti-turvakoti" / "index.html").is_file()
    assert (built / "index.html").is_file()


def test_languages_of_a_page_link_to_each_other(pages: dict[str, _Page]) -> None:
    for name, page in pages.items():
        if any(attributes.get("name") == "robots" for tag, attributes in page.tags if tag == "meta"):
            continue  # a page for one purpose (404, /p/, a card to print, an embed) says that it is not to be listed
        head = {
            attributes["hreflang"]: href
            for tag, href, attributes in page.links
            if tag == "link" and attributes.get("rel") == "alternate" and "hreflang" in attributes
        }
        assert set(head) >= {*LANGUAGES, "x-default"}, name
        assert all(href.startswith(HOST) for href in head.values()), name
        switch = {attributes["hreflang"]: href for tag, href, attributes in page.links if tag == "a" and "hreflang" in attributes}
        here = HOST + name.removesuffix("index.html")
        for language in LANGUAGES:
            assert urljoin(here, switch[language]) == head[language], name


def test_every_page_has_the_emergency_numbers_and_the_exit(pages: dict[str, _Page]) -> None:
    for name, page in pages.items():
        if "/embed/" in name.removesuffix("index.html") and name.count("/") > 3:
            continue  # a fragment that stands in another site's page
        numbers = {href for _, href, _ in page.links if href.startswith("tel:")}
        assert {"tel:112", "tel:116117", "tel:+35880005005"} <= numbers, name
        exits = [(href, attributes) for tag, href, attributes in page.links if tag == "a" and "data-exit" in attributes]
        assert len(exits) == 1, name
        assert exits[0][1]["rel"] == "nofollow noreferrer", name


def test_no_link_tells_another_site_where_the_reader_came_from(pages: dict[str, _Page]) -> None:
    """The page's own policy says so, too; a link copied into another page still says it."""
    seen = 0
    for name, page in pages.items():
        for tag, href, attributes in page.links:
            if tag == "a" and re.match(r"https?:", href) and not href.startswith(HOST):
                assert "noreferrer" in attributes.get("rel", "").split(), (name, href)
                seen += 1
    assert seen > 500, "every page has at least the exit, but for small ones in other sites' pages"


def test_nothing_of_materials_reaches_the_site(built: Path, pages: dict[str, _Page]) -> None:
    scripts = sorted(file.name for file in built.rglob("*.js"))
    assert all(not name.startswith(("bundle", "search.", "workbox")) for name in scripts)
    for name, page in pages.items():
        assert not any(key.startswith("data-md") or "md-" in value for _, attributes in page.tags for key, value in attributes.items()), name


def test_service_pages_fit_their_bytes(built: Path) -> None:
    heaviest = 0
    for language in LANGUAGES:
        for file in (built / language / SERVICES[language]).glob("*/index.html"):
            text = file.read_text(encoding="utf-8")
            sheets = [(file.parent / href).resolve() for href in re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)]
            size = len(brotli.compress(text.encode())) + sum(len(brotli.compress(sheet.read_bytes())) for sheet in sheets)
            heaviest = max(heaviest, size)
            assert size < 8_000, (file, size)
    assert heaviest > 2_000, "nothing was measured"


def test_no_sentence_stands_in_two_languages(built: Path) -> None:
    """A word of the interface that is not translated would be the same on two languages' pages."""
    words: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        text = (built / language / SERVICES[language] / "lahti-turvakoti" / "index.html").read_text(encoding="utf-8")
        text = re.sub(r"<(\w+)[^>]* lang=[^>]*>[^<]*</\1>", "", text)
        words[language] = {part.strip() for part in re.findall(r">([^<>]{4,})<", text) if re.search(r"[a-zа-яіїєґ]{4,} [a-zа-яіїєґ]{2,}", part)}
    for first in LANGUAGES:
        for second in LANGUAGES:
            if first < second:
                assert not words[first] & words[second], (first, second, words[first] & words[second])


def test_sitemap_lists_every_page_once(built: Path, html_files: list[Path]) -> None:
    listed = re.findall(r"<loc>([^<]+)</loc>", (built / "sitemap.xml").read_text(encoding="utf-8"))
    assert len(listed) == len(set(listed))
    hidden = {"404.html"} | {file.as_posix() for file in html_files if 'name="robots" content="noindex"' in (built / file).read_text(encoding="utf-8")}
    assert {HOST + file.as_posix().removesuffix("index.html") for file in html_files if file.as_posix() not in hidden} == set(listed)


def test_paths_in_the_code_are_those_of_the_contract() -> None:
    assert addresses.path("services", "uk", "x") == "uk/posluhy/x/"
    assert addresses.root("fi/palvelut/x/") == "../../../"
    assert addresses.root("") == "./"


def arriving(page: Path) -> dict[str, int]:
    """What a first visit to a page brings, by kind of file, after brotli."""
    text = page.read_text(encoding="utf-8")
    sizes = {"html": len(brotli.compress(text.encode()))}
    for href in re.findall(r'<(?:link rel="stylesheet" href|link rel="icon" href|script src)="([^"]+)"', text):
        file = (page.parent / href).resolve()
        sizes[file.suffix] = sizes.get(file.suffix, 0) + len(brotli.compress(file.read_bytes()))
    return sizes


def test_a_page_arrives_within_one_round_of_a_new_connection(built: Path) -> None:
    measured = 0
    for language in LANGUAGES:
        words = addresses.SEGMENTS[language]
        for page in (built / language / words["services"]).glob("*/index.html"):
            sizes = arriving(page)
            assert sum(sizes.values()) <= 10_000, (page, sizes)
            assert sizes[".js"] <= 3_000, (page, sizes)
            measured += 1
        lists = [
            built / language / "index.html",
            *(page for kind in ("topics", "target_groups", "areas", "organizations") for page in (built / language / words[kind]).glob("**/index.html")),
        ]
        for page in lists:
            sizes = arriving(page)
            assert sum(sizes.values()) <= 14_600, (page, sizes)
            measured += 1
    assert measured > 200
