"""What a person on a phone meets: no sideways scrolling, targets for thumbs, a number within two taps."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from .conftest import DESK, FINDERS, LANGUAGES, PHONE, TOPICS


@pytest.mark.parametrize("language", [*LANGUAGES, "other"])
def test_no_page_scrolls_sideways_at_360_px(phone: Page, address: str, html_files: list[Path], language: str) -> None:
    seen = 0
    for file in html_files:
        first = file.parts[0]
        if (first if first in LANGUAGES else "other") != language:
            continue
        phone.goto(address + file.as_posix())
        width = phone.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
        assert width <= 360, file
        seen += 1
    assert seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_leaving_quickly_covers_no_language_at_any_width(desk: Page, address: str, language: str) -> None:
    for width in (768, 900, 1024, 1100, 1200, 1280, 1366, 1440, 1536, 1600, 1920):
        desk.set_viewport_size({"width": width, "height": 800})
        desk.goto(f"{address}{language}/")
        languages, button = (desk.locator(name).bounding_box() for name in (".languages", ".exit-go"))
        assert languages and button
        assert languages["x"] + languages["width"] <= button["x"] or languages["y"] >= button["y"] + button["height"], width


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_number_is_two_taps_from_home_for_each_topic(phone: Page, address: str, language: str) -> None:
    phone.goto(f"{address}{language}/")
    count = phone.locator(".situations a").count()
    assert count == 10
    for index in range(count):
        phone.goto(f"{address}{language}/")
        phone.locator(".situations a").nth(index).tap()
        phone.wait_for_url(f"**/{language}/{TOPICS[language]}/*/")
        numbers = phone.locator("main .card a[href^='tel:']")
        assert numbers.count() >= 1, phone.url
        assert numbers.first.is_visible()


@pytest.mark.parametrize("path", ["fi/", "uk/temy/safety/", "sv/tjanster/lahti-ensikoti/", "en/professionals/", "fi/jarjestot/thl/", ""])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_targets_are_at_least_44_px(browser: Browser, address: str, path: str, size: dict[str, int]) -> None:
    """Links that are not inside a sentence; the card's link covers its card."""
    page = browser.new_page(viewport=size)
    page.goto(address + path)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a[href],button,input,select,summary')].filter((element) => {
             if (element.closest('.skip,p:not(.hint):not([class]),.prose') || element.matches('.skip')) return false;
             if (element.closest('.card') && element.closest('h2,h3,h4')) return false;
             const box = element.getBoundingClientRect();
             return box.width && (box.height < 43.5 || box.width < 43.5);
           }).map((element) => element.outerHTML.slice(0, 120) + ' ' + JSON.stringify(element.getBoundingClientRect()))"""
    )
    page.close()
    assert not small


@pytest.mark.parametrize("path", ["fi/", "uk/poshuk/", "sv/amnen/baby/", "fi/palvelut/vauvaperheiden-chat/", "en/organizations/thl/", "fi/tietoa/"])
def test_nothing_jumps_while_scripts_are_on_their_way(phone: Page, address: str, path: str) -> None:
    """On a slow network a page stands there before its scripts: they may not move what somebody is about to touch."""
    phone.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) moved += entry.value; })"
        ".observe({type: 'layout-shift', buffered: true})"
    )

    held: list[Route] = []
    phone.route("**/*.js", lambda route: held.append(route))
    phone.goto(address + path, wait_until="commit")
    phone.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    assert held, "the page asks for a script"
    for route in held:
        route.continue_()
    phone.wait_for_load_state("load")
    phone.wait_for_timeout(300)
    assert phone.evaluate("moved") < 0.01


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_finders_form_waits_for_its_script(browser: Browser, address: str, language: str) -> None:
    """Without it the form would send what is typed to the server."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{language}/{FINDERS[language]}/")
    assert not page.locator("#q").is_visible()
    assert page.locator(".finder-form").bounding_box() is None, "nor does it leave a gap"
    context.close()
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.route("**/finder.*.js", lambda route: route.abort())
    page.goto(f"{address}{language}/{FINDERS[language]}/")
    assert not page.locator("#q").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_contrast_is_at_least_7(browser: Browser, address: str, scheme: str) -> None:
    """The color tokens against the grounds that text stands on, as the browser computes them."""
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type] # one of the two literals
    page.goto(f"{address}fi/")
    worst = page.evaluate(
        """() => {
          const probe = document.body.appendChild(document.createElement('i'));
          const rgb = (token) => { probe.style.setProperty('color', `var(--${token})`); return getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map(Number); };
          const luminance = (color) => { const [r, g, b] = color.map((c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const ratio = (a, b) => { const [x, y] = [luminance(rgb(a)), luminance(rgb(b))].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
          const pairs = [['on-action', 'action'], ['on-danger', 'danger'], ['action', 'soft']];
          for (const ground of ['paper', 'surface']) for (const ink of ['ink', 'quiet', 'action', 'danger', 'open', 'self', 'referral', 'municipality']) pairs.push([ink, ground]);
          return pairs.map(([a, b]) => [a, b, ratio(a, b)]).filter(([, , value]) => value < 7);
        }"""
    )
    page.close()
    assert worst == []


def test_the_site_works_from_a_folder(browser: Browser, built: Path) -> None:
    """file:// has no server that finds index.html: the script adds it."""
    page = browser.new_page(viewport=PHONE)
    page.goto((built / "index.html").as_uri())
    page.locator(".doors a").first.click()
    page.wait_for_url("**/fi/index.html")
    page.locator(".situations a").first.click()
    page.wait_for_url("**/fi/aiheet/safety/index.html")
    assert page.locator(".card").count() > 3
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.close()
