"""axe-core with every rule on, best practices included, on every kind of page in every state: no violation, nothing unexplained.

The figures go into docs/accessibility-results.json, which the accessibility statement shows: `make test` with
APUPOLKU_RECORD=1 writes it anew; without, the test fails when the record no longer fits what was tested.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .conftest import DESK, FINDERS, LANGUAGES, PHONE, ROOT, SERVICES, TOPICS

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RECORD = ROOT / "docs" / "accessibility-results.json"
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
# What axe leaves to a person, with the person's answer. Keyed by rule.
EXPLAINED: dict[str, str] = {
    "hidden-content": "the first crumb, hidden on phones: the wordmark above it leads to the same page",
    # axe cannot see through an element that lies over another: the card's link covers its card, on purpose.
    "color-contrast": "text under the link that covers its card, and text that the bar at the bottom edge overlaps while scrolled: the tokens are tested in test_look",
    "target-size": "the card's link covers the card; the call button stands on it and is 44 px high, tested in test_look",
}


def kinds(language: str) -> dict[str, str]:
    """One page of each kind."""
    own = {
        "home": "",
        "finder": f"{FINDERS[language]}/",
        "topic": f"{TOPICS[language]}/safety/",
        "service": f"{SERVICES[language]}/lahti-turvakoti/",
        "short service": f"{SERVICES[language]}/kymenlaakso-untuva/",
    }
    more = {
        "fi": {
            "area": "alueet/paijat-hame/",
            "for whom": "kenelle/fathers/",
            "organization": "jarjestot/lahden-ensi-ja-turvakoti/",
            "professionals": "ammattilaisille/",
            "content": "turvallisesti-verkossa/",
        },
        "sv": {
            "area": "omraden/paijat-hame/",
            "for whom": "for-vem/fathers/",
            "organization": "organisationer/lahden-ensi-ja-turvakoti/",
            "professionals": "for-proffs/",
            "content": "tryggt-pa-natet/",
        },
        "en": {
            "area": "areas/paijat-hame/",
            "for whom": "for-whom/fathers/",
            "organization": "organizations/lahden-ensi-ja-turvakoti/",
            "professionals": "professionals/",
            "content": "safety-online/",
        },
        "uk": {
            "area": "rehiony/paijat-hame/",
            "for whom": "dlia-koho/fathers/",
            "organization": "orhanizatsii/lahden-ensi-ja-turvakoti/",
            "professionals": "dlia-fakhivtsiv/",
            "content": "bezpechno-v-interneti/",
        },
    }
    return {kind: f"{language}/{path}" for kind, path in {**own, **more[language]}.items()}


def curtain(page: Page) -> None:
    """Leaving, with an answer that lets the curtain stand."""
    page.route("https://www.ilmatieteenlaitos.fi/**", lambda route: route.fulfill(status=204))
    page.evaluate("document.querySelector('a[data-exit]').click()")
    page.wait_for_selector(".curtain")


def shifted(page: Page) -> None:
    """The lights after two presses."""
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_selector("[data-exit-status][data-lights='2']")


def found(page: Page) -> None:
    page.evaluate("location.hash = '#q=turvakoti'")
    page.wait_for_selector("[data-results][data-query='turvakoti'] [data-service]")


def nothing(page: Page) -> None:
    page.evaluate("location.hash = '#q=qqqqqzzzz'")
    page.wait_for_selector("[data-results][data-query='qqqqqzzzz']", state="attached")
    page.wait_for_selector("[data-empty]")


def filtered(page: Page) -> None:
    for summary in page.locator("summary").all():
        summary.click()
    page.evaluate("location.hash = '#q=vauva&threshold=open'")
    page.wait_for_selector("[data-results][data-query='vauva']")


STATES: list[tuple[str, str, Callable[[Page], None]]] = [
    ("service", "curtain", curtain),
    ("service", "two presses of Shift", shifted),
    ("finder", "results", found),
    ("finder", "no results", nothing),
    ("finder", "filters open", filtered),
]


def faults(page: Page) -> tuple[int, list[str]]:
    """Number of checks, and each violation or unexplained incomplete result."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(
        "axe.run(document, {resultTypes: ['violations', 'incomplete'], rules: Object.fromEntries(axe.getRules().map((rule) => [rule.ruleId, {enabled: true}]))})"
    )
    said = [f"{page.url} {entry['id']}: {node['html'][:160]}" for entry in result["violations"] for node in entry["nodes"]]
    said += [
        f"{page.url} incomplete {entry['id']}: {node['html'][:160]}"
        for entry in result["incomplete"]
        if entry["id"] not in EXPLAINED
        for node in entry["nodes"]
    ]
    return len(result["passes"]), said


@pytest.fixture(scope="module")
def tally() -> dict[str, int]:
    return {"pages": 0, "states": 0, "passes": 0}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1280"])
def test_every_kind_of_page_in_every_state(browser: Browser, address: str, tally: dict[str, int], language: str, look: str, size: dict[str, int]) -> None:
    context = browser.new_context(viewport=size, bypass_csp=True, **LOOKS[look])
    context.set_default_timeout(10_000)
    page = context.new_page()
    said: list[str] = []
    paths = kinds(language)
    everywhere = {"languages": "", "permanent link": "p/nollalinja/", "not found": "404.html"} if language == "fi" else {}
    for path in {**paths, **everywhere}.values():
        page.goto(address + path)
        passes, found_faults = faults(page)
        said += found_faults
        tally["pages"] += 1
        tally["passes"] += passes
    for kind, _, enter in STATES:
        page.goto("about:blank")
        page.goto(address + paths[kind])
        enter(page)
        page.wait_for_load_state("networkidle")  # texts of the index may come later and order results anew
        page.wait_for_timeout(700)
        passes, found_faults = faults(page)
        said += found_faults
        tally["states"] += 1
        tally["passes"] += passes
    context.close()
    assert not said, "\n".join(said[:12])


def test_the_record_is_what_was_tested(tally: dict[str, int]) -> None:
    """Runs after the others of this module."""
    version = json.loads((ROOT / "node_modules" / "axe-core" / "package.json").read_text(encoding="utf-8"))["version"]
    if not tally["pages"]:
        pytest.skip("only meaningful after the tests above")
    now = {"axe": version, "pages": tally["pages"], "states": tally["states"], "combinations": len(LANGUAGES) * len(LOOKS) * 2, "violations": 0}
    if os.environ.get("APUPOLKU_RECORD"):
        kept = json.loads(RECORD.read_text(encoding="utf-8"))
        RECORD.write_text(json.dumps({**kept, "date": datetime.datetime.now(datetime.UTC).date().isoformat(), **now}, indent=2) + "\n", encoding="utf-8")
    stored = json.loads(RECORD.read_text(encoding="utf-8"))
    assert {key: stored[key] for key in now} == now


def test_axe_is_really_asked(browser: Browser, address: str) -> None:
    """A page spoiled on purpose is found out."""
    page = browser.new_page(bypass_csp=True)
    page.goto(f"{address}fi/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x><button></button>')")
    _, said = faults(page)
    page.close()
    assert any("image-alt" in line for line in said)
    assert any("button-name" in line for line in said)
    assert Path(AXE).is_file()
