"""Leaving quickly: what GOV.UK's component does, and the gaps that it has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from .conftest import DESK, FLAGS, LANGUAGES, PHONE, SERVICES, executable

WEATHER = "https://www.ilmatieteenlaitos.fi/"


@pytest.fixture
def leaving(browser: Browser) -> Iterator[BrowserContext]:
    """A context in which the weather page is a page of the test: no request leaves the machine."""
    context = browser.new_context(viewport=DESK)

    def weather(route: Route) -> None:
        assert "referer" not in route.request.headers
        route.fulfill(body="<!doctype html><title>Sää</title><p>Aurinkoista", content_type="text/html; charset=utf-8")

    context.route(WEATHER, weather)
    context.set_default_timeout(8_000)
    yield context
    context.close()


def sensitive(address: str, language: str = "fi") -> str:
    return f"{address}{language}/{SERVICES[language]}/lahti-turvakoti/"


def assert_left(context: BrowserContext, page: Page) -> None:
    """The old tab shows the weather in place of the page; a new tab shows it, too."""
    page.wait_for_url(WEATHER)
    assert page.title() == "Sää"
    for _ in range(50):
        if any(other.url == WEATHER for other in context.pages if other is not page):
            break
        page.wait_for_timeout(50)
    others = [other for other in context.pages if other is not page]
    assert [other.url for other in others] == [WEATHER]
    assert others[0].evaluate("history.length") == 1
    assert others[0].evaluate("window.opener") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_replaces_the_page_and_opens_a_new_tab(leaving: BrowserContext, address: str, language: str) -> None:
    page = leaving.new_page()
    page.goto(sensitive(address, language))
    length = page.evaluate("history.length")
    page.locator("a[data-exit]").click()
    assert_left(leaving, page)
    assert page.evaluate("history.length") == length, "the page must be replaced, not followed"


def test_the_curtain_falls_at_once_and_nothing_of_the_page_is_left(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    context.route(WEATHER, lambda route: route.fulfill(status=204))  # an answer that leaves the old page standing
    page = context.new_page()
    page.goto(sensitive(address))
    page.evaluate("document.querySelector('a[data-exit]').click()")
    assert page.locator("[role=alert]").is_visible()
    assert page.title() == "Sää"
    left = page.evaluate("document.documentElement.outerHTML")
    for word in ("Turvakoti", "turvakoti", "väkival", "Nollalinja", "080 005 005"):
        assert word not in page.evaluate("document.body.textContent")
        assert word not in page.title()
    assert "canonical" not in left
    assert "blank" in page.evaluate("document.querySelector('link[rel=icon]').href")
    box = page.locator(".curtain").bounding_box()
    assert box is not None
    assert box["width"] >= PHONE["width"]
    assert box["height"] >= PHONE["height"]
    context.close()


def test_what_was_typed_is_gone_before_the_page_is(browser: Browser, address: str) -> None:
    """A browser may offer a field's words anew when a page comes back."""
    context = browser.new_context(viewport=PHONE)
    context.route(WEATHER, lambda route: route.fulfill(status=204))
    page = context.new_page()
    page.goto(f"{address}fi/")
    page.locator("#ask").fill("mies lyö")
    page.evaluate("window.field = document.querySelector('#ask'); document.querySelector('a[data-exit]').click()")
    assert page.locator(".curtain").is_visible()
    assert page.evaluate("window.field.value") == ""
    context.close()


def test_going_back_shows_the_neutral_sheet_not_the_pages_before(leaving: BrowserContext, address: str) -> None:
    page = leaving.new_page()
    page.goto(f"{address}fi/")
    page.locator(".situations a").first.click()
    page.wait_for_url("**/safety/")
    page.locator("a[data-exit]").click()
    assert_left(leaving, page)
    page.go_back(wait_until="load")
    page.wait_for_selector(".curtain")
    assert page.title() == "Sää"
    assert page.locator("main").count() == 0
    # One's own wish to come back: the link on the sheet, or the address typed anew.
    page.locator(".curtain a").click()
    page.wait_for_selector("main h1")
    assert page.locator(".curtain").count() == 0


