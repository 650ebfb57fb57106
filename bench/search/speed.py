"""How fast and how large the finder is on made sites: bytes of the first search, opening, and typing to result.

    python bench/search/speed.py                     1,000 services, Node and Chromium with the CPU slowed four times
    python bench/search/speed.py --number 400        another size; over 1,000 the index is in several parts
    python bench/search/speed.py --bytes             only the bytes

The worker's own code runs in a slowed page, because Chromium slows a page's main thread and no worker; the finder page itself
is measured for how long it keeps the main thread. Made texts are this repository's with a sixth of the words exchanged for
words of simplemma's dictionary, few of them common and most of them rare, so that the vocabulary grows with the site.
"""

from __future__ import annotations

import argparse
import functools
import os
import random
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import brotli
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench import made_services  # noqa: E402 # after the path
from bench.search.built import Built  # noqa: E402 # likewise
from bench.search.measure import read  # noqa: E402 # likewise

SLOWED = 4
EXCHANGED = 0.17
_WORD = re.compile(r"[^\W\d_]{5,}")

# What a person types, letter by letter, before and after the texts have come.
TYPING = """
{
const stamp = () => now()
const first = job.sites[job.language], files = [first.own, ...first.parts.slice(0, 1).map(part => part.core)].map(load)
const lateTexts = first.parts.map(part => load(part.texts)), others = first.others.map(load), cores = first.parts.map(part => load(part.core))
let begun = stamp()
const engine = new Engine(files[0]); engine.add(files[1])
const times = { opening: stamp() - begun, typing: [], later: [] }
begun = stamp(); engine.search('turvakoti'); times.first = stamp() - begun
const type = kept => { for (const query of job.queries) for (let length = 1; length <= query.length; length++) {
  const started = stamp(); engine.search(query.slice(0, length)); kept.push(stamp() - started) } }
type(times.typing)
begun = stamp()
cores.slice(1).forEach(core => engine.add(core)); engine.addLater(lateTexts, others)
times.rest = stamp() - begun
type(times.later)
times.services = engine.services.length
result = times
}
"""


@functools.cache
def rare_words(language: str) -> list[str]:
    """Lemmas of a language in an order of chance, the same on every machine."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    dictionary = DefaultDictionaryFactory(cache_max_size=1).get_dictionary(language)
    lemmas = sorted({lemma for lemma in dictionary.values() if 4 < len(lemma) < 13 and lemma.isalpha() and lemma.islower()})
    random.Random(3).shuffle(lemmas)
    return lemmas[:20_000]


def varied(folder: Path, number: int, language: str) -> None:
    """Made services whose texts in `language` differ, and this repository's concepts pointing to them."""
    made_services.make(folder, number)
    chance = random.Random(number)
    pool = rare_words(language)

    def exchange(found: re.Match[str]) -> str:
        # Zipf: the n-th word of the pool comes up with probability ~ 1/n.
        return pool[min(len(pool) - 1, int(len(pool) ** chance.random()) - 1)] if chance.random() < EXCHANGED else found[0]

    made = []
    for file in sorted(folder.glob("*/palvelu-*.yaml")):
        tree = yaml.load(file.read_text(encoding="utf-8"), yaml.CBaseLoader)
        for key in ("summary", "description", "keywords"):
            texts = tree.get(key)
            if isinstance(texts, dict) and language in texts:
                own = texts[language]
                texts[language] = [_WORD.sub(exchange, text) for text in own] if isinstance(own, list) else _WORD.sub(exchange, own)
        file.write_text(made_services._dump(tree), encoding="utf-8")  # the same way of writing
        made.append(tree["id"])
    (folder / "terms" / "concepts").mkdir()
    for file in sorted((ROOT / "services" / "terms" / "concepts").glob("*.yaml")):
        tree = yaml.load(file.read_text(encoding="utf-8"), yaml.CBaseLoader)
        tree["services"] = chance.sample(made, len(tree.get("services", ())))
        (folder / "terms" / "concepts" / file.name).write_text(made_services._dump(tree), encoding="utf-8")


def first_bytes(search: Built, language: str) -> int:
    """All that the first search needs, brotli."""
    paths = search.assets[language]
    return sum(len(brotli.compress(search.files[path])) for path in (paths.client, paths.worker, paths.own, paths.parts[0].core))


