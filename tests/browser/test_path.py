"""The way in and the way on in a browser: the picture and the list say the same, at any width, in any look."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from .conftest import LANGUAGES, SERVICES, TOPICS

PATHS = {"fi": "polku", "sv": "vag", "en": "path", "uk": "shliakh"}
NUMBERS = "[...document.querySelectorAll('main .map text')].map(text => text.textContent).filter(text => /^\\d+$/.test(text))"
LISTED = "[...document.querySelectorAll('.whole .way, section[aria-labelledby=way] .way')].flatMap(list => [...list.children].map((item, index) => String(list.start + index)))"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_path_of_a_topic_from_the_topic_to_a_service(phone: Page, address: str, language: str) -> None:
    phone.goto(f"{address}{language}/{TOPICS[language]}/safety/")
    phone.click(f"a[href$='/safety/{PATHS[language]}/']")
    heading = phone.inner_text("h1").split(": ")[-1]
    assert heading not in phone.title(), "what it is about is not in the browser's history"
    assert phone.evaluate(NUMBERS) == phone.evaluate(LISTED)
    assert phone.get_attribute(".map", "role") == "img"
    for name in phone.locator("main .way a").all_inner_texts():
        assert name in (phone.get_attribute(".map", "aria-label") or "")
    phone.locator("main .way a").first.click()
    assert phone.get_attribute("main", "data-service")


def test_a_service_shows_its_stretch_as_a_picture_and_as_links(phone: Page, address: str) -> None:
    phone.goto(f"{address}uk/{SERVICES['uk']}/lahti-ensikoti/")
    numbers = phone.evaluate(NUMBERS)
    assert numbers == phone.evaluate(LISTED) == [str(number) for number in range(1, len(numbers) + 1)]
    assert phone.locator("section[aria-labelledby=in] a").count() >= 2, "what helps while one waits"
    assert phone.inner_text("section[aria-labelledby=in] q[lang=fi]").startswith("Voisitko")


@pytest.mark.parametrize("look", ["light", "dark", "forced"])
def test_pictures_fit_a_small_screen_in_every_look(browser: Browser, address: str, look: str) -> None:
    dark, forced = look != "light", look == "forced"
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme="dark" if dark else "light", forced_colors="active" if forced else "none"
    )
    page = context.new_page()
    for path in ("fi/aiheet/baby/polku/", "fi/palvelut/lahti-vakivaltatyon-avopalvelu/", "fi/palvelut/lahti-aggredi/"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        box = page.locator(".map").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320 and box["height"] > 30
        drawn, ground = page.evaluate(
            "[getComputedStyle(document.querySelector('.map g text')).fill, getComputedStyle(document.querySelector('.map g circle')).fill]"
        )
        assert drawn != ground
    context.close()


def test_the_picture_needs_no_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/topics/divorce/path/")
    assert page.locator("main .way a").count() == page.locator(".map g circle").count() > 3
    context.close()
