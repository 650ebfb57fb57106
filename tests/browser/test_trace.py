"""No trace: every page and every interaction leaves nothing behind and asks nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .conftest import FINDERS, LANGUAGES, SERVICES

WEATHER = "https://www.ilmatieteenlaitos.fi/"

# What a page has written, in every place that a browser offers.
LEFT = """async () => ({
  cookies: document.cookie,
  local: Object.keys(localStorage).length,
  session: Object.keys(sessionStorage).length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  name: window.name,
})"""
NOTHING: dict[str, Any] = {"cookies": "", "local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0, "name": ""}


class Watched:
    """A page whose requests and errors are kept."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type in ("error", "warning") else None)

    def assert_no_trace(self, context: BrowserContext) -> None:
        assert self.page.evaluate(LEFT) == NOTHING, self.page.url
        assert context.cookies() == []
        foreign = [url for url in self.requests if not url.startswith(self.address)]
        assert foreign == [], self.page.url
        assert all("#" not in url and "?" not in url for url in self.requests), "what is sought must not reach a server"
        assert self.errors == [], self.page.url


@pytest.fixture
def watched(context: BrowserContext, address: str) -> Iterator[Watched]:
    context.set_default_timeout(10_000)
    yield Watched(context, address)


@pytest.mark.parametrize("language", [*LANGUAGES, "other"])
def test_no_page_leaves_a_trace(watched: Watched, context: BrowserContext, html_files: list[Path], language: str) -> None:
    seen = 0
    for file in html_files:
        if (file.parts[0] if file.parts[0] in LANGUAGES else "other") != language:
            continue
        watched.page.goto(watched.address + file.as_posix().removesuffix("index.html"))
        watched.assert_no_trace(context)
        seen += 1
    assert seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_searching_filtering_and_changing_language_leave_no_trace(watched: Watched, context: BrowserContext, language: str) -> None:
    page = watched.page
    page.goto(f"{watched.address}{language}/")
    page.locator("#ask").fill("turvakoti")
    page.locator("#ask").press("Enter")
    page.wait_for_url(f"**/{FINDERS[language]}/#q=turvakoti*")
    page.wait_for_selector("[data-results][data-query='turvakoti'] [data-service]")
    watched.assert_no_trace(context)
    page.evaluate("location.hash = '#q=turvakoti&threshold=open'")
    page.wait_for_timeout(300)
    watched.assert_no_trace(context)
    other = "sv" if language != "sv" else "fi"
    page.locator(f".languages a[hreflang={other}]").click()
    page.wait_for_url(f"**/{FINDERS[other]}/**")
    watched.assert_no_trace(context)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_nothing_typed_is_sent(browser: Browser, address: str, language: str) -> None:
    """The front page's field has no name: its form leads to the list of all services, and the words stay behind."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{language}/")
    page.locator("#ask").fill("turvakoti")
    page.locator("#ask").press("Enter")
    page.wait_for_url(f"**/{FINDERS[language]}/**")
    context.close()
    assert len(asked) > 2
    assert not any("turvakoti" in url for url in asked)


def test_printing_and_leaving_leave_no_trace(watched: Watched, context: BrowserContext) -> None:
    page = watched.page
    page.goto(f"{watched.address}fi/palvelut/lahti-turvakoti/")
    page.pdf()
    watched.assert_no_trace(context)
    sent: list[dict[str, str]] = []
    context.route(WEATHER, lambda route: (sent.append(route.request.headers), route.fulfill(body="<title>Sää</title>", content_type="text/html")))
    page.locator("a[data-exit]").click()
    page.wait_for_url(WEATHER)
    assert context.cookies() == []
    assert sent
    assert all("referer" not in headers for headers in sent)
    assert [url for url in watched.requests if not url.startswith((watched.address, WEATHER))] == []


def test_every_page_has_the_strict_policy_and_tells_no_referrer(built: Path, html_files: list[Path]) -> None:
    for file in html_files:
        text = (built / file).read_text(encoding="utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
        assert policy, file
        assert policy[1].startswith("default-src 'none'"), file
        assert "unsafe" not in policy[1], file
        assert "http" not in policy[1], file
        assert '<meta name="referrer" content="no-referrer">' in text, file
        # JSON and plain text are data: no browser runs them.
        assert not re.search(r"<script(?![^>]*(?: src=|type=\"(?:application/(?:ld\+)?json|text/plain)\"))", text), file
        assert not re.search(r"<style|<[^>]*\s(?:style|on\w+)=", text), file
        assert not re.search(r'rel="(?:prefetch|preload|prerender|dns-prefetch|preconnect|manifest)"|<iframe|<object|<embed', text), file


def test_scripts_use_nothing_that_keeps(built: Path) -> None:
    scripts = list(built.rglob("*.js"))
    assert scripts
    for file in scripts:
        text = file.read_text(encoding="utf-8")
        assert not re.search(
            r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|serviceWorker|sendBeacon|XMLHttpRequest|eval\(|new Function", text
        ), file.name


def test_sensitive_services_are_discreet(built: Path) -> None:
    """Title, description and the words of the browser's history say nothing of the matter."""
    words = {"fi": "väkival|turvako", "sv": "våld|skyddshem", "en": "violen|shelter", "uk": "насил|притул"}
    for language, pattern in words.items():
        for identifier in ("lahti-turvakoti", "nollalinja", "kymenlaakso-pysakki", "lahti-aggredi"):
            text = (built / language / SERVICES[language] / identifier / "index.html").read_text(encoding="utf-8")
            title = re.search(r"<title>([^<]+)</title>", text)
            assert title
            assert not re.search(pattern, title[1], re.IGNORECASE)
            description = re.search(r'<meta name="description" content="([^"]+)"', text)
            assert description, "search engines and readers of tabs need one; a neutral one"
            assert not re.search(pattern, description[1], re.IGNORECASE)
            assert "og:" not in text