def test_going_back_shows_nothing_from_the_back_forward_cache(browser: Browser, address: str) -> None:
    """Playwright turns that cache off; a reader's browser has it on, and shows a page from it as it was."""
    own = browser.browser_type.launch(executable_path=executable(), args=FLAGS, ignore_default_args=["--disable-back-forward-cache"])
    context = own.new_context(viewport=PHONE)
    context.route(WEATHER, lambda route: route.fulfill(body="<!doctype html><title>Sää</title>", content_type="text/html; charset=utf-8"))
    context.set_default_timeout(8_000)
    page = context.new_page()
    back = "setTimeout(() => history.back(), 20), 0"  # the page that asks is gone before it could answer
    try:
        page.goto(f"{address}fi/haku/")
        page.goto(f"{address}fi/")
        page.evaluate("window.alive = true")
        page.locator(".situations a").first.click()
        page.wait_for_url("**/safety/")
        page.evaluate(back)
        page.wait_for_url(f"{address}fi/", wait_until="commit")  # a page from the cache is not loaded again
        assert page.evaluate("window.alive"), "the cache must be on, or this shows nothing"
        page.locator(".situations a").first.click()
        page.wait_for_url("**/safety/")
        page.locator("a[data-exit]").click()
        page.wait_for_url(WEATHER)
        for before in ("fi/", "fi/haku/"):
            page.evaluate(back)
            page.wait_for_url(address + before, wait_until="commit")
            page.wait_for_selector(".curtain")
            assert page.title() == "Sää"
            assert page.locator("main").count() == 0
    finally:
        own.close()


@pytest.mark.parametrize("keys", [["ShiftLeft"] * 3, ["ShiftRight"] * 3, ["ShiftLeft", "ShiftRight", "ShiftLeft"]], ids=["left", "right", "in turn"])
def test_shift_three_times_leaves(leaving: BrowserContext, address: str, keys: list[str]) -> None:
    page = leaving.new_page()
    page.goto(sensitive(address))
    page.wait_for_load_state("load")
    status = page.locator("[data-exit-status]")
    page.keyboard.press(keys[0])
    assert "2" in status.inner_text()
    assert status.get_attribute("data-lights") == "1"
    page.keyboard.press(keys[1])
    assert status.get_attribute("data-lights") == "2"
    page.keyboard.press(keys[2])
    assert_left(leaving, page)


