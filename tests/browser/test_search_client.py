"""The finder in Chromium, on a page with the markup that finder.js asks of the template: rank, filters, words, focus, storage."""

from __future__ import annotations

import html
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from playwright.sync_api import Browser

from bench.search.built import Built, built
from bench.search.run import serve
from generator.search import counted, files

POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'"


def page_of(search: Built, language: str, root: str = "../../") -> str:
    """A finder page as bare as may be."""
    site, paths = search.sites[language], search.assets[language]
    cards = []
    for group in site.all_services:
        for card in group.cards:
            service = search.catalogue.services[card.id]
            facts = {
                "service": card.id,
                "topic": service.topics,
                "for": service.target_groups,
                "area": service.service_areas,
                "threshold": service.threshold,
                "channel": service.channels,
            }
            marks = (" data-free" if service.cost_option == "free" else "") + (" data-anonymous" if service.anonymous else "")
            attributes = " ".join(f'data-{name}="{value if isinstance(value, str) else " ".join(value)}"' for name, value in facts.items())
            cards.append(f'<li {attributes}{marks}><a href="{root}{card.path}">{html.escape(card.name.text)}</a></li>')
    boxes = [(name, term.id) for name, terms in (("topic", site.topics), ("for", site.target_groups), ("area", site.areas)) for term in terms]
    boxes += [("threshold", threshold.code) for threshold in site.thresholds] + [("free", "1"), ("anonymous", "1")]
    choices = "".join(f'<label><input type="checkbox" name="{name}" value="{value}">{value} <span data-count></span></label>' for name, value in boxes)
    topics = "".join(f'<li data-topic="{topic.id}">{topic.id}</li>' for topic in site.topics)
    new_line = "\n"  # no backslash may stand within an f-string
    counts = html.escape(counted(lambda one, many, number: one if number == 1 else many, Locale("en")))
    return f"""<!doctype html><html lang="{language}"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>T</title>
<div data-finder data-files="{html.escape(paths.files(root))}"><form data-finder-form><input type="search" name="q"><details data-filters>{choices}</details></form>
<p role="status" data-status data-counts="{counts}" data-failed="FAILED"></p><p data-guess="MEANT {{words}}" hidden></p><section data-acute hidden>112</section><p data-order hidden>ORDER</p>
<ol data-results hidden></ol><button type="button" data-more hidden>MORE</button><section data-empty hidden><ul>{topics}</ul></section><section data-all><p>ALL</p></section><script type="text/plain" data-cards>{new_line.join(cards)}</script></div>
<script src="{root}{paths.client}" defer></script></html>"""


@pytest.fixture(scope="module")
def search() -> Built:
    return built()


