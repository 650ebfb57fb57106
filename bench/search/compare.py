"""The same services and the same queries in Material's search, Pagefind and MiniSearch, and in the finder.

    python bench/search/compare.py [--readme]

Each gets one page per service and language with name, summary, description, audience, steps, keywords and topics, and is
asked as its own users ask: Material's dialog and Pagefind's API in headless Chromium, MiniSearch with prefix and fuzzy under
Node. Needs npm (Pagefind and MiniSearch are installed in a temporary folder) and Chromium; takes a quarter of an hour, most of it typing into Material’s dialog.
"""

from __future__ import annotations

import argparse
import contextlib
import html
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.search.built import LANGUAGES, built  # noqa: E402 # after the path
from bench.search.measure import FOLDER, Query, measure, read  # noqa: E402 # found once the path is set
from bench.search.run import SETS, python, serve  # noqa: E402 # found once the path is set

VERSIONS = {"minisearch": "7.2.0", "pagefind": "1.6.0"}
Ask = Callable[[Query], list[str]]


def texts(language: str) -> dict[str, dict[str, str]]:
    """Service → name, and the rest of its words."""
    site = built().sites[language]
    found = {}
    for identifier, view in site.services.items():
        parts = [view.card.summary.text, *(text.text for text in view.description), *(text.text for text in view.steps), ", ".join(view.keywords)]
        parts += [view.audience.text if view.audience else "", ", ".join(link.name.text for link in (*view.topics, *view.target_groups, *view.areas))]
        door = f" ({view.card.door_name.text})" if view.card.door_name else ""
        found[identifier] = {"name": view.card.name.text + door, "summary": parts[0], "text": "\n\n".join(parts[1:])}
    return found


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextlib.contextmanager
def material(folder: Path) -> Iterator[Ask]:
    """Material for MkDocs' own dialog, one site a language, as its language setting makes it."""
    for language in LANGUAGES:
        docs = folder / language / "docs"
        docs.mkdir(parents=True)
        (docs / "index.md").write_text("# -\n", encoding="utf-8")
        for identifier, text in texts(language).items():
            (docs / f"{identifier}.md").write_text(f"# {text['name']}\n\n{text['summary']}\n\n{text['text']}\n", encoding="utf-8")
        settings = f"site_name: x\nuse_directory_urls: false\ntheme: {{name: material, language: {language}, font: false}}\nplugins: [search]\n"
        (folder / language / "mkdocs.yml").write_text(settings, encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / language / "mkdocs.yml"), "-d", str(folder / "site" / language)],
            check=True,
            capture_output=True,
        )
    with serve(folder / "site") as address, chromium() as browser:
        pages: dict[str, Any] = {}

        def ask(query: Query) -> list[str]:
            page = pages.get(query.language)
            if page is None:
                page = pages[query.language] = browser.new_page(viewport={"width": 1300, "height": 900})
                page.goto(f"{address}{query.language}/index.html")
                page.click("[data-md-component=search-query]")
                page.wait_for_timeout(1500)
            page.fill("[data-md-component=search-query]", "")
            page.wait_for_timeout(120)
            page.type("[data-md-component=search-query]", query.text)
            page.wait_for_timeout(450)
            links = page.eval_on_selector_all(".md-search-result__link", "links => links.map(link => new URL(link.href).pathname)")
            return list(dict.fromkeys(Path(link).stem for link in links if Path(link).stem != "index"))

        yield ask