def test_another_key_between_starts_again(leaving: BrowserContext, address: str) -> None:
    page = leaving.new_page()
    page.goto(sensitive(address))
    for key in ("Shift", "Shift", "a", "Shift", "Shift"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.url == sensitive(address)
    page.keyboard.press("Shift")
    assert_left(leaving, page)


def test_shift_with_a_letter_is_typing_not_leaving(leaving: BrowserContext, address: str) -> None:
    page = leaving.new_page()
    page.goto(sensitive(address))
    for _ in range(4):
        page.keyboard.press("Shift+A")
    page.wait_for_timeout(200)
    assert page.url == sensitive(address)


@pytest.mark.parametrize("held", ["Control", "Alt", "Meta"])
def test_shift_with_another_key_held_is_a_shortcut_not_leaving(leaving: BrowserContext, address: str, held: str) -> None:
    page = leaving.new_page()
    page.goto(sensitive(address))
    page.keyboard.down(held)
    for _ in range(4):
        page.keyboard.press("Shift")
    page.wait_for_timeout(200)
    page.keyboard.up(held)
    assert page.url == sensitive(address)
    assert page.locator("[data-exit-status]").inner_text() == ""


def test_a_held_shift_does_not_count(leaving: BrowserContext, address: str) -> None:
    page = leaving.new_page()
    page.goto(sensitive(address))
    for _ in range(3):
        page.keyboard.down("Shift")
        page.wait_for_timeout(900)
        page.keyboard.up("Shift")
    assert page.url == sensitive(address)
    page.keyboard.down("Shift")
    for _ in range(4):
        page.keyboard.down("Shift")  # the repeats of a held key
    page.keyboard.up("Shift")
    assert page.locator("[data-exit-status]").inner_text() == ""


def test_both_shifts_at_once_do_not_count(leaving: BrowserContext, address: str) -> None:
    page = leaving.new_page()
    page.goto(sensitive(address))
    for _ in range(3):
        page.keyboard.down("ShiftLeft")
        page.keyboard.down("ShiftRight")
        page.keyboard.up("ShiftRight")
        page.keyboard.up("ShiftLeft")
    page.wait_for_timeout(200)
    assert page.url == sensitive(address)


def test_presses_more_than_five_seconds_apart_start_again(leaving: BrowserContext, address: str) -> None:
    page = leaving.new_page()
    page.goto(sensitive(address))
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_timeout(5_300)
    status = page.locator("[data-exit-status]")
    assert status.get_attribute("data-lights") == "0"
    assert status.inner_text().endswith("peruttiin.")
    page.keyboard.press("Shift")
    page.wait_for_timeout(200)
    assert page.url == sensitive(address)


def test_shift_does_not_leave_while_typing_in_a_field(leaving: BrowserContext, address: str) -> None:
    """The keyboard on a phone's screen sends Shift by itself at the beginning of a sentence."""
    page = leaving.new_page()
    page.goto(f"{address}fi/")
    page.locator("#ask").focus()
    for _ in range(4):
        page.keyboard.press("Shift")
    page.wait_for_timeout(200)
    assert page.url == f"{address}fi/"


def test_escape_does_not_leave(leaving: BrowserContext, address: str) -> None:
    page = leaving.new_page()
    page.goto(sensitive(address))
    for _ in range(4):
        page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.url == sensitive(address)


def test_without_javascript_it_is_a_link(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.route(WEATHER, lambda route: route.fulfill(body="<title>Sää</title>", content_type="text/html"))
    page = context.new_page()
    page.goto(sensitive(address))
    link = page.locator("a[data-exit]")
    assert link.get_attribute("rel") == "nofollow noreferrer"
    link.click()
    page.wait_for_url(WEATHER)
    context.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_button_is_at_the_same_place_on_every_kind_of_page_and_on_top(browser: Browser, address: str, size: dict[str, int]) -> None:
    page = browser.new_page(viewport=size)
    places = set()
    for path in ("fi/", "fi/haku/", "fi/aiheet/safety/", "fi/palvelut/lahti-turvakoti/", "fi/jarjestot/thl/", "fi/tietoa/", "404.html", "", "p/nollalinja/"):
        page.goto(address + path)
        for scroll in (0, 400):
            page.evaluate(f"scrollTo({{top: {scroll}, behavior: 'instant'}})")
            box = page.locator("a[data-exit]").bounding_box()
            assert box is not None
            middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            assert page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.closest('a')?.hasAttribute('data-exit')", list(middle)), path
            assert box["height"] >= 44
            places.add((round(box["y"]), round(box["height"])))
    page.close()
    assert len(places) == 1


def test_it_is_never_printed(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(sensitive(address))
    page.emulate_media(media="print")
    assert not page.locator("a[data-exit]").is_visible()
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_does_and_does_not_do_is_told(phone: Page, address: str, language: str) -> None:
    phone.goto(sensitive(address, language))
    beside = phone.locator(".exit-about")
    target = beside.evaluate("link => link.href")
    assert phone.locator(f".foot-links a[href='{beside.get_attribute('href')}']").count() == 1
    phone.goto(target)
    assert phone.locator("main h2").count() >= 3
