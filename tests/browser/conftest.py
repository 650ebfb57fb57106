"""The site as built by the command, served on 127.0.0.1, and one browser for all tests here."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
BASE = "/apu/"  # tests serve below a base path: the site must work there as well as at a host's root
HOST = f"https://apupolku.example{BASE}"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
LANGUAGES = ("fi", "sv", "en", "uk")
SERVICES = {"fi": "palvelut", "sv": "tjanster", "en": "services", "uk": "posluhy"}
TOPICS = {"fi": "aiheet", "sv": "amnen", "en": "topics", "uk": "temy"}
FINDERS = {"fi": "haku", "sv": "sok", "en": "search", "uk": "poshuk"}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site of this repository."""
    folder = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "generator", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False, env={**os.environ, "SITE_URL": HOST})
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the site below BASE; an address outside it, or one that is not there, is a plain 404."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def translate_path(self, path: str) -> str:
        if not path.startswith(BASE):
            return str(Path(self.directory) / "outside-the-base-path")
        return super().translate_path("/" + path.removeprefix(BASE))


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """The site's address on this machine, ending in a slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(built)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{BASE}"
    server.shutdown()


def executable() -> str | None:
    """Chromium from PATH, or Playwright's own."""
    return next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page as wide as a small phone."""
    context = browser.new_context(viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page on a wide screen with a keyboard."""
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser context, for tests that look at what is left in it."""
    made = browser.new_context(viewport=PHONE)
    yield made
    made.close()


@pytest.fixture(scope="session")
def html_files(built: Path) -> list[Path]:
    """Every HTML file of the site, as paths relative to it."""
    return sorted(file.relative_to(built) for file in built.rglob("*.html"))