@contextlib.contextmanager
def pagefind(folder: Path, modules: Path) -> Iterator[Ask]:
    for language in LANGUAGES:
        home = folder / language
        home.mkdir(parents=True)
        for identifier, text in texts(language).items():
            body = f"<h1>{html.escape(text['name'])}</h1><p>{html.escape(text['summary'])}</p><p>{html.escape(text['text'])}</p>"
            (home / f"{identifier}.html").write_text(
                f'<!doctype html><html lang="{language}"><title>{html.escape(text["name"])}</title><body data-pagefind-body>{body}</body></html>',
                encoding="utf-8",
            )
        (home / "index.html").write_text(f'<!doctype html><html lang="{language}"><title>-</title></html>', encoding="utf-8")
        subprocess.run([str(modules / ".bin" / "pagefind"), "--site", str(home)], check=True, capture_output=True)
    with serve(folder) as address, chromium() as browser:
        pages: dict[str, Any] = {}

        def ask(query: Query) -> list[str]:
            page = pages.get(query.language)
            if page is None:
                page = pages[query.language] = browser.new_page()
                page.goto(f"{address}{query.language}/index.html")
                page.evaluate("path => import(path).then(module => { window.finder = module })", f"/{query.language}/pagefind/pagefind.js")
            script = "async query => { const found = await window.finder.search(query); return Promise.all(found.results.slice(0, 10).map(async hit => (await hit.data()).url)) }"
            return [Path(url).stem for url in page.evaluate(script, query.text)]

        yield ask


def minisearch(modules: Path) -> Ask:
    """MiniSearch with prefix and fuzzy 0.2, the name counted three times; all queries at once."""
    script = """
const MiniSearch = require('minisearch'), job = JSON.parse(require('fs').readFileSync(0, 'utf8')), indexes = {}
for (const [language, services] of Object.entries(job.texts)) {
  indexes[language] = new MiniSearch({ fields: ['name', 'summary', 'text'], searchOptions: { prefix: true, fuzzy: 0.2, boost: { name: 3, summary: 2 } } })
  indexes[language].addAll(Object.entries(services).map(([id, texts]) => ({ id, ...texts })))
}
console.log(JSON.stringify(job.queries.map(([language, query]) => indexes[language].search(query).map(hit => hit.id))))"""
    queries = [query for name in SETS for query in read(name)]
    job = {"texts": {language: texts(language) for language in LANGUAGES}, "queries": [[query.language, query.text] for query in queries]}
    run = subprocess.run(["node", "-e", script], input=json.dumps(job).encode(), capture_output=True, check=True, env={**os.environ, "NODE_PATH": str(modules)})
    found = dict(zip(((query.language, query.text) for query in queries), json.loads(run.stdout), strict=True))
    return lambda query: list(found[(query.language, query.text)])


def table(figures: dict[str, dict[str, Any]]) -> str:
    lines = ["| | set | " + " | ".join(f"{group} first | {group} in three | {group} empty" for group in ("all", *LANGUAGES)) + " |", "|---|---|" + "---|" * 15]
    for name, sets in figures.items():
        for chosen in SETS:
            cells = []
            for group in ("all", *LANGUAGES):
                row = sets[chosen][group]
                cells += [f"{row[figure] * 100:.0f} %" for figure in ("success1", "success3", "empty")]
            lines.append(f"| {name} | {chosen} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    arguments = parser.parse_args()
    figures: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, *(f"{name}@{version}" for name, version in VERSIONS.items())],
            check=True,
            capture_output=True,
        )
        modules = home / "node_modules"
        figures["finder"] = {name: measure(read(name), python()) for name in SETS}
        ask = minisearch(modules)
        figures["MiniSearch"] = {name: measure(read(name), ask) for name in SETS}
        with pagefind(home / "pagefind", modules) as ask:
            figures["Pagefind"] = {name: measure(read(name), ask) for name in SETS}
        with material(home / "material") as ask:
            figures["Material"] = {name: measure(read(name), ask) for name in SETS}
    said = table(figures)
    print(said)
    if arguments.readme:
        file = FOLDER / "README.md"
        start, end = "<!-- figures -->\n", "\n<!-- /figures -->"
        before, _, rest = file.read_text(encoding="utf-8").partition(start)
        file.write_text(before + start + said + end + rest.partition(end)[2], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