@pytest.fixture(scope="module")
def address(search: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    for path, content in search.files.items():
        (folder / "base" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "base" / path).write_bytes(content)
    for language in search.assets:
        (folder / "base" / language / "find").mkdir(parents=True)
        (folder / "base" / language / "find" / "index.html").write_text(page_of(search, language), encoding="utf-8")
    with serve(folder) as served:
        yield served + "base/"


@pytest.fixture
def finder(browser: Browser, address: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" and "favicon" not in said.text and "404" not in said.text else None)
    page.goto(f"{address}fi/find/")
    page.wait_for_selector("[data-finder=ready]", state="attached")
    yield page
    assert page.faults == []
    context.close()


def results(page: Any) -> list[str]:
    return list(page.eval_on_selector_all("[data-results] [data-service]", "cards => cards.map(card => card.dataset.service)"))


def ask(page: Any, query: str) -> list[str]:
    page.fill("input[name=q]", query)
    page.wait_for_function("query => document.querySelector('[data-results]').dataset.query === query", arg=query)
    return results(page)


def test_results_stand_in_the_order_of_the_twin(finder: Any, search: Built) -> None:
    for query in ("turvakoti", "vauva ei nuku", "divorce", "насильство", "kavreia pojale"):
        ranked = [result.service for result in search.engines["fi"].search(query).results]
        assert ask(finder, query) == ranked[:20]


def test_the_fragment_asks_and_is_written(finder: Any) -> None:
    finder.evaluate("location.hash = 'q=v%C3%A4kivalta&area=kymenlaakso,whole-country'")
    finder.wait_for_function("() => document.querySelector('[data-results]').dataset.query === 'väkivalta'")
    assert finder.is_checked("input[value=kymenlaakso]")
    assert "lahti-vakivaltatyon-avopalvelu" not in results(finder) and "kymenlaakso-pysakki" in results(finder)
    finder.fill("input[name=q]", "ero")
    finder.wait_for_function("() => location.hash === '#q=ero&area=whole-country,kymenlaakso'")


def test_filters_alone_show_the_lowest_threshold_first(finder: Any, search: Built) -> None:
    finder.evaluate("location.hash = 'topic=divorce'")
    finder.wait_for_function("() => document.querySelectorAll('[data-results] [data-service]').length")
    found = [search.catalogue.services[service].threshold for service in results(finder)]
    codes = [threshold.code for threshold in search.sites["fi"].thresholds]
    assert found == sorted(found, key=codes.index) and len(found) > 3
    assert finder.is_visible("[data-order]") and not finder.is_visible("[data-all]")
    count = finder.inner_text("label:has([value=open]) [data-count]")
    assert int(count) == found.count("open")


def test_focus_stays_and_the_count_is_said(finder: Any) -> None:
    ask(finder, "turvakoti")
    assert finder.evaluate("document.activeElement.name") == "q"
    finder.wait_for_function("() => /^\\d+ services?$/.test(document.querySelector('[data-status]').textContent)")


def test_a_guess_is_said_and_danger_stands_above(finder: Any) -> None:
    ask(finder, "turvkoti")
    assert finder.inner_text("[data-guess]") == "MEANT turvakoti"
    ask(finder, "mies löi minua")
    assert finder.is_visible("[data-acute]")
    ask(finder, "unikoulu")
    assert not finder.is_visible("[data-acute]") and not finder.is_visible("[data-guess]")


def test_nothing_found_still_helps(finder: Any) -> None:
    finder.fill("input[name=q]", "qqqqqq")
    finder.wait_for_selector("[data-empty]", state="visible")
    finder.fill("input[name=q]", "")
    finder.wait_for_selector("[data-all]", state="visible")
    assert not finder.is_visible("[data-empty]")


def test_nothing_is_kept_and_nothing_but_the_site_is_asked(finder: Any, address: str) -> None:
    asked: list[str] = []
    finder.on("request", lambda request: asked.append(request.url))
    ask(finder, "mies uhkailee")
    assert finder.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    assert finder.context.cookies() == []
    assert all(url.startswith(address) and "uhkailee" not in url for url in asked)


def test_without_the_files_the_full_list_stays(finder: Any) -> None:
    finder.route("**/*.json", lambda route: route.abort())
    finder.fill("input[name=q]", "turvakoti")
    finder.wait_for_function("() => document.querySelector('[data-status]').textContent === 'FAILED'")
    assert finder.is_visible("[data-all]")
    finder.faults.clear()


def test_more_keeps_what_stands_and_goes_on_at_the_next_card(finder: Any, search: Built) -> None:
    finder.evaluate("codes => { location.hash = 'threshold=' + codes.join(',') }", [threshold.code for threshold in search.sites["fi"].thresholds])
    finder.wait_for_function("() => document.querySelectorAll('[data-results] [data-service]').length === 20")
    easiest = [card.id for group in search.sites["fi"].all_services for card in group.cards]
    finder.evaluate("document.querySelector('[data-results] [data-service]').dataset.kept = 'yes'")
    finder.click("[data-more]")
    finder.wait_for_function("many => document.querySelectorAll('[data-results] [data-service]').length === many", arg=len(easiest[:40]))
    assert results(finder) == easiest[:40]
    assert finder.evaluate("document.activeElement.closest('[data-service]').dataset.service") == easiest[20]
    assert finder.evaluate("document.querySelector('[data-results] [data-service]').dataset.kept") == "yes"


def test_only_cards_that_are_shown_are_elements(finder: Any) -> None:
    assert finder.evaluate("document.querySelectorAll('[data-service]').length") == 0
    ask(finder, "turvakoti")
    finder.fill("input[name=q]", "")
    finder.wait_for_selector("[data-all]", state="visible")
    assert finder.evaluate("document.querySelectorAll('[data-service]').length") == 0


@pytest.fixture(scope="module")
def large() -> Iterator[tuple[Built, str]]:
    """A site's own finder page whose index is in parts, and its address."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(files, "LARGE", 15)
        divided = Built(languages=("fi",))
        for path, content in divided.page("fi").items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_bytes(content)
        with serve(Path(folder)) as served:
            yield divided, f"{served}fi/haku/"


def test_a_large_site_gets_its_cards_with_the_parts_of_its_index(browser: Browser, large: tuple[Built, str]) -> None:
    divided, address = large
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(address)
    page.wait_for_selector("[data-finder=ready]", state="attached")
    assert page.inner_text("[data-all]") and not page.eval_on_selector("[data-cards]", "cards => cards.textContent.trim()")
    ranked = [result.service for result in divided.engines["fi"].search("vauva ei nuku").results]
    assert ask(page, "vauva ei nuku") == ranked[:20]
    page.close()


def test_filters_alone_fetch_the_cards_of_a_large_site(browser: Browser, large: tuple[Built, str]) -> None:
    divided, address = large
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}#threshold=open")
    open_ones = {service.id for service in divided.catalogue.services.values() if service.threshold == "open"}
    page.wait_for_function("many => document.querySelectorAll('[data-results] [data-service]').length === many", arg=min(20, len(open_ones)))
    assert set(results(page)) <= open_ones and not page.is_visible("[data-empty]")
    page.close()


def test_a_part_that_does_not_come_is_searched_without(browser: Browser, large: tuple[Built, str]) -> None:
    divided, address = large
    first, *others = divided.assets["fi"].parts
    page = browser.new_page(viewport={"width": 360, "height": 740})
    for part in others:
        page.route(f"**/{part.core}", lambda route: route.abort())
    page.goto(address)
    page.wait_for_selector("[data-finder=ready]", state="attached")
    everywhere = {result.service for result in divided.engines["fi"].search("turvakoti").results}
    assert set(ask(page, "turvakoti")) <= set(first.services) and not everywhere <= set(first.services)
    page.close()


def test_without_the_files_the_full_list_of_a_large_site_stays(browser: Browser, large: tuple[Built, str]) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.route("**/*.json", lambda route: route.abort())
    page.goto(f"{large[1]}#threshold=open")
    page.wait_for_function("() => document.querySelector('[data-status]').textContent")
    assert page.is_visible("[data-all]") and page.inner_text("[data-status]") == page.get_attribute("[data-status]", "data-failed")
    page.close()
