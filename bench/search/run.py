"""Measures the finder: success@1, success@3, MRR and empty answers per language and class, on all query sets.

python bench/search/run.py              the Python twin, in seconds
python bench/search/run.py --site site  headless Chromium on the built site, typing nothing, by the fragment #q=…
… --store                               keep the figures in figures.json, which tests hold
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import http.server
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.search.built import LANGUAGES, built  # noqa: E402 # after the path
from bench.search.measure import FOLDER, Query, measure, read  # noqa: E402 # found once the path is set
from generator import addresses  # noqa: E402 # found once the path is set

SETS = ("queries", "held-out", "held-out-2", "held-out-3", "held-out-4")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves without a line per request."""

    def log_message(self, *_: Any) -> None:
        return


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address of `folder` on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def python() -> Callable[[Query], list[str]]:
    engines = built().engines
    return lambda query: [result.service for result in engines[query.language].search(query.text).results]


@contextlib.contextmanager
def browser(site: Path) -> Iterator[Callable[[Query], list[str]]]:
    """Asks the finder pages of `site` in Chromium; collects how long each answer took."""
    from playwright.sync_api import sync_playwright

    with serve(site) as address, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        pages: dict[str, Any] = {}

        def ask(query: Query) -> list[str]:
            page = pages.get(query.language)
            if page is None:
                page = pages[query.language] = chromium.new_page(viewport={"width": 360, "height": 740})
                page.goto(address + addresses.path("finder", query.language))
                page.wait_for_selector("[data-finder=ready]", state="attached")
            page.evaluate("query => { location.hash = 'q=' + encodeURIComponent(query) }", query.text)
            settled = "query => { const list = document.querySelector('[data-results]'), none = document.querySelector('[data-empty]'); return list.dataset.query === query.trim() || (none && !none.hidden) }"
            page.wait_for_function(settled, arg=query.text, timeout=15000)
            found = page.eval_on_selector_all(
                "[data-results] [data-service]", "cards => cards.filter(card => card.checkVisibility()).map(card => card.dataset.service)"
            )
            page.evaluate("location.hash = ''")
            page.wait_for_function("!document.querySelector('[data-results]').dataset.query")
            return list(found)

        yield ask
        chromium.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="a built site, measured in Chromium")
    parser.add_argument("--store", action="store_true", help="keep the figures in figures.json")
    arguments = parser.parse_args()
    started = time.monotonic()
    figures: dict[str, Any] = {}
    if arguments.site:
        with browser(arguments.site) as ask:
            figures = {name: measure(read(name), ask) for name in SETS}
    else:
        ask = python()
        figures = {name: measure(read(name), ask) for name in SETS}
    for name in SETS:
        print(f"{name}: {'success@1':>32} {'success@3':>10} {'MRR':>7} {'empty':>7} {'queries':>8}")
        for group, row in figures[name].items():
            if name == "queries" or group in ("all", *LANGUAGES):
                print(f"  {group:<34} {row['success1']:>8.3f} {row['success3']:>10.3f} {row['mrr']:>7.3f} {row['empty']:>7.3f} {row['queries']:>8}")
    print(f"{time.monotonic() - started:.1f} s")
    if arguments.store:
        file = FOLDER / "figures.json"
        stored = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        # Of the sets kept aside only the languages' figures are kept: which class fails there is not to be looked at.
        for name in SETS[1:]:
            figures[name] = {group: row for group, row in figures[name].items() if group in ("all", *LANGUAGES)}
        stored["browser" if arguments.site else "python"] = figures
        file.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
