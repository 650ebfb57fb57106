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
import contextlib
import functools
import json
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench import made_services  # noqa: E402 # after the path
from bench.search.built import Built  # noqa: E402 # found once the path is set
from bench.search.measure import read  # noqa: E402 # found once the path is set
from generator import addresses  # noqa: E402 # found once the path is set

SLOWED = 4
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
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


def first_bytes(search: Built, language: str) -> list[int]:
    """All that the first search needs, brotli, by the part of the index that it begins with: the first one, or that of a chosen area."""
    paths = search.assets[language]
    common = sum(len(brotli.compress(search.files[path])) for path in (paths.client, paths.worker, paths.own))
    return [common + len(brotli.compress(search.files[part.core])) for part in paths.parts]


def typed(language: str, number: int = 25) -> list[str]:
    """Every so many-th query of the set that the search was built with."""
    queries = [query.text for query in read("queries") if query.language == language]
    return queries[:: max(1, len(queries) // number)]


def at(listed: list[float], share: float) -> float:
    return sorted(listed)[min(len(listed) - 1, int(len(listed) * share))]


def in_node(search: Built, language: str, folder: Path) -> dict[str, Any]:
    return dict(search.node(folder, TYPING, language=language, queries=typed(language)))


def in_chromium(search: Built, language: str, folder: Path) -> dict[str, Any]:
    """The steps of the worker in a page whose main thread is slowed, and the finder page as a slowed phone has it: its `tasks`."""
    from playwright.sync_api import sync_playwright

    from bench.search.run import serve

    paths = search.assets[language]
    address = addresses.path("finder", language)
    files = search.page(language)
    whole = files[f"{address}index.html"].decode()
    short = re.sub(r"<section data-all.*?</section>\n(?=</div>)|(?<=data-cards>).*?(?=</script>)", "", whole, flags=re.DOTALL)
    for path, content in (*files.items(), (f"{address}short.html", short.encode()), ("bare.html", b"<!doctype html><title>T</title>")):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    wanted = [paths.own, *paths.others, *(path for part in paths.parts for path in (part.core, part.texts))]
    queries = typed(language)
    with serve(folder) as root, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)
        page = _slowed(chromium, root)
        job = {
            "language": language,
            "queries": queries,
            "sites": {language: {"own": paths.own, "others": list(paths.others), "parts": [{"core": part.core, "texts": part.texts} for part in paths.parts]}},
        }
        code = search.files[paths.worker].decode().replace("typeof importScripts === 'function'", "false")
        found = page.evaluate(
            """async ([code, script, job, wanted, root]) => {
              const kept = Object.fromEntries(await Promise.all(wanted.map(async path => [path, await (await fetch(root + path)).json()])))
              return new Function('job', 'load', 'now', 'let result;' + code + ';' + script + ';return result')(job, path => kept[path], () => performance.now())
            }""",
            [code, TYPING, job, wanted, root],
        )
        page.close()
        found["page_bytes"] = [len(whole.encode()), len(brotli.compress(whole.encode()))]
        found |= _used(chromium, root, address, queries)
        chromium.close()
    return dict(found)


def _slowed(chromium: Any, root: str) -> Any:
    """A page of a phone's size on a main thread SLOWED times slower. It stands on the site before it is slowed: another site is another process."""
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{root}bare.html")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    return page


def _used(chromium: Any, root: str, address: str, queries: list[str]) -> dict[str, Any]:
    """What a person does on the finder page, step by step: `tasks`, by step the tasks of the main thread as (ms of the clock, ms of the
    processor, what took longest in it), the longest first; `stands` and `seen`: ms from each letter to its result in the page, and on the screen."""
    page, tasks = _slowed(chromium, root), {}
    tool = page.context.new_cdp_session(page)

    @contextlib.contextmanager
    def step(name: str) -> Iterator[None]:
        chromium.start_tracing(page=page, categories=["devtools.timeline", "disabled-by-default-devtools.timeline"])
        yield
        page.wait_for_timeout(1500)
        tasks[name] = long_tasks(json.loads(chromium.stop_tracing())["traceEvents"])

    # Keys and clicks come as from a person, at a place looked up beforehand: scripts of the tool in the page would count as tasks.
    def place(selector: str) -> tuple[float, float]:
        page.locator(selector).first.scroll_into_view_if_needed()
        box = page.locator(selector).first.bounding_box()
        return (box["x"] + 12, box["y"] + box["height"] / 2)

    def clear() -> None:
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")

    with step("opening an empty page"):
        tool.send("Page.navigate", {"url": f"{root}bare.html?"})
        page.wait_for_timeout(3000)
    with step("opening the page without its list and cards"):
        tool.send("Page.navigate", {"url": f"{root}{address}short.html"})
        page.wait_for_timeout(3000)
    with step("opening the page"):
        tool.send("Page.navigate", {"url": f"{root}{address}"})
        page.wait_for_timeout(3000)
    page.wait_for_selector("[data-finder=ready]", state="attached")
    page.evaluate("""() => {
      window.stands = []; window.seen = []
      let at = 0
      addEventListener('input', () => { at = performance.now() }, true)
      // A result may come twice for one letter (again when texts have come): the first one is what the person sees.
      new MutationObserver(() => {
        if (!at) return
        const since = at
        at = 0
        stands.push(performance.now() - since)
        requestAnimationFrame(() => setTimeout(() => seen.push(performance.now() - since)))
      }).observe(document.querySelector('[data-results]'), { childList: true })
    }""")
    field = place("input[name=q]")
    with step("the field"):
        page.mouse.click(*field)
    with step("the first letter"):
        page.keyboard.type("t")
    clear()
    with step("typing"):
        for query in queries[:8]:
            clear()
            page.keyboard.type(query, delay=120)
    with step("clearing the query"):
        clear()
    fold = place("[data-filters] summary")
    with step("opening filters"):
        page.mouse.click(*fold)
    for name in ("threshold", "topic"):
        box = place(f"input[name={name}]")
        with step(f"a filter ({name})"):
            page.mouse.click(*box)
    if page.is_visible("[data-more]"):
        more = place("[data-more]")
        with step("more"):
            page.mouse.click(*more)
    reset = place("button[type=reset]")
    with step("clearing filters"):
        page.mouse.click(*reset)
    page.evaluate("document.querySelector('[data-filters]').open = false; scrollTo({ top: 0, behavior: 'instant' })")
    page.wait_for_timeout(500)
    with step("scrolling the full list"):
        page.mouse.move(180, 400)
        for _ in range(40):
            page.mouse.wheel(0, 600)
            page.wait_for_timeout(50)
    return {"tasks": tasks, **page.evaluate("({ stands, seen })")}


def long_tasks(events: list[dict[str, Any]]) -> list[tuple[float, float, str]]:
    """The tasks of the main threads in a trace over 10 ms: (ms of the clock, ms of the processor, what took how much of them), the longest first."""
    main = {(event["pid"], event["tid"]) for event in events if event.get("name") == "thread_name" and event["args"]["name"] == "CrRendererMain"}
    timed = [event for event in events if event.get("ph") == "X" and (event["pid"], event["tid"]) in main]
    found = []
    for task in timed:
        if task["name"] != "RunTask" or task["dur"] < 10_000:
            continue
        within = [
            event for event in timed if event["tid"] == task["tid"] and event["pid"] == task["pid"] and task["ts"] <= event["ts"] < task["ts"] + task["dur"]
        ]
        taken: dict[str, float] = {}
        open_ones: list[dict[str, Any]] = []
        for event in sorted(within, key=lambda event: (event["ts"], -event.get("dur", 0))):
            while open_ones and open_ones[-1]["ts"] + open_ones[-1].get("dur", 0) <= event["ts"]:
                open_ones.pop()
            spent = event.get("tdur", 0) / 1000
            taken[event["name"]] = taken.get(event["name"], 0) + spent
            if open_ones:  # an event's time is not also that of the one around it
                taken[open_ones[-1]["name"]] -= spent
            open_ones.append(event)
        most = sorted(taken.items(), key=lambda item: -item[1])[:5]
        found.append((task["dur"] / 1000, task.get("tdur", 0) / 1000, ", ".join(f"{name} {spent:.0f}" for name, spent in most)))
    return sorted(found, reverse=True)


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
        needed = first_bytes(search, language)
        print(
            f"{arguments.number} services in {len(needed)} parts, {language}: first search {needed[0]:,} bytes (brotli), at most {max(needed):,} with an area chosen"
        )
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
            if "tasks" in figures:
                own, packed = figures["page_bytes"]
                print(f"the finder page, {own:,} bytes ({packed:,} brotli); its longest tasks, clock and processor:")
                for step, tasks in figures["tasks"].items():
                    print(
                        f"  {step}: " + ("; ".join(f"{clock:.0f} / {processor:.0f} ms ({what})" for clock, processor, what in tasks[:3]) or "none over 10 ms")
                    )
                for name, listed in (("stands", figures["stands"]), ("is seen", figures["seen"])):
                    print(
                        f"  letter to result that {name}: p50 {at(listed, 0.5):.0f}, p95 {at(listed, 0.95):.0f}, most {max(listed):.0f} ms ({len(listed)} letters)"
                    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
