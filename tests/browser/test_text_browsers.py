"""Without styles and without JavaScript, as w3m and lynx show a page: everything is there, in the order that it is needed."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator import words
from generator.settings import resources

from .conftest import FINDERS, LANGUAGES, SERVICES, TOPICS

BROWSERS = {
    "w3m": ["w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "400"],
    "lynx": ["lynx", "-dump", "-nolist", "-nomargins", "-width=400", "-assume_charset=utf-8", "-display_charset=utf-8", "-force_html"],
}
NUMBERS = ("112", "080 005 005", "116 117")


@pytest.fixture(params=BROWSERS)
def browser_command(request: pytest.FixtureRequest) -> list[str]:
    """A text browser's command."""
    command = BROWSERS[request.param]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed: sh .ci/packages browser installs it on Debian as root")
    return command


def read(command: list[str], file: Path) -> str:
    """The page as text, each run of white space as one space."""
    done = subprocess.run([*command, str(file)], capture_output=True, timeout=30, check=True)
    return " ".join(done.stdout.decode().split())


def say(language: str, *messages: str) -> list[str]:
    """The words of the interface in a language."""
    gettext = words.translations(resources("locales"), "site", language).gettext
    return [gettext(message) for message in messages]


def assert_in_order(text: str, parts: list[str]) -> None:
    """Every part stands in the text, each after the one before."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, f"“{part}” is not after “{text[max(0, at - 80) : at]}”"
        at = found + len(part)


def body(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def heading(file: Path) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", body(file), re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_service_answers_in_the_order_of_need(built: Path, browser_command: list[str], language: str) -> None:
    file = built / language / SERVICES[language] / "lahti-turvakoti" / "index.html"
    text = read(browser_command, file)
    summary = re.search(r'<p class="answer">([^<]{20})', body(file))
    assert summary is not None
    what, for_whom, contact, call, when, where, hidden, way_in, help_is, costs, languages, path, fresh, urgent = say(
        language,
        "Open to everyone",
        "For whom",
        "Contact",
        "Call",
        "When",
        "Where",
        "The address is not public. Ask for it by phone.",
        "How to get in",
        "What the help is",
        "What it costs",
        "Languages",
        "The path before and after",
        "How fresh is this?",
        "Urgent help",
    )
    assert_in_order(
        text,
        [
            heading(file),
            summary[1],
            what,
            contact,
            call,
            "080 005 005",
            when,
            where,
            hidden,
            way_in,
            "1.",
            "2.",
            help_is,
            for_whom,
            costs,
            languages,
            path,
            fresh,
            urgent,
            *NUMBERS,
        ],
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_page(built: Path, browser_command: list[str], language: str) -> None:
    file = built / language / "index.html"
    ask, urgent, happening, whom, where, easy = say(
        language, "What is happening? Tell it in your own words.", "Urgent help", "What is happening?", "For whom?", "Where?", "How easy is it to get in?"
    )
    assert_in_order(read(browser_command, file), [heading(file), ask, urgent, *NUMBERS, happening, whom, where, easy, *NUMBERS])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_has_its_services_by_how_to_get_in(built: Path, browser_command: list[str], language: str) -> None:
    file = built / language / TOPICS[language] / "safety" / "index.html"
    opened, own, urgent = say(language, "Open to everyone", "Contact them yourself", "Urgent help")
    first = re.search(r'<li class="card"[^>]*>\s*<h3><a[^>]*>(?:<span[^>]*>)?([^<]+)', body(file))
    assert first is not None
    assert_in_order(read(browser_command, file), [heading(file), opened, first[1].strip(), own, urgent, *NUMBERS])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_finder_lists_every_service_without_javascript(built: Path, browser_command: list[str], language: str) -> None:
    file = built / language / FINDERS[language] / "index.html"
    text = read(browser_command, file)
    services = [path.name for path in (built / language / SERVICES[language]).iterdir() if path.is_dir()]
    assert len(services) >= 39
    for service in services:
        page = built / language / SERVICES[language] / service / "index.html"
        if 'name="robots" content="noindex"' not in body(page) and f"/{service}/" in body(file):
            assert heading(page) in text, service
    assert sum(f"/{service}/" in body(file) for service in services) >= 39
    assert_in_order(text, [heading(file), *say(language, "Urgent help"), *NUMBERS])


class _Links(HTMLParser):
    """The text of each link: what stands in it, or its name for screen readers."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.empty: list[str] = []
        self._open: tuple[str, str] | None = None
        self._silent = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._open = (dict(attrs).get("href") or "", "")
        elif tag == "svg":
            self._silent += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._silent -= 1
        elif tag == "a" and self._open is not None:
            if not self._open[1].strip():
                self.empty.append(self._open[0])
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None and not self._silent:
            self._open = (self._open[0], self._open[1] + data)


def test_no_link_is_empty_without_pictures(built: Path, html_files: list[Path]) -> None:
    """A link whose name is only in an attribute or a picture is nothing in a text browser."""
    for file in html_files:
        assert _Links(body(built / file)).empty == [], file


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_pictures_run_into_the_text(built: Path, browser_command: list[str], language: str) -> None:
    """Text inside an SVG is shown without its places: “12345Before this”."""
    text = read(browser_command, built / language / SERVICES[language] / "lahti-turvakoti" / "index.html")
    assert not re.search(r"\b1234", text)