def typed(language: str, number: int = 25) -> list[str]:
    """Every so many-th query of the set that the search was built with."""
    queries = [query.text for query in read("queries") if query.language == language]
    return queries[:: max(1, len(queries) // number)]


def at(listed: list[float], share: float) -> float:
    return sorted(listed)[min(len(listed) - 1, int(len(listed) * share))]


def in_node(search: Built, language: str, folder: Path) -> dict[str, Any]:
    return dict(search.node(folder, TYPING, language=language, queries=typed(language)))


def in_chromium(search: Built, language: str, folder: Path) -> dict[str, Any]:
    """The same steps in a page whose main thread is slowed, and how long the real page keeps its main thread."""
    from playwright.sync_api import sync_playwright

    from bench.search.run import serve
    from tests.browser.test_search_client import page_of

    paths = search.assets[language]
    for path, content in search.files.items():
        (folder / "base" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "base" / path).write_bytes(content)
    page_file = folder / "base" / language / "find" / "index.html"
    page_file.parent.mkdir(parents=True)
    page_file.write_text(page_of(search, language), encoding="utf-8")
    (folder / "base" / "bare.html").write_text("<!doctype html><title>T</title>", encoding="utf-8")
    wanted = [paths.own, *paths.others, *(path for part in paths.parts for path in (part.core, part.texts))]
    with serve(folder) as address, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        page = chromium.new_page()
        page.goto(f"{address}base/bare.html")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        job = {
            "language": language,
            "queries": typed(language),
            "sites": {language: {"own": paths.own, "others": list(paths.others), "parts": [{"core": part.core, "texts": part.texts} for part in paths.parts]}},
        }
        code = search.files[paths.worker].decode().replace("typeof importScripts === 'function'", "false")
        slowed = page.evaluate(
            """async ([code, script, job, wanted, root]) => {
              const kept = Object.fromEntries(await Promise.all(wanted.map(async path => [path, await (await fetch(root + path)).json()])))
              return new Function('job', 'load', 'now', 'let result;' + code + ';' + script + ';return result')(job, path => kept[path], () => performance.now())
            }""",
            [code, TYPING, job, wanted, f"{address}base/"],
        )
        page = chromium.new_page(viewport={"width": 360, "height": 740})
        page.goto(f"{address}base/{language}/find/")
        page.wait_for_selector("[data-finder=ready]", state="attached")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.evaluate("""window.held = []; new PerformanceObserver(list => held.push(...list.getEntries().map(entry => entry.duration))).observe({ type: 'longtask' })
          window.answers = []; addEventListener('input', () => { window.at = performance.now() }, true)
          new MutationObserver(() => answers.push(performance.now() - at)).observe(document.querySelector('[data-results]'), { childList: true })""")
        for query in job["queries"][:8]:
            page.fill("input[name=q]", "")
            page.type("input[name=q]", query, delay=120)
        page.wait_for_timeout(1000)
        # A result may come twice for one letter (again when texts have come): the first one is what the person sees.
        slowed["held"], slowed["page"] = page.evaluate("[held, answers]")
        chromium.close()
    return dict(slowed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--language", default="fi")
    parser.add_argument("--bytes", action="store_true")
    arguments = parser.parse_args()
    language = arguments.language
    with tempfile.TemporaryDirectory() as given:
        folder = Path(given)
        varied(folder / "services", arguments.number, language)
        search = Built(folder / "services", languages=(language,))
        parts = search.assets[language].parts
        print(f"{arguments.number} services in {len(parts)} parts, {language}: first search {first_bytes(search, language):,} bytes (brotli)")
        if arguments.bytes:
            return 0
        for name, run, times in (("Node, × 4", in_node, SLOWED), ("Chromium, slowed 4 ×", in_chromium, 1)):
            figures = run(search, language, folder / name[:4])
            opening, first, rest = (figures[key] * times for key in ("opening", "first", "rest"))
            print(f"{name}: opening {opening:.0f} ms, first query {first:.0f} ms, opening the rest {rest:.0f} ms")
            for stage in ("typing", "later"):
                print(
                    f"  {stage}: p50 {at(figures[stage], 0.5) * times:.1f}, p95 {at(figures[stage], 0.95) * times:.1f}, most {max(figures[stage]) * times:.1f} ms"
                )
            if "held" in figures:
                print(
                    f"  the page: longest task {max(figures['held'], default=0):.0f} ms; letter to result p50 {at(figures['page'], 0.5):.0f}, p95 {at(figures['page'], 0.95):.0f} ms"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
